"""An agent beside us gets an answer to whatever it asks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from headset_agent.protocol.tether import Browsers, FindBrowsers, Output, RunCommand
from tests.fakes.links import FakeAgent, FakeStream
from trainer_app.headsets.tethered.errands import Errands

HEAD = "Num       RefCount Protocol Flags    Type St Inode Path\n"
LINE = "0000000000000000: 00000002 00000000 00010000 0001 01 21345 @{}_devtools_remote\n"


class Headset(FakeAgent):
    """Lists its browsers' sockets; fails where it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.browsers: tuple[str, ...] = ("chrome",)
        self.fails = False

    async def open_service(self, name: str, *, bulk: bool = False) -> FakeStream:
        if not name.startswith("exec:"):
            return await super().open_service(name, bulk=bulk)
        if self.fails:
            raise OSError("too many open files")
        stream = FakeStream(self)
        [mark] = re.findall(r"echo (\S+?)\$\?", name)
        listed = HEAD + "".join(LINE.format(browser) for browser in self.browsers)
        stream.push(f"{listed}\n{mark}0\n".encode())
        stream.end()
        return stream


@pytest.fixture
def headset() -> Headset:
    return Headset()


@pytest.fixture
async def errands(headset: Headset) -> AsyncIterator[Errands]:
    errands = Errands(headset)
    yield errands
    await errands.close()


async def answer_to(errands: Errands, asked: RunCommand | FindBrowsers) -> Output | Browsers:
    answered: asyncio.Future[Output | Browsers] = asyncio.get_running_loop().create_future()
    errands.do(asked, answered.set_result)
    async with asyncio.timeout(30):
        return await answered


async def browsers_of(errands: Errands) -> list[str]:
    found = await answer_to(errands, FindBrowsers(id=1))
    assert isinstance(found, Browsers)
    return found.endpoints


async def leads_somewhere(endpoint: str) -> bool:
    _, host, port = endpoint.split(":")
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def test_errand_that_fails_is_answered_all_the_same(errands: Errands, headset: Headset) -> None:
    headset.fails = True
    assert await answer_to(errands, RunCommand(id=1, words=["am", "start"])) == Output(id=1, text="")
    assert await browsers_of(errands) == []


async def test_ways_that_are_asked_for_at_once_are_the_same(errands: Errands) -> None:
    first, second = await asyncio.gather(browsers_of(errands), browsers_of(errands))
    assert len(first) == 1
    assert first == second


async def test_way_to_a_browser_that_is_gone_is_closed(errands: Errands, headset: Headset) -> None:
    headset.browsers = ("chrome", "weblayer")
    chrome, weblayer = await browsers_of(errands)
    headset.browsers = ("chrome",)
    assert await browsers_of(errands) == [chrome]
    assert await leads_somewhere(chrome)
    assert not await leads_somewhere(weblayer)
    headset.fails = True
    assert await browsers_of(errands) == []
    assert await leads_somewhere(chrome), "a headset that does not answer has not lost its browser"
