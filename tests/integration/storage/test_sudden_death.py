"""A program that is killed in the middle of a session: nothing that was shown is lost, nothing is damaged."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.fakes.records import DEPARTMENT, THEME, a_session, phases_for
from trainer_app.domain.running import Run
from trainer_app.domain.sessions import SessionState
from trainer_app.storage.backups import check
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories

DEATHS = 30
LONGEST_LIFE_S = 0.3


class Writer:
    """The process that writes, and what it has said of each life."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.storage.session_writer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def live_and_die(self, path: Path, seconds: float) -> list[dict[str, Any]]:
        """Let it write for so long, kill it, and return all it said it had committed."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        said = [self._line()]
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            said.append(self._line())
        os.kill(said[0]["ready"], signal.SIGKILL)
        while "ended" not in said[-1]:
            said.append(self._line())
        assert said.pop()["ended"] == -signal.SIGKILL
        return said

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        parsed: dict[str, Any] = json.loads(self._process.stdout.readline())
        return parsed

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@pytest.fixture
def writer() -> Iterator[Writer]:
    started = Writer()
    yield started
    started.close()


def _with_running_session(path: Path) -> None:
    database = Database.open(path)
    stored = SqlRepositories(database)
    stored.departments.save(DEPARTMENT)
    stored.themes.save(THEME)
    session = stored.sessions.save(a_session(state=SessionState.READY))
    phases = phases_for(session.id)
    stored.phases.save(*phases)
    now = datetime.now(UTC)
    in_progress = replace(session, state=SessionState.IN_PROGRESS, actual_start=now)
    stored.journal.record_step(in_progress, Run(phases=phases).start(now))
    database.close()


@pytest.mark.slow
def test_thirty_sudden_deaths_lose_nothing_and_damage_nothing(tmp_path: Path, writer: Writer) -> None:
    path = tmp_path / "simkoffert.db"
    _with_running_session(path)
    chance = random.Random(20261121)
    for _ in range(DEATHS):
        said = writer.live_and_die(path, chance.uniform(0.0, LONGEST_LIFE_S))
        found = check(path)
        assert found.is_sound, found.complaints
        _assert_nothing_lost(path, said)


def _assert_nothing_lost(path: Path, said: list[dict[str, Any]]) -> None:
    database = Database.open(path)
    stored = SqlRepositories(database)
    (found,) = stored.journal.interrupted()
    last = {key: word for word in said for key in word}
    if "events" in last:
        kept = replace(found.run, events=found.run.events[: last["events"]["events"]])
        assert (kept.seq, kept.is_paused) == (last["events"]["seq"], last["events"]["paused"])
        # At most the one event that was committed but not yet told of is newer.
        assert len(found.run.events) <= len(kept.events) + 1
    if "heartbeat" in last:
        assert found.last_alive >= datetime.fromisoformat(last["heartbeat"]["heartbeat"])
    texts = {word["note"]: word["text"] for word in said if "note" in word}
    for note_id, text in texts.items():
        note = stored.notes.get(UUID(note_id))
        assert note is not None
        assert note.text.startswith(text)
    database.close()
