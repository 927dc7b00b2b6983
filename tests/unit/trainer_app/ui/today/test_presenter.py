"""The day: the next session with what has to be in order, what needs somebody, the suitcase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.films import a_film
from tests.fakes.office import TUESDAY, TestOffice, make_office
from tests.fakes.planned_week import PlannedWeek
from trainer_app.domain.films import Film, Sha256, ThemeCode
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState
from trainer_app.domain.inventory import CheckId, CheckKind, CheckResult, InventoryCheck
from trainer_app.domain.kits import FilmPresence, HeadsetCondition, HeadsetFilm
from trainer_app.domain.live_kit import HeadsetNow, KitNow
from trainer_app.domain.notes import ActionId, ActionItem, ActionStatus
from trainer_app.domain.sessions import Session, SessionState
from trainer_app.services.planning import Plan
from trainer_app.services.setting_up import SettingUp, SetUp
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.office import Target
from trainer_app.ui.today.presenter import TodayPresenter
from trainer_app.ui.today.shown import Fact, Mark, NextShown, TodayShown


class _View:
    def __init__(self) -> None:
        self.shows: list[TodayShown] = []

    def show_today(self, shown: TodayShown) -> None:
        self.shows.append(shown)


@dataclass
class _Today:
    office: TestOffice
    week: PlannedWeek
    view: _View
    presenter: TodayPresenter

    @property
    def shown(self) -> TodayShown:
        return self.view.shows[-1]

    @property
    def next(self) -> NextShown:
        assert self.shown.next is not None
        return self.shown.next

    def facts(self) -> dict[str, Mark]:
        return {fact.words: fact.mark for fact in self.next.facts}

    def batteries(self, *percents: int, charging: Sequence[int] = (), film: Film | None = None) -> None:
        films: dict[str, str] = {} if film is None else {film.sha256: film.title}
        self.office.kit_is(
            KitNow(
                kit_id=self.week.kit.id,
                headsets=tuple(
                    HeadsetNow(
                        number=number,
                        state=HeadsetState.READY,
                        facts=HeadsetFacts(battery_percent=percent, charging=number in charging, films=films),
                    )
                    for number, percent in enumerate(percents, start=1)
                ),
            )
        )

    def becomes(self, plan: Plan, state: SessionState) -> Session:
        return self.office.stored.sessions.save(replace(plan.session, state=state))


@pytest.fixture
def today(empty_stored: SqlRepositories, tmp_path: Path) -> _Today:
    office = make_office(empty_stored, tmp_path)
    view = _View()
    return _Today(office, PlannedWeek(office), view, TodayPresenter(office.office, view))


def _a_film(theme: str) -> Film:
    return a_film(theme=ThemeCode(theme))


def test_the_next_session_says_when_where_and_how(today: _Today) -> None:
    today.office.stored.films.add(_a_film("VOT"))
    today.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30", participants=10, lead=1)
    today.presenter.reload()
    assert today.shown.heading == "Tirsdag 17. november"
    assert today.shown.second == "Uke 47 · BUP Eksempelvik · kl. 10.20"
    assert (today.next.times, today.next.when) == ("13.00–14.30", "om 2 t 40 min")
    assert today.next.scenario == "Stemmen stiger i fellesrommet, versjon 1"
    words = [detail.words for detail in today.next.details]
    assert words[:2] == ["Møterom Lauv", "10 deltakere i to puljer"]
    assert words[2].startswith("Film og debrief, ")
    assert words[3] == "Ola Prøvestad leder"
    assert today.next.go == Target(place="session", session_id=today.next.session_id, detail="prepare")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (160, "nå"),
        (120, "om 40 min"),
        (40, "om 2 t"),
        (170, "skulle startet for 10 min siden"),
        (-24 * 60, "i morgen"),
        (-48 * 60, "tirsdag 17. november"),
    ],
)
def test_the_countdown_follows_the_clock(today: _Today, minutes: int, words: str) -> None:
    today.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    today.presenter.reload()
    today.office.at(TUESDAY + timedelta(minutes=minutes))
    today.presenter.tick()
    assert today.next.when == words


def test_a_session_that_is_over_is_not_the_next_one(today: _Today) -> None:
    today.week.session("VOT", "2026-11-17T08:00", "2026-11-17T09:30")
    today.week.session("INN", "2026-11-18T08:00", "2026-11-18T09:30")
    today.presenter.reload()
    assert today.next.title == "Innkomst"


def test_a_session_that_runs_comes_first_and_is_continued(today: _Today) -> None:
    today.week.session("INN", "2026-11-17T09:30", "2026-11-17T11:00", lead=1, room=1)
    running = today.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    today.becomes(running, SessionState.IN_PROGRESS)
    today.presenter.reload()
    assert today.next.title == "Vold og trusler"
    assert today.next.primary == "Fortsett økten"
    assert today.next.go.detail == "continue"


def test_what_has_to_be_in_order_comes_from_facts(today: _Today) -> None:
    film = _a_film("VOT")
    today.office.stored.films.add(film)
    today.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30", participants=5, confirmed=5)
    today.presenter.reload()
    assert today.facts() == {
        "Læringsmål og scenarioversjon valgt": Mark.DONE,
        "5 av 5 deltakere bekreftet": Mark.DONE,
        "Filmen ligger på 0 av 5 briller": Mark.OPEN,
        "Kontaktperson: Anne Påhittmo": Mark.DONE,
        "Ingen koffertkontroll det siste døgnet": Mark.OPEN,
    }
    today.office.stored.headset_films.save(
        *(
            HeadsetFilm(
                headset_id=one.id, film_sha256=film.sha256, presence=FilmPresence.YES, checked_at=TUESDAY
            )
            for one in today.week.headsets
        )
    )
    _check(today, CheckKind.QUICK_BEFORE, days_ago=0)
    today.presenter.reload()
    assert today.facts()["Filmen ligger på alle fem briller"] is Mark.DONE
    assert today.facts()["Kofferten er kontrollert det siste døgnet"] is Mark.DONE


def test_a_film_that_headsets_hold_right_now_counts(today: _Today) -> None:
    film = _a_film("VOT")
    today.office.stored.films.add(film)
    today.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    today.presenter.reload()
    today.batteries(90, 90, 90, film=film)
    assert today.facts()["Filmen ligger på 3 av 5 briller"] is Mark.OPEN


def test_of_several_films_of_a_theme_the_day_looks_for_the_one_that_is_shown(today: _Today) -> None:
    old = _a_film("VOT")
    new = replace(
        old, sha256=Sha256("ee" * 32), title="Å, sist etter navn", imported_at=old.imported_at + timedelta(1)
    )
    for film in (old, new):
        today.office.stored.films.add(film)
    plan = today.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    today.batteries(90, 90, 90, film=new)
    today.presenter.reload()
    assert "Filmen ligger på 3 av 5 briller" in today.facts()
    SettingUp(today.office.stored.settings).keep(plan.session.id, SetUp(film=old.sha256))
    today.presenter.reload()
    assert "Filmen ligger på 0 av 5 briller" in today.facts()


def test_what_is_missing_is_said(today: _Today) -> None:
    plan = today.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30", participants=5)
    today.office.office.services.planning.save(
        replace(plan, objectives=(), session=replace(plan.session, aftercare_contact=""))
    )
    today.presenter.reload()
    facts = today.facts()
    assert facts["Læringsmål er ikke valgt"] is Mark.ATTENTION
    assert facts["Ingen deltakere er navngitt ennå"] is Mark.OPEN
    assert facts["Kontaktperson for ivaretakelse mangler"] is Mark.ATTENTION
    assert (
        Fact(Mark.ATTENTION, "Ingen film for temaet", "Legg til en film i biblioteket.") in today.next.facts
    )


def test_low_batteries_of_connected_headsets_need_somebody(today: _Today) -> None:
    today.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    _check(today, CheckKind.FULL, days_ago=10)
    today.presenter.reload()
    today.batteries(92, 38, 40, charging=[3])
    assert [need.words for need in today.shown.needs] == ["Brille 2 har 38 % batteri"]
    assert today.facts()["Brille 2 har 38 % batteri"] is Mark.ATTENTION
    assert today.shown.needs[0].go == Target(place="kit", item=today.week.kit.id)
    assert today.shown.kit is not None
    assert [(one.number, one.percent) for one in today.shown.kit.batteries] == [
        (1, 92),
        (2, 38),
        (3, 40),
        (4, None),
        (5, None),
    ]
    today.batteries(92, 88, 90)
    assert today.shown.needs == ()
    assert today.facts()["Nok batteri på brillene som er på"] is Mark.DONE


def test_nothing_is_shown_anew_when_nothing_is_new(today: _Today) -> None:
    today.presenter.reload()
    today.batteries(92, 88)
    shows = len(today.view.shows)
    today.batteries(92, 88)
    today.presenter.tick()
    assert len(today.view.shows) == shows


def test_a_headset_that_is_defective_or_missing_is_named_until_it_is_in_order(today: _Today) -> None:
    _check(today, CheckKind.FULL, days_ago=10)
    headsets = today.office.stored.headsets
    first, second, *_ = headsets.of_kit(today.week.kit.id)
    headsets.set_condition(first.id, HeadsetCondition.DEFECTIVE, TUESDAY, "Filmen stanset.")
    headsets.set_condition(second.id, HeadsetCondition.MISSING, TUESDAY)
    today.presenter.reload()
    assert [(need.words, need.second) for need in today.shown.needs] == [
        ("Brille 1 er defekt", "Filmen stanset."),
        ("Brille 2 er savnet", "Den regnes ikke med i nye økter."),
    ]
    assert today.shown.needs[0].go == Target(place="kit", item=today.week.kit.id)
    for one in (first, second):
        headsets.set_condition(one.id, HeadsetCondition.READY, TUESDAY)
    today.presenter.reload()
    assert today.shown.needs == ()


def test_overdue_actions_and_unclosed_sessions_need_somebody(today: _Today) -> None:
    _check(today, CheckKind.FULL, days_ago=10)
    plan = today.week.session("INN", "2026-11-16T08:30", "2026-11-16T09:30")
    held = today.becomes(plan, SessionState.HELD)
    _action(today, held, "Samling før døren", date(2026, 11, 8))
    today.presenter.reload()
    assert [(need.words, need.second, need.link) for need in today.shown.needs] == [
        ("Ett tiltak er over frist", "«Samling før døren» hadde frist søn. 8. nov.", "Åpne tiltaket"),
        ("Økten EV-2026-A001 er ikke lukket", "Innkomst, man. 16. nov.", "Avslutt økten"),
    ]
    assert {need.go for need in today.shown.needs} == {
        Target(place="session", session_id=held.id, detail="close")
    }
    _action(today, held, "a" * 5_000, date(2026, 11, 1))
    today.presenter.reload()
    assert today.shown.needs[0].words == "To tiltak er over frist"
    assert len(today.shown.needs[0].second) < 200


def test_a_session_that_was_broken_off_waits_to_be_closed_as_well(today: _Today) -> None:
    _check(today, CheckKind.FULL, days_ago=10)
    plan = today.week.session("INN", "2026-11-16T08:30", "2026-11-16T09:30")
    aborted = today.becomes(plan, SessionState.ABORTED)
    today.presenter.reload()
    (need,) = today.shown.needs
    assert (need.words, need.link) == ("Økten EV-2026-A001 er ikke lukket", "Avslutt økten")
    assert need.go == Target(place="session", session_id=aborted.id, detail="close")
    today.becomes(replace(plan, session=aborted), SessionState.CLOSED)
    today.presenter.reload()
    assert today.shown.needs == ()


def test_an_action_that_is_not_due_or_done_needs_nobody(today: _Today) -> None:
    _check(today, CheckKind.FULL, days_ago=10)
    plan = today.week.session("INN", "2026-11-16T08:30", "2026-11-16T09:30")
    _action(today, plan.session, "Senere", date(2026, 11, 17))
    _action(today, plan.session, "Gjort", date(2026, 11, 1), ActionStatus.TRIED)
    today.presenter.reload()
    assert today.shown.needs == ()


def test_a_check_that_is_overdue_needs_somebody(today: _Today) -> None:
    _check(today, CheckKind.QUICK_AFTER, days_ago=91)
    today.presenter.reload()
    assert [need.words for need in today.shown.needs] == ["Kontrollen av kofferten er over frist"]
    assert today.shown.needs[0].go == Target(place="kit", item=today.week.kit.id, detail="check")
    assert today.shown.kit is not None
    assert today.shown.kit.check == "Neste kontroll: innen 16. november"


def test_any_check_counts_as_a_check(today: _Today) -> None:
    _check(today, CheckKind.FULL, days_ago=91)
    _check(today, CheckKind.QUICK_AFTER, days_ago=0)
    today.presenter.reload()
    assert today.shown.needs == ()
    assert today.shown.kit is not None
    assert today.shown.kit.check.startswith("Neste kontroll: innen")


def test_the_rest_of_the_week_or_else_what_comes(today: _Today) -> None:
    today.week.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    today.week.session("INN", "2026-11-20T09:00", "2026-11-20T10:30", draft=True)
    today.week.session("SAM", "2026-11-24T09:00", "2026-11-24T10:30")
    today.presenter.reload()
    assert today.shown.later_heading == "Senere denne uken"
    assert today.shown.later_link == "Alle to i planen"
    (row,) = today.shown.later
    assert (row.day, row.times, row.title) == ("Fredag 20. nov.", "09.00–10.30", "Innkomst")
    assert row.second == "Møterom Lauv · 5 deltakere · Kari Eksempelsen leder"
    today.office.at(TUESDAY + timedelta(days=4))
    today.presenter.tick()
    assert today.next.title == "Den nødvendige samtalen"
    assert today.shown.later == ()


def test_a_new_user_is_shown_where_to_begin(empty_stored: SqlRepositories, tmp_path: Path) -> None:
    office, view = make_office(empty_stored, tmp_path), _View()
    TodayPresenter(office.office, view).reload()
    assert view.shows[-1].empty is not None
    assert view.shows[-1].empty.go == Target(place="settings", detail="first")


def test_without_a_session_there_is_one_thing_to_do(today: _Today) -> None:
    today.presenter.reload()
    assert today.shown.next is None
    assert today.shown.empty is not None
    assert today.shown.empty.go == Target(place="plan", detail="new")


def test_a_theme_is_named_in_the_language_of_the_screen(
    empty_stored: SqlRepositories, tmp_path: Path
) -> None:
    office, view = make_office(empty_stored, tmp_path, lang="en"), _View()
    PlannedWeek(office).session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    TodayPresenter(office.office, view).reload()
    shown = view.shows[-1].next
    assert shown is not None
    assert (shown.title, shown.when, shown.times) == (
        "Violence and threats",
        "in 2 h 40 min",
        "13:00–14:30",
    )


def test_a_page_that_has_gone_hears_nothing(today: _Today) -> None:
    today.presenter.reload()
    shows = len(today.view.shows)
    today.presenter.end()
    today.batteries(10)
    assert len(today.view.shows) == shows


def _check(today: _Today, kind: CheckKind, *, days_ago: int) -> None:
    at = TUESDAY - timedelta(days=days_ago)
    today.office.stored.checks.save(
        InventoryCheck(
            id=CheckId(uuid4()),
            kit_id=today.week.kit.id,
            kind=kind,
            started_at=at,
            finished_at=at,
            result=CheckResult.OK,
        )
    )


def _action(
    today: _Today, session: Session, what: str, due: date, status: ActionStatus = ActionStatus.OPEN
) -> None:
    seq = len(today.office.stored.actions.where(session_id=session.id)) + 1
    today.office.stored.actions.save(
        ActionItem(
            id=ActionId(uuid4()),
            session_id=session.id,
            seq=seq,
            what=what,
            owner_role="leder",
            due=due,
            status=status,
        )
    )
