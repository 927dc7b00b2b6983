"""What a headset tells of itself; what is not understood stays unknown."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_films import StoredFilm
from trainer_app.domain.headset_state import Controller, Hand, HeadsetFacts, PlayMode, Wifi
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
PROPERTIES = """[ro.build.version.incremental]: [52433670048800520]
[ro.build.version.release]: [14]
[ro.product.device]: [eureka]
[ro.product.model]: [Quest 3]
[ro.serialno]: [1WMHH000X00000]
[ro.vros.build.version]: [207]
"""
BATTERY = """Current Battery Service state:
  AC powered: false
  status: 3
  level: 42
  scale: 100
  temperature: 312
"""
ANSWERS = {
    "properties": PROPERTIES,
    "battery": BATTERY,
    "power": "  mWakefulness=Awake\n",
    "worn": "Virtual proximity state: DISABLED\nState: HEADSET_MOUNTED\n",
    "controllers": '[{"type": "RightHand", "batteryLevel": 40}, {"type": "LeftHand", "batteryLevel": 90}]',
    "wifi": "Wi-Fi is enabled\nSupplicant state: COMPLETED\nRSSI: -52\n",
    "address": "24: wlan0    inet 192.168.50.31/24 brd 192.168.50.255 scope global wlan0\n",
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
        android="14",
        build="207",
        battery_percent=42,
        charging=False,
        temperature_c=31.2,
        awake=True,
        worn=True,
        controllers=(
            Controller(hand=Hand.LEFT, battery_percent=90),
            Controller(hand=Hand.RIGHT, battery_percent=40),
        ),
        wifi=Wifi(on=True, connected=True, signal_dbm=-52, address="192.168.50.31"),
        free_bytes=4096 * 12_000_000,
        total_bytes=4096 * 30_000_000,
        films={SHA: "Innkomst på kvelden", OTHER: "Voldsomt"},
        stored=(
            StoredFilm(sha256=Sha256(SHA), size_bytes=1000, whole=True, title="Innkomst på kvelden"),
            StoredFilm(sha256=Sha256(OTHER), size_bytes=2000, whole=True, title="Voldsomt"),
        ),
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
        ("  level: 4711\n", None),
    ],
)
def test_battery(battery: str, percent: int | None) -> None:
    assert told(battery=battery).battery_percent == percent


@pytest.mark.parametrize(
    ("status", "charging"), [("2", True), ("5", True), ("3", False), ("1", None), ("x", None)]
)
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


def test_all_files_of_the_film_folder_are_told_whole_or_not() -> None:
    half, lost, third = "c" * 64, "d" * 64, "e" * 64
    files = (
        f"1000 1759399200 {SHA}.mp4\n400 1759399201 {half}.part\n7 {lost}.mp4\n"
        f"4194304 1759399202 {third}.0a1b2c3d.chunk1\n300 1759399203 manifest.json\n9 1 IMG_1.mp4\n"
    )
    here = told(manifest=MANIFEST, files=files)
    assert [(one.sha256, one.size_bytes, one.whole) for one in here.stored] == [
        (SHA, 1000, True),
        (half, 400, False),
        (lost, 7, False),
    ]
    assert here.stored[0].title == here.films[SHA]
    assert here.stored[0].since == datetime(2025, 10, 2, 10, 0, tzinfo=UTC)
    assert here.stored[2].since is None


PICO = "[pxr.vendorhw.product.model]: [PICO 4]\n[ro.product.model]: [A8110]\n"


@pytest.mark.parametrize(
    ("properties", "model"),
    [
        (PICO, "PICO 4"),
        ("[ro.product.device]: [panther]\n[ro.product.model]: [Quest]\n", "Quest 3S"),
        ("[ro.product.device]: [example]\n[ro.product.model]: [Example VR One]\n", "Example VR One"),
        ("[ro.product.model]: []\n", None),
        ("Quest 3\n", None),
    ],
)
def test_model_is_called_what_people_call_it(properties: str, model: str | None) -> None:
    assert told(properties=properties).model == model


def test_version_of_the_maker_counts_where_there_is_one() -> None:
    facts = told(properties="[ro.build.version.release]: [10]\n[ro.build.version.incremental]: [5.9]\n")
    assert (facts.android, facts.build) == ("10", "5.9")


@pytest.mark.parametrize(
    ("dump", "worn"),
    [
        ("State: HEADSET_UNMOUNTED\n", False),
        ("State: STANDBY\n", False),
        ("Virtual proximity state: CLOSE\nState: HEADSET_MOUNTED\n", None),
        ("Device idle state: Idle\n", None),
        ("State: SOMETHING_NEW\n", None),
    ],
)
def test_worn_is_unknown_while_it_is_pretended(dump: str, *, worn: bool | None) -> None:
    assert told(worn=dump).worn is worn


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("Paired device: 1, Type:   Left, Model: JEDI, Battery:  50%, Status: Active\n", 50, None),
        ("Paired device: 1, Type:  Right, Battery: -1%, Status: Disabled\n", None, None),
        ("Paired device: 1, Type:  Right, Model: RUBY, Firmware: 207.5.0\n", None, None),
        ('[{"type": "Left", "batteryLevel": 101}, {"type": "Tracker", "batteryLevel": 3}]', None, None),
        ('[{"type": "Left", "batteryLevel": "full"}]', None, None),
        ("[" * 5000, None, None),
        ("Can't find service: OVRRemoteService\n", None, None),
    ],
)
def test_battery_of_a_controller_is_never_guessed(text: str, left: int | None, right: int | None) -> None:
    levels = {one.hand: one.battery_percent for one in told(controllers=text).controllers}
    assert (levels.get(Hand.LEFT), levels.get(Hand.RIGHT)) == (left, right)


def test_controller_without_a_known_battery_is_there_all_the_same() -> None:
    facts = told(controllers="Paired device: 1, Type:  Right, Model: RUBY, Firmware: 207.5.0\n")
    assert facts.controllers == (Controller(hand=Hand.RIGHT),)


@pytest.mark.parametrize(
    ("dump", "address", "wifi"),
    [
        ("", "", None),
        ("Wi-Fi is disabled\n", "", Wifi(on=False)),
        (
            "Wi-Fi is enabled\nSupplicant state: DISCONNECTED\nRSSI: -127\n",
            "",
            Wifi(on=True, connected=False),
        ),
        ("", "24: wlan0 inet 10.0.0.7/8 brd 10.255.255.255\n", Wifi(connected=True, address="10.0.0.7")),
    ],
)
def test_wifi(dump: str, address: str, wifi: Wifi | None) -> None:
    assert told(wifi=dump, address=address).wifi == wifi


@pytest.mark.parametrize(
    ("battery", "celsius"),
    [("  temperature: -35\n", -3.5), ("  temperature: 0\n", None), ("  temperature: 99999\n", None)],
)
def test_temperature(battery: str, celsius: float | None) -> None:
    assert told(battery=battery).temperature_c == celsius


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_numbers_without_end_and_other_nonsense_are_unknown(name: str) -> None:
    for nonsense in ("9" * 5000, "level: " + "9" * 5000, "-1:-1:-1", "{" * 5000, "\x00\uffff\n[", "[]"):
        assert isinstance(told(**{name: nonsense}), HeadsetFacts)


def test_without_runtime_or_browser_it_plays_by_itself() -> None:
    assert told(runtime="").play_mode is PlayMode.TETHERED
    assert told(packages="package:com.oculus.browserx\n").play_mode is PlayMode.NONE
    assert told(packages="package:com.pico.browser\n").play_mode is PlayMode.VR
    assert told(packages="package:com.android.chrome\n").play_mode is PlayMode.VR


@given(name=st.sampled_from(sorted(ANSWERS)), junk=st.text(max_size=60))
def test_junk_in_one_answer_spoils_no_other(name: str, junk: str) -> None:
    facts = told(**{name: junk})
    if name != "properties":
        assert (facts.serial, facts.model) == ("1WMHH000X00000", "Quest 3")
    if name not in ("manifest", "files"):
        assert set(facts.films) == {SHA, OTHER}
