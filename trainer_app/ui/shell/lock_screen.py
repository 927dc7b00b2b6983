"""Ctrl+L: hides everything that could be about a person, until somebody who sits here wants it back.

It is no password: it keeps the eyes of a group off the screen. The film, its timer and *Stopp alt* go on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.label import Label


class LockScreen(QWidget):
    """What is seen instead: that it is locked, what may stay, and the way back.

    Signals:
        unlock_wanted: somebody wants to see everything again.
    """

    unlock_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "page")
        Dressed(look, self)
        self._words = Label(look, "", "subheading", "text_muted")
        self.unlock = Button(look, scale=Scale.RUN, icon="lock-simple", keycap="Ctrl+L")
        self._kept: QWidget | None = None
        head = QHBoxLayout()
        Spacing(look, head, (0, 0, 0, 0), 16)
        head.addWidget(self._words, 1)
        head.addWidget(self.unlock)
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, (32, 24, 32, 32), 24)
        self._column.addLayout(head)
        self._column.addStretch(0)
        self.unlock.clicked.connect(self.unlock_wanted)

    def speak(self, texts: Texts) -> None:
        """Use another language from now on."""
        self._words.setText(texts("shell.locked"))
        self.unlock.set_words(texts("shell.unlock"), icon="lock-simple")

    def begin(self, kept: QWidget | None) -> None:
        """Show what stays; None: nothing does."""
        self._kept = kept
        self._column.setStretch(1, 0 if kept is not None else 1)
        if kept is not None:
            self._column.insertWidget(1, kept, 1)
            kept.show()

    def end(self) -> None:
        """Let go of what stayed; it belongs to its page again."""
        if self._kept is not None and isValid(self._kept):
            self._column.removeWidget(self._kept)
        self._kept = None


class ScreenLock(QObject):
    """Swaps the content of a window for the lock screen, and back.

    Attributes:
        said: The last announcement, for those who do not see the screen.
        screen: The lock screen.
        wanted: Called when Ctrl+L was pressed beside a dialog.
    """

    def __init__(
        self, window: QWidget, look: Look, texts: Texts, content: QWidget, stack: QStackedWidget
    ) -> None:
        super().__init__(window)
        self._window, self._stack, self._content = window, stack, content
        self._focus: QWidget | None = None
        self._title = self.said = ""
        self._listens = False
        self.screen = LockScreen(look)
        self.speak(texts)
        self.wanted: Callable[[], object] = lambda: None
        stack.addWidget(content)
        stack.addWidget(self.screen)

    @property
    def is_locked(self) -> bool:
        """Nothing but the timer and *Stopp alt* is to be seen."""
        return self._stack.currentWidget() is self.screen

    def speak(self, texts: Texts) -> None:
        """Use another language from now on."""
        self._texts = texts
        self.screen.speak(texts)

    def lock(self, kept: QWidget | None) -> None:
        """Hide everything but what is kept."""
        self._focus, self._title = self._window.focusWidget(), self._window.windowTitle()
        self.screen.begin(kept)
        self._stack.setCurrentWidget(self.screen)
        self._window.setWindowTitle("SimKoffert")
        self.screen.unlock.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say("shell.locked.said")

    def unlock(self) -> None:
        """Show everything again; the keyboard is where it was."""
        self.screen.end()
        self._stack.setCurrentWidget(self._content)
        self._window.setWindowTitle(self._title)
        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say("shell.unlocked.said")

    def listen_beside_dialogs(self, *, listens: bool) -> None:
        """A dialog keeps the window's keys from working; this one has to work all the same.

        Not for longer: every event of the app would pass through Python, and wait for its other threads.
        """
        if listens == self._listens:
            return
        self._listens = listens
        application = cast(QApplication, QApplication.instance())
        if listens:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Everything but Ctrl+L passes. Held down it counts once: what it hid stays hidden."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() != Qt.Key.Key_L or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        if not event.isAutoRepeat():
            self.wanted()
        return True

    def _say(self, key: str) -> None:
        self.said = self._texts(key)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, self.said))


def close_what_lies_over() -> None:
    """Close menus, lists and calendars; answer every dialog with its safe choice: it can be asked again."""
    for each in QApplication.topLevelWidgets():
        if not isValid(each) or not each.isVisible():  # closing one may have taken another with it
            continue
        if isinstance(each, QDialog):
            each.reject()
        elif each.windowType() == Qt.WindowType.Popup:
            each.close()
