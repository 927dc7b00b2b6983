"""What ``doctor`` tries on a headset with a player of its own: the film, and nothing of an agent."""

from __future__ import annotations

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.examination import Ledger, Step
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import Showing
from trainer_app.services.headset_port import ConnectedHeadset, PlaybackGroup

_FILM_S = 3.0
"""So long the film is shown."""

_OPEN_S = 45.0
_OF_AGENT = (Step.RUNTIME, Step.AGENT, Step.PAGE, Step.VR, Step.CLOCK, Step.TEXT, Step.SETTINGS)
_NS = 1_000_000_000


def leave_out_agent(ledger: Ledger) -> None:
    """Note what cannot be tried on such a headset."""
    for step in _OF_AGENT:
        ledger.not_possible(step, own_player=True)


async def show_alone(
    group: PlaybackGroup, headset: ConnectedHeadset, film: Film, ledger: Ledger, *, enough_s: float
) -> None:
    """Show the film for a few seconds, and note what the headset itself tells of it."""
    await group.prepare(film, 0.0, _OPEN_S)
    if group.size:
        started = await group.start()
        await group.keep(started + round(_FILM_S * _NS))
    if (problem := group.problems.get(headset.serial)) is not None:
        ledger.failed(Step.FILM, problem)
        return
    try:
        found = await headset.showing()
    except TrainerError as problem:
        ledger.failed(Step.FILM, problem)
        return
    good = found.showing is Showing.FILM and found.position_s >= enough_s
    ledger.judge(Step.FILM, good=good, seconds=round(found.position_s, 1))
