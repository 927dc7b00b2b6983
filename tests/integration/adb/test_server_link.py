"""The same link through Debian's adb server: used as it is, never started, never ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from headset_agent.protocol.adb.handshake import HandshakeState
from headset_agent.virtual.adbd import AdbDaemon
from tests.fakes.network import Network
from tests.fakes.waiting import until
from tests.integration.adb.conftest import StartDaemon
from tests.integration.adb.shell_device import LittleRoom, ShellDevice
from tests.integration.virtual.kits import Adb, adb_server
from trainer_app.domain.link_errors import NotAccepted, RemoteStorageFull, ReverseRefused
from trainer_app.headsets.link import (
    HeadsetLink,
    LinkLost,
    Liveness,
    ServiceRefused,
    Terms,
    list_folder,
    pull,
    push_bytes,
    push_range,
    reverse_to,
    run,
)
from trainer_app.headsets.link.server import AdbServer, ServerAbsent
from trainer_app.headsets.link.server_link import connect_server

PATIENT = Liveness(ask_after_s=0.2, lost_after_s=40.0)
BRISK = Liveness(ask_after_s=0.2, lost_after_s=5.0)


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adb]:
    """One server for all tests of the module; each gives it a headset of its own."""
    with adb_server(tmp_path_factory.mktemp("adb") / "home") as adb:
        adb.run("start-server")
        yield adb


@pytest.fixture
def server(official: Adb) -> AdbServer:
    return AdbServer(official.port)


async def given(official: Adb, port: int, *, state: str = "device") -> str:
    """Let the server have a headset; returns the server's name for it."""
    address = f"127.0.0.1:{port}"
    await asyncio.to_thread(official.run, "connect", address)

    async def is_there() -> bool:
        return await asyncio.to_thread(official.state_of, {"adb": address}) == state

    await until(is_there, every_s=0.02)
    return address


@pytest.fixture
async def link(official: Adb, server: AdbServer, daemon: AdbDaemon) -> AsyncIterator[HeadsetLink]:
    serial = await given(official, daemon.port)
    async with await connect_server(serial, server, terms=Terms(liveness=PATIENT)) as link:
        yield link


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"laptop: " + await reader.readline())
    await writer.drain()
    writer.close()


async def test_all_that_is_done_with_a_headset_is_done_through_the_server(
    link: HeadsetLink, device: ShellDevice, tmp_path: Path
) -> None:
    assert "shell_v2" in link.features
    assert link.properties["ro.product.model"] == "Quest 2"
    assert link.properties["ro.product.device"] == "hollywood"
    result = await run(link, "cat; echo err >&2; exit 7", stdin=b"in", timeout_s=40)
    assert (result.stdout, result.stderr, result.exit_code) == (b"in", b"err\n", 7)
    source, back = tmp_path / "film", tmp_path / "back"
    source.write_bytes(os.urandom(5_000_003))
    await push_range(link, source, "/sdcard/a æøå", mode=0o644)
    assert device.resolve("/sdcard/a æøå").read_bytes() == source.read_bytes()
    await pull(link, "/sdcard/a æøå", back)
    assert back.read_bytes() == source.read_bytes()
    assert [entry.name for entry in await list_folder(link, "/sdcard")] == ["a æøå"]
    with pytest.raises(ServiceRefused):
        await link.open_service("tcp:1")
    assert link.lost is None


async def test_the_headset_reaches_the_laptop_through_the_servers_tunnel(
    link: HeadsetLink, unused_tcp_port: int
) -> None:
    tunnel = await reverse_to(link, unused_tcp_port, answer)
    reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
    writer.write(b"hei\n")
    assert await reader.read() == b"laptop: hei\n"
    writer.close()
    await writer.wait_closed()
    with pytest.raises(ReverseRefused):
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as taken:
            await reverse_to(link, taken.sockets[0].getsockname()[1], answer)
    await tunnel.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", unused_tcp_port)


async def test_streams_live_beside_one_another_and_hold_what_nobody_reads(
    link: HeadsetLink, device: ShellDevice
) -> None:
    (device.root / "much").write_bytes(bytes(20 << 20))
    idle = await link.open_service("exec:cat much")
    async with await link.open_service("exec:cat") as echo:
        for _ in range(20):
            await echo.write(b"ping")
            assert await echo.read_exactly(4) == b"ping"
    length = 0
    while piece := await idle.read_some():
        length += len(piece)
    assert length == 20 << 20
    await idle.close()


