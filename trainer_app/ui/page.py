"""A page of the window: what the shell asks of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_app.ui.keys import KeyHelp
from trainer_app.ui.office import Target
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look

__all__ = ["KeyHelp", "MakePage", "Page"]


class Page(QWidget):
    """Base of all pages. A page shows what its presenter says and tells it what the user does.

    Signals:
        rail_wanted: False while the page wants the whole window (the run screen).
    """

    rail_wanted = Signal(bool)

    def __init__(
        self, look: Look, title: str, parent: QWidget | None = None, *, in_parts: bool = False
    ) -> None:
        """Make a page.

        Args:
            look: Theme in use.
            title: What the window is called while the page is open.
            parent: Qt's.
            in_parts: It is a stack of parts that are ``Dressed`` by themselves, as only one of them is seen.
        """
        super().__init__(parent)
        self.look = look
        self.setWindowTitle(title)
        self.setProperty("role", "page")
        if not in_parts:
            Dressed(look, self)

    @property
    def wants_rail(self) -> bool:
        """False while the page wants the whole window."""
        return True

    def enter(self, target: Target) -> None:
        """It is shown now; ``target`` says what was asked for."""

    def carry_on(self, target: Target) -> None:
        """It takes the place of one that led what ``target`` names, and leads it on, whoever looks at it."""

    def keep(self) -> None:
        """Store what is typed; the page stays as it is, and may be shown on."""

    def leave(self) -> None:
        """It is hidden now; what was typed is saved."""

    def end(self) -> None:
        """It goes away for good (the language changes, the app closes)."""

    def unsaved(self) -> Sequence[str]:
        """What was typed here and is not stored, also in forms, whether the page is open or not."""
        return ()

    def key_help(self) -> Sequence[KeyHelp]:
        """The keys of this page, for F1."""
        return ()

    def help_topic(self) -> str:
        """What of the help belongs to what is done here right now; empty: the keys."""
        return ""

    def first_focus(self) -> QWidget | None:
        """What has the keyboard first."""
        return None

    def regions(self) -> Sequence[QWidget]:
        """Its parts, for F6, in the order of Tab; none: it has no more than one."""
        return ()

    def search(self) -> None:
        """Ctrl+F."""

    def print(self) -> None:
        """Ctrl+P."""

    def save(self) -> None:
        """Ctrl+S."""

    def undo(self) -> None:
        """Ctrl+Z outside a text field."""

    def escape(self) -> None:
        """Esc: close the panel that is open."""

    def lock(self) -> QWidget | None:
        """The screen is locked, whether this page is open or not: what of it may be seen all the same."""
        return None

    def unlock(self) -> None:
        """The screen is no longer locked; what stayed to be seen is this page's own again."""


MakePage = Callable[[], Page]
"""Makes a page, when it is first gone to."""
