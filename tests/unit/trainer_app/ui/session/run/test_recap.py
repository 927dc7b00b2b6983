"""What the summary repeats belongs to the group that is in the room."""

from __future__ import annotations

from uuid import UUID

from tests.fakes.ready_session import READY_ID
from tests.unit.trainer_app.ui.session.run.conftest import MakeRoom
from trainer_app.domain.notes import NoteKind
from trainer_app.domain.sessions import SessionId
from trainer_app.ui.session.debrief.recap_reading import RecapLines, RecapReading


class Seen:
    """All that was shown."""

    def __init__(self) -> None:
        self.lines: list[RecapLines] = []

    def show_lines(self, lines: RecapLines) -> None:
        self.lines.append(lines)


def test_nothing_of_the_last_group_is_seen_while_the_next_ones_is_read(make_room: MakeRoom) -> None:
    office, seen = make_room().test.office, Seen()
    noting = office.services.noting
    noting.conclude(noting.retype(noting.begin_note(READY_ID, NoteKind.LEARNING_POINT), "Gi tid til svar"))
    reading = RecapReading(office, seen)
    reading.show_session(READY_ID)
    assert [point.text for point in seen.lines[-1].points] == ["Gi tid til svar"]
    before = len(seen.lines)
    reading.show_session(SessionId(UUID(int=999)))
    assert seen.lines[before:] == [RecapLines(), RecapLines()]  # put away, then read
    reading.end()
