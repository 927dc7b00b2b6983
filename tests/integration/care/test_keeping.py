"""What could not be put back on a headset is tried again, by real shells on a small Android of files."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from time import perf_counter_ns

import pytest

from headset_agent.care.cleaner import CareBusy
from headset_agent.care.keeping import Care
from headset_agent.protocol.care import COMMAND_S, JOURNAL, NOT_YET, RESTORE, Change, Kind, write_journal
from tests.fakes.waiting import until

WITHIN_S = 50

GETPROP = """#!/bin/sh
cat "${0%/*}/$1" 2>/dev/null
"""
HANGS = """#!/bin/sh
exec sleep 1000
"""
SETTINGS = """#!/bin/sh
file=${0%/*}/$2.$3
case $1 in
  get) if [ -f "$file" ]; then cat "$file"; else echo null; fi ;;
  put)
    bound=$(cat "$file.bound" 2>/dev/null)
    echo "${bound:-$4}" >"$file"
    cp "${0%/*}/../care.journal" "${0%/*}/journal.then" 2>/dev/null ;;
  delete) rm -f "$file" ;;
esac
"""


class FewCommands:
    """A headset that is a folder, with those of Android's commands that are asked of it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        for name, script in {"getprop": GETPROP, "settings": SETTINGS}.items():
            (folder / name).write_text(script)
            (folder / name).chmod(0o755)
        self._screen = folder / "system.screen_off_timeout"
        self._booted = folder / "sys.boot_completed"
        self.screen_off = "15000"
        self.is_up = True

    @property
    def screen_off(self) -> str:
        """Milliseconds until its screen goes dark."""
        return self._screen.read_text().strip()

    @screen_off.setter
    def screen_off(self, value: str) -> None:
        self._screen.write_text(value)

    def bring_into_bounds(self, value: str) -> None:
        """It takes no other value for the screen than this one."""
        (self._screen.with_name(self._screen.name + ".bound")).write_text(value)

    def let_settings_hang(self) -> None:
        """Its command for settings never ends."""
        (self._screen.parent / "settings").write_text(HANGS)

    def let_have_any_value(self) -> None:
        """It takes all values again."""
        (self._screen.with_name(self._screen.name + ".bound")).unlink()

    @property
    def journal_then(self) -> str:
        """The journal as it stood when a setting was changed."""
        return (self._screen.parent / "journal.then").read_text()

    @property
    def is_up(self) -> bool:
        return self._booted.exists()

    @is_up.setter
    def is_up(self, up: bool) -> None:
        if up:
            self._booted.write_text("1")
        else:
            self._booted.unlink()


@pytest.fixture
def android(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FewCommands:
    folder = tmp_path / "android"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return FewCommands(folder)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / JOURNAL


def leave(journal: Path, text: str) -> None:
    journal.write_text(text)


@pytest.fixture
def left(android: FewCommands, journal: Path) -> None:
    """What an agent that was killed has changed."""
    screen = Change(
        kind=Kind.SETTING, name="system/screen_off_timeout", ours=android.screen_off, former="60000"
    )
    journal.write_text(write_journal([screen], "former"))


@pytest.mark.expects_log("care is tried again")
async def test_what_cannot_be_put_back_at_a_session_s_end_is_put_back_later(
    android: FewCommands, journal: Path, caplog: pytest.LogCaptureFixture
) -> None:
    care = Care(journal.parent, perf_counter_ns, renew_s=0.01)
    care.start()
    try:
        await care.keep_awake("laptop")
        assert android.screen_off == "14400000"
        android.is_up = False
        with pytest.raises(CareBusy):
            await care.let_sleep("laptop")
        await until(lambda: "care is tried again" in caplog.text, within_s=WITHIN_S)
        android.is_up = True
        await until(lambda: not journal.exists() and not care.is_busy, within_s=WITHIN_S)
        assert android.screen_off == "15000"
    finally:
        await care.close()


@pytest.mark.expects_log("what a former agent has left")
@pytest.mark.allows_log("care is tried again")
@pytest.mark.usefixtures("left")
async def test_what_a_former_agent_has_left_is_put_back_though_the_first_attempt_failed(
    android: FewCommands, journal: Path, caplog: pytest.LogCaptureFixture
) -> None:
    android.is_up = False
    care = Care(journal.parent, perf_counter_ns, renew_s=0.01)
    care.start()
    try:
        await until(lambda: "what a former agent has left:" in caplog.text, within_s=WITHIN_S)
        android.is_up = True
        await until(lambda: not journal.exists() and not care.is_busy, within_s=WITHIN_S)
        assert android.screen_off == "60000"
    finally:
        await care.close()


@pytest.mark.expects_log("accepted of")
async def test_a_value_the_headset_made_of_ours_is_put_back_before_anybody_has_read_it(
    android: FewCommands, journal: Path
) -> None:
    """An agent that is killed between the change and the reading leaves the journal of that moment."""
    android.bring_into_bounds("1800000")
    care = Care(journal.parent, perf_counter_ns)
    care.start()
    await care.keep_awake("laptop")
    assert android.screen_off == "1800000"
    then = android.journal_then
    android.let_have_any_value()
    await care.let_sleep("laptop")
    await care.close()

    android.screen_off = "1800000"
    leave(journal, then)
    next_one = Care(journal.parent, perf_counter_ns, renew_s=0.01)
    next_one.start()
    try:
        await until(lambda: not journal.exists() and not next_one.is_busy, within_s=WITHIN_S)
        assert android.screen_off == "15000"
    finally:
        await next_one.close()


@pytest.mark.usefixtures("left")
async def test_a_command_of_android_that_hangs_is_ended_and_what_it_was_to_put_back_stays_to_do(
    android: FewCommands, journal: Path
) -> None:
    android.let_settings_hang()
    script = RESTORE.replace(f"timeout {COMMAND_S}", "timeout 0.1")
    restoring = await asyncio.create_subprocess_exec("sh", "-c", script, "restore", str(journal), "0")
    async with asyncio.timeout(WITHIN_S):
        assert await restoring.wait() == NOT_YET
    assert await asyncio.to_thread(journal.exists)
