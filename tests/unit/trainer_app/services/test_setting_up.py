"""What was settled in klargjøring is there again, for its own session only."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from tests.fakes.films import a_film
from tests.fakes.records import NOON, a_session
from trainer_app.domain.films import Sha256, ThemeCode
from trainer_app.domain.sessions import Session, SessionId, SessionState
from trainer_app.services.closing import SessionClosing
from trainer_app.services.planning import Plan, SessionPlanning
from trainer_app.services.setting_up import SettingUp, SetUp, film_of, forget_past
from trainer_app.storage.repositories import SqlRepositories


def test_what_was_settled_is_kept_for_its_session(stored: SqlRepositories) -> None:
    one, other = SessionId(uuid4()), SessionId(uuid4())
    settled = SetUp(film=Sha256("ab" * 32), ticks=frozenset({"RO-1", "RO-3"}), on_screen=False)
    SettingUp(stored.settings).keep(one, settled)
    assert SettingUp(stored.settings).read(one) == settled
    assert SettingUp(stored.settings).read(other) == SetUp()


def test_a_session_shows_the_film_settled_for_it_else_the_newest_of_its_theme(
    department_stored: SqlRepositories,
) -> None:
    stored = department_stored
    session = stored.sessions.save(a_session())
    assert session.theme is not None
    assert film_of(stored, session) is None
    old = a_film(theme=session.theme, title="A, den første etter navn")
    new = a_film(
        sha256=Sha256("ee" * 32),
        theme=session.theme,
        title="B, den nyeste",
        imported_at=old.imported_at + timedelta(days=1),
    )
    stored.films.add(old)
    stored.films.add(new)
    assert film_of(stored, session) == new
    SettingUp(stored.settings).keep(session.id, SetUp(film=old.sha256))
    assert film_of(stored, session) == old
    other = ThemeCode("VOT" if session.theme != "VOT" else "SAM")
    SettingUp(stored.settings).keep(session.id, SetUp(film=new.sha256))
    stored.films.change(a_film(sha256=new.sha256, theme=other))
    assert film_of(stored, session) == old


SETTLED = SetUp(ticks=frozenset({"RO-1"}))


def _settled(stored: SqlRepositories, state: SessionState) -> Session:
    session = stored.sessions.save(a_session(id=SessionId(uuid4()), state=state))
    SettingUp(stored.settings).keep(session.id, SETTLED)
    return session


def test_it_goes_when_the_session_is_over_or_gone(stored: SqlRepositories) -> None:
    ahead = [_settled(stored, state) for state in (SessionState.PLANNED, SessionState.IN_PROGRESS)]
    over = [_settled(stored, state) for state in (SessionState.CANCELLED, SessionState.HELD)]
    SettingUp(stored.settings).keep(SessionId(uuid4()), SETTLED)
    stored.settings.set("session.other", "x")
    forget_past(stored)
    assert [SettingUp(stored.settings).read(one.id) for one in ahead] == [SETTLED, SETTLED]
    assert [SettingUp(stored.settings).read(one.id) for one in over] == [SetUp(), SetUp()]
    assert len(stored.settings.keys("session.set_up.")) == 2
    assert stored.settings.get("session.other") == "x"


def test_it_goes_with_a_draft_that_is_deleted_and_when_a_session_is_closed(stored: SqlRepositories) -> None:
    draft, held = _settled(stored, SessionState.DRAFT), _settled(stored, SessionState.HELD)
    SessionPlanning(stored, lambda: NOON).delete_draft(Plan(session=draft))
    SessionClosing(stored, lambda: NOON).close(held)
    assert stored.settings.keys("session.set_up.") == []
