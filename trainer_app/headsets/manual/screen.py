"""What a headset's own player shows: starting a film in it, ending it, and asking what is in front.

It imports next to nothing: *Stopp alt* of the command line comes here as well.
"""

from __future__ import annotations

import asyncio
import re
import shlex
from dataclasses import dataclass

from trainer_app.headsets.link import HeadsetLink, is_missing, run
from trainer_app.headsets.manual.shelf import HOME

PLAYING = f"{HOME}/playing"
"""Which film was started, when by the headset's own clock, and in which player."""

_FRONT = (
    "dumpsys activity activities | grep -E 'ResumedActivity'; dumpsys window | grep -E 'mCurrentFocus'; true"
)
_RESUMED = re.compile(r"ResumedActivity(?:: |=)ActivityRecord\{\S+ (?:u\d+ )?([\w.]+)/")
_FOCUS = re.compile(r"mCurrentFocus=Window\{\S+ (?:u\d+ )?([\w.]+)/")
"""AOSP: ActivityStackSupervisor.java, later RootWindowContainer.java, tell of the activity
(``mResumedActivity: ``, ``topResumedActivity=``), DisplayContent.java of the window."""

_REFUSED = re.compile(r"Error\b|.*Exception\b|.*unable to resolve")
"""``am`` ends with 0 also when nothing was opened (AOSP: Am.java, ActivityManagerShellCommand.java)."""

_REPEATED = "Starting:"
"""So a line begins in which ``am`` repeats what it was told, names of films included."""

_IS_HOME = "-a android.intent.action.MAIN -c android.intent.category.HOME"
_HOME_PROCESS = re.compile(r"mHomeProcess: ProcessRecord\{\S+ [0-9]+:([\w.]+)")
"""AOSP: ActivityManagerService.java, later ActivityTaskManagerService.java."""

_COMPONENT = re.compile(r"^([\w.]+)/[\w.$]+\r?$", re.MULTILINE)
_PLAYING = re.compile(
    r"^playing ([0-9a-f]{64}) ([0-9]{1,10}(?:\.[0-9]{1,3})?) ([0-9]{1,9}) ?([\w.]*)\r?$", re.MULTILINE
)
_UPTIME = re.compile(r"^uptime ([0-9]{1,10}\.[0-9]+)", re.MULTILINE)
ASKING = frozenset(
    {
        "android",
        "com.android.systemui",
        "com.android.packageinstaller",
        "com.google.android.packageinstaller",
        "com.android.permissioncontroller",
        "com.google.android.permissioncontroller",
    }
)
"""What Android puts in front while it asks: which player is to be taken, whether it may read films."""

_ENDING = "=SIMKOFFERT=ending"
_HELD_S = 1800.0
"""So long after its time a film may still be on: who wears the headset can pause it in the player."""

LOOK_S = 0.5
"""While a player opens, the headset is looked at so often."""

ENDING_LOOK_S = 0.2
_LOOKS = 10
_IN_A_ROW = 2
"""After *Stopp alt* more often, because somebody waits; so many looks in a row have to say the same."""

_ASK_S = 10.0
_START_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A film that the headset's own player shows, for so many seconds."""

    sha256: str
    since_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """What was started here last, and what is in front now. ``package``: empty where nobody knew."""

    sha256: str
    since_s: float
    lasts_s: float
    package: str
    front: str | None

    @property
    def is_in_time(self) -> bool:
        """A headset that was started anew since has forgotten its film."""
        return 0 <= self.since_s < self.lasts_s

    @property
    def is_left(self) -> bool:
        """The headset says that something else is in front."""
        return bool(self.package) and self.front not in (None, self.package)

    @property
    def is_past(self) -> bool:
        """Whatever is on now is none of ours."""
        is_held = self.package == self.front and 0 <= self.since_s < self.lasts_s + _HELD_S
        return not self.is_in_time and not is_held


class PlayerRefuses(Exception):
    """No player has taken the film; the text is what the headset said."""


def parse_front(told: str) -> str | None:
    """The package whose window is in front; None: it does not tell."""
    found = _RESUMED.search(told) or _FOCUS.search(told)
    return found[1] if found else None


def parse_refusal(said: str) -> str | None:
    """Why ``am start`` has opened nothing; None: it has."""
    lines = (line.strip() for line in said.splitlines())
    return next((line for line in lines if not line.startswith(_REPEATED) and _REFUSED.match(line)), None)


async def front(link: HeadsetLink) -> str | None:
    """Which package is in front; None: the headset does not tell. Raises LinkLost."""
    return parse_front(await _told(link, _FRONT, _ASK_S))


async def player_package(link: HeadsetLink, intents: tuple[str, ...]) -> str | None:
    """The package that would open the film, the best intent first; None: the headset does not tell."""
    for intent in intents:
        found = _resolved(await _told(link, _resolving(intent), _ASK_S))
        if found is not None:
            return found
    return None


async def homes(link: HeadsetLink) -> frozenset[str]:
    """What is in front when nothing else is, as far as the headset tells. Raises LinkLost."""
    ask = f"{_resolving(_IS_HOME)}; dumpsys activity processes | grep mHomeProcess; true"
    told = await _told(link, ask, _ASK_S)
    return frozenset(filter(None, (_resolved(told), *_HOME_PROCESS.findall(told))))


