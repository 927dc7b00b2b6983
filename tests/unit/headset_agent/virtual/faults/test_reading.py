"""What people write of faults: read as meant, or refused with file, entry, key and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from headset_agent.virtual.faults.kinds import KINDS, ConsentRefused, Cut, DeviceClose, Offline, listed_kinds
from headset_agent.virtual.faults.reading import (
    FaultMistake,
    Planned,
    check_players,
    read_file,
    read_line,
)

TOML = """
[[fault]]
headset = 2
kind = "cut"
after_bytes = 10_000_000
at_s = 3
for_s = 5

[[fault]]
headset = 1
kind = "offline"
"""
JSON = (
    '{"fault": [{"headset": 2, "kind": "cut", "after_bytes": 10000000, "at_s": 3, "for_s": 5},'
    ' {"headset": 1, "kind": "offline"}]}'
)
MEANT = [
    Planned(headset=1, at_s=0.0, for_s=None, fault=Offline()),
    Planned(headset=2, at_s=3.0, for_s=5.0, fault=Cut(after_bytes=10_000_000)),
]


@pytest.mark.parametrize(("name", "text"), [("f.toml", TOML), ("f.json", JSON)])
def test_file_is_read_in_the_order_of_the_faults(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text)
    assert read_file(file, 2) == MEANT


def test_line_says_the_same_as_the_file() -> None:
    for planned in MEANT:
        assert read_line(planned.line) == (planned.fault, planned.for_s)
    assert read_line("device-close service=tcp:29360") == (DeviceClose(service="tcp:29360"), None)


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ('headset = 2\nkind = "cat"', ["fault 1 (cat)", "kind", "there are unauthorised, offline"]),
        ("headset = 2", ["fault 1", "kind: is missing"]),
        ('kind = "cut"', ["fault 1 (cut)", "headset: is missing"]),
        ('headset = 3\nkind = "cut"', ["fault 1 (cut)", "headset", "there are 2"]),
        ('headset = "2"\nkind = "cut"', ["headset", "Expected `int`"]),
        ('headset = 1\nkind = "cut"\nafter_bytes = -1', ["fault 1 (cut)", "after_bytes", ">= 0"]),
        ('headset = 1\nkind = "cut"\nafter_byte = 1', ["after_byte: unknown key"]),
        ('headset = 1\nkind = "slow-link"\nat_s = nan', ["fault 1 (slow-link)", "at_s", ">= 0"]),
        ('headset = 1\nkind = "battery-drain"\npercent = 101', ["percent", "<= 100"]),
    ],
)
def test_mistake_is_named_with_file_entry_key_and_reason(
    tmp_path: Path, entry: str, named: list[str]
) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(f"[[fault]]\n{entry}\n")
    with pytest.raises(FaultMistake) as refused:
        read_file(file, 2)
    assert all(words in str(refused.value) for words in [str(file), *named]), str(refused.value)


@pytest.mark.parametrize("text", ["", "x =", "[fault]\nheadset = 1", "\xff", "x = 1\n[[fault]]", "fault = 3"])
def test_file_that_holds_something_else_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "faults.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(FaultMistake, match=r"faults\.toml"):
        read_file(file, 2)


def test_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FaultMistake, match=r"none\.toml cannot be read: No such file"):
        read_file(tmp_path / "none.toml", 1)


@pytest.mark.parametrize("line", ["cut 5", "cut after_bytes=x", "cut for_s=-1", "nothing", "cut headset=2"])
def test_line_that_is_no_fault_is_refused(line: str) -> None:
    with pytest.raises(FaultMistake):
        read_line(line)


def test_what_a_real_browser_cannot_suffer_is_refused_for_those_that_have_one() -> None:
    planned = [Planned(headset=2, at_s=0.0, for_s=None, fault=ConsentRefused())]
    check_players(planned, chromium=1)
    with pytest.raises(FaultMistake, match="headset 2 has a Chromium; consent-refused"):
        check_players(planned, chromium=2)


def test_people_are_told_of_every_kind() -> None:
    told = listed_kinds().splitlines()
    assert [line.split()[0] for line in told] == [*KINDS]
    assert len(told) == 18
    assert all(len(line.split()) > 5 for line in told)
