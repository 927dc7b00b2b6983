"""The control port over real sockets: who is let in, for what, and what a second laptop is told."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import socket
from pathlib import Path
from time import perf_counter_ns
from typing import Any

import pytest

from headset_agent.android import Android
from headset_agent.arriving import Arrival
from headset_agent.protocol.messages import MAX_LINE
from tests.fakes.agents import FakePage, HandClock, a_report, page_hello
from tests.fakes.waiting import until
from tests.integration.agent.parts import Laptop, Parts, agent_parts, hello

FILM = b"film" * 1000
SHA = hashlib.sha256(FILM).hexdigest()
PLAN: dict[str, Any] = {
    "plan_id": "p",
    "revision": 1,
    "action": "play",
    "film": {"sha256": SHA, "duration_s": 60.0},
}


async def store_film(parts: Parts) -> None:
    (parts.folder / f"{SHA}.mp4").write_bytes(FILM)
    laptop = await parts.welcomed("store", client="filler")
    answer = await laptop.ask(type="film_begin", id=1, sha256=SHA, size=len(FILM))
    assert answer["verified"]
    await laptop.close()


# --- introduction ----------------------------------------------------------------------------------------


async def test_laptop_of_the_same_build_is_welcomed(parts: Parts) -> None:
    laptop = await parts.laptop()
    laptop.say(**hello())
    welcome = await laptop.hear()
    assert (welcome["type"], welcome["pid"], welcome["lease_epoch"]) == ("welcome", 4711, 1)
    await laptop.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"protocol": 99}, "version"),
        ({"build": "c" * 64}, "version"),
        ({"token": "wrong"}, "token"),
        ({"token": ""}, "token"),
        ({"token": "æøå"}, "token"),
        ({"role": "owner"}, "malformed"),
        ({"type": "heartbeat"}, "malformed"),
    ],
)
@pytest.mark.parametrize("role", ["control", "clock", "stop", "store", "film"])
async def test_stranger_is_refused_and_hung_up_on(
    parts: Parts, role: str, changes: dict[str, Any], code: str
) -> None:
    laptop = await parts.laptop()
    laptop.say(**hello(role=role) | changes)
    refused = await laptop.hear()
    assert (refused["type"], refused["code"]) == ("refused", code)
    assert await laptop.hear() == {}
    await laptop.close()


async def test_garbage_is_refused_readably(parts: Parts) -> None:
    laptop = await parts.laptop()
    laptop.write(b"GET / HTTP/1.1\r\n\r\n")
    assert (await laptop.hear())["code"] == "malformed"
    assert await laptop.hear() == {}
    await laptop.close()


async def test_endless_line_is_hung_up_on(parts: Parts) -> None:
    laptop = await parts.laptop()
    laptop.write(b"x" * (MAX_LINE + 2))
    assert await laptop.hear() == {}
    await laptop.close()


async def test_who_says_nothing_is_hung_up_on(tmp_path: Path) -> None:
    async with agent_parts(tmp_path, hello_s=0.05) as parts:
        laptop = await parts.laptop()
        assert await laptop.hear() == {}
        await laptop.close()


async def test_who_was_welcomed_may_be_silent(tmp_path: Path) -> None:
    async with agent_parts(tmp_path, hello_s=0.05) as parts:
        laptop = await parts.welcomed("store")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await laptop.hear()
        assert (await laptop.ask(type="film_list", id=1))["films"] == []
        await laptop.close()


@pytest.mark.parametrize("line", [b"no json\n", b'{"type":"unknown","id":1}\n'])
async def test_nonsense_after_the_welcome_ends_the_connection_only(parts: Parts, line: bytes) -> None:
    laptop = await parts.welcomed("control")
    laptop.write(line)
    assert await laptop.hear() == {}
    await laptop.close()
    again = await parts.welcomed("control")
    await again.close()


# --- roles -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "request_"),
    [
        ("store", {"type": "set_plan", "plan": PLAN}),
        ("store", {"type": "shutdown"}),
        ("store", {"type": "open_player"}),
        ("store", {"type": "stop_now"}),
        ("store", {"type": "identify"}),
        ("store", {"type": "show_text", "text": "Snart stopp.", "seconds": 8}),
        ("store", {"type": "release"}),
        ("control", {"type": "film_remove", "sha256": SHA}),
        ("control", {"type": "film_begin", "sha256": SHA, "size": 1}),
        ("control", {"type": "stop_now"}),
    ],
)
async def test_role_may_do_its_own_things_only(parts: Parts, role: str, request_: dict[str, Any]) -> None:
    laptop = await parts.welcomed(role)
    answer = await laptop.ask(id=5, **request_)
    assert (answer["type"], answer["id"], answer["code"]) == ("failed", 5, "not_allowed")
    assert not parts.program.asked_to_exit.is_set()
    await laptop.close()


@pytest.mark.parametrize("role", ["clock", "stop"])
async def test_clock_and_stop_take_nothing_else(parts: Parts, role: str) -> None:
    laptop = await parts.welcomed(role)
    assert await laptop.ask(type="shutdown", id=1) == {}
    assert not parts.program.asked_to_exit.is_set()
    await laptop.close()


async def test_clock_exchange_is_stamped_on_arrival_and_departure(parts: Parts) -> None:
    laptop = await parts.welcomed("clock")
    sent = perf_counter_ns()
    pong = await laptop.ask(type="ping", seq=9, t1=sent)
    assert (pong["seq"], pong["t1"]) == (9, sent)
    assert sent <= pong["t2"] <= pong["t3"] <= perf_counter_ns()
    await laptop.close()


async def test_stop_needs_no_lease_and_names_who_it_was(parts: Parts) -> None:
    await store_film(parts)
    leader = await parts.welcomed("control")
    assert (await leader.ask(type="set_plan", id=1, plan=PLAN))["type"] == "done"
    other = await parts.welcomed("stop", client="berit", holder="Berits pc")
    assert await other.ask(type="stop_now", id=2) == {"type": "stopped", "id": 2, "page": False}
    assert await leader.hear() == {"type": "was_stopped", "plan_id": "p", "by": "Berits pc"}
    refined = await leader.ask(type="set_plan", id=3, plan=PLAN | {"revision": 2})
    assert refined["code"] == "stopped"
    await leader.close()
    await other.close()


async def test_film_that_is_not_here_is_not_planned(parts: Parts) -> None:
    laptop = await parts.welcomed("control")
    assert (await laptop.ask(type="set_plan", id=1, plan=PLAN))["code"] == "film_missing"
    assert parts.player.film is None
    await laptop.close()


async def test_status_tells_anybody_who_leads_and_what_plays(parts: Parts) -> None:
    await store_film(parts)
    looker = await parts.welcomed("store", client="berit")
    nobody = await looker.ask(type="ask_status", id=1)
    assert (nobody["state"], nobody["film"], nobody["holder"]) == (None, None, "")
    leader = await parts.welcomed("control")
    await leader.ask(type="set_plan", id=1, plan=PLAN)
    page = FakePage()
    await parts.player.page_message(page, page_hello(), 0)
    await parts.player.page_message(page, a_report(position_s=12.5), 0)
    told = await looker.ask(type="ask_status", id=2)
    assert (told["state"], told["film"], told["position_s"]) == ("playing", SHA, 12.5)
    assert told["holder"] == "Annas pc"
    await leader.close()
    await looker.close()


async def test_shutdown_is_answered_and_obeyed(parts: Parts) -> None:
    laptop = await parts.welcomed("control")
    assert (await laptop.ask(type="shutdown", id=1))["type"] == "done"
    assert parts.program.asked_to_exit.is_set()
    await laptop.close()


async def test_heartbeat_does_not_wait_behind_a_player_that_opens(parts: Parts) -> None:
    laptop = await parts.welcomed("control")
    page = FakePage()
    await parts.player.page_message(page, page_hello(), 0)
    laptop.say(type="open_player", id=1, timeout_s=30.0)
    answer = await laptop.ask(type="heartbeat", id=2)
    assert answer == {"type": "done", "id": 2}
    await laptop.close()


class Unforeseen(Android):
    async def installed_browser(self) -> str | None:
        raise LookupError("nobody thought of this")


@pytest.mark.expects_log("^OpenPlayer")
async def test_who_asked_is_answered_when_the_agent_fails_in_a_way_nobody_foresaw(
    tmp_path: Path,
) -> None:
    async with agent_parts(tmp_path, android=Unforeseen()) as parts:
        laptop = await parts.welcomed("control")
        answer = await laptop.ask(type="open_player", id=1, timeout_s=30.0)
        assert (answer["type"], answer["id"], answer["code"]) == ("failed", 1, "internal")
        assert "LookupError" in answer["detail"]
        await laptop.close()


async def test_a_system_without_androids_commands_has_no_browser(parts: Parts) -> None:
    laptop = await parts.welcomed("control")
    answer = await laptop.ask(type="open_player", id=1, timeout_s=30.0)
    assert (answer["type"], answer["id"], answer["code"]) == ("failed", 1, "no_browser")
    await laptop.close()


async def test_page_s_reports_reach_the_leader(parts: Parts) -> None:
    laptop = await parts.welcomed("control")
    page = FakePage()
    await parts.player.page_message(page, page_hello(), 0)
    await parts.player.page_message(page, a_report(position_s=3.0), 77)
    report = await laptop.hear()
    assert (report["type"], report["at_ns"], report["page"]["position_s"]) == ("report", 77, 3.0)
    parts.player.page_gone(page)
    assert (await laptop.hear())["type"] == "player_gone"
    await laptop.close()


async def test_telemetry_is_dropped_and_not_queued_for_a_laptop_that_does_not_read(parts: Parts) -> None:
    laptop = await parts.welcomed("control")
    page = FakePage()
    await parts.player.page_message(page, page_hello(), 0)
    count = 60_000
    for number in range(count):
        await parts.player.page_message(page, a_report(position_s=float(number)), number)
    laptop.say(type="heartbeat", id=1)
    heard = 0
    while (message := await laptop.hear())["type"] == "report":
        heard += 1
    assert message == {"type": "done", "id": 1}, "an answer is never dropped"
    assert 0 < heard < count
    await laptop.close()


# --- two laptops -----------------------------------------------------------------------------------------


async def test_second_laptop_is_told_who_leads(parts: Parts) -> None:
    leader = await parts.welcomed("control")
    other = await parts.laptop()
    other.say(**hello(client="berit", holder="Berits pc"))
    refused = await other.hear()
    assert (refused["code"], refused["holder"], refused["retry_ms"]) == ("lease", "Annas pc", 0)
    assert (await leader.ask(type="heartbeat", id=1))["type"] == "done", "and the first goes on"
    await leader.close()
    await other.close()


async def test_released_headset_is_free_at_once(parts: Parts) -> None:
    leader = await parts.welcomed("control")
    assert await leader.ask(type="release", id=1) == {"type": "done", "id": 1}
    other = await parts.welcomed("control", client="berit", holder="Berits pc")
    await leader.close()
    await other.close()


async def test_laptop_that_is_gone_is_succeeded_after_the_rest_of_its_time(tmp_path: Path) -> None:
    clock = HandClock()
    async with agent_parts(tmp_path, clock=clock) as parts:
        leader = await parts.welcomed("control")
        await leader.close()
        await until(lambda: not parts.control.connections)
        clock.advance(2)
        other = await parts.laptop()
        other.say(**hello(client="berit"))
        refused = await other.hear()
        assert (refused["holder"], refused["retry_ms"]) == ("Annas pc", 4000)
        await other.close()
        clock.advance(4)
        successor = await parts.welcomed("control", client="berit", holder="Berits pc")
        await successor.close()


async def test_silent_laptop_is_succeeded_and_told(tmp_path: Path) -> None:
    clock = HandClock()
    async with agent_parts(tmp_path, clock=clock) as parts:
        silent = await parts.welcomed("control")
        clock.advance(7)
        successor = await parts.welcomed("control", client="berit", holder="Berits pc")
        assert await silent.hear() == {"type": "lease_lost", "holder": "Berits pc"}
        assert await silent.hear() == {}
        await silent.close()
        await successor.close()


async def test_same_laptop_comes_back_over_a_new_connection(parts: Parts) -> None:
    """Its old connection may not have noticed yet that the Wi-Fi was gone."""
    old = await parts.welcomed("control")
    new = await parts.laptop()
    new.say(**hello())
    welcome = await new.hear()
    assert (welcome["type"], welcome["lease_epoch"]) == ("welcome", 1)
    assert (await new.ask(type="heartbeat", id=1))["type"] == "done"
    assert await old.hear() == {}
    await old.close()
    await new.close()


async def test_returning_laptop_does_not_wait_for_its_old_connection_to_drain(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headset_agent.control_connection._FLUSH_S", 60.0)
    old = await _with_a_full_queue(parts)
    new = await parts.welcomed("control")
    async with asyncio.timeout(30):
        assert (await new.ask(type="heartbeat", id=1))["type"] == "done"
    await new.close()
    old.writer.transport.abort()


async def test_agent_ends_though_a_laptop_does_not_read(tmp_path: Path) -> None:
    async with agent_parts(tmp_path) as parts:
        stuck = await _with_a_full_queue(parts)
        async with asyncio.timeout(30):
            await parts.control.close()
        stuck.writer.transport.abort()


async def _with_a_full_queue(parts: Parts) -> Laptop:
    """A laptop that reads nothing, with so much on its way that the agent cannot get rid of it."""
    laptop = await parts.welcomed("control")
    transport = laptop.writer.transport
    assert isinstance(transport, asyncio.ReadTransport)
    transport.pause_reading()
    controller = parts.control._controller
    assert controller is not None
    # The system keeps megabytes for a connection if it is let.
    for writer, room in ((laptop.writer, socket.SO_RCVBUF), (controller._writer, socket.SO_SNDBUF)):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, room, 4096)
    request = b'{"type":"film_remove","id":1,"sha256":"' + b"a" * 64 + b'"}\n'
    laptop.write(request * 5_000)
    await until(lambda: controller._writer.transport.get_write_buffer_size() > 1 << 16)
    return laptop


# --- films -----------------------------------------------------------------------------------------------


async def begun(laptop: Laptop, **changes: Any) -> int:
    """Say that the film is to come; gives how much of it is there."""
    answer = await laptop.ask(type="film_begin", id=1, sha256=SHA, size=len(FILM), **changes)
    assert not answer["verified"]
    return int(answer["offset"])


async def film_line(parts: Parts, offset: int) -> Laptop:
    """The film's own connection, waiting for its bytes."""
    line = await parts.welcomed("film")
    answer = await line.ask(type="film_stream", id=1, sha256=SHA, offset=offset)
    assert answer["type"] == "done"
    return line


