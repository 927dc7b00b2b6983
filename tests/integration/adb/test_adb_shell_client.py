"""adb-shell's own client against the daemon: another reading of the protocol."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from adb_shell.adb_device import AdbDeviceTcp
from adb_shell.auth.sign_pythonrsa import PythonRSASigner

from headset_agent.virtual.adbd import AdbDaemon
from tests.integration.adb.shell_device import ShellDevice
from trainer_app.headsets.link import AdbKey


@pytest.fixture
def client(daemon: AdbDaemon) -> Iterator[AdbDeviceTcp]:
    client = AdbDeviceTcp("127.0.0.1", daemon.port, default_transport_timeout_s=10)
    yield client
    client.close()


async def _connect(client: AdbDeviceTcp, key: AdbKey) -> None:
    await asyncio.to_thread(key.public_key)
    signer = PythonRSASigner.FromRSAKeyPath(str(key.path))
    assert await asyncio.to_thread(client.connect, rsa_keys=[signer], auth_timeout_s=10)


async def test_runs_a_command(client: AdbDeviceTcp, key: AdbKey) -> None:
    await _connect(client, key)
    assert await asyncio.to_thread(client.shell, "echo out; echo err >&2") == "out\nerr\n"


async def test_pushes_stats_and_pulls(
    client: AdbDeviceTcp, key: AdbKey, device: ShellDevice, tmp_path: Path
) -> None:
    await _connect(client, key)
    source = tmp_path / "x"
    source.write_bytes(os.urandom(5_000_001))
    await asyncio.to_thread(client.push, str(source), "/x", mtime=1_000_000_000)
    assert device.resolve("/x").read_bytes() == source.read_bytes()
    mode, size, mtime = await asyncio.to_thread(client.stat, "/x")
    assert (mode & 0o170000, size, mtime) == (0o100000, 5_000_001, 1_000_000_000)
    back = BytesIO()
    await asyncio.to_thread(client.pull, "/x", back)
    assert back.getvalue() == source.read_bytes()


async def test_lists(client: AdbDeviceTcp, key: AdbKey, device: ShellDevice) -> None:
    (device.root / "a æøå").write_bytes(b"123")
    await _connect(client, key)
    listed = {bytes(e.filename).decode(): e.size for e in await asyncio.to_thread(client.list, "/")}
    assert listed["a æøå"] == 3
