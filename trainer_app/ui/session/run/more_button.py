"""What can be done besides, behind one quiet button: every line tells its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.button import Button, Kind, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that can be done.

    Attributes:
        keys: What does the same on the keyboard, as the key caps say it.
        is_first: A line goes before it: other things begin.
    """

    words: str
    keys: str
    does: Callable[[], object]
    is_first: bool = False


class MoreButton(Button):
    """Stands in place of buttons that are not needed now, so that one thing is left to see."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        words = texts("run.more")
        super().__init__(look, words, Kind.QUIET, scale=Scale.RUN, icon_after="caret-up", parent=parent)
        self._options: tuple[Option, ...] = ()
        self._menu: QMenu | None = None
        self.clicked.connect(self._open)

    def offer(self, options: Sequence[Option]) -> None:
        """Say what can be done."""
        self._options = tuple(options)

    def close_menu(self) -> None:
        """The screen moves on, or is locked."""
        if self._menu is not None:
            self._menu.close()

    def _open(self) -> None:
        self._menu = menu = QMenu(self)
        menu.setAccessibleName(self.text())
        for option in self._options:
            _add(menu, option)
        menu.aboutToHide.connect(self._forget)
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _forget(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None


def _add(menu: QMenu, option: Option) -> None:
    if option.is_first:
        menu.addSeparator()
    # After a tab stands what Qt would write of a shortcut; the keys themselves are the screen's.
    menu.addAction(f"{option.words}\t{option.keys}").triggered.connect(lambda: option.does())
