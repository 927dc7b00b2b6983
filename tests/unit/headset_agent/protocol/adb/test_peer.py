"""Two peers over a line in memory that can be slow, stopped or cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from headset_agent.protocol.adb.banner import Banner
from headset_agent.protocol.adb.errors import PeerLost, ServiceRefused, StreamClosed
from headset_agent.protocol.adb.framing import Command, Packet, PacketReader, Sendable, encode
from headset_agent.protocol.adb.handshake import Connection
from headset_agent.protocol.adb.peer import AdbPeer, IncomingOpen, Liveness
from headset_agent.protocol.adb.receiving import HELD_LIMIT
from tests.fakes.waiting import until

CONNECTION = Connection(0x01000001, 1 << 20, Banner("device"))
COUNTING = replace(CONNECTION, delayed_ack=True)


class Line:
    """One direction."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.arrived = asyncio.Event()
        self.flows = asyncio.Event()
        self.flows.set()
        self.cut = False
        self.sent: list[Packet] = []

    def end(self) -> None:
        self.cut = True
        self.arrived.set()


class MemoryChannel:
    def __init__(self, incoming: Line, outgoing: Line) -> None:
        self.incoming = incoming
        self.outgoing = outgoing
        self._recorder = PacketReader(max_payload=1 << 20)

    @property
    def takes_slices(self) -> bool:
        return False

    async def receive_into(self, buffer: memoryview, missing: int = 0) -> int:
        while not self.incoming.data:
            if self.incoming.cut:
                return 0
            self.incoming.arrived.clear()
            await self.incoming.arrived.wait()
        count = min(len(buffer), len(self.incoming.data))
        buffer[:count] = self.incoming.data[:count]
        del self.incoming.data[:count]
        return count

    async def send(self, header: bytes, payload: Sendable) -> None:
        await self.outgoing.flows.wait()
        data = header + bytes(payload)
        self.outgoing.sent += self._recorder.feed(data)
        self.outgoing.data += data
        self.outgoing.arrived.set()

    def close(self) -> None:
        self.outgoing.end()


class Pair:
    def __init__(self, liveness: Liveness | None = None, connection: Connection = CONNECTION) -> None:
        self._connection = connection
        self.to_device, self.to_host = Line(), Line()
        self.incoming: list[IncomingOpen] = []
        self.host = self._peer(MemoryChannel(self.to_host, self.to_device), liveness)
        self.device = self._peer(MemoryChannel(self.to_device, self.to_host), None)

    def _peer(self, channel: MemoryChannel, liveness: Liveness | None) -> AdbPeer:
        reader = PacketReader(max_payload=1 << 20)
        return AdbPeer(channel, reader, self._connection, on_open=self._serve, liveness=liveness)

    async def _serve(self, incoming: IncomingOpen) -> None:
        if incoming.service == "echo:":
            async with await incoming.accept() as stream:
                while data := await stream.read(1 << 20):
                    await stream.write(data)
        elif incoming.service == "hold:":
            async with await incoming.accept():
                await asyncio.Event().wait()
        elif incoming.service == "bye:":
            async with await incoming.accept() as stream:
                await stream.write(b"bye")


@pytest.fixture(params=[CONNECTION, COUNTING], ids=["one write at a time", "counting bytes"])
async def pair(request: pytest.FixtureRequest) -> AsyncIterator[Pair]:
    pair = Pair(connection=request.param)
    yield pair
    await pair.host.close()
    await pair.device.close()


async def test_both_sides_may_open(pair: Pair) -> None:
    for peer in (pair.host, pair.device):
        async with await peer.open_service("echo:") as stream:
            await stream.write(b"hei")
            assert await stream.read_exactly(3) == b"hei"


async def test_a_refused_service_fails_at_once(pair: Pair) -> None:
    with pytest.raises(ServiceRefused, match="nonsense"):
        await pair.host.open_service("nonsense:")


async def test_the_end_comes_after_the_data(pair: Pair) -> None:
    stream = await pair.host.open_service("bye:")
    assert await stream.read_exactly(3) == b"bye"
    assert await stream.read(1) == b""
    with pytest.raises(StreamClosed):
        await stream.write(b"x")
    await stream.close()


async def test_too_little_data_is_an_error(pair: Pair) -> None:
    async with await pair.host.open_service("bye:") as stream:
        with pytest.raises(StreamClosed, match="3 of 4"):
            await stream.read_exactly(4)


async def test_what_was_read_too_much_can_be_put_back(pair: Pair) -> None:
    async with await pair.host.open_service("bye:") as stream:
        stream.unread(await stream.read(3))
        assert await stream.read_exactly(3) == b"bye"


async def test_a_control_stream_overtakes_a_bulk_stream(pair: Pair) -> None:
    bulk = await pair.host.open_service("hold:", bulk=True)
    other_bulk = await pair.host.open_service("hold:", bulk=True)
    control = await pair.host.open_service("hold:")
    pair.to_device.flows.clear()
    pair.to_device.sent.clear()
    writes = [
        asyncio.create_task(bulk.write(bytes(100_000))),
        asyncio.create_task(other_bulk.write(bytes(100_000))),
        asyncio.create_task(control.write(b"stop")),
    ]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    pair.to_device.flows.set()
    await asyncio.gather(*writes)
    order = [bytes(p.payload)[:4] for p in pair.to_device.sent if p.command is Command.WRTE]
    # One bulk packet may have been on its way already; the control packet waited for no second one.
    assert b"stop" in order[:2]