def _resolving(intent: str) -> str:
    """Shell. It is there from Android 7 on (AOSP: PackageManagerShellCommand.java)."""
    return f"cmd package resolve-activity --brief {intent} 2>/dev/null; true"


def _resolved(told: str) -> str | None:
    found = [str(name) for name in _COMPONENT.findall(told) if name not in ASKING]
    return found[-1] if found else None


async def wake(link: HeadsetLink) -> None:
    """Turn the screen on. Raises LinkLost."""
    await run(link, "input keyevent KEYCODE_WAKEUP", timeout_s=_ASK_S)


async def start(
    link: HeadsetLink, sha256: str, lasts_s: float, intents: tuple[str, ...], package: str | None
) -> None:
    """Open a film from its beginning; ``lasts_s``: its length.

    A player that is open already would go on where it was, so it is ended first. What is noted before stays
    also when the laptop is gone in the same moment: whoever comes next knows what to end.

    Raises:
        PlayerRefuses: nothing opens it.
        LinkLost: the connection is gone.
    """
    note = f"{sha256} $(cut -d' ' -f1 /proc/uptime) {round(lasts_s)} {package or ''}"
    first = f'mkdir -p {HOME}; echo "{note}" > {PLAYING}; '
    if package is not None:
        first += f"am force-stop {shlex.quote(package)}; "
    said = ""
    for intent in intents:
        said = await _told(link, f"{first}am start {intent} 2>&1", _START_S)
        refused = parse_refusal(said)
        if refused is None:
            return
        said, first = refused, ""
    await _forget(link)
    raise PlayerRefuses(said)


async def note_player(link: HeadsetLink, package: str) -> None:
    """The player has shown which package it is. Raises LinkLost."""
    fresh = f"{PLAYING}.new"
    script = (
        f'read sha at lasts former < {PLAYING} && echo "$sha $at $lasts" {shlex.quote(package)} > {fresh} '
        f"&& mv -f {fresh} {PLAYING}"
    )
    await run(link, script, timeout_s=_ASK_S)


async def playing(link: HeadsetLink) -> Played | None:
    """The film that was started here and is still in front, as far as the headset tells. Raises LinkLost."""
    noted = await _noted(link)
    if noted is None or noted.is_left or not noted.is_in_time:
        return None
    return Played(sha256=noted.sha256, since_s=noted.since_s)


async def _noted(link: HeadsetLink) -> _Noted | None:
    """None: there is no note, or nobody understands it."""
    ask = f'echo "playing $(cat {PLAYING} 2>/dev/null)"; echo "uptime $(cat /proc/uptime)"; {_FRONT}'
    told = await _told(link, ask, _ASK_S)
    noted, now = _PLAYING.search(told), _UPTIME.search(told)
    if noted is None or now is None:
        return None
    return _Noted(
        sha256=noted[1],
        since_s=float(now[1]) - float(noted[2]),
        lasts_s=int(noted[3]),
        package=noted[4],
        front=parse_front(told),
    )


async def end(link: HeadsetLink, package: str | None) -> bool:
    """End the player and go home; True when the headset says that something else is in front, and stays.

    Raises:
        LinkLost: the connection is gone.
    """
    named = f" {shlex.quote(package)}" if package else ""
    stop = (
        f"{_FRONT}; echo {_ENDING}; noted=$(cut -d' ' -f4 {PLAYING} 2>/dev/null); "
        f'for player in $noted{named}; do am force-stop "$player"; echo "ended $player"; done; '
        "input keyevent KEYCODE_HOME"
    )
    before, _, told = (await _told(link, stop, _ASK_S)).partition(_ENDING)
    ended = frozenset(re.findall(r"^ended ([\w.]+)", told, re.MULTILINE))
    if not ended or not await _is_gone(link, ended, parse_front(before)):
        return False
    await _forget(link)
    return True


async def _is_gone(link: HeadsetLink, ended: frozenset[str], before: str | None) -> bool:
    clear = 0
    for _ in range(_LOOKS):
        clear = clear + 1 if await _is_clear(link, ended, before) else 0
        if clear == _IN_A_ROW:
            return True
        await asyncio.sleep(ENDING_LOOK_S)
    return False


async def _is_clear(link: HeadsetLink, ended: frozenset[str], before: str | None) -> bool:
    """Where going home changed nothing, it was there already, or something runs on that nobody has ended."""
    now = await front(link)
    if now is None or now in ended:
        return False
    return now != before or now in await homes(link)


async def end_noted(link: HeadsetLink) -> bool:
    """End what was started here, by whatever program; True: nothing of ours is in front. Raises LinkLost."""
    if await is_missing(link, PLAYING):
        return True
    noted = await _noted(link)
    if noted is None or not noted.is_past:
        return await end(link, None)
    await _forget(link)
    return True


async def _forget(link: HeadsetLink) -> None:
    await run(link, f"rm -f {PLAYING}", timeout_s=_ASK_S)


async def _told(link: HeadsetLink, script: str, timeout_s: float) -> str:
    result = await run(link, script, timeout_s=timeout_s)
    return (result.stdout + b"\n" + result.stderr).decode(errors="replace")
