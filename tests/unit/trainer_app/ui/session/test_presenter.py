"""Which step a session opens in, and which sessions are offered when none is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.office import TUESDAY, TestOffice, make_office
from tests.fakes.records import ROOM, a_session, wall
from trainer_app.domain.sessions import Session, SessionId, SessionState
from trainer_app.runtime.changes import Topic
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.office import Target
from trainer_app.ui.session.presenter import Section, SessionPagePresenter
from trainer_app.ui.session.step_names import CLOSE, PREPARE, RUN, STEPS


class SeenPage:
    """Remembers what it was told to show."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, SessionId, str]] = []
        self.lists: list[Sequence[Section]] = []

    def show_step(self, step: str, session_id: SessionId, detail: str) -> None:
        self.steps.append((step, session_id, detail))

    def show_list(self, sections: Sequence[Section]) -> None:
        self.lists.append(sections)


@pytest.fixture
def seen() -> SeenPage:
    return SeenPage()


@pytest.fixture
def made(stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    return make_office(stored, tmp_path)


@pytest.fixture
def presenter(made: TestOffice, seen: SeenPage) -> SessionPagePresenter:
    return SessionPagePresenter(made.office, seen, STEPS)


def kept(made: TestOffice, state: SessionState, day: str = "2026-11-17", **changes: object) -> Session:
    times = {"planned_start": wall(f"{day}T13:00"), "planned_end": wall(f"{day}T14:30")}
    return made.stored.sessions.save(a_session(state=state, **{**times, **changes}))


@pytest.mark.parametrize(
    ("state", "asked", "step"),
    [
        (SessionState.PLANNED, "", PREPARE),
        (SessionState.READY, "", PREPARE),
        (SessionState.READY, RUN, RUN),
        (SessionState.PLANNED, RUN, PREPARE),
        (SessionState.IN_PROGRESS, "", RUN),
        (SessionState.IN_PROGRESS, PREPARE, RUN),
        (SessionState.IN_PROGRESS, "continue", RUN),
        (SessionState.HELD, "", CLOSE),
        (SessionState.ABORTED, "", CLOSE),
        (SessionState.CLOSED, "", CLOSE),
    ],
)
def test_a_session_opens_in_the_step_that_fits_its_state(
    made: TestOffice,
    presenter: SessionPagePresenter,
    seen: SeenPage,
    state: SessionState,
    asked: str,
    step: str,
) -> None:
    session = kept(made, state)
    presenter.enter(session.id, asked)
    assert seen.steps == [(step, session.id, asked)]


def test_a_step_that_is_not_there_or_a_draft_leads_to_the_list(made: TestOffice, seen: SeenPage) -> None:
    presenter = SessionPagePresenter(made.office, seen, [PREPARE])
    presenter.enter(kept(made, SessionState.IN_PROGRESS).id)
    presenter.enter(kept(made, SessionState.DRAFT).id)
    assert seen.steps == []
    assert [list(sections) for sections in seen.lists] == [[], []]


def test_a_finished_step_goes_on_to_the_next_of_the_same_session(
    made: TestOffice, presenter: SessionPagePresenter, seen: SeenPage
) -> None:
    session = kept(made, SessionState.PLANNED)
    presenter.enter(session.id)
    made.stored.sessions.save(replace(session, state=SessionState.READY))
    presenter.go_to_step(RUN)
    assert [step for step, _, _ in seen.steps] == [PREPARE, RUN]


def test_the_list_has_running_then_today_then_later_then_what_waits_to_be_closed(
    made: TestOffice, presenter: SessionPagePresenter, seen: SeenPage
) -> None:
    later = kept(made, SessionState.PLANNED, "2026-11-18", title="Senere")
    today = kept(made, SessionState.READY, title="I dag", room_id=ROOM.id, participants=5)
    held = kept(made, SessionState.HELD, "2026-11-16", title="Holdt")
    running = kept(made, SessionState.IN_PROGRESS, title="Pågår")
    for state in (SessionState.CLOSED, SessionState.DRAFT, SessionState.CANCELLED):
        kept(made, state)
    kept(made, SessionState.PLANNED, "2026-11-10", title="Glemt")
    presenter.enter(None)
    shown = [(section.heading, [row.session_id for row in section.rows]) for section in seen.lists[-1]]
    assert shown == [
        ("Pågår", [running.id]),
        ("I dag", [today.id]),
        ("Senere", [later.id]),
        ("Venter på avslutning", [held.id]),
    ]
    row = seen.lists[-1][1].rows[0]
    assert (row.day, row.time, row.second) == ("I dag", "13.00–14.30", "Møterom Lauv · deltakere: 5")
    assert seen.lists[-1][2].rows[0].day == "I morgen"
    assert seen.lists[-1][3].rows[0].day == "Man. 16. nov."


def test_who_comes_back_finds_the_session_that_was_open_and_once_more_the_list(
    made: TestOffice, presenter: SessionPagePresenter, seen: SeenPage
) -> None:
    session = kept(made, SessionState.PLANNED)
    presenter.enter(session.id)
    presenter.leave()
    presenter.enter(None)
    assert [opened for _, opened, _ in seen.steps] == [session.id, session.id]
    presenter.enter(None)
    assert [row.session_id for row in seen.lists[-1][0].rows] == [session.id]


def test_the_list_hears_of_a_session_that_was_booked_meanwhile(
    made: TestOffice, presenter: SessionPagePresenter, seen: SeenPage
) -> None:
    presenter.enter(None)
    assert list(seen.lists[-1]) == []
    kept(made, SessionState.PLANNED)
    made.office.changes.announce(Topic.SESSIONS)
    assert [section.heading for section in seen.lists[-1]] == ["I dag"]


def test_today_is_the_day_where_the_session_is_held(
    made: TestOffice, presenter: SessionPagePresenter, seen: SeenPage
) -> None:
    kept(made, SessionState.PLANNED, "2026-11-18")
    made.at(TUESDAY + timedelta(hours=14))  # 23.20 in UTC is twenty past midnight in Norway
    presenter.enter(None)
    assert [section.heading for section in seen.lists[-1]] == ["I dag"]


def test_the_empty_list_leads_to_a_new_session(made: TestOffice, presenter: SessionPagePresenter) -> None:
    presenter.plan_new()
    assert made.went == [Target(place="plan", detail="new")]
