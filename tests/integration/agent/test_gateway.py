"""Connections to a headset: *Stopp alt* has its own as long as there can be one, and none is left over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.fakes.waiting import until
from tests.integration.agent.headsets import VirtualHeadset
from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.headsets.agent import stop_line as stop_line_module
from trainer_app.headsets.agent.member import Identity
from trainer_app.headsets.gateway import AdbGateway, AdbHeadset
from trainer_app.headsets.link import DirectLink

WHO = Identity(serial="S1", number=1, lang="nb", colour="#000000", ink="#ffffff")


class Wire:
    """Between the laptop and a headset's ADB daemon; connections can be cut one by one.

    Attributes:
        lines: The laptop's ends, in the order in which they were opened.
        takes: How many connections it takes.
        mute: Nothing that the headset says arrives.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self._tasks: set[asyncio.Task[None]] = set()
        self.lines: list[asyncio.StreamWriter] = []
        self.takes = 100
        self.mute = False

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self, index: int) -> None:
        self.lines[index].transport.abort()

    @property
    def open_lines(self) -> int:
        return sum(not line.is_closing() for line in self.lines)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.lines.append(writer)
        if len(self.lines) > self.takes:
            writer.transport.abort()
            return
        host, _, port = self._target.rpartition(":")
        far_reader, far_writer = await asyncio.open_connection(host, int(port))
        there = asyncio.create_task(self._pump(reader, far_writer))
        back = asyncio.create_task(self._pump(far_reader, writer, answers=True))
        try:
            await asyncio.wait([there, back], return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            return  # by close(); the streams' own callback would log a cancelled task as an error
        finally:
            for pump in (there, back):
                pump.cancel()
            for end in (writer, far_writer):
                end.transport.abort()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool = False
    ) -> None:
        try:
            while data := await reader.read(1 << 16):
                if not (answers and self.mute):
                    writer.write(data)
        except ConnectionError:
            return


@pytest.fixture
async def wire(headset: VirtualHeadset, link: DirectLink) -> AsyncIterator[Wire]:
    opened = Wire(headset.adb)
    await opened.open()
    yield opened
    await opened.close()


async def reached(headset: VirtualHeadset, wire: Wire) -> AdbHeadset:
    return await AdbGateway(headset.key).connect(wire.address, lambda _address: None)


async def test_connection_of_the_stop_is_made_anew_when_it_is_lost(
    headset: VirtualHeadset, wire: Wire
) -> None:
    device = await reached(headset, wire)
    member = await device.join(WHO, film_title="", holder="Anna")
    assert wire.open_lines == 2
    wire.cut(1)
    await until(lambda: len(wire.lines) == 3)
    assert member.problem is None
    await member.close()
    await device.close()
    await until(lambda: not wire.open_lines)


@pytest.mark.expects_log("Stopp alt shares the film's connection")
async def test_headset_that_takes_one_connection_takes_part_and_the_stop_gets_its_own_once_it_can(
    headset: VirtualHeadset, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stop_line_module, "OWN_S", 0.02)
    wire.takes = 1
    device = await reached(headset, wire)
    member = await device.join(WHO, film_title="", holder="Anna")
    assert member.problem is None
    await until(lambda: len(wire.lines) > 3)
    assert wire.open_lines == 1
    wire.takes = 1000
    await until(lambda: wire.open_lines == 2)
    assert member.problem is None
    await member.close()
    await device.close()


async def test_no_connection_is_made_to_a_headset_that_was_let_go_of(
    headset: VirtualHeadset, wire: Wire
) -> None:
    device = await reached(headset, wire)
    await device.close()
    with pytest.raises(HeadsetVanished):
        await device.join(WHO, film_title="", holder="Anna")
    await until(lambda: not wire.open_lines)
    assert len(wire.lines) == 1
