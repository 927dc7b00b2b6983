"""What a headset tells of itself; what is not understood stays unknown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.domain.headset_state import HeadsetFacts, PlayMode
from trainer_app.headsets.telemetry import SCRIPT, parse_facts

SHA = "ab" * 32
OTHER = "cd" * 32
MANIFEST = json.dumps(
    {
        SHA: {"size": 1000, "suffix": ".mp4", "title": "Innkomst på kvelden"},
        OTHER: {"size": 2000, "suffix": ".webm", "title": "Voldsomt"},
    },
    indent=1,
    ensure_ascii=False,
)
ANSWERS = {
    "serial": "1WMHH000X00000\n",
    "model": "Quest 3\n",
    "pico_model": "\n",
    "battery": "Battery Service state:\n  AC powered: false\n  status: 3\n  level: 42\n  scale: 100\n",
    "power": "  mWakefulness=Awake\n",
    "storage": "4096:30000000:12000000\n",
    "manifest": MANIFEST,
    "files": f"1000 {SHA}.mp4\n2000 {OTHER}.webm\n300 manifest.json\n",
    "runtime": "yes\n",
    "packages": "package:com.android.settings\npackage:com.oculus.browser\n",
}


def told(**changes: str) -> HeadsetFacts:
    return parse_facts("".join(f"\n=SIMKOFFERT={name}\n{text}" for name, text in (ANSWERS | changes).items()))


def test_everything_is_understood() -> None:
    assert told() == HeadsetFacts(
        serial="1WMHH000X00000",
        model="Quest 3",
        battery_percent=42,
        charging=False,
        awake=True,
        free_bytes=4096 * 12_000_000,
        films={SHA: "Innkomst på kvelden", OTHER: "Voldsomt"},
        has_runtime=True,
        has_browser=True,
    )


def test_script_asks_for_every_section() -> None:
    assert all(f"=SIMKOFFERT={name};" in SCRIPT for name in ANSWERS)


def test_carriage_returns_of_an_old_shell_do_not_matter() -> None:
    text = "".join(f"\n=SIMKOFFERT={name}\n{answer}" for name, answer in ANSWERS.items())
    assert parse_facts(text.replace("\n", "\r\n")) == told()


def test_headset_that_answers_nothing_is_all_unknown() -> None:
    assert parse_facts("") == HeadsetFacts()
    assert told(**dict.fromkeys(ANSWERS, "")) == HeadsetFacts()


@pytest.mark.parametrize(
    ("battery", "percent"),
    [
        ("  level: 42\n", 42),
        ("  level: 100\n  scale: 200\n", 50),
        ("  level: 7\n  scale: 0\n", 7),
        ("  level: full\n", None),
    ],
)
def test_battery(battery: str, percent: int | None) -> None:
    assert told(battery=battery).battery_percent == percent


@pytest.mark.parametrize(("status", "charging"), [("2", True), ("5", True), ("3", False), ("x", None)])
def test_charging(status: str, *, charging: bool | None) -> None:
    assert told(battery=f"  status: {status}\n  level: 1\n").charging is charging


@pytest.mark.parametrize(("word", "awake"), [("Awake", True), ("Asleep", False), ("Dozing", False)])
def test_awake(word: str, *, awake: bool) -> None:
    assert told(power=f"mWakefulness={word}").awake is awake


@pytest.mark.parametrize("storage", ["4096:1\n", "stat: not found\n", "a:b:c\n", "1:2:3:4\n"])
def test_free_space_is_never_guessed(storage: str) -> None:
    assert told(storage=storage).free_bytes is None


@pytest.mark.parametrize(
    ("manifest", "files"),
    [
        ("{", ANSWERS["files"]),
        ('{"x": 1}', ANSWERS["files"]),
        (MANIFEST, ""),
        (MANIFEST, f"999 {SHA}.mp4\n2000 {OTHER}.mp4\n"),
        ("", ANSWERS["files"]),
    ],
    ids=["damaged", "of another kind", "without files", "of another size or suffix", "missing"],
)
def test_film_counts_only_when_manifest_and_file_agree(manifest: str, files: str) -> None:
    assert told(manifest=manifest, files=files).films == {}


def test_pico_tells_its_model_in_a_place_of_its_own() -> None:
    assert told(pico_model="PICO 4\n", model="A8110\n").model == "PICO 4"


def test_without_runtime_or_browser_it_plays_by_itself() -> None:
    assert told(runtime="").play_mode is PlayMode.MANUAL
    assert told(packages="package:com.oculus.browserx\n").play_mode is PlayMode.MANUAL
    assert told(packages="package:com.pico.browser\n").play_mode is PlayMode.VR


@given(name=st.sampled_from(sorted(ANSWERS)), junk=st.text(max_size=60))
def test_junk_in_one_answer_spoils_no_other(name: str, junk: str) -> None:
    facts = told(**{name: junk})
    if name not in ("serial", "model", "pico_model"):
        assert (facts.serial, facts.model) == ("1WMHH000X00000", "Quest 3")
    if name not in ("manifest", "files"):
        assert set(facts.films) == {SHA, OTHER}
