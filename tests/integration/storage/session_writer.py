"""Writes a running session without pause until it is killed; a child for each line on standard input.

Run as ``python -m tests.integration.storage.session_writer``. A line names a database in which a session is
in progress. For every thing that is committed a line of JSON tells so, as the screen would.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from trainer_app.domain.notes import Note, NoteId, NoteKind
from trainer_app.domain.running import Run
from trainer_app.domain.sessions import SessionId
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _step(run: Run, now: datetime, chance: random.Random) -> Run:
    steps = (run.next_phase, run.previous_phase, run.pause, run.resume, run.switch_wave)
    return chance.choice(steps)(now)


def _write(path: Path) -> None:
    database = Database.open(path)
    stored = SqlRepositories(database)
    (found,) = stored.journal.interrupted()
    session_id, run = found.session_id, found.run
    chance = random.Random(os.getpid())
    _say(ready=os.getpid())
    while True:
        now = datetime.now(UTC)
        run = _step(run, now, chance)
        stored.journal.record(session_id, run)
        _say(events=len(run.events), seq=run.seq, paused=run.is_paused)
        stored.journal.heartbeat(session_id, now)
        _say(heartbeat=now.isoformat())
        _type(stored, session_id, run, now)


def _type(stored: SqlRepositories, session_id: SessionId, run: Run, now: datetime) -> None:
    """A note is saved again and again while it is typed."""
    note_id, text = NoteId(uuid4()), ""
    for word in ("Stemmen", "steg,", "avstanden", "krympet."):
        text = f"{text} {word}".strip()
        note = Note(
            id=note_id,
            session_id=session_id,
            at=now,
            kind=NoteKind.OBSERVATION,
            text=text,
            phase_seq=run.seq,
        )
        stored.notes.save(note)
        _say(note=str(note_id), text=text)


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _write(Path(line.strip()))
        _, status = os.waitpid(child, 0)
        _say(ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
