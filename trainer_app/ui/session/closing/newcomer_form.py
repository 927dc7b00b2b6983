"""Asks what the attendance has to know of somebody who is on no list yet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.domain.people import Profession
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.choice import Choice
from trainer_app.ui.session.closing.attendance_row import MODE_WORDS
from trainer_app.ui.session.closing.shown import NewcomerTyped
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.choice_box import ChoiceBox
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.segmented_control import SegmentedControl

_SIDE_BY_SIDE_FROM = 560
"""Width at 100 % text size from which the fields stand in one row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContent:
    """What stands in the fields: texts, the key of a profession or nothing, the place of an answer."""

    name: str
    profession: str
    organisation: str
    mode: int | None

    def words(self) -> str:
        """For people; empty: nothing was typed."""
        return ", ".join(part for part in (self.name.strip(), self.organisation.strip()) if part)


class NewcomerForm(QWidget):
    """Name, profession, where a guest comes from, and how they took part.

    Attributes:
        is_saving: What was typed is on its way to the database; nobody can change it meanwhile.

    Signals:
        wanted: add what is typed.
        cancelled: add nobody.
    """

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self.is_saving = False
        self.name, self.organisation = LineEdit(look), LineEdit(look)
        self.profession = _profession_box(look, texts)
        self.organisation.setPlaceholderText(texts("closing.new.organisation_example"))
        answers = [texts(key) for key in MODE_WORDS]
        self.mode = SegmentedControl(look, texts, texts("closing.mode.name"), answers, checked_mark=True)
        self._fields = {
            "person": Field(look, texts("closing.new.name"), self.name),
            "profession": Field(look, texts("closing.new.profession"), self.profession),
            "external_org": Field(look, texts("closing.new.organisation"), self.organisation),
        }
        self.add = Button(look, texts("closing.pick_add"))
        self.cancel = Button(look, texts("closing.cancel"))
        self._lay_out(look)
        self._connect()
        self.hide()

    def open(self, name: str) -> None:
        """Ask, with the name as it was typed."""
        self._forget()
        self.name.setText(name)
        self.show()
        self.profession.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """What was typed is stored, or not wanted."""
        self._forget()
        self.hide()

    def content(self) -> FormContent | None:
        """What stands in the fields; None: nothing is asked."""
        if self.isHidden():
            return None
        return FormContent(
            name=self.name.text(),
            profession=self.profession.key(),
            organisation=self.organisation.text(),
            mode=self.mode.answer(),
        )

    def restore(self, content: FormContent) -> None:
        """Ask, with all that was typed and chosen before."""
        self.open(content.name)
        self.profession.choose(content.profession)
        self.organisation.setText(content.organisation)
        self.mode.set_answer(content.mode)

    def show_error(self, field: str, words: str) -> None:
        """Say what is wrong with a field, and go to it."""
        self._set_saving(saving=False)
        self._clear_errors()
        self._fields[field].set_error(words)
        self._fields[field].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def error(self, field: str) -> str:
        """What is said to be wrong with a field."""
        return self._fields[field].error()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the fields stand below one another."""
        super().resizeEvent(event)
        self._direct()

    # --- inside ------------------------------------------------------------------------------------------

    def _set_saving(self, *, saving: bool) -> None:
        self.is_saving = saving
        for line in (self.name, self.organisation):
            line.setReadOnly(saving)

    def _forget(self) -> None:
        self._set_saving(saving=False)
        self.name.clear()
        self.organisation.clear()
        self.profession.choose("")
        self.mode.set_answer(None)
        self._clear_errors()

    def _clear_errors(self) -> None:
        for field in self._fields.values():
            field.set_error("")

    def _on_add(self) -> None:
        if not self.name.text().strip():
            self.show_error("person", self._texts("closing.new.name_missing"))
        elif not self.profession.key():
            self.show_error("profession", self._texts("closing.new.profession_missing"))
        elif not self.is_saving:
            self._clear_errors()
            self._set_saving(saving=True)
            self.wanted.emit(
                NewcomerTyped(
                    name=self.name.text(),
                    profession=Profession(self.profession.key()),
                    external_org=self.organisation.text(),
                    mode=self.mode.answer(),
                )
            )

    def _connect(self) -> None:
        self.profession.picked.connect(lambda _: self._fields["profession"].set_error(""))
        self.add.clicked.connect(self._on_add)
        self.cancel.clicked.connect(self.cancelled)
        for line in (self.name, self.organisation):
            line.returnPressed.connect(self._on_add)
        self._look.changed.connect(self._direct)

    def _lay_out(self, look: Look) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        Spacing(look, self._row, gap=12)
        for field, share in zip(self._fields.values(), (4, 4, 3), strict=True):
            self._row.addWidget(field, share)
        column = QVBoxLayout(self)
        Spacing(look, column, gap=10)
        column.addLayout(self._row)
        column.addLayout(self._foot(look))
        column.addWidget(Label(look, self._texts("closing.new.once"), "small", "text_muted", wrap=True))
        stops = (self.name, self.profession, self.organisation, self.mode, self.add, self.cancel)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _foot(self, look: Look) -> QHBoxLayout:
        how = QVBoxLayout()
        Spacing(look, how, gap=4)
        how.addWidget(Label(look, self._texts("closing.mode.name"), "small", "text_muted"))
        how.addWidget(self.mode)
        foot = QHBoxLayout()
        Spacing(look, foot, gap=8)
        foot.addLayout(how)
        foot.addStretch(1)
        for button in (self.cancel, self.add):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return foot

    def _direct(self) -> None:
        narrow = self.width() < self._look.px(_SIDE_BY_SIDE_FROM)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else across)


def _profession_box(look: Look, texts: Texts) -> ChoiceBox:
    """All professions, and none to begin with: a wrong one would count in the reports."""
    box = ChoiceBox(look)
    choices = [Choice(one.value, texts(f"person.profession.{one.value}")) for one in Profession]
    box.show_choices(choices, "")
    box.setPlaceholderText(texts("person.profession_choose"))
    box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(3)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
