"""Planning on the screen: what follows from a choice, what collides, and that nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.full_disk import full_disk
from tests.fakes.office import TUESDAY, LateTasks, TestOffice, make_office
from tests.fakes.planned_week import PlannedWeek
from tests.fakes.records import wall
from trainer_app.domain.people import Profession
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.sessions import SessionState
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.office import Target
from trainer_app.ui.plan.panel_words import Option, PanelShown
from trainer_app.ui.plan.presenter import PlanPresenter
from trainer_app.ui.plan.week_words import WeekShown
from trainer_app.ui.widgets.week_layout import EventKind, WeekEvent


@dataclass
class _View:
    week: WeekShown | None = None
    panel: PanelShown | None = None
    times: list[Option] = field(default_factory=list)
    focused: list[str] = field(default_factory=list)
    asked_who: bool = False

    def show_week(self, shown: WeekShown) -> None:
        self.week = shown

    def show_panel(self, shown: PanelShown | None) -> None:
        self.panel = shown

    def offer_times(self, times: Sequence[Option]) -> None:
        self.times = list(times)

    def focus_field(self, name: str) -> None:
        self.focused.append(name)

    def ask_who_is_here(self) -> None:
        self.asked_who = True

    @property
    def shown(self) -> PanelShown:
        assert self.panel is not None
        return self.panel

    def event(self, title: str, day: int | None = None) -> WeekEvent:
        assert self.week is not None
        found = [one for one in self.week.week.events if one.title == title and day in (None, one.day)]
        assert len(found) == 1, found
        return found[0]


class _Field(list[str]):
    """A field that is still there: remembers what it was told."""

    def __call__(self, words: str) -> bool:
        self.append(words)
        return True


@dataclass
class _Plan:
    office: TestOffice
    week: PlannedWeek
    view: _View
    presenter: PlanPresenter

    def type(self, **fields: str) -> None:
        for name, text in fields.items():
            self.presenter.type(name, text)
            self.presenter.commit(name)

    def new(self, theme: str = "SEL", day: str = "tor", start: str = "13", end: str = "1430") -> None:
        self.presenter.reload()
        self.presenter.new_session()
        self.presenter.choose("theme", theme)
        self.type(day=day, start=start, end=end, participants="8")

    def stored(self, state: SessionState) -> list[str]:
        return [one.title for one in self.office.stored.sessions.in_state(state)]


@pytest.fixture
def plan(empty_stored: SqlRepositories, tmp_path: Path) -> _Plan:
    return _opened(make_office(empty_stored, tmp_path))


def _opened(office: TestOffice) -> _Plan:
    week, view = PlannedWeek(office), _View()
    presenter = PlanPresenter(office.office, view)
    made = _Plan(office, week, view, presenter)
    presenter.enter(Target(place="plan"))
    return made


def test_a_week_shows_sessions_drafts_and_the_loans_of_the_suitcase(plan: _Plan) -> None:
    plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    plan.week.session("INN", "2026-11-18T09:00", "2026-11-18T10:30", draft=True)
    plan.week.session("INN", "2026-11-25T09:00", "2026-11-25T10:30")
    plan.week.lend("2026-11-20T12:00", "2026-11-23T09:00")
    plan.presenter.reload()
    assert plan.view.week is not None
    assert (plan.view.week.heading, plan.view.week.days) == ("Uke 47", "16.–20. november 2026")
    assert {(one.title, one.day, one.kind) for one in plan.view.week.week.events} == {
        ("Vold og trusler", 1, EventKind.SESSION),
        ("Innkomst", 2, EventKind.DRAFT),
        ("Koffert EV-1 er utlånt", 4, EventKind.BLOCKED),
    }
    assert plan.view.week.week.now_min == 10 * 60 + 20
    plan.presenter.go_weeks(1)
    assert [one.title for one in plan.view.week.week.events] == ["Innkomst", "Koffert EV-1 er utlånt"]
    plan.presenter.go_today()
    assert plan.view.week.heading == "Uke 47"


SATURDAY, SUNDAY = TUESDAY + timedelta(days=4), TUESDAY + timedelta(days=5)


def test_at_the_weekend_the_coming_week_is_shown_and_says_so(
    empty_stored: SqlRepositories, tmp_path: Path
) -> None:
    office = make_office(empty_stored, tmp_path)
    office.at(SUNDAY)
    plan = _opened(office)
    assert plan.view.week is not None
    assert (plan.view.week.heading, plan.view.week.days) == ("Uke 48", "23.–27. november 2026, neste uke")
    plan.presenter.go_weeks(-1)
    assert (plan.view.week.heading, plan.view.week.days) == ("Uke 47", "16.–20. november 2026")
    plan.presenter.reload()
    assert plan.view.week.heading == "Uke 47"
    plan.presenter.go_today()
    assert plan.view.week.heading == "Uke 48"
    plan.presenter.reload()
    assert plan.view.week.heading == "Uke 48"


def test_a_weekend_with_a_session_left_is_shown_until_it_is_over(plan: _Plan) -> None:
    plan.week.session("VOT", "2026-11-21T13:00", "2026-11-21T14:30")
    for now, heading in ((SATURDAY, "Uke 47"), (SUNDAY, "Uke 48")):
        plan.office.at(now)
        plan.presenter.go_today()
        assert plan.view.week is not None
        assert plan.view.week.heading == heading


def test_without_any_room_the_panel_says_how_one_is_added(plan: _Plan) -> None:
    plan.presenter.new_session()
    assert "room" not in plan.view.shown.remarks
    for room in plan.office.stored.rooms.where():
        plan.office.stored.rooms.save(replace(room, active=False))
    plan.presenter.reload()
    assert plan.view.shown.remarks["room"] == (
        "Ingen rom er lagt inn ennå. Velg «Nytt rom …» i listen for å legge til ett."
    )
    plan.presenter.add_room("Møterom Bjørk")
    assert "room" not in plan.view.shown.remarks


def test_a_theme_brings_scenario_objectives_model_and_phases(plan: _Plan) -> None:
    plan.new()
    shown = plan.view.shown
    assert shown.form.scenario == ("SEL-1", 1)
    assert shown.remarks["scenario"].endswith("Scenarioet kan brukes; les gjennom det først.")
    assert shown.form.debrief_model == "TREFASE"
    assert [line.source for line in shown.form.objectives][:2] == ["SEL-L1", "SEL-L2"]
    # Without one the evening stops at klargjøring, when it is late to think of them.
    assert [line.chosen for line in shown.form.objectives][:4] == [True, True, True, False]
    assert shown.waves == "Åtte deltakere gir to puljer med fire i hver."
    assert shown.phase_sum == "Fasene tar 88 av 90 min. 2 min er til overs."
    assert shown.form.day == "tor. 19. nov."
    assert (shown.form.start, shown.form.end) == ("13.00", "14.30")
    assert shown.foot.can_primary


def test_a_conflict_is_said_while_editing_with_its_cause_and_a_free_time(plan: _Plan) -> None:
    plan.week.session("SAM", "2026-11-19T12:30", "2026-11-19T14:00", lead=1, room=1)
    plan.new()
    banner = plan.view.shown.banner
    assert banner is not None
    assert banner.fact == "Kofferten er opptatt 12.30–14.00"
    assert banner.cause == "Ola Prøvestad bruker EV-1 i «Den nødvendige samtalen»."
    assert banner.free == "Flytt til 14.15"
    assert plan.view.shown.foot.reason == "Løs konflikten for å planlegge økten."
    assert not plan.view.shown.foot.can_primary
    assert plan.view.event("Den nødvendige samtalen").conflicts
    assert plan.view.event("Selvmordsfare").conflicts
    plan.presenter.move_to_free()
    assert (plan.view.shown.form.start, plan.view.shown.form.end) == ("14.15", "15.45")
    assert plan.view.shown.banner is None
    assert plan.view.shown.foot.can_primary


def test_free_times_are_offered_on_several_days(plan: _Plan) -> None:
    plan.week.session("SAM", "2026-11-19T12:30", "2026-11-19T14:00")
    plan.new()
    plan.presenter.find_times()
    assert [one.words for one in plan.view.times][:3] == [
        "tor. 19. nov. 14.15",
        "fre. 20. nov. 13.00",
        "man. 23. nov. 13.00",
    ]
    start = plan.view.times[2].value
    assert isinstance(start, datetime)
    plan.presenter.move_to(start)
    assert plan.view.week is not None
    assert plan.view.week.heading == "Uke 48"
    assert plan.view.event("Selvmordsfare").is_edited


def test_people_and_rooms_collide_as_well(plan: _Plan) -> None:
    plan.week.session("SAM", "2026-11-19T12:30", "2026-11-19T14:00", lead=0, room=0)
    plan.new()
    plan.presenter.choose("room", plan.week.rooms[0].id)
    banner = plan.view.shown.banner
    assert banner is not None
    assert "Også opptatt: Kari Eksempelsen og Møterom Lauv." in banner.cause
    plan.presenter.choose("kit", None)
    banner = plan.view.shown.banner
    assert banner is not None
    assert banner.fact == "Møterom Lauv er opptatt 12.30–14.00"


def test_what_is_missing_is_said_beside_the_button(plan: _Plan) -> None:
    plan.presenter.new_session()
    assert plan.view.shown.foot.reason == "Velg tema og dato og tid for å planlegge økten."
    assert not plan.view.shown.errors


def test_a_session_is_planned_and_gets_its_number(plan: _Plan) -> None:
    plan.new()
    plan.presenter.press("plan")
    assert plan.stored(SessionState.PLANNED) == ["Selvmordsfare"]
    assert plan.view.panel is None
    assert plan.office.notices.said == ["Økten er planlagt: EV-2026-A001."]
    assert plan.view.event("Selvmordsfare").kind is EventKind.SESSION


@pytest.mark.parametrize(
    ("field", "typed"),
    [("day", "31.2"), ("start", "25"), ("end", "noe"), ("participants", "mange"), ("contact", "a" * 100_000)],
)
def test_bad_input_stays_in_its_field_and_the_first_wrong_field_gets_the_keyboard(
    plan: _Plan, field: str, typed: str
) -> None:
    plan.new()
    plan.type(**{field: typed})
    assert getattr(plan.view.shown.form, field) == typed
    assert plan.view.shown.errors[field]
    assert plan.view.shown.foot.reason == "Rett feltene som er merket."
    plan.presenter.save_draft()
    assert plan.view.focused[-1] == field
    assert plan.stored(SessionState.DRAFT) == []
    assert getattr(plan.view.shown.form, field) == typed


def test_an_end_before_the_start_is_said_beside_it(plan: _Plan) -> None:
    plan.new(end="12")
    assert plan.view.shown.errors == {"end": "Slutten må være senere enn starten."}
    assert not plan.view.shown.foot.can_primary


def test_a_start_that_moves_takes_the_end_along(plan: _Plan) -> None:
    plan.new()
    plan.type(start="9")
    assert (plan.view.shown.form.start, plan.view.shown.form.end) == ("09.00", "10.30")


def test_a_past_date_is_a_warning_only(plan: _Plan) -> None:
    plan.new(day="16.11")
    assert "passert" in plan.view.shown.remarks["day"]
    assert plan.view.shown.foot.can_primary


@pytest.mark.parametrize(("count", "can"), [("12", True), ("13", True), ("16", True), ("17", False)])
def test_large_groups_are_warned_of_and_too_large_ones_refused_with_a_way_out(
    plan: _Plan, count: str, can: bool
) -> None:
    plan.new(end="16")
    plan.type(participants=count)
    assert plan.view.shown.foot.can_primary is can
    assert ("participants" in plan.view.shown.errors) is not can
    assert ("participants" in plan.view.shown.remarks) is (int(count) > 12)
    if not can:
        assert "Planlegg to økter" in plan.view.shown.remarks["participants"]


@pytest.mark.parametrize("press", ["plan", "draft", "close"])
def test_on_a_full_disk_the_panel_keeps_all_that_was_typed(plan: _Plan, press: str) -> None:
    plan.new()
    plan.type(contact="Anne Påhittmo")
    with full_disk(plan.office.stored):
        if press == "plan":
            plan.presenter.press("plan")
        elif press == "draft":
            plan.presenter.save_draft()
        else:
            plan.presenter.close_panel()
    (problem,) = plan.office.notices.problems
    assert isinstance(problem, DatabaseFull)
    form = plan.view.shown.form
    assert (form.theme, form.start, form.participants, form.contact) == ("SEL", "13.00", "8", "Anne Påhittmo")
    plan.presenter.press("plan")
    assert plan.stored(SessionState.PLANNED) == ["Selvmordsfare"]


@pytest.mark.parametrize("what", ["room", "person", "reason"])
def test_on_a_full_disk_a_name_or_a_reason_is_refused_with_words(plan: _Plan, what: str) -> None:
    key = str(plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session.id)
    plan.presenter.open_session(key)
    people, rooms = len(plan.office.stored.people.where()), len(plan.office.stored.rooms.where())
    told = _Field()

    def enter() -> str:
        if what == "room":
            return plan.presenter.add_room("Møterom Rogn", told)
        if what == "person":
            return plan.presenter.add_person("Mia Eventyr", Profession.TEACHER, "lead", told)
        return plan.presenter.cancel(key, "Sykdom", told)

    with full_disk(plan.office.stored):
        assert enter() == ""
    assert "Disken er full. Frigjør plass på disken" in told[-1]
    assert plan.stored(SessionState.PLANNED) == ["Vold og trusler"]
    assert (len(plan.office.stored.people.where()), len(plan.office.stored.rooms.where())) == (people, rooms)
    assert plan.office.notices.problems == []
    enter()
    assert told[-1] == ""


def test_a_blank_panel_leaves_nothing_behind(plan: _Plan) -> None:
    plan.presenter.new_session()
    plan.presenter.close_panel()
    assert plan.stored(SessionState.DRAFT) == []
    assert plan.office.notices.said == []


def test_a_closed_panel_keeps_what_was_typed_as_a_draft(plan: _Plan) -> None:
    plan.new()
    plan.presenter.leave()
    assert plan.stored(SessionState.DRAFT) == ["Selvmordsfare"]
    assert plan.office.notices.said == ["Utkastet er lagret."]
    plan.presenter.open_session(plan.view.event("Selvmordsfare").key)
    assert plan.view.shown.form.participants == "8"


def test_fields_that_were_not_understood_are_there_again(plan: _Plan) -> None:
    plan.new()
    plan.type(end="halv tre")
    plan.presenter.close_panel()
    plan.presenter.open_session(plan.view.event("Selvmordsfare").key)
    assert plan.view.shown.form.end == "halv tre"
    assert plan.view.shown.errors["end"]


def test_discarding_can_be_undone(plan: _Plan) -> None:
    plan.new()
    plan.presenter.discard()
    assert plan.view.panel is None
    assert plan.office.notices.undo is not None
    plan.office.notices.undo()
    assert plan.view.shown.form.theme == "SEL"
    assert plan.view.shown.form.start == "13.00"


def test_changes_of_a_planned_session_are_saved_on_demand_and_can_be_undone(plan: _Plan) -> None:
    key = plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session.id
    plan.presenter.reload()
    plan.presenter.move_event(str(key), 1, 15)
    assert plan.view.event("Vold og trusler").day == 2
    assert _start(plan, key) == wall("2026-11-17T13:00")
    plan.presenter.press("save")
    assert _start(plan, key) == wall("2026-11-18T13:15")
    assert plan.office.notices.undo is not None
    plan.office.notices.undo()
    assert _start(plan, key) == wall("2026-11-17T13:00")


def test_the_length_is_changed_by_keys(plan: _Plan) -> None:
    key = str(plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session.id)
    plan.presenter.reload()
    plan.presenter.lengthen_event(key, 15)
    plan.presenter.lengthen_event(key, 15)
    assert plan.view.shown.form.end == "15.00"
    for _ in range(20):
        plan.presenter.lengthen_event(key, -15)
    assert plan.view.shown.form.end == "13.15"


def _start(plan: _Plan, key: object) -> datetime | None:
    found = plan.office.stored.sessions.by_id(key)  # type: ignore[arg-type]
    assert found is not None
    return found.planned_start


def test_unsaved_changes_of_a_planned_session_can_be_had_back(plan: _Plan) -> None:
    key = str(plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session.id)
    plan.presenter.reload()
    plan.presenter.open_session(key)
    plan.type(participants="7")
    plan.presenter.close_panel()
    plan.presenter.open_session(key)
    assert plan.view.shown.form.participants == "7"


def test_only_what_is_not_stored_of_a_plan_is_asked_about_before_the_window_closes(plan: _Plan) -> None:
    stored = plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session
    plan.presenter.reload()
    plan.presenter.open_session(str(stored.id))
    assert plan.presenter.unfinished() == ()
    plan.type(participants="7", contact="Siv Testmoen")
    plan.presenter.close_panel()
    changed = (
        f"{stored.number} Vold og trusler. Deltakere: 7, Kontaktperson for ivaretakelse: Siv Testmoen".strip()
    )
    assert plan.presenter.unfinished() == (changed,)
    plan.presenter.open_session(str(stored.id))
    plan.presenter.keep()
    assert plan.presenter.unfinished() == (changed,)  # a plan is changed when somebody says so
    plan.presenter.press("save")
    assert plan.presenter.unfinished() == ()


def test_of_a_draft_only_what_nobody_can_read_is_not_stored(plan: _Plan) -> None:
    plan.new()
    plan.type(end="halv tre")
    plan.presenter.close_panel()
    assert plan.presenter.unfinished() == ("Selvmordsfare. Slutt: halv tre",)
    (draft,) = plan.office.stored.sessions.in_state(SessionState.DRAFT)
    plan.presenter.open_session(str(draft.id))
    plan.type(end="14.45")
    with full_disk(plan.office.stored):
        plan.presenter.keep()
        assert plan.presenter.unfinished() == ("Selvmordsfare. Slutt: 14.45",)
    plan.presenter.keep()
    assert plan.presenter.unfinished() == ()
    assert plan.stored(SessionState.DRAFT) == ["Selvmordsfare"]


def test_a_plan_on_its_way_to_the_disk_is_not_stored_yet(
    empty_stored: SqlRepositories, tmp_path: Path
) -> None:
    tasks = LateTasks()
    plan = _opened(make_office(empty_stored, tmp_path, tasks=tasks))
    tasks.finish()
    plan.new()
    tasks.finish()
    plan.presenter.close_panel()
    assert plan.presenter.unfinished()
    tasks.finish()
    assert plan.presenter.unfinished() == ()


def test_a_session_is_cancelled_with_a_reason_only(plan: _Plan) -> None:
    key = str(plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session.id)
    plan.presenter.open_session(key)
    assert plan.presenter.cancel(key, "   ")
    assert plan.stored(SessionState.PLANNED) == ["Vold og trusler"]
    assert plan.presenter.cancel(key, "Sykdom") == ""
    assert plan.stored(SessionState.CANCELLED) == ["Vold og trusler"]
    assert plan.view.week is not None
    assert plan.view.week.week.events == ()


def test_nothing_of_a_new_session_is_there_to_be_deleted(plan: _Plan) -> None:
    plan.presenter.new_session()
    assert plan.view.shown.removal == ""
    assert plan.view.shown.closes == "Lukk panelet."
    assert plan.view.shown.foot.away_hint == "Lukk uten å lagre det du har skrevet."
    plan.presenter.choose("theme", "INN")
    assert plan.view.shown.closes == "Lukk panelet. Det du har skrevet, lagres som utkast."
    plan.presenter.save()
    assert plan.view.shown.removal == "Slett utkastet"


def test_who_reads_the_scenario_finds_the_form_again(plan: _Plan) -> None:
    plan.new()
    plan.presenter.choose("theme", "INN")
    plan.presenter.type("day", "når det passer")
    key = plan.view.shown.key
    plan.presenter.read_scenario()
    assert plan.office.went[-1] == Target(place="library", item="INN")
    plan.presenter.leave()
    assert plan.view.panel is None
    plan.presenter.enter(Target(place="plan"))
    assert (plan.view.shown.key, plan.view.shown.form.day) == (key, "når det passer")
    plan.presenter.close_panel()
    plan.presenter.enter(Target(place="plan"))
    assert plan.view.panel is None


def test_an_opened_session_says_what_it_said_in_the_week(plan: _Plan) -> None:
    key = str(plan.week.session("INN", "2026-11-18T09:00", "2026-11-18T10:30", participants=7).session.id)
    plan.presenter.reload()
    assert plan.view.week is not None
    (before,) = plan.view.week.week.events
    plan.presenter.open_session(key)
    (opened,) = plan.view.week.week.events
    assert len(before.lines) == 4
    assert opened.lines == before.lines


def test_the_own_name_is_marked_where_a_facilitator_is_chosen(plan: _Plan) -> None:
    plan.new()
    assert plan.view.shown.labels == {"lead": "Hovedfasilitator (deg)", "co": "Medfasilitator"}


def test_a_deleted_draft_can_be_had_back(plan: _Plan) -> None:
    key = str(plan.week.session("INN", "2026-11-18T09:00", "2026-11-18T10:30", draft=True).session.id)
    plan.presenter.open_session(key)
    plan.presenter.delete_draft()
    assert plan.stored(SessionState.DRAFT) == []
    assert plan.office.notices.undo is not None
    plan.office.notices.undo()
    assert plan.stored(SessionState.DRAFT) == ["Innkomst"]
    plan.presenter.open_session(key)
    assert len(plan.view.shown.form.phases) > 5


def test_a_new_user_enters_room_and_people_where_they_are_needed(plan: _Plan) -> None:
    plan.new()
    assert plan.presenter.add_room("  ") == "Skriv minst ett tegn som ikke er mellomrom."
    assert plan.presenter.add_room("a" * 100_000)
    assert plan.presenter.add_room("Møterom Rogn") == ""
    assert "Møterom Rogn" in {one.words for one in plan.view.shown.options["room"] if _is_chosen(plan, one)}
    assert plan.presenter.add_person("Mia Eventyr", Profession.TEACHER, "co") == ""
    assert plan.view.shown.form.co is not None
    assert plan.presenter.add_person("ola prøvestad", Profession.TEACHER, "people") == ""
    assert [one.words for one in plan.view.shown.named] == ["Ola Prøvestad"]
    people = [one.full_name for one in plan.office.stored.people.where()]
    assert people.count("Ola Prøvestad") == 1


def _is_chosen(plan: _Plan, option: Option) -> bool:
    return option.value == plan.view.shown.form.room


def test_the_number_of_participants_follows_the_names(plan: _Plan) -> None:
    plan.new()
    plan.type(participants="")
    for person in plan.week.people[2:5]:
        plan.presenter.add_participant(person.id)
    assert plan.view.shown.form.participants == "3"
    plan.presenter.remove_participant(plan.week.people[2].id)
    assert plan.view.shown.form.participants == "2"
    plan.type(participants="1")
    assert plan.view.shown.errors["participants"] == "2 er valgt med navn."


def test_phases_follow_the_time_until_somebody_changes_them(plan: _Plan) -> None:
    plan.new()
    plan.type(participants="5", end="1400")
    assert plan.view.shown.phase_sum == "Fasene tar 60 min, like lenge som økten."
    plan.presenter.type_minutes(PhaseCode.ANALYSIS, "20")
    assert "66 min, økten bare 60" in plan.view.shown.phase_sum
    assert not plan.view.shown.phases_fit
    plan.type(end="1430")
    assert "66 av 90" in plan.view.shown.phase_sum
    plan.presenter.include_phase(PhaseCode.REACTIONS, False)
    assert "63 av 90" in plan.view.shown.phase_sum
    plan.presenter.propose_phases()
    assert not plan.view.shown.form.phases_own
    assert plan.view.shown.phases_fit


def test_minutes_that_are_no_number_are_said(plan: _Plan) -> None:
    plan.new()
    plan.presenter.type_minutes(PhaseCode.ANALYSIS, "lenge")
    assert plan.view.shown.errors["phase.analyse"]
    assert not plan.view.shown.foot.can_primary


def test_own_objectives_are_kept_when_the_scenario_changes(plan: _Plan) -> None:
    plan.new()
    plan.presenter.choose_objective(0, True)
    assert plan.presenter.add_objective("Snakke med foreldrene først") == ""
    assert plan.presenter.add_objective("   ")
    plan.presenter.choose("theme", "INN")
    chosen = [line for line in plan.view.shown.form.objectives if line.chosen]
    assert [line.text for line in chosen] == ["Snakke med foreldrene først"]


def test_a_hard_theme_asks_for_a_second_facilitator_or_a_contact(plan: _Plan) -> None:
    plan.new()
    assert "medfasilitator" in plan.view.shown.remarks["team"]
    plan.type(contact="Anne Påhittmo")
    assert "team" not in plan.view.shown.remarks


def test_an_empty_place_that_is_pressed_begins_a_session_there(plan: _Plan) -> None:
    plan.presenter.new_session(2, 9 * 60 + 30)
    assert (plan.view.shown.form.day, plan.view.shown.form.start) == ("ons. 18. nov.", "09.30")
    plan.presenter.new_session(3, 10 * 60)
    assert (plan.view.shown.form.day, plan.view.shown.form.end) == ("tor. 19. nov.", "11.30")


def test_a_ready_session_is_locked_until_its_plan_is_taken_up_again(plan: _Plan) -> None:
    planned = plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    plan.office.office.services.planning.make_ready(planned, None, headsets_ready=5)
    plan.presenter.open_session(str(planned.session.id))
    assert plan.view.shown.locked
    assert (plan.view.shown.foot.primary, plan.view.shown.foot.second) == (
        "Til klargjøringen",
        "Endre planen",
    )
    assert plan.view.shown.foot.can_primary
    assert (
        plan.view.shown.foot.reason == "Økten er klargjort, og planen er låst til du velger «Endre planen»."
    )
    plan.presenter.choose("theme", "INN")
    assert plan.view.shown.form.theme == "VOT"
    plan.presenter.press(plan.view.shown.foot.action)
    assert plan.office.went == [Target(place="session", session_id=planned.session.id, detail="prepare")]
    plan.presenter.press(plan.view.shown.foot.second_action)
    assert not plan.view.shown.locked


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-17", ""),
        ("2026-11-18", "Økten er i morgen. Filmen kan legges på brillene allerede nå."),
        ("2026-11-20", "Økten er fredag 20. november. Filmen kan legges på brillene allerede nå."),
    ],
)
def test_a_planned_session_is_set_up_from_its_plan(plan: _Plan, day: str, words: str) -> None:
    session = plan.week.session("VOT", f"{day}T13:00", f"{day}T14:30").session
    plan.presenter.open_session(str(session.id))
    shown = plan.view.shown
    assert (shown.foot.primary, shown.foot.can_primary, shown.foot.reason) == ("Klargjør økten", True, words)
    assert (shown.foot.second, shown.foot.away, shown.removal) == ("", "Lukk", "Avlys økten …")
    plan.presenter.press(shown.foot.action)
    assert plan.office.went == [Target(place="session", session_id=session.id, detail="prepare")]


def test_changes_are_saved_before_a_session_is_set_up(plan: _Plan) -> None:
    key = str(plan.week.session("VOT", "2026-11-18T13:00", "2026-11-18T14:30").session.id)
    plan.presenter.open_session(key)
    plan.presenter.type("start", "12")
    assert (plan.view.shown.foot.primary, plan.view.shown.foot.away) == (
        "Lagre endringer",
        "Lukk uten å lagre",
    )
    plan.presenter.commit("start")
    plan.presenter.press(plan.view.shown.foot.action)
    plan.presenter.open_session(key)
    assert plan.view.shown.form.start == "12.00"
    assert plan.view.shown.foot.primary == "Klargjør økten"
    assert plan.office.went == []


def test_a_target_opens_a_session_in_its_week(plan: _Plan) -> None:
    session = plan.week.session("INN", "2026-12-02T09:00", "2026-12-02T10:30").session
    plan.presenter.enter(Target(place="plan", session_id=session.id))
    assert plan.view.week is not None
    assert plan.view.week.heading == "Uke 49"
    assert plan.view.event("Innkomst").is_edited


def test_a_new_user_is_told_to_say_who_they_are(empty_stored: SqlRepositories, tmp_path: Path) -> None:
    office, view = make_office(empty_stored, tmp_path), _View()
    presenter = PlanPresenter(office.office, view)
    presenter.enter(Target(place="plan", detail="new"))
    assert view.asked_who
    assert view.panel is None


@dataclass
class _LatePlan:
    plan: _Plan
    tasks: LateTasks

    @property
    def problems(self) -> list[str]:
        return [problem.key for problem in (*self.plan.office.notices.problems, *self.tasks.problems)]

    def new(self) -> None:
        self.plan.new()
        self.tasks.finish()


@pytest.fixture
def late(empty_stored: SqlRepositories, tmp_path: Path) -> _LatePlan:
    """A planned session and a draft in the panel; the work on them waits."""
    tasks = LateTasks()
    plan = _opened(make_office(empty_stored, tmp_path, tasks=tasks))
    tasks.finish()
    return _LatePlan(plan, tasks)


def test_a_plan_that_is_pressed_twice_is_made_once(late: _LatePlan) -> None:
    late.new()
    late.plan.presenter.press("plan")
    late.plan.presenter.press("plan")
    late.tasks.finish()
    assert late.problems == []
    assert len(late.plan.stored(SessionState.PLANNED)) == 1


def test_saving_twice_in_a_row_saves_what_was_typed_in_between(late: _LatePlan) -> None:
    late.new()
    late.plan.presenter.save()
    late.plan.type(participants="5")
    late.plan.presenter.save()
    late.tasks.finish()
    assert late.problems == []
    kept = late.plan.office.stored.sessions.in_state(SessionState.DRAFT)
    assert [session.participants for session in kept] == [5]


def test_what_is_typed_while_a_draft_is_saved_is_saved_when_the_panel_closes(late: _LatePlan) -> None:
    late.new()
    late.plan.presenter.save()
    late.plan.type(participants="5")
    late.tasks.finish()
    late.plan.presenter.close_panel()
    late.tasks.finish()
    kept = late.plan.office.stored.sessions.in_state(SessionState.DRAFT)
    assert [session.participants for session in kept] == [5]


def test_a_draft_that_is_planned_while_it_is_saved_is_planned_after_that(late: _LatePlan) -> None:
    late.new()
    late.plan.presenter.save()
    late.plan.presenter.press("plan")
    late.tasks.finish()
    assert late.problems == []
    assert len(late.plan.stored(SessionState.PLANNED)) == 1


def test_changes_of_a_plan_that_are_saved_twice_are_saved_once(late: _LatePlan) -> None:
    planned = late.plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    late.plan.presenter.open_session(str(planned.session.id))
    late.tasks.finish()
    late.plan.type(participants="5")
    late.plan.presenter.press("save")
    late.plan.presenter.press("save")
    late.tasks.finish()
    assert late.problems == []
    assert late.plan.view.panel is None


@pytest.mark.parametrize("disk", ["has room", "is full"])
def test_a_session_that_is_cancelled_while_it_is_saved_always_answers(late: _LatePlan, disk: str) -> None:
    key = str(late.plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session.id)
    late.plan.presenter.open_session(key)
    late.tasks.finish()
    late.plan.type(participants="6")
    told = _Field()
    late.plan.presenter.save()
    late.plan.presenter.cancel(key, "Sykdom", told)
    if disk == "is full":
        with full_disk(late.plan.office.stored):
            late.tasks.finish()
        (refused,) = told
        assert "Disken er full." in refused
        return
    late.tasks.finish()
    assert told == [""]
    assert late.problems == []
    assert late.plan.stored(SessionState.CANCELLED) == ["Vold og trusler"]


def test_what_nobody_waits_for_any_more_is_told_by_the_window(late: _LatePlan) -> None:
    key = str(late.plan.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session.id)
    late.plan.presenter.cancel(key, "Sykdom", lambda _: False)
    with full_disk(late.plan.office.stored):
        late.tasks.finish()
    (problem,) = late.plan.office.notices.problems
    assert isinstance(problem, DatabaseFull)


def test_a_review_that_comes_late_belongs_to_what_is_typed_now(
    empty_stored: SqlRepositories, tmp_path: Path
) -> None:
    tasks = LateTasks()
    plan = _opened(make_office(empty_stored, tmp_path, tasks=tasks))
    plan.week.session("SAM", "2026-11-19T12:30", "2026-11-19T14:00")
    tasks.finish()
    plan.new()
    plan.type(start="15", end="16")
    tasks.finish()
    assert plan.view.shown.banner is None
    assert plan.view.shown.foot.can_primary
