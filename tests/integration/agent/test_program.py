"""The agent as the program that is pushed: one file, started through standard input, ending cleanly."""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import socket
import stat
import subprocess
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from headset_agent.protocol.messages import CONTROL_PORT, HTTP_PORT
from headset_agent.virtual.reservation import reserve
from headset_agent.virtual.runtime import place_runtime
from tests.fakes.waiting import until
from trainer_app.headsets.agent.package import agent_package

TOKEN = "secret-of-this-start"
START = json.dumps({"token": TOKEN, "build": "b" * 64}).encode() + b"\n"


# --- the file --------------------------------------------------------------------------------------------


def test_equal_sources_give_equal_bytes() -> None:
    first, second = agent_package.__wrapped__(), agent_package.__wrapped__()
    assert first.content == second.content
    assert first.build == hashlib.sha256(first.content).hexdigest()
    assert first.build.startswith(first.name.removeprefix("agent-").removesuffix(".pyz"))


def test_it_carries_the_page_and_not_the_virtual_headset() -> None:
    with zipfile.ZipFile(io.BytesIO(agent_package().content)) as archive:
        names = set(archive.namelist())
    assert {"__main__.py", "headset_agent/agent.py", "headset_agent/web/index.html"} <= names
    assert "headset_agent/web/main.js" in names
    assert not [name for name in names if "virtual" in name or name.endswith(".pyc")]


# --- the process -----------------------------------------------------------------------------------------


@dataclass
class Home:
    """An empty headset: a localhost of its own, a runtime, the pushed file."""

    folder: Path
    address: str

    @property
    def announcement(self) -> Path:
        return self.folder / "run" / "agent.json"

    def start(self, *options: str, words: bytes = START) -> subprocess.CompletedProcess[bytes]:
        """Run the starter to its end; the agent lives on."""
        return subprocess.run(
            self._command(*options), input=words, capture_output=True, timeout=20, check=False, env=self._env
        )

    def foreground(self) -> subprocess.Popen[bytes]:
        """The agent itself, ready."""
        process = subprocess.Popen(
            self._command("--foreground"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._env,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(START)
        process.stdin.flush()
        assert json.loads(process.stdout.readline()) == {"pid": process.pid}
        return process

    def _command(self, *options: str) -> list[str]:
        run, films = str(self.folder / "run"), str(self.folder / "films")
        python = str(self.folder / "runtime" / "python")
        return [python, str(self.folder / "agent-1.pyz"), "--films", films, "--run", run, *options]

    @property
    def _env(self) -> dict[str, str]:
        return {**os.environ, "SIMKOFFERT_HOST": self.address}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    held = reserve(201)
    place_runtime(tmp_path / "runtime")
    (tmp_path / "agent-1.pyz").write_bytes(agent_package().content)
    home = Home(tmp_path, held.address)
    yield home
    if home.announcement.exists():
        os.kill(json.loads(home.announcement.read_bytes())["pid"], signal.SIGKILL)
    held.release()


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def pid_of(started: subprocess.CompletedProcess[bytes]) -> int:
    said: dict[str, Any] = json.loads(started.stdout)
    return int(said["pid"])


def page(home: Home) -> int:
    url = f"http://{home.address}:{HTTP_PORT}/?token={TOKEN}"
    with urllib.request.urlopen(url, timeout=5) as response:
        return int(response.status)


async def test_it_outlives_its_starter_and_ends_at_a_signal(home: Home) -> None:
    started = home.start()
    assert (started.returncode, started.stderr) == (0, b"")
    pid = pid_of(started)
    assert lives(pid)
    assert page(home) == 200, "the page is served out of the archive"
    os.kill(pid, signal.SIGTERM)
    await until(lambda: not lives(pid))
    assert not home.announcement.exists()
    for port in (CONTROL_PORT, HTTP_PORT):
        with socket.socket() as probe:
            assert probe.connect_ex((home.address, port)) != 0


async def test_who_has_a_shell_finds_it_and_nobody_else_reads_its_token(home: Home) -> None:
    pid = pid_of(home.start())
    found = json.loads(home.announcement.read_bytes())
    assert found == {"pid": pid, "token": TOKEN, "build": "b" * 64}
    assert stat.S_IMODE(home.announcement.stat().st_mode) == 0o600
    assert TOKEN not in " ".join(psutil.Process(pid).cmdline())
    assert TOKEN not in (home.folder / "run" / "agent.log").read_text()
    assert TOKEN not in " ".join(psutil.Process(pid).environ().values())
    os.kill(pid, signal.SIGTERM)
    await until(lambda: not lives(pid))


def test_signal_is_a_clean_end(home: Home) -> None:
    process = home.foreground()
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=10)
    assert (process.returncode, b"Traceback" in said) == (0, False)


@pytest.mark.parametrize("port", [CONTROL_PORT, HTTP_PORT])
def test_taken_port_is_told(home: Home, port: int) -> None:
    with socket.create_server((home.address, port)):
        started = home.start()
    said = json.loads(started.stdout)
    assert (started.returncode, said["port_taken"]) == (1, True)
    assert said["error"]
    assert not home.announcement.exists()


async def test_second_start_leaves_the_first_alone(home: Home) -> None:
    pid = pid_of(home.start())
    second = home.start()
    assert json.loads(second.stdout)["port_taken"]
    assert json.loads(home.announcement.read_bytes())["pid"] == pid
    assert lives(pid)
    os.kill(pid, signal.SIGTERM)
    await until(lambda: not lives(pid))


@pytest.mark.parametrize("words", [b"", b"hello\n", b"{}\n", b'{"token": 1, "build": "b"}\n'])
def test_start_without_a_token_is_refused(home: Home, words: bytes) -> None:
    assert home.start(words=words).returncode != 0
    assert not home.announcement.exists()


async def test_nobody_comes_and_it_exits_by_itself(home: Home) -> None:
    pid = pid_of(home.start("--alone", "0.3"))
    await until(lambda: not lives(pid))
    assert not home.announcement.exists()


async def test_it_stays_while_a_laptop_is_there(home: Home) -> None:
    pid = pid_of(home.start("--alone", "2"))
    with socket.create_connection((home.address, CONTROL_PORT)) as laptop:
        hello = {"type": "hello", "protocol": 1, "build": "b" * 64, "token": TOKEN, "role": "store"}
        laptop.sendall(json.dumps(hello | {"client": "c"}).encode() + b"\n")
        assert b"welcome" in laptop.recv(4096)
        with pytest.raises(TimeoutError):
            await until(lambda: not lives(pid), within_s=2.5)
    await until(lambda: not lives(pid))


async def test_film_folder_that_cannot_be_made_is_told(home: Home) -> None:
    (home.folder / "films").write_text("a file")
    started = home.start()
    assert started.returncode == 1
    assert json.loads(started.stdout)["error"]
