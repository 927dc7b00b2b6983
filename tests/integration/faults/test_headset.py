"""What the facilitator reads when something is wrong with a headset itself, and that it heals by itself."""

from __future__ import annotations

from functools import partial

import pytest

from tests.fakes.waiting import until
from tests.integration.faults.trouble import Lay
from tests.integration.live.table import Devices
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.live_kit import KitNow


def test_fault_that_is_typed_wrong_is_told(devices: Devices) -> None:
    devices.process.write("fault 1 cut after_bytes=much")
    assert devices.process.complaint() == "cut: after_bytes: Expected `int`, got `str`\n"
    devices.process.write("heal 1 cut")
    assert devices.process.complaint() == "This headset has no fault 'cut'.\n"
    devices.process.write("fault 3 cut")
    assert "N is a headset's number" in devices.process.complaint()


async def test_headset_that_sleeps_before_the_film_wakes_and_is_ready(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("asleep")
    await suitcase.reads("Sover", "Skjermen er av.", "Våkner av seg selv når du klargjør.")
    suitcase.heal("asleep")
    await suitcase.is_(S.READY)


async def test_headset_put_down_in_the_film_is_taken_off_and_joins_when_it_is_worn(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.plays(11)
    suitcase.fault("asleep")
    await suitcase.reads("Tatt av", "Brillen har vært av i ", "Ta den på, så blir den med på riktig sted.")
    suitcase.heal("asleep")
    await suitcase.table.all_are(S.PLAYING)


async def test_nearly_empty_battery_is_told_before_the_film_until_it_is_charged(
    lay: Lay,
) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("battery-drain percent=9")
    await suitcase.reads("Lavt batteri", "Holder ca. ", "Sett den til lading, eller bytt brille.")
    suitcase.heal("battery-drain")
    await suitcase.is_(S.READY)


async def test_full_storage_is_told_and_the_film_arrives_when_there_is_room(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("storage-full free_bytes=1_000_000")
    await suitcase.choose(12)
    await suitcase.table.kit.get_ready(minutes=90)
    await suitcase.reads("Fullt lager", "Filmen trenger 5\N{NO-BREAK SPACE}MB.", " er ledig.")
    suitcase.heal("storage-full")
    await suitcase.reads("Klar | Filmen er verifisert")


async def test_storage_that_fails_is_told_and_the_film_arrives_when_it_works_again(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.is_(S.READY)
    suitcase.fault("write-error")
    await suitcase.choose(13)
    await suitcase.table.kit.get_ready(minutes=90)
    await suitcase.reads("Feil", "kan ikke lagre Innkomst", "Start brillen på nytt")
    suitcase.heal("write-error")
    await suitcase.reads("Klar | Filmen er verifisert")


async def test_agent_killed_in_the_film_is_started_again_and_the_film_goes_on(lay: Lay) -> None:
    suitcase = await lay(1)
    await suitcase.plays(14)
    suitcase.fault("agent-killed for_s=0.5")
    await until(lambda: suitcase.headset.on_its_own)
    assert suitcase.headset.state is S.PLAYING
    await suitcase.reads("Spiller", "Spiller videre på egen hånd.")
    await until(lambda: not suitcase.headset.on_its_own)
    await suitcase.table.all_are(S.PLAYING)
    await until(lambda: abs(suitcase.headset.position_s - suitcase.table.kit.now.position_s) < 0.5)


async def test_clock_that_jumps_in_the_film_and_back_is_followed(lay: Lay) -> None:
    suitcase = await lay(1, 2)
    await suitcase.plays(15)

    table = suitcase.table
    begun = len(table.seen)

    def is_astray(now: KitNow) -> bool:
        headset = next(each for each in now.headsets if each.serial == suitcase.headset.serial)
        return abs(headset.position_s - now.position_s) > 0.5

    def was_astray(since: int) -> bool:
        return any(is_astray(now) for now in table.seen[since:])

    for change in ("fault", "heal"):
        since = len(table.seen)
        if change == "fault":
            suitcase.fault("wrong-clock offset_s=3600")
        else:
            suitcase.heal("wrong-clock")
        # It may be back before anybody looks; what people saw of it is kept.
        await until(partial(was_astray, since))
        await until(lambda: suitcase.headset.state is S.PLAYING and not is_astray(table.kit.now))
    assert suitcase.headset.problem is None
    others = (h for now in table.seen[begun:] for h in now.headsets)
    assert {h.state for h in others if h.serial != suitcase.headset.serial} == {S.PLAYING}


async def test_browser_that_is_gone_is_told_and_the_film_is_back_with_it(lay: Lay) -> None:
    suitcase = await lay(1, 2)
    await suitcase.plays(16)
    suitcase.fault("browser-gone")
    await suitcase.reads_in_film("kan ikke vise film", "Fant ingen nettleser", "nettleseren på brillen")
    assert suitcase.headset.state is S.FAULT
    suitcase.heal("browser-gone")
    await suitcase.table.all_are(S.PLAYING)


@pytest.mark.expects_log("page of headset .* xr_refused the wearer said no")
async def test_vr_that_the_wearer_refuses_is_told_and_begins_when_they_allow_it(lay: Lay) -> None:
    suitcase = await lay(1, 2)
    await suitcase.ready(17)
    suitcase.fault("consent-refused")
    await suitcase.table.kit.start_film(from_s=100.0)
    await suitcase.reads_in_film("går ikke inn i VR", "sa nei til VR-visning", "Ta på brillen, velg «Tillat»")
    assert suitcase.headset.state is S.FAULT
    suitcase.heal("consent-refused")
    await suitcase.table.all_are(S.PLAYING)