async def test_film_arrives_on_a_connection_of_its_own(parts: Parts) -> None:
    laptop = await parts.welcomed("store")
    begin = await laptop.ask(type="film_begin", id=1, sha256=SHA, size=len(FILM), title="Innkomst")
    assert (begin["offset"], begin["verified"]) == (0, False)
    assert begin["free_bytes"] > 0
    line = await film_line(parts, 0)
    line.write(FILM)
    assert await line.hear() == {"type": "film_stored", "offset": len(FILM)}
    assert (await laptop.ask(type="film_commit", id=3, sha256=SHA))["type"] == "done"
    await line.close()
    listed = await laptop.ask(type="film_list", id=4)
    assert [(film["sha256"], film["verified"]) for film in listed["films"]] == [(SHA, True)]
    assert (await laptop.ask(type="film_remove", id=5, sha256=SHA))["type"] == "done"
    assert parts.films.path(SHA) is None
    await laptop.close()


async def test_refusal_of_the_store_carries_its_code(parts: Parts) -> None:
    laptop = await parts.welcomed("store")
    answer = await laptop.ask(type="film_commit", id=1, sha256=SHA)
    assert (answer["type"], answer["code"]) == ("failed", "film_offset")
    await laptop.close()


async def test_a_film_is_not_taken_from_another_place(parts: Parts) -> None:
    laptop = await parts.welcomed("store")
    await begun(laptop)
    line = await parts.welcomed("film")
    answer = await line.ask(type="film_stream", id=7, sha256=SHA, offset=1)
    assert (answer["type"], answer["id"], answer["code"]) == ("failed", 7, "film_offset")
    assert await line.hear() == {}
    for each in (laptop, line):
        await each.close()


