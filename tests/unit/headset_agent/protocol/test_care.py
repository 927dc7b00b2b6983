"""What a headset needs to stay awake, and the journal by which it is put back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.care import (
    Change,
    Kind,
    read_journal,
    taken,
    wanted,
    write_journal,
)

QUEST = "booted=1\nmaker=Oculus\nbrand=oculus\npico=\n"
META = "booted=1\nmaker=Meta\nbrand=meta\n"
PICO = "booted=1\nmaker=Pico\nbrand=Pico\npico=PICO 4\npersist.psensor.sleep.delay=20\n"
PHONE = "booted=1\nmaker=Lynx\nsystem/screen_off_timeout=15000\nglobal/stay_on_while_plugged_in=0\n"

WORDS = st.from_regex(re.compile(r"[\w.,:+-]{1,64}", re.ASCII), fullmatch=True)
CHANGES = st.builds(
    Change,
    kind=st.sampled_from(Kind),
    name=st.from_regex(r"[a-z_]{1,20}(/[a-z_.]{1,30})?", fullmatch=True),
    ours=WORDS,
    former=WORDS,
)


def names(answer: str) -> list[str]:
    return [change.name for change in wanted(answer) or []]


@pytest.mark.parametrize("answer", [QUEST, META])
def test_a_quest_only_needs_what_is_over_by_itself(answer: str) -> None:
    assert [change.kind for change in wanted(answer) or []] == [Kind.SENSOR]


def test_what_was_set_on_a_pico_is_what_it_gets_back() -> None:
    former = {change.name: change.former for change in wanted(PICO) or []}
    assert former["persist.psensor.sleep.delay"] == "20"
    assert former["persist.psensor.screenoff.delay"] == "10", "nothing was set: the maker's own value"


def test_any_other_android_keeps_its_screen_on() -> None:
    assert names(PHONE) == ["system/screen_off_timeout", "global/stay_on_while_plugged_in"]


def test_what_stands_as_we_want_it_is_nothing_we_have_changed() -> None:
    assert names(PHONE.replace("=15000", "=14400000")) == ["global/stay_on_while_plugged_in"]


@pytest.mark.parametrize("strange", ["rm -rf /", "$(reboot)", "a;b", "x" * 65, "'"])
def test_value_that_no_script_may_carry_is_left_alone(strange: str) -> None:
    assert names(PHONE.replace("=15000", f"={strange}")) == ["global/stay_on_while_plugged_in"]


@pytest.mark.parametrize("answer", ["", "booted=\nmaker=Oculus\n", "sh: getprop: not found\n"])
def test_nothing_is_known_of_a_headset_that_is_not_up(answer: str) -> None:
    assert wanted(answer) is None


@pytest.mark.parametrize("unread", [PHONE.replace("=15000", "="), PHONE.replace("system/", "other/")])
def test_setting_that_could_not_be_read_is_left_alone(unread: str) -> None:
    """Put back as "nothing was set", it would be lost to whoever has set it."""
    assert names(unread) == ["global/stay_on_while_plugged_in"]


def test_setting_that_nobody_has_set_is_deleted_afterwards() -> None:
    assert [change.former for change in wanted(PHONE.replace("=15000", "=null")) or []] == ["null", "0"]


def test_what_the_headset_has_refused_was_not_changed() -> None:
    changes = wanted(PHONE) or []
    kept = taken(PHONE.replace("=15000", "=14400000"), changes)
    assert [change.name for change in kept] == ["system/screen_off_timeout"]


def test_value_that_the_headset_brings_into_its_bounds_is_put_back_all_the_same() -> None:
    """Putting back asks for the value that stands there."""
    screen, _ = taken(PHONE.replace("=15000", "=600000").replace("=0", "=7"), wanted(PHONE) or [])
    assert (screen.ours, screen.former) == ("600000", "15000")


@pytest.mark.parametrize("unread", ["", "booted=1\n", PHONE.replace("=15000", "=").replace("=0", "=7")])
def test_change_that_could_not_be_read_again_may_have_been_made(unread: str) -> None:
    changes = wanted(PHONE) or []
    assert taken(unread, changes) == changes


@given(st.lists(CHANGES, max_size=6))
def test_journal_says_what_was_changed(changes: list[Change]) -> None:
    assert read_journal(write_journal(changes, "mark")) == changes


def test_last_change_is_put_back_first() -> None:
    lines = write_journal(wanted(PHONE) or [], "mark").splitlines()
    assert [line.split()[1] for line in lines[1:]] == [
        "global/stay_on_while_plugged_in",
        "system/screen_off_timeout",
    ]


@given(st.text())
def test_any_text_is_a_journal_of_something_or_nothing(text: str) -> None:
    assert all(isinstance(change, Change) for change in read_journal(text))