def written(pair: Pair) -> list[bytes]:
    """What the host has sent."""
    return [bytes(packet.payload) for packet in pair.to_device.sent if packet.command is Command.WRTE]


@pytest.mark.parametrize("pair", [CONNECTION], indirect=True)
async def test_one_write_waits_for_its_answer_and_the_next_for_both(pair: Pair) -> None:
    stream, other = await pair.host.open_service("hold:"), await pair.host.open_service("hold:")
    await stream.write(b"first")
    await stream.drain()
    pair.to_host.flows.clear()
    await stream.write(b"second")
    third = asyncio.create_task(stream.write(b"third"))
    await asyncio.sleep(0)
    await other.write(b"asked later")
    await until(lambda: b"asked later" in written(pair))
    assert not third.done()
    pair.to_host.flows.set()
    await third
    await until(lambda: b"third" in written(pair))
    assert written(pair) == [b"first", b"second", b"asked later", b"third"]


@pytest.mark.parametrize("pair", [COUNTING], indirect=True)
async def test_writes_follow_one_another_unanswered_where_bytes_are_counted(pair: Pair) -> None:
    async with await pair.host.open_service("echo:") as stream:
        pair.to_host.flows.clear()
        for content in (b"first", b"second", b"third"):
            await stream.write(content)
        await until(lambda: written(pair) == [b"first", b"second", b"third"])
        drained = asyncio.create_task(stream.drain())
        await asyncio.sleep(0)
        assert not drained.done()
        pair.to_host.flows.set()
        await drained
        assert await stream.read_exactly(16) == b"firstsecondthird"


async def test_a_reader_that_does_not_read_stops_its_writer_only(pair: Pair) -> None:
    stuck = await pair.host.open_service("hold:", bulk=True)
    writing = asyncio.create_task(stuck.write(bytes(HELD_LIMIT + (4 << 20))))
    echo = await pair.host.open_service("echo:")
    for _ in range(100):
        await echo.write(b"x")
        assert await echo.read_exactly(1) == b"x"
    assert not writing.done()
    await stuck.close()
    with pytest.raises(StreamClosed):
        await writing


async def test_a_cut_line_fails_everything_at_once(pair: Pair) -> None:
    stream = await pair.host.open_service("hold:")
    reading = asyncio.create_task(stream.read(1))
    pair.to_device.flows.clear()
    writing = asyncio.create_task(stream.write(b"x"))
    opening = asyncio.create_task(pair.host.open_service("echo:"))
    await asyncio.sleep(0)
    pair.to_host.end()
    for task in (reading, writing, opening):
        with pytest.raises(PeerLost, match="closed the connection"):
            await task
    with pytest.raises(PeerLost):
        await pair.host.open_service("echo:")
    assert pair.host.lost is await pair.host.wait_lost()


async def test_nonsense_on_the_line_ends_the_connection(pair: Pair) -> None:
    pair.to_host.data += b"x" * 24
    pair.to_host.arrived.set()
    assert "broke the protocol" in str(await pair.host.wait_lost())


async def test_silence_is_noticed_and_an_answer_is_enough() -> None:
    pair = Pair(Liveness(ask_after_s=0.02, lost_after_s=0.5))
    # Each question is a service nobody offers.
    await until(lambda: sum(packet.command is Command.OPEN for packet in pair.to_device.sent) > 5)
    assert pair.host.lost is None
    pair.to_host.flows.clear()
    async with asyncio.timeout(20):
        assert "nothing heard" in str(await pair.host.wait_lost())
    pair.to_host.flows.set()
    await pair.host.close()
    await pair.device.close()


async def test_an_open_that_is_cancelled_is_closed_when_it_is_answered(pair: Pair) -> None:
    pair.to_host.flows.clear()
    opening = asyncio.create_task(pair.host.open_service("hold:"))
    await until(lambda: any(packet.command is Command.OPEN for packet in pair.to_device.sent))
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    pair.to_host.flows.set()
    async with await pair.host.open_service("echo:") as echo:
        await echo.write(b"x")
        await echo.read_exactly(1)
    assert any(p.command is Command.CLSE and p.arg0 == 1 for p in pair.to_device.sent)


async def test_packets_that_came_with_the_handshake_are_not_lost() -> None:
    reader = PacketReader(max_payload=1 << 20)
    data = encode(Packet(Command.OPEN, 7, 0, b"nonsense:\0"))
    reader.get_buffer()[: len(data)] = data
    reader.advance(len(data))
    to_host, to_device = Line(), Line()
    peer = AdbPeer(MemoryChannel(to_host, to_device), reader, CONNECTION, on_open=None, liveness=None)
    await until(lambda: to_device.sent)
    assert to_device.sent == [Packet(Command.CLSE, 0, 7, memoryview(b""))]
    await peer.close()
