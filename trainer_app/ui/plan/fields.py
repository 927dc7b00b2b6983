"""The fields of the panel, from the theme down to the phases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.people import Profession
from trainer_app.domain.typed_times import read_date
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.plan.entering import Told
from trainer_app.ui.plan.objective_list import ObjectiveList
from trainer_app.ui.plan.panel_words import BannerShown, PanelShown
from trainer_app.ui.plan.parts import Choice, EnterRow, IconLine
from trainer_app.ui.plan.people_picker import PeoplePicker, profession_options
from trainer_app.ui.plan.phase_list import PhaseList
from trainer_app.ui.plan.presenter import PlanPresenter
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.date_edit import DateEdit
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.link import Link

_WITH_NEW = {"room": "plan.room.new", "lead": "plan.person.new", "co": "plan.person.new"}
"""Lists in which something new can be entered, and the words of that entry."""


_BESIDE_ICON = 26
"""Where the words of a remark begin."""


class PlanFields(QWidget):
    """All fields. What is chosen or typed goes to the presenter, which says what they shall show.

    Attributes:
        column: They lie in it from top to bottom.

    Signals:
        returned_to: what was entered beside this control is saved, or put away; it has the keyboard again.
    """

    returned_to = Signal(QWidget)

    def __init__(self, look: Look, texts: Texts, presenter: PlanPresenter) -> None:
        super().__init__()
        self._look, self._texts, self._presenter = look, texts, presenter
        self.choices: dict[str, Choice] = {}
        self.lines: dict[str, LineEdit] = {}
        self.fields: dict[str, Field] = {}
        self.remarks: dict[str, IconLine] = {}
        self._entering: list[EnterRow] = []
        self.banner: Banner | None = None
        self._banner_shown: BannerShown | None = None
        self.column = QVBoxLayout(self)
        Spacing(look, self.column, (20, 16, 8, 20), 12)
        self._lay_out()

    def control(self, name: str) -> QWidget:
        """The control of a field; the first where there is no such field."""
        if name.startswith("phase."):
            found = [edit for code, edit in self.phases.minutes.items() if name == f"phase.{code.value}"]
            return found[0] if found else self.phases.proposal
        controls: dict[str, QWidget] = {**self.choices, **self.lines}
        return controls.get(name, self.choices["theme"])

    def show_panel(self, shown: PanelShown) -> None:
        """Show all fields; one that holds what it should is left alone."""
        form = shown.form
        for name, choice in self.choices.items():
            choice.show_options(shown.options[name], getattr(form, name))
        for name, line in self.lines.items():
            if line.text() != getattr(form, name):
                line.propose(getattr(form, name))
        self._show_day(shown)
        for name, label in shown.labels.items():
            self.fields[name].set_label(label)
        for name, field in self.fields.items():
            if field.error() != shown.errors.get(name, ""):
                field.set_error(shown.errors.get(name, ""))
        for name in ("day", "start"):
            self._mark(name, is_wrong=name in shown.errors or shown.banner is not None)
        for name, remark in self.remarks.items():
            remark.say(shown.remarks.get(name, ""))
        self.read_scenario.setVisible("scenario" in shown.remarks)
        self.waves.say(shown.waves)
        self._show_banner(shown.banner)
        self.people.show_people(shown.options["people"], shown.named)
        self.objectives.show_objectives(form.objectives)
        self.phases.show_phases(form.phases, shown.phase_names, shown.errors, own=form.phases_own)
        self.phases.show_sum(shown.phase_sum, fits=shown.phases_fit)
        self.removal.setVisible(bool(shown.removal))
        if shown.removal and self.removal.text() != shown.removal:
            self.removal.set_words(shown.removal, icon="x" if shown.is_draft else "x-circle")
        self._lock(shown.locked)

    def loose(self) -> list[str]:
        """What was typed into lines that somebody has to add, and was not."""
        rows = [*self._entering, self.people.new]
        lines = [row.line for row in rows if not row.isHidden()]
        return list(typed(*lines, self.people.line, self.objectives.line))

    def drop_loose(self) -> None:
        """It is of no use any more."""
        for row in (*self._entering, self.people.new):
            row.drop()
        self.people.put_away_search()
        self.objectives.line.clear()

    # --- layout ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._add(self._choice("theme"))
        self._add(self._choice("scenario"))
        self.read_scenario = Link(self._look, self._texts("plan.read_scenario"))
        self.read_scenario.clicked.connect(lambda: self._presenter.read_scenario())
        self.read_scenario.hide()
        row, remark = QHBoxLayout(), QVBoxLayout()
        Spacing(self._look, row, (_BESIDE_ICON, 0, 0, 0), 0)
        row.addWidget(self.read_scenario)
        row.addStretch(1)
        Spacing(self._look, remark, gap=0)
        remark.addWidget(self._remark("scenario"))
        remark.addLayout(row)
        self.column.addLayout(remark)
        self._row([self._day_field(), self._line("start"), self._line("end")], (18, 12, 10))
        self._add(self._remark("day"))
        self._banner_place = QVBoxLayout()
        Spacing(self._look, self._banner_place, gap=0)
        self.column.addLayout(self._banner_place)
        participants = self._line("participants")
        self._row([self._choice("room"), self._choice("kit"), participants], (18, 10, 8))
        self._add(self._remark("room"))
        self._add(self._enter_room())
        self._row([self._choice("lead"), self._choice("co")], (18, 14))
        for name in ("lead", "co"):
            self._add(self._enter_person(name))
        self._add(self._remark("team"))
        self._add(self._remark("participants"))
        self.waves = IconLine(self._look, "users")
        self._add(self.waves)
        self._add(self._line("contact"))
        self._add(self._remark("contact"))
        self._row([self._choice("arena"), self._choice("format")], (1, 1))
        self._lay_out_lists()

    def _lay_out_lists(self) -> None:
        self._heading("plan.participants_named")
        add, check = partial(self._add_person, "people"), self._presenter.wrong_name
        self.people = PeoplePicker(self._look, self._texts, add, check)
        self.people.new.done.connect(partial(self._return_to, self.people.line))
        self.people.chosen.connect(self._presenter.add_participant)
        self.people.removed.connect(self._presenter.remove_participant)
        self._add(self.people)
        self._heading("plan.objectives")
        self._add(Label(self._look, self._texts("plan.objectives.advice"), "small", "text_muted", wrap=True))
        self.objectives = ObjectiveList(self._look, self._texts, self._presenter.add_objective)
        self.objectives.toggled.connect(self._presenter.choose_objective)
        self._add(self.objectives)
        self._add(self._remark("objectives"))
        self._add(self._choice("debrief_model"))
        self._heading("plan.phases")
        self._add(self._remark("phases"))
        self.phases = PhaseList(self._look, self._texts)
        self.phases.minutes_typed.connect(self._presenter.type_minutes)
        self.phases.included.connect(self._presenter.include_phase)
        self.phases.proposal_wanted.connect(self._presenter.propose_phases)
        self._add(self.phases)
        self.column.addSpacing(self._look.px(4))
        self._add(hairline())
        self.removal = Button(self._look, self._texts("plan.removal.delete"), scale=Scale.ROW, icon="x")
        self.column.addWidget(self.removal, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def _add(self, widget: QWidget) -> None:
        self.column.addWidget(widget)

    def _heading(self, key: str) -> None:
        self.column.addSpacing(self._look.px(4))
        self._add(Label(self._look, self._texts(key), "subheading"))

    def _row(self, widgets: Sequence[QWidget], parts: Sequence[int]) -> None:
        row = QHBoxLayout()
        Spacing(self._look, row, gap=12)
        for widget, part in zip(widgets, parts, strict=True):
            row.addWidget(widget, part)
        self.column.addLayout(row)

    # --- fields ------------------------------------------------------------------------------------------

    def _choice(self, name: str) -> Field:
        new = self._texts(_WITH_NEW[name]) if name in _WITH_NEW else ""
        choice = Choice(self._look, new)
        choice.chosen.connect(partial(self._presenter.choose, name))
        self.choices[name] = choice
        return self._field(name, choice)

    def _line(self, name: str) -> Field:
        return self._typed(name, LineEdit(self._look))

    def _typed(self, name: str, line: LineEdit) -> Field:
        line.textEdited.connect(partial(self._presenter.type, name))
        line.editingFinished.connect(partial(self._presenter.commit, name))
        self.lines[name] = line
        return self._field(name, line)

    def _field(self, name: str, control: QWidget) -> Field:
        field = Field(self._look, self._texts(f"plan.field.{name}"), control)
        self.fields[name] = field
        return field

    def _day_field(self) -> Field:
        self.day = DateEdit(self._look, self._texts("plan.calendar"), self._texts.lang)
        self.day.day_chosen.connect(self._presenter.choose_day)
        return self._typed("day", self.day)

    def _show_day(self, shown: PanelShown) -> None:
        self.day.show_day(read_date(shown.form.day, shown.today))

    def _mark(self, name: str, *, is_wrong: bool) -> None:
        """The fields above a conflict are marked as well; its words stand right below them."""
        line, state = self.lines[name], "error" if is_wrong else ""
        if (line.property("state") or "") != state:
            line.setProperty("state", state)
            line.style().unpolish(line)
            line.style().polish(line)

    def _remark(self, name: str) -> IconLine:
        self.remarks[name] = IconLine(self._look, "warning", Tone.ATTENTION)
        return self.remarks[name]

    # --- entering ----------------------------------------------------------------------------------------

    def _enter_room(self) -> EnterRow:
        row = EnterRow(
            self._look,
            self._texts("plan.room.name"),
            lambda text, _, told: self._presenter.add_room(text, told),
            (self._texts("plan.room.add"), self._texts("plan.never_mind")),
        )
        self._opens("room", row)
        return row

    def _enter_person(self, name: str) -> EnterRow:
        row = EnterRow(
            self._look,
            self._texts("plan.people.new_name"),
            partial(self._add_person, name),
            (self._texts("plan.people.add_new"), self._texts("plan.never_mind")),
            options=profession_options(self._texts, self._presenter.wrong_name),
        )
        self._opens(name, row)
        return row

    def _opens(self, name: str, row: EnterRow) -> None:
        self._entering.append(row)
        choice = self.choices[name]
        choice.new_wanted.connect(lambda: row.open())
        row.done.connect(partial(self._return_to, choice))

    def _return_to(self, control: QWidget) -> None:
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.returned_to.emit(control)

    def _add_person(self, name: str, text: str, profession: object, told: Told) -> str:
        assert isinstance(profession, Profession)
        return self._presenter.add_person(text, profession, name, told)

    # --- the conflict ------------------------------------------------------------------------------------

    def _show_banner(self, shown: BannerShown | None) -> None:
        if shown == self._banner_shown:
            return
        focused = self.banner is not None and any(button.hasFocus() for button in self.banner.buttons)
        self._banner_shown = shown
        if self.banner is not None:
            self._banner_place.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        if shown is not None:
            words = [shown.free, self._texts("plan.conflict.find")] if shown.free else []
            self.banner = Banner(self._look, Tone.DANGER, shown.fact, shown.cause, words)
            self.banner.chosen.connect(self._on_banner)
            self._banner_place.addWidget(self.banner)
        if focused:
            self.lines["start"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_banner(self, place: int) -> None:
        if place == 0:
            self._presenter.move_to_free()
        else:
            self._presenter.find_times()

    def _lock(self, locked: bool) -> None:
        """What cannot be changed can still be read."""
        controls: list[QWidget] = [*self.choices.values(), *self.lines.values()]
        for control in (*controls, self.people, self.objectives, self.phases):
            control.setEnabled(not locked)
