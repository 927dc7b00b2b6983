"""The script that asks a headset about itself, in a real shell, with what the models' commands print."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path

import pytest

from headset_agent.virtual.answer import Answer
from headset_agent.virtual.standins import StandIns
from headset_agent.virtual.state import MODELS, HeadsetState
from tests.unit.headset_agent.virtual.test_standins import FakePlayer, FullStorage
from trainer_app.domain.headset_state import Controller, Hand, HeadsetFacts, Wifi
from trainer_app.headsets.telemetry import SCRIPT, parse_facts

_ASKED = (
    "getprop",
    "dumpsys battery",
    "dumpsys power",
    "dumpsys -t 2 vrpowermanager",
    "rstest info --json",
    "dumpsys -t 2 OVRRemoteService",
    "dumpsys -t 2 wifi",
    "ip -o -4 addr show wlan0",
    "stat -f -c %S:%b:%a /data",
    "pm list packages",
)
"""Every command of Android's that the script may run; any other fails it."""

CONNECTED = Wifi(on=True, connected=True, signal_dbm=-52, address="192.168.50.31")
BOTH = (Controller(hand=Hand.LEFT, battery_percent=100), Controller(hand=Hand.RIGHT, battery_percent=98))


def commands(answers: dict[str, Answer]) -> str:
    """Shell functions that stand for a headset's commands."""
    names = sorted({asked.split()[0] for asked in answers})
    lines = []
    for name in names:
        cases = "".join(
            f"{shlex.quote(asked)}) printf %s {shlex.quote(answer.out)}; return {answer.code};;"
            for asked, answer in answers.items()
        )
        lines.append(f'{name}() {{ case "{name}${{*:+ $*}}" in {cases} esac; exit 99; }}')
    return "\n".join(lines)


async def facts_of(model: str, scratch: Path) -> HeadsetFacts:
    standins = StandIns(HeadsetState(model, "S1", 1, lambda: 0.0), FakePlayer(), FullStorage())
    answers = {asked: await standins.run(asked.split()) for asked in _ASKED}
    process = await asyncio.create_subprocess_exec(
        "/bin/sh", "-c", f"{commands(answers)}\n{SCRIPT}", stdout=asyncio.subprocess.PIPE, cwd=scratch
    )
    output, _ = await process.communicate()
    assert "Kofferten" not in output.decode()
    return parse_facts(output.decode())


@pytest.mark.parametrize("model", MODELS)
async def test_every_model_tells_what_any_android_tells(model: str, tmp_path: Path) -> None:
    facts = await facts_of(model, tmp_path)
    assert facts.serial == "S1"
    assert (facts.battery_percent, facts.charging, facts.temperature_c) == (93, False, 31.2)
    assert (facts.awake, facts.free_bytes, facts.total_bytes) == (True, 3 * 4096, 10 * 4096)
    assert facts.has_browser is (model != "old")


async def test_quests_tell_of_wearer_and_controllers(tmp_path: Path) -> None:
    quest2, quest3 = [await facts_of(model, tmp_path) for model in ("quest2", "quest3")]
    assert (quest2.model, quest2.android, quest2.build) == ("Quest 2", "12", "10000000000000000")
    assert (quest3.model, quest3.android, quest3.build) == ("Quest 3", "14", "207")
    for facts in (quest2, quest3):
        assert (facts.worn, facts.controllers, facts.wifi) == (True, BOTH, CONNECTED)


async def test_what_others_do_not_tell_is_unknown(tmp_path: Path) -> None:
    pico, unknown = [await facts_of(model, tmp_path) for model in ("pico4", "unknown")]
    assert (pico.model, pico.worn, pico.controllers, pico.wifi) == ("PICO 4", None, (), CONNECTED)
    assert (unknown.model, unknown.worn, unknown.controllers) == ("Example VR One", None, ())
    assert unknown.wifi == Wifi(on=True, connected=False)
