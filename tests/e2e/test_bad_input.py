"""What is wrong is said clearly, in the user's language, and changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from headset_agent.devtools import DevTools
from headset_agent.protocol.messages import CONTROL_PORT
from tests.e2e.commands import Desk
from tests.e2e.conftest import TITLE, addresses, pushed
from trainer_app.headsets.rehearsal import VirtualKit

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def three(library: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[VirtualKit]:
    """Three headsets, of which the first two have the film."""
    async with VirtualKit(count=3) as kit:
        await pushed(Desk(tmp_path_factory.mktemp("filling")).stocked(library), ",".join(kit.addresses[:2]))
        yield kit


async def test_an_address_where_nothing_or_something_else_answers(desk: Desk) -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        http = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        listed = await desk.run("headset", "list", "--at", f"127.0.0.1:1,{http}", "--json")
    assert listed.code == 1
    nobody, other = listed.document["headsets"]
    assert (nobody["state"], other["state"]) == ("ikke_tilkoblet", "ikke_tilkoblet")
    assert "127.0.0.1:1" in nobody["error"]["what"]
    assert nobody["error"]["key"] == "link.nothing_listens"
    assert http in other["error"]["what"]
    assert other["error"]["key"] == "link.not_a_headset"


async def test_a_second_controller_is_told_who_leads(
    stocked_desk: Desk, three: VirtualKit, tmp_path: Path, library: Path
) -> None:
    other_desk = Desk(tmp_path / "other").stocked(library)
    at = three.addresses[0]
    async with await stocked_desk.start("play", TITLE, "--at", at, "--seconds", "8", "--json") as play:
        await play.heard("Filmen starter")
        refused = await other_desk.run("play", TITLE, "--at", at, "--seconds", "1", "--json")
        first = await play.ended()
    assert refused.code == 1
    (problem,) = refused.document["problems"]
    assert problem["key"] == "playback.busy"
    assert "SimKoffert på" in problem["why"]
    # The one who leads has not noticed anything.
    assert first.code == 0, first.stderr
    assert first.document["headsets"][0]["start_error_ms"] is not None


async def test_a_film_that_is_not_on_the_headset(stocked_desk: Desk, three: VirtualKit) -> None:
    played = await stocked_desk.run("play", TITLE, "--at", three.addresses[2], "--json")
    assert played.code == 1
    (problem,) = played.document["problems"]
    assert problem["key"] == "playback.film_missing"
    assert TITLE in problem["what"]


async def test_a_headset_that_vanishes_during_play(stocked_desk: Desk, three: VirtualKit) -> None:
    """The others play on; the receipt has them, the message names the one that is gone."""
    async with VirtualKit(count=1) as doomed:
        at = ",".join([*three.addresses[:2], *doomed.addresses])
        await pushed(stocked_desk, at)
        async with await stocked_desk.start("play", TITLE, "--at", at, "--seconds", "6", "--json") as play:
            await play.heard("Filmen starter")
            await doomed.__aexit__(None, None, None)
            ended = await play.ended()
    assert ended.code == 3
    (problem,) = ended.document["problems"]
    assert problem["key"] == "playback.vanished"
    assert problem["serial"] == doomed.headsets[0].serial
    started = {h["serial"]: h["start_error_ms"] for h in ended.document["headsets"]}
    assert all(started[headset.serial] is not None for headset in three.headsets[:2])


async def test_a_headset_that_vanishes_while_it_prepares(stocked_desk: Desk, three: VirtualKit) -> None:
    async with VirtualKit(count=1, player="chromium") as doomed:
        at = f"{three.addresses[0]},{addresses(doomed)}"
        await pushed(stocked_desk, at)
        async with await stocked_desk.start("play", TITLE, "--at", at, "--seconds", "2", "--json") as play:
            async with DevTools(f"tcp:{doomed.headsets[0].devtools}") as browser:
                await (await browser.page("http://127.", timeout=60.0)).close()
            await doomed.__aexit__(None, None, None)
            ended = await play.ended()
    assert ended.code == 3
    (problem,) = ended.document["problems"]
    assert problem["key"] == "playback.vanished"


async def test_something_else_on_the_agents_port(stocked_desk: Desk) -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-something else\r\n")
        await writer.drain()
        writer.close()

    async with VirtualKit(count=1) as kit:
        host = kit.headsets[0].address
        assert host is not None
        async with await asyncio.start_server(talk, host, CONTROL_PORT):
            push = await stocked_desk.run("film", "push", "all", "--at", addresses(kit), "--json")
    assert push.code == 1
    assert len(push.document["results"]) == 1, push
    (result,) = push.document["results"]
    assert result["error"]["key"] == "playback.not_agent"


async def test_an_unknown_computer_waits_to_be_accepted(desk: Desk) -> None:
    """Waiting for "accept in the headset" is a state: listed at once, and waited for by what needs it."""
    async with VirtualKit(count=1, require_auth=True) as kit:
        listed = await desk.run("headset", "list", "--at", addresses(kit), "--json")
        async with await desk.start("headset", "identify", "--at", addresses(kit)) as identify:
            await identify.heard("kjenner ikke denne maskinen")
            ending = asyncio.create_task(identify.ended())
            while not ending.done():
                # The question may still be on its way to the headset: who wears it answers when it is there.
                kit.accept(1)
                await asyncio.wait([ending], timeout=0.5)
            accepted = ending.result()
        again = await desk.run("headset", "list", "--at", addresses(kit), "--json")
    assert listed.code == 1
    assert listed.document["headsets"][0]["state"] == "ikke_godkjent"
    assert accepted.code == 0, accepted.stderr
    assert accepted.stdout == "Antall briller som viste nummeret sitt: 1.\n"
    assert again.document["headsets"][0]["state"] == "klar"


async def test_wrong_words_are_explained(desk: Desk) -> None:
    wrong = await desk.run("play")
    assert wrong.code == 2
    assert "Kommandoen er ikke skrevet riktig." in wrong.stderr
    english = await desk.run("--lang", "en", "film", "push", "all", "--at", "nowhere")
    assert english.code == 2
    assert "The command is not written correctly." in english.stderr
