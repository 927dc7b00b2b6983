"""What was settled in klargjøring is there again, for its own session only."""

from __future__ import annotations

from uuid import uuid4

from trainer_app.domain.films import Sha256
from trainer_app.domain.sessions import SessionId
from trainer_app.services.setting_up import SettingUp, SetUp
from trainer_app.storage.repositories import SqlRepositories


def test_what_was_settled_is_kept_for_its_session(stored: SqlRepositories) -> None:
    one, other = SessionId(uuid4()), SessionId(uuid4())
    settled = SetUp(film=Sha256("ab" * 32), ticks=frozenset({"RO-1", "RO-3"}), on_screen=False)
    SettingUp(stored.settings).keep(one, settled)
    assert SettingUp(stored.settings).read(one) == settled
    assert SettingUp(stored.settings).read(other) == SetUp()
