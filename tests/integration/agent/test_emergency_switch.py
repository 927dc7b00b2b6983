"""*Stopp alt* handed to the program that leads: it obeys its own word, and only its own word is believed."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from socket import create_server

import pytest

from trainer_app.domain.playback_errors import PlaybackStopped
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.agent.identity import Identity
from trainer_app.headsets.agent.member import Member
from trainer_app.headsets.emergency import CalledStop
from trainer_app.headsets.emergency_call import Call
from trainer_app.headsets.emergency_notice import Notice, NoticedHeadset, post, posted
from trainer_app.headsets.emergency_switch import EmergencySwitch
from trainer_app.headsets.link import AdbKey

NOBODY = (1 << 31) - 5
"""No process has this number."""


class LedMember(Member):
    """A member whose page says that it is dark, or does not."""

    def __init__(self, number: int, *, dark: bool = True) -> None:
        super().__init__(Identity(serial=f"S{number}", number=number, lang="nb", colour="", ink=""))
        self.access = AgentAccess(token=f"T{number}", build="b", pid=1)
        self.stops = 0
        self._dark = dark

    async def stop(self) -> bool:
        self.stops += 1
        return self._dark


@asynccontextmanager
async def switch(
    folder: Path, members: Sequence[Member], *, under_way: bool = True
) -> AsyncIterator[EmergencySwitch]:
    opened = EmergencySwitch(by="Anna")
    for member in members:
        await opened.lead(f"10.0.0.{member.identity.number}:5555", member)
    await opened.open(folder, lambda: under_way)
    try:
        yield opened
    finally:
        await opened.close()


async def called(folder: Path, addresses: list[str] | None = None) -> Call:
    """Call and hang up; what was confirmed and is known stays to be looked at."""

    def call() -> Call:
        placed = Call.place(folder, addresses)
        placed.listen()
        placed.close()
        return placed

    return await asyncio.to_thread(call)


async def test_all_that_are_led_are_stopped_and_drop_out_of_what_was_planned(tmp_path: Path) -> None:
    members = [LedMember(1), LedMember(2)]
    async with switch(tmp_path, members):
        call = await called(tmp_path)
    assert call.confirmed == {"10.0.0.1:5555": "S1", "10.0.0.2:5555": "S2"}
    for member in members:
        assert member.stops == 1
        assert isinstance(member.problem, PlaybackStopped)
        assert member.problem.params["by"] == "Anna"


async def test_a_group_without_a_film_goes_on_as_a_group(tmp_path: Path) -> None:
    member = LedMember(1)
    async with switch(tmp_path, [member], under_way=False):
        call = await called(tmp_path)
    assert call.confirmed
    assert member.problem is None


async def test_one_that_joins_late_is_stopped_as_well(tmp_path: Path) -> None:
    async with switch(tmp_path, [LedMember(1)]) as opened:
        await opened.lead("10.0.0.2:5555", LedMember(2))
        call = await called(tmp_path)
    assert set(call.confirmed.values()) == {"S1", "S2"}


@pytest.mark.expects_log("no notice for the emergency stop")
async def test_a_folder_that_cannot_be_written_to_keeps_nobody_from_playing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with switch(tmp_path / "file", [LedMember(1)]):
        assert posted(tmp_path / "file") == []


async def test_one_that_is_not_asked_for_plays_on(tmp_path: Path) -> None:
    asked, other = LedMember(1), LedMember(2)
    async with switch(tmp_path, [asked, other]):
        call = await called(tmp_path, ["10.0.0.1:5555"])
    assert call.confirmed == {"10.0.0.1:5555": "S1"}
    assert (other.stops, other.problem) == (0, None)


async def test_one_that_has_not_said_that_it_is_dark_is_not_confirmed(tmp_path: Path) -> None:
    async with switch(tmp_path, [LedMember(1), LedMember(2, dark=False)]):
        call = await called(tmp_path)
    assert call.confirmed == {"10.0.0.1:5555": "S1"}
    assert call.known["10.0.0.2:5555"] == NoticedHeadset("10.0.0.2:5555", "S2", "T2", "b")


async def test_a_confirmed_headset_needs_no_connection_of_its_own(tmp_path: Path) -> None:
    async with switch(tmp_path, [LedMember(1)]):
        call = await called(tmp_path)
    outcome = await CalledStop(call, AdbKey(tmp_path / "no-key")).stop("10.0.0.1:5555", by="Anna")
    assert (outcome.serial, outcome.dark) == ("S1", True)


async def test_a_wrong_word_stops_nothing(tmp_path: Path) -> None:
    member = LedMember(1)
    async with switch(tmp_path, [member]):
        ((file, notice),) = posted(tmp_path)
        post(file, notice._replace(ask="guessed"))
        call = await called(tmp_path)
    assert call.confirmed == {}
    assert (member.stops, member.problem) == (0, None)


async def test_a_caller_that_says_nothing_we_know_is_hung_up_on(tmp_path: Path) -> None:
    async with switch(tmp_path, [LedMember(1)]):
        ((_, notice),) = posted(tmp_path)
        for words in (
            b"GET / HTTP/1.1\r\n\r\n",
            b"x" * 100_000,
            b'{"ask": 5}\n',
            b'{"x":' + b"[" * 5000 + b"\n",
        ):
            reader, writer = await asyncio.open_connection("127.0.0.1", notice.port)
            writer.write(words)
            async with asyncio.timeout(5):
                with suppress(ConnectionResetError):  # hung up on with words still unread
                    assert await reader.read() == b""
            writer.close()
        assert (await called(tmp_path)).confirmed  # and it is still there


async def test_the_notice_goes_with_the_program_and_those_of_killed_ones_are_cleared(tmp_path: Path) -> None:
    left, alive = tmp_path / "left.json", tmp_path / "alive.json"
    post(left, Notice(NOBODY, 1, "a", "b", ()))
    post(alive, Notice(os.getpid(), 1, "a", "b", ()))
    async with switch(tmp_path, [LedMember(1)]):
        assert len(posted(tmp_path)) == 2
    assert not left.exists()
    assert [file for file, _ in posted(tmp_path)] == [alive]


# --- programs that are not what their notice says -------------------------------------------------------

HEADSET = NoticedHeadset("10.0.0.1:5555", "S1", "T1", "b")


def notice_of(port: int) -> Notice:
    return Notice(NOBODY, port, "ask", "answer", (HEADSET,))


async def test_a_killed_program_confirms_nothing_and_leaves_the_way_to_its_headsets(tmp_path: Path) -> None:
    with closing(create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
    post(tmp_path / "x.json", notice_of(port))
    call = await called(tmp_path)
    assert call.confirmed == {}
    assert call.known == {HEADSET.address: HEADSET}


async def test_a_program_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    """Its port takes connections, because the operating system does; nobody ever reads."""
    with closing(create_server(("127.0.0.1", 0))) as hanging:
        post(tmp_path / "x.json", notice_of(hanging.getsockname()[1]))
        async with asyncio.timeout(5):
            call = await called(tmp_path)
    assert call.confirmed == {}


async def test_only_the_programs_own_word_is_believed(tmp_path: Path) -> None:
    dark = {"address": HEADSET.address, "dark": True}
    for said in (
        json.dumps({"answer": "guessed", **dark}).encode() + b"\n",
        json.dumps(dark).encode() + b"\n",
        json.dumps({"answer": "answer", "address": HEADSET.address, "dark": 1}).encode() + b"\n",
        json.dumps({"answer": "answer", "address": "10.0.0.9:5555", "dark": True}).encode() + b"\n",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\xff" * 70_000,
        b"[]\n",
        b"[" * 5000 + b"\n",
        b"",
    ):
        assert (await _called_with_an_answer(tmp_path, said)).confirmed == {}, said


async def _called_with_an_answer(folder: Path, said: bytes) -> Call:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(said)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        post(folder / "x.json", notice_of(server.sockets[0].getsockname()[1]))
        return await called(folder)
