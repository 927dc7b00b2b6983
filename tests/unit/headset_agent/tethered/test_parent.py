"""The line to the program that started the agent: what it says, what it is asked, and its end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress

import pytest

from headset_agent.protocol.tether import (
    FROM_AGENT,
    Begin,
    Browsers,
    FindBrowsers,
    Lend,
    Lent,
    Output,
    RunCommand,
    line_of,
)
from headset_agent.tethered import parent as parent_module
from headset_agent.tethered.parent import Parent
from tests.fakes.waiting import until

BEGIN = Begin(token="t", build="b", host="127.0.0.1")


class Program:
    """The other ends of the two pipes."""

    def __init__(self) -> None:
        self.to_agent, self.says = os.pipe()
        self.hears, self.from_agent = os.pipe()
        os.set_blocking(self.hears, False)
        self._heard = b""

    def say(self, line: bytes) -> None:
        os.write(self.says, line)

    def heard(self) -> list[object]:
        with suppress(BlockingIOError):
            self._heard += os.read(self.hears, 1 << 16)
        return [FROM_AGENT.decode(line) for line in self._heard.splitlines()]

    def hang_up(self) -> None:
        os.close(self.says)
        self.says = -1

    def close(self) -> None:
        for end in (self.says, self.to_agent, self.hears, self.from_agent):
            if end >= 0:
                os.close(end)


@pytest.fixture
def program() -> Iterator[Program]:
    program = Program()
    yield program
    program.close()


async def parent_of(program: Program) -> Parent:
    return Parent(program.to_agent, program.from_agent)


async def ended(program: Program, parent: Parent) -> None:
    program.hang_up()
    await parent.gone.wait()


async def test_first_line_says_what_to_serve_and_the_end_of_the_line_ends_it(program: Program) -> None:
    parent = await parent_of(program)
    program.say(line_of(BEGIN))
    assert await parent.begin() == BEGIN
    assert not parent.gone.is_set()
    await ended(program, parent)


async def test_program_that_ends_before_it_has_said_anything_is_noticed(program: Program) -> None:
    parent = await parent_of(program)
    program.hang_up()
    with pytest.raises(EOFError):
        await parent.begin()
    assert parent.gone.is_set()


async def test_answers_find_who_asked_whatever_their_order(program: Program) -> None:
    parent = await parent_of(program)
    asking = [parent.run("am", "start"), parent.browsers()]

    async def answer() -> None:
        await until(lambda: len(program.heard()) == 2)
        ran, looked = program.heard()
        assert isinstance(ran, RunCommand)
        assert isinstance(looked, FindBrowsers)
        assert ran.words == ["am", "start"]
        program.say(line_of(Browsers(id=looked.id, endpoints=["tcp:127.0.0.1:1"])))
        program.say(line_of(Output(id=ran.id, text="Starting")))

    said, endpoints, _ = await asyncio.gather(*asking, answer())
    assert (said, endpoints) == ("Starting", ["tcp:127.0.0.1:1"])
    await ended(program, parent)


@pytest.mark.expects_log("the program did not answer")
async def test_program_that_never_answers_is_not_waited_for_for_ever(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parent_module, "_ASK_S", 0.05)
    parent = await parent_of(program)
    async with asyncio.timeout(30):
        said, endpoints = await asyncio.gather(parent.run("am", "start"), parent.browsers())
    assert (said, endpoints) == ("", [])
    await ended(program, parent)


@pytest.mark.expects_log("sent something else")
async def test_lent_film_is_confirmed_and_nonsense_is_passed_over(program: Program) -> None:
    parent = await parent_of(program)
    lent: list[str] = []
    parent.on_lend = lambda film: lent.append(film.path)
    program.say(b"nonsense\n")
    program.say(line_of(Lend(id=4, sha256="ab" * 32, path="/films/ab.mp4")))
    await until(lambda: program.heard() == [Lent(id=4)])
    assert lent == ["/films/ab.mp4"]
    await ended(program, parent)
