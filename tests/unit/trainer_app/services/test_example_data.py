"""What example data looks like to somebody who opens the app."""

from __future__ import annotations

from tests.fakes.databases import EXAMPLES_AS_OF
from trainer_app.domain.notes import ActionStatus
from trainer_app.storage.repositories import SqlRepositories

OPEN = (ActionStatus.OPEN, ActionStatus.UNDER_WAY)


def test_a_department_follows_its_actions_up_and_a_few_are_late(example_stored: SqlRepositories) -> None:
    today = EXAMPLES_AS_OF.date()
    actions = [one for one in example_stored.actions.where() if one.due is not None]
    late = [one for one in actions if one.status in OPEN and one.due is not None and one.due < today]
    assert 1 <= len(late) <= 5
    assert any(one.status in OPEN for one in actions if one not in late)
    assert len(actions) > 30