async def test_what_has_come_before_a_connection_broke_stays(parts: Parts) -> None:
    laptop = await parts.welcomed("store")
    await begun(laptop)
    line = await film_line(parts, 0)
    line.write(FILM[:1234])
    await line.close()
    part = parts.folder / f"{SHA}.part"
    await until(lambda: part.exists() and part.stat().st_size == 1234)
    assert await begun(laptop) == 1234
    rest = await film_line(parts, 1234)
    rest.write(FILM[1234:])
    assert (await rest.hear())["offset"] == len(FILM)
    assert (await laptop.ask(type="film_commit", id=3, sha256=SHA))["type"] == "done"
    for each in (laptop, rest):
        await each.close()


async def test_who_begins_a_film_anew_takes_it_over(parts: Parts) -> None:
    """The laptop has lost its first connection, of which the headset does not know yet."""
    laptop = await parts.welcomed("store")
    await begun(laptop)
    lost = await film_line(parts, 0)
    assert await begun(laptop) == 0
    assert (await lost.hear())["type"] == "film_broken"
    assert await lost.hear() == {}
    line = await film_line(parts, 0)
    line.write(FILM)
    assert (await line.hear())["offset"] == len(FILM)
    for each in (laptop, lost, line):
        await each.close()


async def test_storage_that_fails_is_told_with_its_code(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = await parts.welcomed("store")
    await begun(laptop)
    line = await film_line(parts, 0)

    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(Arrival, "_write", broken)
    line.write(FILM)
    told = await line.hear()
    assert (told["type"], told["code"]) == ("film_broken", "storage_error")
    assert await line.hear() == {}
    for each in (laptop, line):
        await each.close()


async def test_nothing_but_a_film_comes_on_its_connection(parts: Parts) -> None:
    line = await parts.welcomed("film")
    line.say(type="film_list", id=1)
    assert await line.hear() == {}
    await line.close()
