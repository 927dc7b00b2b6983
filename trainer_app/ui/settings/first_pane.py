"""The first start: a calm welcome and the few things a first session needs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.domain.people import Profession
from trainer_app.looks.tokens import Tone
from trainer_app.services.first_start import FirstStart
from trainer_app.texts.catalogue import LANGUAGES, Texts
from trainer_app.ui.settings.forms import Fields, line_edit, number_box, professions
from trainer_app.ui.settings.look_card import language_control, show_language
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

_WIDEST = 760
_HEADSETS, _MOST_HEADSETS = 5, 99


class FirstPane(QWidget):
    """Asks for department, person, room and suitcase.

    Signals:
        wanted: begin with what is typed.
        language_chosen: ``nb`` or ``en``.
    """

    wanted = Signal(object)
    language_chosen = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self.department, self.short_name, self.person = line_edit(look), line_edit(look), line_edit(look)
        self.kit, self.room = line_edit(look), line_edit(look)
        self.kit.setText(texts("settings.first.kit_label"))
        self.short_name.setPlaceholderText(texts("settings.department.short_example"))
        self.profession = professions(look, texts)
        self.headsets = number_box(1, _MOST_HEADSETS, _HEADSETS)
        self.fields = Fields(
            department=Field(look, texts("settings.department.name"), self.department),
            short_name=Field(look, texts("settings.department.short_name"), self.short_name),
            person=Field(look, texts("settings.person.name"), self.person),
            profession=Field(look, texts("settings.person.profession"), self.profession),
            kit=Field(look, texts("settings.first.kit"), self.kit),
            headsets=Field(look, texts("settings.first.headsets"), self.headsets),
            room=Field(look, texts("settings.first.room"), self.room),
        )
        self.headsets.lineEdit().setAccessibleName(self.headsets.accessibleName())
        self.begin = Button(look, texts("settings.first.begin"), Kind.PRIMARY)
        self.language = language_control(look, texts)
        self.begin.clicked.connect(self.ask)
        by_letter(self.begin)
        self.language.chosen.connect(lambda at: self.language_chosen.emit(LANGUAGES[at]))
        self._lay_out()
        self._look.changed.connect(self._keep_readable)
        self._keep_readable()

    def ask(self) -> None:
        """Begin with what is typed."""
        self.wanted.emit(
            FirstStart(
                department=self.department.text(),
                short_name=self.short_name.text(),
                person=self.person.text(),
                profession=Profession(self.profession.key()) if self.profession.key() else None,
                kit=self.kit.text(),
                headsets=self.headsets.value(),
                room=self.room.text(),
            )
        )

    def unfinished(self) -> list[str]:
        """What was typed; with nothing but what is proposed, nothing is lost."""
        lines = (self.department, self.short_name, self.person, self.room)
        named = () if self.kit.text() == self._texts("settings.first.kit_label") else (self.kit,)
        return list(typed(*lines, *named))

    def show_language(self, lang: str) -> None:
        """Show which one is in force."""
        show_language(self.language, lang)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say beside the fields what is wrong with them."""
        self.fields.show_errors(errors)

    def _lay_out(self) -> None:
        look, texts = self._look, self._texts
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        Spacing(look, column, (0, 32, 0, 24), 16)
        column.addLayout(self._header())
        column.addWidget(self._card())
        column.addWidget(
            Banner(
                look, Tone.ATTENTION, texts("settings.data.not_encrypted"), texts("settings.data.no_names")
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.begin)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._scroll()

    def _header(self) -> QHBoxLayout:
        words = QVBoxLayout()
        Spacing(self._look, words, gap=4)
        words.addWidget(Label(self._look, self._texts("settings.first.title"), "title"))
        second = self._texts("settings.first.second")
        words.addWidget(Label(self._look, second, "body", "text_muted", wrap=True))
        row = QHBoxLayout()
        Spacing(self._look, row, gap=16)
        row.addLayout(words, 1)
        row.addWidget(self.language, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _card(self) -> Card:
        card = Card(self._look, padding=24)
        grid = QGridLayout()
        Spacing(self._look, grid, gap=16)
        for at, name in enumerate(self.fields):
            grid.addWidget(self.fields[name], at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        for field in self.fields.values():
            if isinstance(field.control, LineEdit):
                field.control.returnPressed.connect(self.ask)
        return card

    def _scroll(self) -> None:
        place = QWidget()
        middle = QHBoxLayout(place)
        Spacing(self._look, middle, (24, 0, 24, 0), 0)
        self._content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        middle.addStretch(1)
        middle.addWidget(self._content, 100)
        middle.addStretch(1)
        area = scrolling(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _keep_readable(self) -> None:
        self._content.setMaximumWidth(self._look.px(_WIDEST))