async def test_a_cancelled_write_leaves_whole_words_behind(link: HeadsetLink) -> None:
    content = os.urandom(8 << 20)
    async with await link.open_service("exec:cat") as echo:
        writing = asyncio.create_task(echo.write(content))
        await asyncio.sleep(0)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        after = asyncio.create_task(echo.write(b"after"))
        assert await echo.read_exactly(len(content)) == content
        assert await echo.read_exactly(5) == b"after"
        await after


async def test_a_full_headset_is_told_through_the_server(
    official: Adb, server: AdbServer, start_daemon: StartDaemon, device: ShellDevice, tmp_path: Path
) -> None:
    daemon = await start_daemon(device, arrivals=LittleRoom(1 << 20))
    source = tmp_path / "film"
    source.write_bytes(bytes(30 << 20))
    async with await connect_server(
        await given(official, daemon.port), server, terms=Terms(liveness=PATIENT)
    ) as link:
        with pytest.raises(RemoteStorageFull):
            await push_range(link, source, "/film")
        assert (await run(link, "echo alive", timeout_s=40)).stdout == b"alive\n"


async def test_a_headset_that_leaves_the_server_is_lost_at_once(link: HeadsetLink, official: Adb) -> None:
    stream = await link.open_service("exec:cat")
    reading = asyncio.create_task(stream.read(1))
    await asyncio.to_thread(official.run, "disconnect")
    async with asyncio.timeout(40):
        assert isinstance(await link.wait_lost(), LinkLost)
        # Whatever the server closed first: nothing comes any more.
        with contextlib.suppress(LinkLost):
            assert await reading == b""
    with pytest.raises(LinkLost):
        await push_bytes(link, b"x", "/x")


async def test_a_server_that_ends_is_a_lost_headset_and_is_not_started_again(
    daemon: AdbDaemon, tmp_path: Path
) -> None:
    with adb_server(tmp_path / "home") as brief:
        serial = await given(brief, daemon.port)
        async with await connect_server(serial, AdbServer(brief.port), terms=Terms(liveness=PATIENT)) as link:
            await asyncio.to_thread(brief.run, "kill-server")
            async with asyncio.timeout(40):
                await link.wait_lost()
            with pytest.raises(LinkLost):
                await link.open_service("exec:cat")
            await until(lambda: _is_absent(brief.port))


async def test_a_headset_that_falls_silent_behind_the_server_is_missed(
    official: Adb, server: AdbServer, daemon: AdbDaemon
) -> None:
    async with Network(f"127.0.0.1:{daemon.port}") as network:
        serial = await given(official, int(network.address.rpartition(":")[2]))
        async with await connect_server(serial, server, terms=Terms(liveness=BRISK)) as link:
            network.hang()
            async with asyncio.timeout(40):
                assert "nothing heard" in str(await link.wait_lost())


async def test_a_headset_waits_for_somebody_to_allow_the_computer(
    official: Adb, server: AdbServer, start_daemon: StartDaemon, tmp_path: Path
) -> None:
    root = tmp_path / "strict"
    root.mkdir()
    device = ShellDevice(root, strict=True)
    daemon = await start_daemon(device)
    serial = await given(official, daemon.port, state="unauthorized")
    with pytest.raises(NotAccepted):
        await connect_server(serial, server, terms=Terms(accept_timeout_s=0.2, answer_timeout_s=40))
    states: list[HandshakeState] = []
    connecting = asyncio.create_task(
        connect_server(serial, server, terms=Terms(on_state=states.append, liveness=PATIENT))
    )
    await until(lambda: HandshakeState.WAITING_FOR_ACCEPT in states)
    device.accept.set()
    async with asyncio.timeout(40), await connecting as link:
        assert (await run(link, "echo in", timeout_s=40)).stdout == b"in\n"


async def _is_absent(port: int) -> bool:
    try:
        await AdbServer(port).version()
    except ServerAbsent:
        return True
    return False
