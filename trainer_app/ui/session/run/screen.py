"""What the presenter of the run screen asks of it. Knows no Qt."""

from __future__ import annotations

from typing import Protocol

from trainer_app.ui.session.run.models import (
    Change,
    Ending,
    FilmNow,
    Head,
    Question,
    Script,
    Start,
    Steps,
    StripHeadset,
    Times,
    Trouble,
    Where,
)


class RunScreen(Protocol):
    """What shows a session that is held."""

    def show_where(self, where: Where) -> None:
        """Put this into the middle."""

    def show_head(self, head: Head) -> None:
        """The top bar."""

    def show_times(self, times: Times) -> None:
        """Ring, band, minutes, clock."""

    def show_steps(self, steps: Steps) -> None:
        """The buttons that lead on."""

    def show_script(self, script: Script) -> None:
        """What is said in this phase."""

    def show_start(self, start: Start) -> None:
        """Before the film."""

    def show_film(self, film: FilmNow) -> None:
        """The film while it is on."""

    def show_change(self, change: Change) -> None:
        """Between two waves, or after the last."""

    def show_strip(self, headsets: tuple[StripHeadset, ...]) -> None:
        """The headsets at the lower edge."""

    def show_trouble(self, trouble: Trouble | None) -> None:
        """What is wrong while the session goes on."""

    def ask_how_to_go_on(self, question: Question) -> None:
        """The program was away: how does the time count?"""

    def show_ending(self, ending: Ending) -> None:
        """What is said before the session is ended."""

    def show_notes_hidden(self, *, hidden: bool) -> None:
        """Notes are shown, or counted only."""

    def step_over(self) -> None:
        """The session has ended: go on to closing it."""

    def back_to_list(self) -> None:
        """There is nothing to run here."""
