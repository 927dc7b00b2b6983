"""When a headset with its own player counts as dark, and which package counts as the player."""

from __future__ import annotations

import re

import pytest

from tests.fakes.shells import ShellLink
from trainer_app.headsets.manual import finding, screen

SHA = "ab" * 32
PLAYER, LAUNCHER, OTHER = "com.pvr.player", "com.android.launcher3", "com.example.cinema"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer_app.headsets.manual.screen.LOOK_S", 0.0)
    monkeypatch.setattr("trainer_app.headsets.manual.screen.ENDING_LOOK_S", 0.0)


class Screen:
    """What is in front of a wearer, and what going home changes.

    Attributes:
        coming: What is in front at the next looks; the last one stays.
        after_home: The same once somebody has gone home.
        note: What was noted of a film: its start by the headset's clock, its length, its player.
    """

    def __init__(
        self, *coming: str | None, after_home: tuple[str | None, ...] = (LAUNCHER,), note: str = ""
    ) -> None:
        self.coming = list(coming)
        self.after_home = list(after_home)
        self.note = note
        self.home: str | None = LAUNCHER
        self.uptime_s = 1000
        self.ended: list[str] = []
        self.link = ShellLink(self.answer)

    def answer(self, script: str) -> str:
        if "KEYCODE_HOME" in script:
            return self._end(script)
        if "category.HOME" in script:
            return f"{self.home}/.Launcher\n" if self.home else "No activity found\n"
        if "playing $(cat" in script:
            return f"playing {self.note}\nuptime {self.uptime_s}.00 1.00\n{self._front()}"
        if f"rm -f {screen.PLAYING}" in script:
            self.note = ""
        return self._front() if "dumpsys" in script else ""

    def _end(self, script: str) -> str:
        told = self._front()
        named = re.search(r"in \$noted(.*?); do", script)
        assert named is not None
        players = [*self.note.split()[3:], *named[1].split()]
        self.ended += players
        self.coming = self.after_home
        return told + "=SIMKOFFERT=ending\n" + "".join(f"ended {player}\n" for player in players)

    def _front(self) -> str:
        now = self.coming.pop(0) if len(self.coming) > 1 else self.coming[0]
        return f"  mResumedActivity: ActivityRecord{{1 u0 {now}/.A t1}}\n" if now else "\n"


@pytest.mark.parametrize("title", ["The-Exception", "Error", "unable to resolve"])
def test_a_film_of_any_title_is_opened(title: str) -> None:
    told = f"Starting: Intent {{ act=VIEW dat=file:///sdcard/Movies/{title}.mp4 typ=video/mp4 }}\n"
    assert screen.parse_refusal(told) is None
    refused = "Error: Activity not started, unable to resolve Intent { act=VIEW }"
    assert screen.parse_refusal(f"{told}\n{refused}\n") == refused
    assert screen.parse_refusal(f"{told}java.lang.SecurityException: Permission Denial\n") is not None


@pytest.mark.parametrize(
    ("shown", "dark"),
    [
        (Screen(PLAYER), True),
        (Screen(PLAYER, after_home=(PLAYER, None, LAUNCHER)), True),
        (Screen(LAUNCHER), True),
        (Screen(OTHER, after_home=(OTHER,)), False),
        (Screen(PLAYER, after_home=(PLAYER,)), False),
        (Screen(PLAYER, after_home=(LAUNCHER, PLAYER)), False),
        (Screen(PLAYER, after_home=(None,)), False),
    ],
    ids=["ended", "slowly", "left before", "another plays on", "plays on", "comes back", "not told"],
)
async def test_dark_is_what_shows_something_else_and_goes_on_to(shown: Screen, dark: bool) -> None:
    assert await screen.end(shown.link, PLAYER) is dark
    assert shown.ended == [PLAYER]


async def test_what_home_leaves_in_front_is_not_dark_where_nobody_knows_that_it_is_home() -> None:
    shown = Screen(LAUNCHER)
    shown.home = None
    assert await screen.end(shown.link, PLAYER) is False


@pytest.mark.parametrize(
    ("note", "front", "ended"),
    [
        (f"{SHA} 900 600 {PLAYER}", PLAYER, [PLAYER]),
        (f"{SHA} 300 600 {PLAYER}", PLAYER, [PLAYER]),
        (f"{SHA} 300 600 {PLAYER}", OTHER, []),
        (f"{SHA} 300 600", OTHER, []),
        (f"{SHA} 5000 600 {PLAYER}", PLAYER, []),
    ],
    ids=[
        "on",
        "over, and its player is open",
        "over and left",
        "over, in no known player",
        "before a restart",
    ],
)
async def test_a_film_that_is_long_over_ends_nobody(note: str, front: str, ended: list[str]) -> None:
    shown = Screen(front, note=note)
    assert await screen.end_noted(shown.link)
    assert (shown.ended, shown.note) == (ended, "")


async def test_a_film_of_days_ago_does_not_end_its_player() -> None:
    shown = Screen(PLAYER, note=f"{SHA} 300 600 {PLAYER}")
    shown.uptime_s = 200_000
    assert await screen.end_noted(shown.link)
    assert shown.ended == []


async def test_a_film_in_a_player_that_nobody_knows_is_not_said_to_be_dark() -> None:
    assert await screen.end_noted(Screen(OTHER, note=f"{SHA} 900 600").link) is False


@pytest.mark.parametrize(
    ("coming", "found"),
    [
        ([LAUNCHER, PLAYER], PLAYER),
        ([None, LAUNCHER, "android", "android", PLAYER], PLAYER),
        ([OTHER, None, PLAYER], PLAYER),
        ([LAUNCHER, LAUNCHER], None),
        (["android", "android"], None),
    ],
    ids=["at once", "chosen first", "passing", "never", "never chosen"],
)
async def test_the_player_is_what_comes_to_the_front_and_stays(
    coming: list[str | None], found: str | None
) -> None:
    shown = Screen(None, None, "com.android.settings")
    none_of = await finding.others(shown.link)
    assert none_of == {LAUNCHER, "com.android.settings"}, "it was asleep, and has woken"
    shown.coming = coming
    assert await finding.player(shown.link, none_of) == found


async def test_where_nobody_knows_what_was_there_before_nothing_is_taken_for_the_player() -> None:
    shown = Screen(None)
    shown.home = None
    none_of = await finding.others(shown.link)
    shown.coming = [LAUNCHER]
    assert await finding.player(shown.link, none_of) is None
