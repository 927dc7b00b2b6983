"""Where the facilitator writes to those who wear the headsets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import isValid

from trainer_app.domain.wearer_text import MOST_CHARACTERS
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.announcer import Announcer
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.session.run.telling import Told
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.fields import ComboBox, LineEdit
from trainer_app.ui.widgets.label import Shade

_REFUSED_MS = 12_000
"""What has reached nobody is said so long; what has, as long as it is to be read."""


class MessageCard(Card):
    """For whom, the words, and what has become of them. Hidden until it is asked for.

    Attributes:
        line: The words.
        to: For whom.

    Signals:
        send_wanted: these words, for this number; None: for all.
    """

    send_wanted = Signal(str, object)

    def __init__(self, look: Look, texts: Texts, reminder: str, parent: QWidget | None = None) -> None:
        """Make it; ``reminder`` is what stands above every free text."""
        super().__init__(look, padding=12, parent=parent)
        self._texts = texts
        self._opener: QWidget | None = None
        self._sent = ""
        self._reminder = flowing(look, reminder, "small", "text_muted")
        self.to = ComboBox(look)
        self.to.setAccessibleName(texts("run.message.to"))
        self.to.view().setAccessibleName(texts("run.message.to"))
        self.line = LineEdit(look)
        self.line.setAccessibleName(texts("run.message.field"))
        self.line.setPlaceholderText(texts("run.message.hint", most=MOST_CHARACTERS))
        self.send = Button(look, texts("run.message.send"), keycap="Enter")
        self.close_button = Button(
            look, texts("run.message.close"), Kind.QUIET, scale=Scale.ROW, keycap="Esc"
        )
        self._below = flowing(look, "", "small", "text_muted")
        self._announcer = Announcer(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_read)
        self.setAccessibleName(texts("run.message.open"))
        self._lay_out()
        self._connect()
        self.hide()

    @property
    def is_open(self) -> bool:
        """It is there to be written in."""
        return not self.isHidden()

    @property
    def below(self) -> str:
        """What stands below the field; empty for nothing."""
        return "" if self._below.isHidden() else self._below.text()

    def open(self, numbers: Sequence[int], number: int | None = None) -> None:
        """Begin to write, to all these headsets or to one of them; half-written words are still there."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._opener = focus
        self._offer(numbers, number)
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_card(self) -> None:
        """Put it away; the keyboard goes back to where it was."""
        if not self.is_open:
            return
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._give_back()
        self._opener = None
        self._timer.stop()
        self._say("")
        self.hide()

    def forget(self) -> None:
        """Another session: what was written for the last one is nobody's."""
        self.close_card()
        self.line.clear()

    def stop(self) -> None:
        """It goes away for good."""
        self._timer.stop()
        self._announcer.stop()

    # --- what the presenter shows ------------------------------------------------------------------------

    def show_error(self, words: str) -> None:
        """Say below the field what is wrong with it."""
        self._timer.stop()
        self._say(words, "danger_ink")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_told(self, told: Told) -> None:
        """Say whom the words have reached; those that reached nobody, and newer ones, stay in the field."""
        self._announcer.say(told.words)
        if self.is_open:
            self._say(told.words, "text" if told.is_whole else "attention_ink")
            self._timer.start(round(told.seconds * 1_000) or _REFUSED_MS)
        if told.seconds and self.line.text() == self._sent:
            self.line.clear()
            self._give_back()

    # --- inside ------------------------------------------------------------------------------------------

    def _give_back(self) -> None:
        opener = self._opener
        if opener is not None and isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.body.setSpacing(self.look.px(6))
        row = QHBoxLayout()
        Spacing(self.look, row, (0, 0, 0, 0), 8)
        row.addWidget(self.to)
        row.addWidget(self.line, 1)
        row.addWidget(self.send)
        row.addWidget(self.close_button)
        self.body.addWidget(self._reminder)
        self.body.addLayout(row)
        self.body.addWidget(self._below)
        self._below.hide()

    def _connect(self) -> None:
        self.line.returnPressed.connect(self._on_send)
        self.line.textEdited.connect(self._on_edited)
        self.send.clicked.connect(self._on_send)
        self.close_button.clicked.connect(self.close_card)

    def _offer(self, numbers: Sequence[int], number: int | None) -> None:
        self.to.clear()
        self.to.addItem(self._texts("run.message.all"), None)
        for each in numbers:
            self.to.addItem(self._texts("looks.headset", number=each), each)
        self.to.setCurrentIndex(max(0, self.to.findData(number)) if number is not None else 0)

    def _on_send(self) -> None:
        self._sent = self.line.text()
        self.send_wanted.emit(self._sent, self.to.currentData())

    def _on_edited(self) -> None:
        self._timer.stop()
        self._say("")

    def _on_read(self) -> None:
        """The words are gone from the headsets; who writes on keeps the card."""
        focus = QApplication.focusWidget()
        if self.line.text() or (focus is not None and self.isAncestorOf(focus)):
            self._say("")
        else:
            self.close_card()

    def _say(self, words: str, shade: Shade = "text") -> None:
        is_wrong = shade == "danger_ink"
        self._below.set_shade(shade)
        self._below.setText(words)
        self._below.setVisible(bool(words))
        self.line.setProperty("state", "error" if is_wrong else "")
        self.line.setAccessibleDescription(words if is_wrong else "")
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)
        self.line.update()
