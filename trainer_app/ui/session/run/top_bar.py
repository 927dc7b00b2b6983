"""The top bar of the run screen: where we are, notes hidden or shown, theme, help, the wall clock."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_app.looks.tokens import ThemeName
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Head
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget

_HEIGHT = 52


class TopBar(PaintedWidget):
    """One line above everything.

    Signals:
        back_wanted: to the list of sessions; the session goes on.
        notes_toggled: notes are to be shown, or hidden.
        theme_wanted: ``light`` or ``dark``.
        end_wanted: the session is to be ended, or broken off.
        help_wanted: the keys.
    """

    back_wanted = Signal()
    notes_toggled = Signal()
    theme_wanted = Signal(str)
    end_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self._back = Button(look, kind=Kind.QUIET, icon="arrow-left", name=texts("run.back_to_list"))
        self._title = Label(look, "", "subheading")
        self._aside = Label(look, "", "body", "text_muted")
        self._aside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.notes = Button(look, texts("run.notes.hidden"), Kind.CHOSEN, icon="eye-slash", keycap="F9")
        self.theme = Button(look, "", Kind.QUIET)
        self._end = Button(look, texts("run.end.short"), Kind.QUIET, icon="check-square")
        self.help = Button(look, texts("run.help"), Kind.QUIET, icon="question")
        self._clock = Label(look, "", "heading", tabular=True)
        self._hidden = True
        self._lay_out()
        self._connect()
        self._show_theme()

    def show_head(self, head: Head) -> None:
        """Show what is held and whether its notes are hidden."""
        self._title.setText(head.title)
        self._aside.setText(head.aside)
        if head.notes_hidden == self._hidden:
            return
        self._hidden = head.notes_hidden
        hidden = self._hidden
        self.notes.set_kind(Kind.CHOSEN if hidden else Kind.PLAIN)
        self.notes.set_words(
            self._texts("run.notes.hidden" if hidden else "run.notes.hide"),
            icon="eye-slash" if hidden else "eye",
        )

    def show_clock(self, words: str) -> None:
        """Show the wall clock."""
        if words != self._clock.text():
            self._clock.setText(words)

    def draw(self, ink: Ink) -> None:
        """The surface and the line below it."""
        box = QRectF(self.rect())
        ink.painter.fillRect(box, self.look.colour("surface_raised"))
        ink.painter.fillRect(QRectF(0, box.height() - 1, box.width(), 1), self.look.colour("outline"))

    def on_look_changed(self) -> None:
        """The other theme is offered."""
        super().on_look_changed()
        self._show_theme()

    def _lay_out(self) -> None:
        FixedSize(self.look, self, height=_HEIGHT)
        row = QHBoxLayout(self)
        Spacing(self.look, row, (16, 0, 24, 1), 8)
        where = QHBoxLayout()
        Spacing(self.look, where, (0, 0, 0, 0), 4)
        where.addWidget(self._back)
        where.addWidget(self._title)
        row.addLayout(where)
        row.addWidget(self._aside)
        row.addStretch(1)
        for part in (self.notes, self.theme, self._end, self.help):
            row.addWidget(part)
        row.addSpacing(self.look.px(8))
        row.addWidget(self._clock)

    def _connect(self) -> None:
        self._back.clicked.connect(self.back_wanted)
        self.notes.clicked.connect(self.notes_toggled)
        self.theme.clicked.connect(self._on_theme)
        self._end.clicked.connect(self.end_wanted)
        self.help.clicked.connect(self.help_wanted)
        by_letter(self.notes, self.theme, self._end, self.help)

    def _other_theme(self) -> str:
        return "dark" if self.look.theme.name is ThemeName.LIGHT else "light"

    def _show_theme(self) -> None:
        """High contrast was chosen for a person's eyes: it is not offered for change here."""
        self.theme.setVisible(self.look.theme.name is not ThemeName.HIGH_CONTRAST)
        other = self._other_theme()
        self.theme.keep_room_for(self._texts("run.theme.dark"), self._texts("run.theme.light"))
        self.theme.set_words(self._texts(f"run.theme.{other}"), icon="moon" if other == "dark" else "sun")

    def _on_theme(self) -> None:
        self.theme_wanted.emit(self._other_theme())
