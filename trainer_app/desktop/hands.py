"""Works the open window as a person does: finds a control by its words, presses it, types, looks.

For the tour, and for the test of a whole evening. Nothing here calls a presenter or a service: what a person
could not do with the widgets, this cannot do either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QWidget,
)

from trainer_app.ui.widgets.painted import Painted

W = TypeVar("W", bound=QWidget)

WAIT_S = 30.0
"""For most things to happen."""

_LOOK_MS = 20


class NotThere(Exception):
    """A control or a state that a person would have waited for in vain; the text says which."""


class Hands:
    """Works one window."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window

    # --- waiting -----------------------------------------------------------------------------------------

    def until(self, holds: Callable[[], bool], what: str, seconds: float = WAIT_S) -> None:
        """Let the app go on until something holds.

        Raises:
            NotThere: it never did.
        """
        end = perf_counter() + seconds
        loop = QEventLoop()
        timer = QTimer()
        timer.setInterval(_LOOK_MS)
        timer.timeout.connect(lambda: loop.quit() if holds() or perf_counter() > end else None)
        if not holds():
            timer.start()
            loop.exec()
            timer.stop()
        if not holds():
            raise NotThere(f"{what} (waited {seconds:.0f} s)")

    def rest(self, seconds: float) -> None:
        """Let the app go on for a while, as somebody does who watches."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    # --- finding -----------------------------------------------------------------------------------------

    def button(self, words: str, seconds: float = WAIT_S) -> QAbstractButton:
        """The visible, enabled button that says this, once it is there.

        Raises:
            NotThere: no such button.
        """
        self.until(lambda: self._button(words) is not None, f"a button {words!r}", seconds)
        found = self._button(words)
        assert found is not None
        return found

    def named(self, name: str, kind: type[W], seconds: float = WAIT_S) -> W:
        """The visible control with this accessible name, once it is there.

        Raises:
            NotThere: no such control.
        """
        self.until(lambda: self._named(name, kind) is not None, f"{kind.__name__} {name!r}", seconds)
        found = self._named(name, kind)
        assert found is not None
        return found

    def shows(self, words: str) -> bool:
        """Some visible text or accessible name has these words in it."""
        return any(words in text for each in self._visible(QWidget) for text in _words_of(each))

    def offers(self, words: str) -> bool:
        """A button that can be pressed says this now."""
        return self._button(words) is not None

    def until_shown(self, words: str, seconds: float = WAIT_S) -> None:
        """Wait for words to appear.

        Raises:
            NotThere: they never did.
        """
        self.until(lambda: self.shows(words), f"the words {words!r}", seconds)

    # --- doing -------------------------------------------------------------------------------------------

    def press(self, words: str, seconds: float = WAIT_S) -> None:
        """Press the button that says this."""
        self.button(words, seconds).click()

    def press_main(self, words: str) -> None:
        """Press the button that says this and is the main one of what is asked."""

        def main_one() -> QAbstractButton | None:
            found = (each for each in self._visible(QAbstractButton) if each.property("kind") == "primary")
            return next((each for each in found if each.isEnabled() and each.text().strip() == words), None)

        self.until(lambda: main_one() is not None, f"a main button {words!r}")
        found = main_one()
        assert found is not None
        found.click()

    def save_in(self, folder: Path, does: Callable[[], None]) -> list[Path]:
        """Do something that asks where to save, and answer with this folder; return what was to be saved."""
        chosen: list[Path] = []
        asked = QTimer()
        asked.setInterval(_LOOK_MS)

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog) and dialog.isVisible():
                path = folder / Path(dialog.selectedFiles()[0]).name
                chosen.append(path)
                line = dialog.findChild(QLineEdit)
                assert line is not None
                line.setText(str(path))
                dialog.accept()

        asked.timeout.connect(answer)
        asked.start()
        does()
        self.until(lambda: bool(chosen), "a question where to save")
        self.until(lambda: all(path.exists() for path in chosen), "the saved files")
        self.rest(1)
        asked.stop()
        return chosen

    def press_beginning(self, words: str, seconds: float = WAIT_S) -> None:
        """Press the button whose words begin so."""
        self.until(lambda: self._beginning(words) is not None, f"a button {words!r} …", seconds)
        found = self._beginning(words)
        assert found is not None
        found.click()

    def keys(self, keys: str, to: QWidget | None = None) -> None:
        """Press a combination of keys (``Ctrl+Return``) where the keyboard is, or in a control."""
        self._take_up()
        QTest.keySequence(to or QApplication.focusWidget() or self._window, QKeySequence(keys))

    def write(self, text: str, into: QWidget | None = None) -> None:
        """Type text letter by letter, where the keyboard is or into a control that gets it."""
        self._take_up()
        if into is not None:
            into.setFocus(Qt.FocusReason.MouseFocusReason)
        target = QApplication.focusWidget()
        if target is None:
            raise NotThere("a field to type into")
        QTest.keyClicks(target, text)

    def fill(self, name: str, text: str) -> None:
        """Put text in the place of what stands in the field with this name, and leave it."""
        self._take_up()  # a window that is not in front is never told that a field was left
        field = self.named(name, QLineEdit)
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Tab)

    def choose(self, name: str, words: str) -> None:
        """Choose what begins with these words in the box with this name.

        Raises:
            NotThere: it offers nothing of the kind.
        """
        box = self.named(name, QComboBox)
        place = next((at for at in range(box.count()) if box.itemText(at).startswith(words)), None)
        if place is None:
            raise NotThere(f"{words!r} in {name!r}")
        box.setFocus(Qt.FocusReason.MouseFocusReason)
        while box.currentIndex() != place:
            QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < place else Qt.Key.Key_Up)

    def pick(self, name: str, letters: str) -> None:
        """Type into the field with this name and take the first it proposes."""
        field = self.named(name, QLineEdit)
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        QTest.keyClicks(field, letters)
        completer = field.completer()
        proposals = None if completer is None else completer.popup()
        if proposals is None:
            raise NotThere(f"proposals in {name!r}")
        self.until(proposals.isVisible, f"a proposal for {letters!r}")
        QTest.keyClick(proposals, Qt.Key.Key_Down)
        taken = str(proposals.currentIndex().data())
        QTest.keyClick(proposals, Qt.Key.Key_Return)
        self.rest(0)  # nobody types on before Qt has told of the choice; it does so once the list has closed
        self.until_shown(taken)
        self.until(lambda: not field.text(), f"{letters!r} to be taken")

    def cut_words(self) -> list[str]:
        """What could not be read whole at the last painting.

        What is scrolled away is left out: it may have been painted last before it had its room.
        """
        painted = (each for each in self._visible(QWidget) if isinstance(each, Painted))
        seen = (each for each in painted if not each.visibleRegion().isEmpty())
        return [text for each in seen for text in each.cut_texts]

    def photograph(self, file: Path, size: tuple[int, int] | None = None) -> None:
        """Save the window as a PNG, with everything in it painted, at a size of its client area."""
        if size is not None:
            self._window.resize(*size)
            self.rest(0.1)
        image = self._window.grab()
        if not image.save(str(file)):
            raise NotThere(f"the picture {file.name} could not be written")

    # --- inside ------------------------------------------------------------------------------------------

    def _take_up(self) -> None:
        """Bring the window to the front: without a window manager, nobody does when a list has closed."""
        if QApplication.activeWindow() is None:
            self._window.activateWindow()
            self.until(self._window.isActiveWindow, "the window in front")

    def _button(self, words: str) -> QAbstractButton | None:
        for each in self._visible(QAbstractButton):
            if each.isEnabled() and words in (each.text().strip(), each.accessibleName()):
                return each
        return None

    def _beginning(self, words: str) -> QAbstractButton | None:
        buttons = (each for each in self._visible(QAbstractButton) if each.isEnabled())
        return next((each for each in buttons if each.text().strip().startswith(words)), None)

    def _named(self, name: str, kind: type[W]) -> W | None:
        return next((each for each in self._visible(kind) if each.accessibleName() == name), None)

    def _visible(self, kind: type[W]) -> Iterator[W]:
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                within: list[QWidget] = [window, *window.findChildren(QWidget)]
                yield from (each for each in within if isinstance(each, kind) and each.isVisible())


def _words_of(widget: QWidget) -> tuple[str, ...]:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return (text, widget.accessibleName())
