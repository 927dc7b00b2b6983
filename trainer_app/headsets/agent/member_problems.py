"""What an agent or a page says went wrong, as the problem that keeps its headset from going on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from headset_agent.protocol.messages import Problem
from trainer_app.domain.playback_errors import (
    AgentFault,
    FilmNotOnHeadset,
    FilmNotPlayable,
    HeadsetProblem,
    PlaybackStopped,
)
from trainer_app.headsets.agent.browser_problems import BROWSER_PROBLEMS
from trainer_app.headsets.agent.channel import RequestFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """For one headset and the film it shows, by their names; ``titles`` of all its films, by sha256."""

    headset: str
    film: str
    titles: Mapping[str, str] = field(default_factory=dict)

    def of_failure(self, failed: RequestFailed) -> HeadsetProblem:
        """The agent has refused something."""
        if failed.code == "film_missing":
            return FilmNotOnHeadset(headset=self.headset, film=self.titles.get(failed.detail, self.film))
        if failed.code == "stopped":
            return PlaybackStopped(headset=self.headset, by="")
        if failed.code in BROWSER_PROBLEMS:
            return BROWSER_PROBLEMS[failed.code](headset=self.headset, detail=failed.detail)
        return AgentFault(headset=self.headset, code=failed.code, detail=failed.detail)

    def of_page(self, problem: Problem) -> HeadsetProblem | None:
        """The page has reported something; None: it goes on all the same."""
        if problem.code == "film_not_found":
            return FilmNotOnHeadset(headset=self.headset, film=self.film)
        if problem.code == "film_not_playable":
            return FilmNotPlayable(headset=self.headset, film=self.film, detail=problem.detail)
        return None
