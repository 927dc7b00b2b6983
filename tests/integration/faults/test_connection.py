"""What the facilitator reads when a connection fails, and that it heals by itself."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.waiting import until
from tests.integration.faults.trouble import LONG_S, SIZE, Lay
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.link_errors import HeadsetSilent, LinkLost

GONE = ("Ikke tilkoblet", "Ingen kontakt siden kl. ", "Slå på brillen, eller sett i kabelen.")


async def test_unauthorised_headset_asks_for_the_wearer_and_goes_on_when_accepted(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("unauthorised")
    await suitcase.reads(
        "Ikke godkjent", "kjenner ikke denne maskinen", "Ta på brillen. Velg «Tillat alltid»"
    )
    suitcase.accept()
    await suitcase.is_(S.READY)


async def test_offline_headset_is_missed_and_is_back_when_it_speaks_again(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("offline")
    await suitcase.reads(
        "Ikke tilkoblet", "Ingen kontakt siden kl. ", "Slå på brillen, eller sett i kabelen."
    )
    assert isinstance(suitcase.headset.problem, (LinkLost, HeadsetSilent))
    suitcase.heal("offline")
    await suitcase.is_(S.READY)


async def test_film_over_a_slow_link_is_told_in_bytes_and_seconds_and_arrives(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("slow-link bytes_per_s=1_000_000 delay_ms=10")
    await suitcase.choose(1)
    filling = asyncio.create_task(suitcase.table.kit.get_ready(minutes=90))
    await suitcase.reads("Klargjøres ", "Overfører filmen: ", " av 5\N{NO-BREAK SPACE}MB", "Klar om ca. ")
    assert suitcase.headset.state is S.GETTING_READY
    suitcase.heal("slow-link")
    await filling
    await suitcase.reads("Klar | Filmen er verifisert")


async def test_lost_packets_delay_a_film_and_cost_nothing_else(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    since = len(suitcase.table.seen)
    suitcase.fault("lost-packets percent=0.5 longest_ms=400")
    await suitcase.choose(2)
    filling = asyncio.create_task(suitcase.table.kit.get_ready(minutes=90))
    await suitcase.reads("Klargjøres ", "Overfører filmen: ")
    await until(lambda: suitcase.headset.transfer is None or suitcase.headset.transfer.done_bytes > SIZE // 4)
    suitcase.heal("lost-packets")
    await filling
    await suitcase.reads("Klar | Filmen er verifisert")
    assert {now.headsets[0].state for now in suitcase.table.seen[since:]} == {S.READY, S.GETTING_READY}


async def test_film_whose_connection_is_cut_goes_on_where_it_was(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    await suitcase.choose(3, 12 << 20)
    suitcase.fault("cut after_bytes=7_000_000")
    filling = asyncio.create_task(suitcase.table.kit.get_ready(minutes=90))
    await suitcase.reads(
        "Ikke tilkoblet", "Ingen kontakt siden kl. ", "Slå på brillen, eller sett i kabelen."
    )
    await suitcase.reads("Klar | Filmen er verifisert")
    await filling
    suitcase.heal("cut")


async def test_restart_of_the_headsets_adb_in_the_film_is_told_and_healed(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.plays(4)
    suitcase.fault("adb-restart for_s=1")
    await until(lambda: suitcase.headset.on_its_own)
    assert suitcase.headset.state is S.PLAYING
    await suitcase.reads("Spiller", "Spiller videre på egen hånd. Ingen kontakt siden ")
    await until(lambda: not suitcase.headset.on_its_own)
    await suitcase.table.all_are(S.PLAYING)
    await until(lambda: abs(suitcase.headset.position_s - suitcase.table.kit.now.position_s) < 0.5)
    assert suitcase.table.kit.now.position_s < LONG_S


@pytest.mark.expects_log("Stopp alt shares the film's connection")
async def test_headset_that_takes_one_connection_only_plays_and_stops_all_the_same(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("one-client")
    await suitcase.is_(S.NOT_CONNECTED)
    await suitcase.plays(5)
    await suitcase.table.kit.stop_all()
    await suitcase.is_(S.READY)
    assert not suitcase.headset.not_dark


async def test_headset_with_small_packets_is_filled_and_plays(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("small-payload")
    await suitcase.is_(S.NOT_CONNECTED)
    await suitcase.plays(6)
    assert suitcase.headset.facts is not None
    assert suitcase.headset.facts.battery_percent is not None
    suitcase.heal("small-payload")
    await until(lambda: suitcase.headset.on_its_own)
    await until(lambda: not suitcase.headset.on_its_own)
    await suitcase.is_(S.PLAYING)


async def test_headset_with_the_old_shell_is_filled_and_plays(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("no-shell-v2")
    await suitcase.is_(S.NOT_CONNECTED)
    await suitcase.plays(7)
    assert suitcase.headset.facts is not None
    assert suitcase.headset.facts.battery_percent is not None
    await suitcase.table.kit.stop_all()
    await suitcase.is_(S.READY)


async def test_streams_that_the_headset_closes_are_opened_again(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.plays(8)
    suitcase.fault("device-close")
    await until(lambda: suitcase.headset.on_its_own)
    await suitcase.reads("Spiller", "Spiller videre på egen hånd. Ingen kontakt siden ")
    await until(lambda: not suitcase.headset.on_its_own)
    await suitcase.table.all_are(S.PLAYING)
