"""What is wrong is said clearly, in the user's language, and changes nothing."""

from __future__ import annotations

import asyncio
import json
import struct
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from headset_agent.devtools import DevTools
from headset_agent.protocol.messages import CONTROL_PORT
from tests.e2e.commands import Desk
from tests.e2e.conftest import TITLE, addresses
from trainer_app.cli.main import main
from trainer_app.headsets.rehearsal import VirtualKit
from trainer_app.texts.catalogue import Texts

pytestmark = pytest.mark.slow


def text_file(folder: Path, _film: Path) -> Path:
    file = folder / "notat om økten.mp4"
    file.write_text("Dette er ikke en film.", encoding="utf-8")
    return file


def cut_film(folder: Path, film: Path) -> Path:
    file = folder / "avkuttet film.mp4"
    content = film.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    return file


def picture(folder: Path, _film: Path) -> Path:
    file = folder / "bilde æøå.png"
    Image.new("RGB", (64, 32), "navy").save(file)
    return file


def a_folder(folder: Path, _film: Path) -> Path:
    file = folder / "en mappe"
    file.mkdir()
    return file


def sound(folder: Path, _film: Path) -> Path:
    file = folder / "lyd.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(48000)
        out.writeframes(struct.pack("<4800h", *range(4800)))
    return file


def without_index(folder: Path, film: Path) -> Path:
    file = folder / "uten indeks.mp4"
    file.write_bytes(film.read_bytes().replace(b"moov", b"free"))
    return file


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (text_file, "film.not_video"),
        (cut_film, "film.truncated"),
        (picture, "film.is_picture"),
        (a_folder, "film.is_folder"),
        (sound, "film.only_sound"),
        (without_index, "film.no_moov"),
    ],
)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_what_is_no_film_is_refused(
    make: Callable[[Path, Path], Path],
    key: str,
    lang: str,
    tmp_path: Path,
    film_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = make(tmp_path, film_file)
    data = tmp_path / "data"
    words = ["film", "import", str(file), "--theme", "INN", "--lang", lang, "--json"]
    assert main(["--data", str(data), *words]) == 1
    said = capsys.readouterr()
    error = json.loads(said.out)["error"]
    assert error["key"] == key
    assert file.name in error["what"]
    assert said.err.splitlines()[-3:] == [error["what"], error["why"], error["next"]]
    pattern = Texts(lang).pattern(f"{key}.next")
    assert error["next"].startswith(pattern.partition("{")[0])
    assert main(["--data", str(data), "film", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["films"] == []
    assert not list((data / "films").glob("*"))
    assert file.exists()


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


async def pushed(desk: Desk, at: str) -> None:
    """Have all films on the headsets."""
    done = await desk.run("film", "push", "all", "--at", at)
    assert done.code == 0, done.stderr


async def test_a_second_controller_is_told_who_leads(
    stocked_desk: Desk, tmp_path: Path, library: Path
) -> None:
    other_desk = Desk(tmp_path / "other").stocked(library)
    async with VirtualKit(count=1) as kit:
        await pushed(stocked_desk, addresses(kit))
        async with await stocked_desk.start(
            "play", TITLE, "--at", addresses(kit), "--seconds", "8", "--json"
        ) as play:
            await play.heard("Filmen starter")
            refused = await other_desk.run("play", TITLE, "--at", addresses(kit), "--seconds", "1", "--json")
            first = await play.ended()
    assert refused.code == 1
    (problem,) = refused.document["problems"]
    assert problem["key"] == "playback.busy"
    assert "SimKoffert på" in problem["why"]
    # The one who leads has not noticed anything.
    assert first.code == 0, first.stderr
    assert first.document["headsets"][0]["start_error_ms"] is not None


async def test_a_film_that_is_not_on_the_headset(stocked_desk: Desk) -> None:
    async with VirtualKit(count=1) as kit:
        played = await stocked_desk.run("play", TITLE, "--at", addresses(kit), "--json")
    assert played.code == 1
    (problem,) = played.document["problems"]
    assert problem["key"] == "playback.film_missing"
    assert TITLE in problem["what"]


async def test_a_headset_that_vanishes_during_play(stocked_desk: Desk) -> None:
    """The others play on; the receipt has them, the message names the one that is gone."""
    async with VirtualKit(count=2) as kit, VirtualKit(count=1) as doomed:
        at = f"{addresses(kit)},{addresses(doomed)}"
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
    assert all(started[headset.serial] is not None for headset in kit.headsets)


async def test_a_headset_that_vanishes_while_it_prepares(stocked_desk: Desk) -> None:
    async with VirtualKit(count=1) as kit, VirtualKit(count=1, player="chromium") as doomed:
        at = f"{addresses(kit)},{addresses(doomed)}"
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
    assert result["error"]["key"] in {"playback.not_agent", "playback.agent_start"}


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
    assert again.document["headsets"][0]["state"] == "klar"


async def test_wrong_words_are_explained(desk: Desk) -> None:
    wrong = await desk.run("play")
    assert wrong.code == 2
    assert "Kommandoen er ikke skrevet riktig." in wrong.stderr
    english = await desk.run("--lang", "en", "film", "push", "all", "--at", "nowhere")
    assert english.code == 2
    assert "The command is not written correctly." in english.stderr
