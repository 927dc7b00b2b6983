"""What the command line says of headsets with which something is wrong, and how it ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import Desk
from trainer_app.headsets.rehearsal import VirtualKit

FAULTS = """
[[fault]]
headset = 2
kind = "unauthorised"

[[fault]]
headset = 3
kind = "offline"

[[fault]]
headset = 4
kind = "cut"
"""


@pytest.fixture
async def pair() -> AsyncIterator[VirtualKit]:
    async with VirtualKit(2) as kit:
        yield kit


def keys_of(lines: list[dict[str, Any]]) -> list[str | None]:
    return [line["error"]["key"] if "error" in line else None for line in lines]


async def test_faults_of_a_file_are_read_in_a_list(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(FAULTS)
    async with VirtualKit(4, faults=file) as kit:
        some = await desk.run("headset", "list", "--json", "--at", ",".join(kit.addresses))
        none = await desk.run("headset", "list", "--at", ",".join(kit.addresses[3:]))
        kit.heal(2)
        kit.heal(3)
        kit.heal(4)
        all_there = await desk.run("headset", "list", "--json", "--at", ",".join(kit.addresses))
    assert (some.code, none.code, all_there.code) == (3, 1, 0)
    by_address = {line["address"]: line for line in some.document["headsets"]}
    lines = [by_address[address] for address in kit.addresses]
    assert [line["state"] for line in lines] == ["klar", "ikke_godkjent", "ikke_tilkoblet", "ikke_tilkoblet"]
    assert keys_of(lines) == [None, "link.not_accepted", "link.silent", "link.hung_up"]
    assert "Velg «Tillat alltid»" in some.stderr
    assert "sa ingenting på 5 sekunder" in some.stderr
    assert "Eldre briller tar imot én PC om gangen." in none.stderr


async def test_wrong_file_of_faults_is_wrong_use(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(FAULTS)
    refused = await desk.run("virtual-kit", "--count", "3", "--faults", str(file))
    assert refused.code == 2
    assert f"{file}, fault 3 (cut): headset: there are 3" in refused.stderr


async def test_push_names_who_is_full_or_faulty_or_cut_off_and_the_next_one_completes(
    stocked_desk: Desk, pair: VirtualKit
) -> None:
    at = ",".join(pair.addresses)
    push = ("film", "push", "all", "--json", "--at", at)
    pair.fault(1, "storage-full free_bytes=800_000")
    pair.fault(2, "write-error")
    failed = await stocked_desk.run(*push)
    assert failed.code == 1
    assert keys_of(failed.document["results"]) == ["playback.storage_full", "playback.agent_not_stored"]
    assert "har ikke plass til " in failed.stderr
    assert "kan ikke lagre programmet fra SimKoffert" in failed.stderr
    pair.heal(1)
    pair.heal(2)
    pair.fault(2, "cut after_bytes=60_000")
    partly = await stocked_desk.run(*push)
    assert partly.code == 3
    assert keys_of(partly.document["results"]) == [None, "playback.vanished"]
    assert "Brille 2 " in partly.stderr
    assert "Forbindelsen ble brutt mens noe var i gang." in partly.stderr
    pair.heal(2)
    done = await stocked_desk.run(*push)
    assert done.code == 0
    assert [result["verified"] for result in done.document["results"]] == [True, True]


async def test_play_goes_on_without_whom_it_names(stocked_desk: Desk, pair: VirtualKit) -> None:
    at = ",".join(pair.addresses)
    assert (await stocked_desk.run("film", "push", "all", "--at", at)).code == 0
    play = ("play", "Innkomst på døgnenhet", "--seconds", "1", "--json", "--at")
    pair.fault(2, "browser-gone")
    partly = await stocked_desk.run(*play, at)
    assert partly.code == 3
    assert [problem["key"] for problem in partly.document["problems"]] == ["playback.no_browser"]
    assert "Fant ingen nettleser på brillen som støtter VR." in partly.stderr
    pair.heal(2)
    pair.fault(2, "consent-refused")
    refused = await stocked_desk.run(*play, pair.addresses[1])
    assert refused.code == 1
    assert "Brille 2 " in refused.stderr
    assert "går ikke inn i VR." in refused.stderr
    assert "Ta på brillen, velg «Tillat», og prøv igjen." in refused.stderr
