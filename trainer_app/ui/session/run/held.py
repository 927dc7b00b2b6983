"""The session that the run screen leads, and how far it has been opened. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.phases import PhaseCode, PhaseGroup
from trainer_app.services.running import SessionRunning
from trainer_app.ui.session.run.models import Tick
from trainer_app.ui.session.run.script_words import Told, tick_of
from trainer_app.ui.session.run.step_words import group_of


@dataclass(slots=True)
class Held:
    """What is led, and what of it the facilitator has before them.

    Attributes:
        running: The session; None before it is opened, and after it was let go of for another.
        told: What its words are made of; None until that has been read.
        is_ending: It is asked whether to end it.
        notes_hidden: The group shall not read the notes.
    """

    running: SessionRunning | None = None
    told: Told | None = None
    is_ending: bool = False
    notes_hidden: bool = True

    @property
    def is_running(self) -> bool:
        """A session is being held."""
        return self.running is not None and self.running.run.is_running

    def expect_running(self) -> SessionRunning:
        """The session, for who knows that there is one."""
        assert self.running is not None
        return self.running

    @property
    def seq(self) -> int:
        """Of the phase that is on; 0 while nothing is held."""
        return 0 if self.running is None else self.running.run.seq

    @property
    def phase(self) -> PhaseCode | None:
        """The phase that is on; None while nothing is held."""
        return None if self.running is None else self.running.run.phase.code

    @property
    def group(self) -> PhaseGroup | None:
        """The group of phases that it belongs to."""
        return None if self.phase is None else group_of(self.phase)

    @property
    def tick(self) -> Tick | None:
        """What is to be ticked off in this phase, if anything is."""
        return None if self.told is None or self.phase is None else tick_of(self.phase, self.told)
