"""A step of a session's page: what the page asks of klargjøring, gjennomføring and avslutning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_app.domain.sessions import SessionId
from trainer_app.ui.office import Office
from trainer_app.ui.page import KeyHelp
from trainer_app.ui.session.step_names import CLOSE, PREPARE, RUN
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look

__all__ = ["CLOSE", "PREPARE", "RUN", "MakeStep", "StepView"]


class StepView(QWidget):
    """Base of the three steps.

    A step is made once, when it is first opened, and opened again for every session.

    Signals:
        step_wanted: the user goes on to (or back to) this step of the same session, or to "" (the list).
        rail_wanted: the step wants the whole window from now on, or no longer.
    """

    step_wanted = Signal(str)
    rail_wanted = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        Dressed(look, self)

    @property
    def wants_rail(self) -> bool:
        """False: the step wants the whole window."""
        return True

    def open(self, session_id: SessionId, detail: str = "") -> None:
        """Show this session; ``detail`` as it came with the target."""

    def keep(self) -> None:
        """Store what is typed; the step stays as it is, and may be shown on."""

    def leave(self) -> None:
        """It is hidden now; what was typed is saved."""

    def end(self) -> None:
        """It goes away for good."""

    def unsaved(self) -> Sequence[str]:
        """What was typed here and is not stored, whether the step is open or not."""
        return ()

    def key_help(self) -> Sequence[KeyHelp]:
        """The keys of this step, for F1."""
        return ()

    def help_topic(self) -> str:
        """What of the help belongs to what is done here right now; empty: the keys."""
        return ""

    def first_focus(self) -> QWidget | None:
        """What has the keyboard first."""
        return None

    def regions(self) -> Sequence[QWidget]:
        """Its parts, for F6; none: it has no more than one."""
        return ()

    def print(self) -> None:
        """Ctrl+P."""

    def save(self) -> None:
        """Ctrl+S."""

    def undo(self) -> None:
        """Ctrl+Z outside a text field."""

    def escape(self) -> None:
        """Esc."""

    def lock(self) -> QWidget | None:
        """The screen is locked, whether this step is open or not: what of it may be seen all the same."""
        return None

    def unlock(self) -> None:
        """The screen is no longer locked."""


MakeStep = Callable[[Office, Look], StepView]
"""Makes the view of a step."""
