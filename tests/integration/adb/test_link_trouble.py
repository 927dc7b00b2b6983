"""What the link says when there is no headset, a shy one, or one that vanishes without a word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from headset_agent.protocol.adb.framing import Command, Packet, encode
from headset_agent.virtual.adbd import AdbDaemon
from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.faults.kinds import OneClient
from tests.fakes.network import Network
from tests.fakes.waiting import until
from tests.integration.adb.conftest import StartDaemon
from tests.integration.adb.shell_device import ShellDevice
from trainer_app.domain.link_errors import (
    HeadsetSilent,
    HeadsetUnreachable,
    HungUp,
    KeyUnusable,
    NotAccepted,
    NotAHeadset,
    NothingListens,
    PairingRequired,
)
from trainer_app.headsets.link import (
    AdbKey,
    DirectLink,
    HandshakeState,
    LinkLost,
    Liveness,
    Terms,
    connect,
    push_range,
    run,
)

BRISK = Liveness(ask_after_s=0.2, lost_after_s=1.0)


@pytest.fixture
async def network(daemon: AdbDaemon) -> AsyncIterator[Network]:
    """Between laptop and headset; it can fall silent without closing anything."""
    async with Network(f"127.0.0.1:{daemon.port}") as network:
        yield network


async def connect_over(network: Network, key: AdbKey) -> DirectLink:
    host, _, port = network.address.rpartition(":")
    return await connect(host, int(port), key=key, terms=Terms(liveness=BRISK))


async def test_a_headset_that_falls_silent_is_missed(network: Network, key: AdbKey) -> None:
    async with await connect_over(network, key) as link:
        stream = await link.open_service("exec:cat")
        # It lives on while it answers, however little is said.
        before = network.carried
        await until(lambda: network.carried >= before + 8)
        assert link.lost is None
        network.hang()
        async with asyncio.timeout(30):
            with pytest.raises(LinkLost, match="nothing heard"):
                await stream.read(1)


async def test_a_headset_that_falls_silent_ends_a_push(network: Network, key: AdbKey, tmp_path: Path) -> None:
    source = tmp_path / "film"
    with source.open("wb") as file:
        file.truncate(400 << 20)

    def stop_soon(done: int) -> None:
        if done > 20 << 20:
            network.hang()

    async with await connect_over(network, key) as link:
        async with asyncio.timeout(60):
            with pytest.raises(LinkLost):
                await push_range(link, source, "/film", progress=stop_soon)


async def test_the_default_notices_within_seconds() -> None:
    assert Liveness().ask_after_s + Liveness().lost_after_s <= 5


async def test_nothing_listens(key: AdbKey) -> None:
    async with await asyncio.start_server(_hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
    with pytest.raises(NothingListens, match=f"127.0.0.1:{port}"):
        await connect("127.0.0.1", port, key=key)


async def test_what_no_name_can_be_is_not_reached(key: AdbKey) -> None:
    with pytest.raises(HeadsetUnreachable):
        await connect(f"{'x' * 64}.local", 5555, key=key)


async def test_a_web_server_is_not_a_headset(key: AdbKey) -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        with pytest.raises(NotAHeadset):
            await connect("127.0.0.1", runner.addresses[0][1], key=key)
    finally:
        await runner.cleanup()


async def test_headset_that_takes_one_computer_only_is_not_called_something_else(
    start_daemon: StartDaemon, device: ShellDevice, key: AdbKey
) -> None:
    faults = ActiveFaults()
    faults.put(OneClient())
    daemon = await start_daemon(device, faults=faults)
    async with await connect("127.0.0.1", daemon.port, key=key) as first:
        with pytest.raises(HungUp):
            await connect("127.0.0.1", daemon.port, key=key)
        assert (await run(first, "echo here", timeout_s=10)).stdout == b"here\n"


async def test_something_that_hangs_up_is_not_a_headset(key: AdbKey) -> None:
    async with await asyncio.start_server(_hang_up, "127.0.0.1", 0) as server:
        with pytest.raises(NotAHeadset):
            await connect("127.0.0.1", server.sockets[0].getsockname()[1], key=key)


async def test_something_that_says_nothing(key: AdbKey) -> None:
    held: list[asyncio.StreamWriter] = []

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        with pytest.raises(HeadsetSilent):
            await connect(
                "127.0.0.1", server.sockets[0].getsockname()[1], key=key, terms=Terms(answer_timeout_s=0.2)
            )
    for writer in held:
        writer.close()


async def test_a_headset_that_wants_pairing(key: AdbKey) -> None:
    async def ask_for_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(encode(Packet(Command.STLS, 0x01000000, 0)))
        await reader.read()
        writer.close()

    async with await asyncio.start_server(ask_for_tls, "127.0.0.1", 0) as server:
        with pytest.raises(PairingRequired):
            await connect("127.0.0.1", server.sockets[0].getsockname()[1], key=key)


async def test_waiting_for_acceptance_is_a_state_and_ends_well(
    start_daemon: StartDaemon, tmp_path: Path
) -> None:
    device = ShellDevice(tmp_path, strict=True)
    daemon = await start_daemon(device)
    key = AdbKey(tmp_path / "new" / "adbkey")
    states: list[HandshakeState] = []

    def accept_when_asked(state: HandshakeState) -> None:
        states.append(state)
        if state is HandshakeState.WAITING_FOR_ACCEPT:
            asyncio.get_running_loop().call_later(0.3, device.accept.set)

    link = await connect(
        "127.0.0.1", daemon.port, key=key, terms=Terms(on_state=accept_when_asked, answer_timeout_s=10)
    )
    async with link:
        assert states == [
            HandshakeState.PROVING,
            HandshakeState.WAITING_FOR_ACCEPT,
            HandshakeState.CONNECTED,
        ]
        assert (await run(link, "echo in", timeout_s=5)).stdout == b"in\n"
    # Known from now on.
    states.clear()
    async with await connect("127.0.0.1", daemon.port, key=key, terms=Terms(on_state=states.append)):
        assert states == [HandshakeState.PROVING, HandshakeState.CONNECTED]
    assert device.offered == [key.public_key()]


async def test_nobody_accepts(start_daemon: StartDaemon, tmp_path: Path, key: AdbKey) -> None:
    daemon = await start_daemon(ShellDevice(tmp_path, strict=True))
    with pytest.raises(NotAccepted):
        await connect("127.0.0.1", daemon.port, key=key, terms=Terms(accept_timeout_s=0.2))


async def test_a_broken_key_is_said(daemon: AdbDaemon, tmp_path: Path) -> None:
    (tmp_path / "adbkey").write_text("no key")
    with pytest.raises(KeyUnusable, match="adbkey"):
        await connect("127.0.0.1", daemon.port, key=AdbKey(tmp_path / "adbkey"))


async def test_a_headset_that_goes_while_it_asks(
    start_daemon: StartDaemon, tmp_path: Path, key: AdbKey
) -> None:
    daemon = await start_daemon(ShellDevice(tmp_path, strict=True))
    closing: list[asyncio.Task[None]] = []

    def go_when_asked(state: HandshakeState) -> None:
        if state is HandshakeState.WAITING_FOR_ACCEPT:
            closing.append(asyncio.create_task(daemon.close()))

    with pytest.raises(LinkLost):
        await connect("127.0.0.1", daemon.port, key=key, terms=Terms(on_state=go_when_asked))
    await asyncio.gather(*closing)


async def _hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()
