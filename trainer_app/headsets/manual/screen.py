"""What a headset's own player shows: starting a film in it, ending it, and asking what is in front.

It imports next to nothing: *Stopp alt* of the command line comes here as well.
"""

from __future__ import annotations

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

_REFUSED = re.compile(r"^\s*(?:Error\b|.*Exception\b|.*unable to resolve).*$", re.MULTILINE)
"""``am`` ends with 0 also when nothing was opened (AOSP: Am.java, ActivityManagerShellCommand.java)."""

_COMPONENT = re.compile(r"^([\w.]+)/[\w.$]+\r?$", re.MULTILINE)
_PLAYING = re.compile(
    r"^playing ([0-9a-f]{64}) ([0-9]{1,10}(?:\.[0-9]{1,3})?) ([0-9]{1,9}) ?([\w.]*)\r?$", re.MULTILINE
)
_UPTIME = re.compile(r"^uptime ([0-9]{1,10}\.[0-9]+)", re.MULTILINE)
_CHOOSERS = ("android", "com.android.systemui")
"""What Android puts in front while it asks which of several players is to be taken."""

_ASK_S = 10.0
_START_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A film that the headset's own player shows, for so many seconds."""

    sha256: str
    since_s: float


class PlayerRefuses(Exception):
    """No player has taken the film; the text is what the headset said."""


def parse_front(told: str) -> str | None:
    """The package whose window is in front; None: it does not tell."""
    found = _RESUMED.search(told) or _FOCUS.search(told)
    return found[1] if found else None


async def front(link: HeadsetLink) -> str | None:
    """Which package is in front; None: the headset does not tell. Raises LinkLost."""
    return parse_front(await _told(link, _FRONT, _ASK_S))


async def player_package(link: HeadsetLink, intents: tuple[str, ...]) -> str | None:
    """The package that would open the film, the best intent first; None: the headset does not tell.

    ``cmd package resolve-activity`` is there from Android 7 on (AOSP: PackageManagerShellCommand.java).
    """
    for intent in intents:
        told = await _told(link, f"cmd package resolve-activity --brief {intent} 2>/dev/null; true", _ASK_S)
        found = [name for name in _COMPONENT.findall(told) if name not in _CHOOSERS]
        if found:
            return str(found[-1])
    return None


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
        refused = _REFUSED.search(said)
        if refused is None:
            return
        said, first = refused[0].strip(), ""
    await run(link, f"rm -f {PLAYING}", timeout_s=_ASK_S)
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
    ask = f'echo "playing $(cat {PLAYING} 2>/dev/null)"; echo "uptime $(cat /proc/uptime)"; {_FRONT}'
    told = await _told(link, ask, _ASK_S)
    noted, now = _PLAYING.search(told), _UPTIME.search(told)
    if noted is None or now is None or (noted[4] and parse_front(told) not in (None, noted[4])):
        return None
    since_s = float(now[1]) - float(noted[2])
    # A headset that was started anew since has forgotten its film.
    is_on = 0 <= since_s < int(noted[3])
    return Played(sha256=noted[1], since_s=since_s) if is_on else None


async def end(link: HeadsetLink, package: str | None) -> bool:
    """End the player and go home; True when the headset says that something else is in front.

    Raises:
        LinkLost: the connection is gone.
    """
    named = f" {shlex.quote(package)}" if package else ""
    stop = (
        f"noted=$(cut -d' ' -f4 {PLAYING} 2>/dev/null); "
        f'for player in $noted{named}; do am force-stop "$player"; echo "ended $player"; done; '
        f"input keyevent KEYCODE_HOME; {_FRONT}"
    )
    told = await _told(link, stop, _ASK_S)
    ended = set(re.findall(r"^ended ([\w.]+)", told, re.MULTILINE))
    now = parse_front(told)
    if not ended or now is None or now in ended:
        return False
    await run(link, f"rm -f {PLAYING}", timeout_s=_ASK_S)
    return True


async def end_noted(link: HeadsetLink) -> bool:
    """End what was started here, by whatever program; True: nothing of ours is in front. Raises LinkLost."""
    return await is_missing(link, PLAYING) or await end(link, None)


async def _told(link: HeadsetLink, script: str, timeout_s: float) -> str:
    result = await run(link, script, timeout_s=timeout_s)
    return (result.stdout + b"\n" + result.stderr).decode(errors="replace")
