"""Official adbs judge the daemon: Debian's, and the newest of its makers."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from headset_agent.virtual.adbd import AdbDaemon
from tests.fakes.waiting import until
from tests.integration.adb.conftest import DEBIANS_ADB, NEWEST_ADB, OfficialAdb, StartDaemon
from tests.integration.adb.shell_device import LittleRoom, ShellDevice

ADBS = {"Debian": DEBIANS_ADB, "newest": NEWEST_ADB}
pytestmark = pytest.mark.parametrize("adb", ADBS.values(), ids=ADBS, indirect=True)


@pytest.fixture
async def connected(adb: OfficialAdb, daemon: AdbDaemon) -> OfficialAdb:
    await _connect(adb, daemon)
    return adb


async def _connect(adb: OfficialAdb, daemon: AdbDaemon) -> None:
    # The first answer of adb may be "failed to authenticate" although the device is on its way in.
    await adb("connect", f"127.0.0.1:{daemon.port}")
    await _until_state(adb, f"127.0.0.1:{daemon.port}", "device")


async def _until_state(adb: OfficialAdb, address: str, wanted: str) -> None:
    async def reached() -> bool:
        return (await adb.states()).get(address) == wanted

    await until(reached)


async def _serve_once(host: str = "127.0.0.1") -> tuple[asyncio.Server, int]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"answer to " + await reader.readline())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, host, 0)
    return server, server.sockets[0].getsockname()[1]


@pytest.fixture
async def echo_port() -> AsyncIterator[int]:
    server, port = await _serve_once()
    yield port
    server.close()
    await server.wait_closed()


async def _ask(port: int, question: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(question + b"\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_the_device_shows_its_model(connected: OfficialAdb) -> None:
    listed = (await connected("devices", "-l")).stdout
    assert b"product:hollywood model:Quest_2 device:hollywood" in listed


async def test_both_count_bytes_of_room_where_both_can(
    connected: OfficialAdb, request: pytest.FixtureRequest
) -> None:
    can = "newest" in request.node.name
    for asked in ("host-features", "features"):
        assert (b"delayed_ack" in (await connected(asked)).stdout) is can


async def test_exit_code_and_stderr_come_back(connected: OfficialAdb) -> None:
    result = await connected("shell", "echo out; echo err >&2; exit 7")
    assert (result.code, result.stdout, result.stderr) == (7, b"out\n", b"err\n")


async def test_a_command_killed_by_a_signal_has_a_shells_exit_code(connected: OfficialAdb) -> None:
    assert (await connected("shell", "kill -9 $$")).code == 137


async def test_a_terminal_is_a_terminal(connected: OfficialAdb) -> None:
    result = await connected("shell", "-tt", "test -t 0 && test -t 1 && echo terminal; exit 5")
    assert result.code == 5
    assert result.stdout == b"terminal\r\n"


async def test_exec_out_is_binary_clean(connected: OfficialAdb, device: ShellDevice) -> None:
    content = bytes(range(256)) * 4096
    (device.root / "bytes").write_bytes(content)
    assert (await connected("exec-out", "cat bytes")).stdout == content


async def test_a_large_file_goes_to_and_fro_unchanged(
    connected: OfficialAdb, device: ShellDevice, tmp_path: Path
) -> None:
    source, back = tmp_path / "film.mp4", tmp_path / "back.mp4"
    block = os.urandom(1 << 20)
    with source.open("wb") as file:
        for number in range(191):
            file.write(number.to_bytes(4, "little") + block)
        file.write(b"an odd end")
    pushed = await connected("push", str(source), "/sdcard/Movies/film.mp4")
    assert pushed.code == 0, pushed
    assert _digest(device.resolve("/sdcard/Movies/film.mp4")) == _digest(source)
    pulled = await connected("pull", "/sdcard/Movies/film.mp4", str(back))
    assert pulled.code == 0, pulled
    assert _digest(back) == _digest(source)


async def test_mode_and_time_of_a_pushed_file_are_kept(
    connected: OfficialAdb, device: ShellDevice, tmp_path: Path
) -> None:
    source = tmp_path / "x"
    source.write_bytes(b"")
    source.chmod(0o755)
    os.utime(source, (1_000_000_000, 1_000_000_000))
    await connected("push", str(source), "/data/x")
    status = device.resolve("/data/x").stat()
    assert (status.st_mode & 0o777, int(status.st_mtime)) == (0o755, 1_000_000_000)


async def test_folders_are_pushed_listed_and_pulled(
    connected: OfficialAdb, device: ShellDevice, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "a æøå.txt").write_text("a")
    device.resolve("/sdcard").mkdir()
    (folder / "sub" / "b").write_text("b")
    assert (await connected("push", str(folder), "/sdcard/")).code == 0
    listed = (await connected("ls", "/sdcard/folder")).stdout.decode()
    assert "a æøå.txt" in listed
    assert (await connected("pull", "/sdcard/folder", str(tmp_path / "back"))).code == 0
    assert (tmp_path / "back" / "sub" / "b").read_text() == "b"


async def test_a_push_to_a_full_headset_says_why_and_leaves_nothing(
    adb: OfficialAdb, start_daemon: StartDaemon, device: ShellDevice, tmp_path: Path
) -> None:
    await _connect(adb, await start_daemon(device, arrivals=LittleRoom(20 << 20)))
    source = tmp_path / "x"
    source.write_bytes(bytes(60 << 20))
    result = await adb("push", str(source), "/x")
    assert result.code == 1
    assert b"No space left on device" in result.stdout + result.stderr
    assert not device.resolve("/x").exists()
    assert (await adb("shell", "echo alive")).stdout == b"alive\n"


async def test_a_pull_of_nothing_fails(connected: OfficialAdb, tmp_path: Path) -> None:
    result = await connected("pull", "/nothing", str(tmp_path / "x"))
    assert result.code == 1
    assert b"No such file" in result.stdout + result.stderr


async def test_forward_reaches_a_port_of_the_headset(connected: OfficialAdb, echo_port: int) -> None:
    forwarded = await connected("forward", "tcp:0", f"tcp:{echo_port}")
    assert await _ask(int(forwarded.stdout), b"hei") == b"answer to hei\n"


async def test_forward_reaches_an_abstract_socket(connected: OfficialAdb) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"abstract " + await reader.readline())
        writer.close()

    name = f"simkoffert-test-{os.getpid()}"
    server = await asyncio.start_unix_server(answer, "\0" + name)
    forwarded = await connected("forward", "tcp:0", f"localabstract:{name}")
    assert await _ask(int(forwarded.stdout), b"hei") == b"abstract hei\n"
    server.close()
    await server.wait_closed()


async def test_reverse_reaches_a_port_of_the_computer(connected: OfficialAdb, echo_port: int) -> None:
    reversed_port = int((await connected("reverse", "tcp:0", f"tcp:{echo_port}")).stdout)
    assert await _ask(reversed_port, b"hallo") == b"answer to hallo\n"
    listed = (await connected("reverse", "--list")).stdout.decode()
    assert f"tcp:{reversed_port} tcp:{echo_port}" in listed
    assert (await connected("reverse", "--remove", f"tcp:{reversed_port}")).code == 0
    with pytest.raises(ConnectionRefusedError):
        await _ask(reversed_port, b"still there?")


async def test_removing_a_reverse_that_is_not_there_fails(connected: OfficialAdb) -> None:
    result = await connected("reverse", "--remove", "tcp:1")
    assert result.code == 1
    assert b"listener 'tcp:1' not found" in result.stderr


async def test_an_unknown_key_waits_until_it_is_accepted(
    adb: OfficialAdb, start_daemon: StartDaemon, tmp_path: Path
) -> None:
    root = tmp_path / "strict"
    root.mkdir()
    device = ShellDevice(root, strict=True)
    daemon = await start_daemon(device)
    address = f"127.0.0.1:{daemon.port}"
    await adb("connect", address)
    await until(lambda: bool(device.offered))
    await _until_state(adb, address, "unauthorized")
    assert (await adb("-s", address, "shell", "true")).code == 1
    device.accept.set()
    await _until_state(adb, address, "device")
    assert (await adb("-s", address, "shell", "echo in")).stdout == b"in\n"
    # Known from now on: by its signature, without being asked.
    await adb("disconnect", address)
    await _connect(adb, daemon)
    assert len(device.offered) == 1


async def test_commands_without_terminal_get_a_hangup(connected: OfficialAdb, device: ShellDevice) -> None:
    process = await connected.start(
        "shell", "trap 'echo gone >hangup; exit' HUP; echo $$; while :; do sleep 0.05; done"
    )
    assert process.stdout is not None
    await process.stdout.readline()
    process.kill()
    await process.communicate()
    await until((device.root / "hangup").exists)


async def test_what_detached_itself_survives_the_hangup(connected: OfficialAdb, device: ShellDevice) -> None:
    await connected("shell", "setsid sh -c 'exec sleep 60 </dev/null >/dev/null 2>&1 & echo $! >pid'")
    pid_file = device.root / "pid"
    await until(lambda: pid_file.is_file() and bool(pid_file.read_text()))
    await connected("disconnect")
    os.kill(int(pid_file.read_text()), 9)


async def test_an_old_daemon_with_small_packets_and_checksums(
    adb: OfficialAdb, start_daemon: StartDaemon, device: ShellDevice, tmp_path: Path
) -> None:
    old = await start_daemon(device, version=0x01000000, max_payload=4096, features=("cmd",))
    await _connect(adb, old)
    source = tmp_path / "x"
    source.write_bytes(os.urandom(3_000_001))
    assert (await adb("push", str(source), "/x")).code == 0
    assert device.resolve("/x").read_bytes() == source.read_bytes()
    assert (await adb("shell", "echo old; echo err >&2")).stdout == b"old\nerr\n"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
