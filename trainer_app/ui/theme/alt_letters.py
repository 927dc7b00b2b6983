"""Alt and a letter press what stands in the head and the foot of a page, of a panel or of a dialog.

Each window deals its letters out to those of its buttons that are seen. A button keeps its letter until it is
hidden, whatever the others say meanwhile. Qt itself presses nothing that is hidden, disabled or behind a
dialog, so that all of this rests while the screen is locked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ")
_OTHER_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.MetaModifier
)


def letter_for(words: str, taken: Collection[str], held: str = "") -> str:
    """The letter that presses a button with these words: of their first letters if there is one left.

    Args:
        words: On the button.
        taken: Letters of other buttons.
        held: The letter it has had; it stays where it is as good as any.

    Returns:
        A capital letter, or nothing where all are taken.
    """
    first = {words[at].upper() for at in _beginnings(words)}
    free = [letter for _, letter in _letters_of(words) if letter not in taken]
    return min(free, key=lambda letter: (letter not in first, letter != held), default="")


def place_of(letter: str, words: str) -> int | None:
    """Where in the words a button's letter is underlined."""
    return next((at for at, each in _letters_of(words) if each == letter), None)


class AltLetters(QObject):
    """The letters of one window.

    Attributes:
        are_shown: Alt is held, and each button underlines its letter.
    """

    are_shown = False

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._holders: dict[QAbstractButton, str] = {}

    @staticmethod
    def of(window: QWidget) -> AltLetters:
        """Those of a window, from now on if it had none."""
        found = window.findChild(AltLetters, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found if found is not None else AltLetters(window)

    def deal(self, button: QAbstractButton, held: str) -> str:
        """Give a button that is seen a letter that no other has; ``held`` is the one it had before."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)  # all keys pass here, whoever they are meant for
        others = {other: letter for other, letter in self._holders.items() if isValid(other)}
        others.pop(button, None)
        letter = letter_for(button.text(), others.values(), held)
        self._holders = {**others, button: letter}
        keys = QKeySequence(f"Alt+{letter}" if letter else "")
        button.setShortcut(keys)
        button.setWhatsThis(keys.toString(QKeySequence.SequenceFormat.NativeText))  # for screen readers
        return letter

    def take_back(self, button: QAbstractButton) -> None:
        """The button is hidden: another may have its letter."""
        self._holders.pop(button, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the key Alt, also when the window loses the keyboard before it is let go."""
        if isinstance(event, QKeyEvent):
            self._follow(event)
        elif event.type() == QEvent.Type.FocusOut:
            self._show(False)
        return False

    def _follow(self, event: QKeyEvent) -> None:
        is_alt, is_press = event.key() == Qt.Key.Key_Alt, event.type() == QEvent.Type.KeyPress
        if is_alt:
            self._show(is_press and not event.modifiers() & _OTHER_MODIFIERS)  # with Ctrl it is AltGr
        elif is_press and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._show(False)

    def _show(self, shown: bool) -> None:
        if shown == self.are_shown:
            return
        self.are_shown = shown
        for button in self._holders:
            if isValid(button):
                button.update()


def _letters_of(words: str) -> Iterator[tuple[int, str]]:
    """Places and letters: those that words begin with, then all."""
    for at in (*_beginnings(words), *range(len(words))):
        if words[at].upper() in _LETTERS:
            yield at, words[at].upper()


def _beginnings(words: str) -> list[int]:
    return [word.start() for word in re.finditer(r"\w+", words)]
