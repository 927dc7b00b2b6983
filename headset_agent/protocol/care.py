"""What a session changes on a headset, and how it is put back (sans-IO): shell scripts and their answers.

A headset that lies on a table goes to sleep. For a session it is kept awake, by as few changes as its model
needs. Every change is written into a *journal* on the headset before it is made, with the value that was
there before; whoever has a shell on the headset can put all of it back with :data:`RESTORE` and needs nothing
else: the clean-up process beside the agent, the next agent, or the laptop when no agent runs any more.

The journal is lines of four words, ``KIND NAME OURS FORMER``, last change first, below a head line that no
other journal has. A value is put back only where ours still stands: what somebody else has set meanwhile is
theirs. While changes are being made the head line says so: until it has been read what has come of them (a
headset may bring a value into its own bounds), whatever is not the former value is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum

import msgspec

JOURNAL = "care.journal"
"""The journal's name, in the agent's run folder on the headset."""

SENSOR_S = 120
"""Quest's wear sensor is overridden for so long; renewed while the session lasts, over by itself without."""

SENSOR_REST_S = 2
"""Between the last override of the wear sensor and the word that ends it; never one right after the other."""

COMMAND_S = 15
"""A command of Android that has not ended by then hangs for good; where the headset can tell."""

NOT_YET = 75
"""Exit code of :data:`RESTORE`: Android is not up yet, or did not answer; the journal is still there."""

_HEAD = "simkoffert-care"
_MAKING = "making"
_ABSENT = "null"
"""What ``settings`` prints where nothing is set."""

_WORD = re.compile(r"[\w.,:+-]{1,64}", re.ASCII)

_FOUR_HOURS_MS = "14400000"


class Kind(Enum):
    """What sort of thing is changed."""

    SETTING = "setting"
    """``settings put``; its name is NAMESPACE/KEY."""
    PROPERTY = "property"
    """``setprop``."""
    SENSOR = "sensor"
    """Quest's wear sensor; a broadcast, with no value that could be read."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is changed for a session. ``former``: what it is put back to."""

    kind: Kind
    name: str
    ours: str
    former: str


class _Wish(msgspec.Struct, frozen=True):
    """What a model needs. ``usual``: put back where nothing was set that could be read."""

    kind: Kind
    name: str
    ours: str
    usual: str


_SCREEN = _Wish(Kind.SETTING, "system/screen_off_timeout", _FOUR_HOURS_MS, _ABSENT)
_PLUGGED = _Wish(Kind.SETTING, "global/stay_on_while_plugged_in", "7", _ABSENT)
_SENSOR = _Wish(Kind.SENSOR, "proximity", "closed", "open")

_QUEST = (_SENSOR,)
_PICO = (
    _Wish(Kind.PROPERTY, "persist.psensor.sleep.delay", "-1", "15"),
    _Wish(Kind.PROPERTY, "persist.psensor.screenoff.delay", "65535", "10"),
    _SCREEN,
    _PLUGGED,
)
_ANDROID = (_SCREEN, _PLUGGED)

_READ = {
    "booted": "getprop sys.boot_completed",
    "maker": "getprop ro.product.manufacturer",
    "brand": "getprop ro.product.brand",
    "pico": "getprop pxr.vendorhw.product.model",
}


def _reading(wish: _Wish) -> str:
    if wish.kind is Kind.PROPERTY:
        return f"getprop {wish.name}"
    space, _, key = wish.name.partition("/")
    return f"settings get {space} {key}"


READ = "\n".join(
    f'echo "{name}=$({command} </dev/null 2>/dev/null)"'
    for name, command in (
        _READ | {wish.name: _reading(wish) for wish in _PICO if wish.kind is not Kind.SENSOR}
    ).items()
)
"""Tells what :func:`wanted` and :func:`taken` have to know."""


def wanted(answer: str) -> list[Change] | None:
    """Read the answer to :data:`READ`: what has to be changed here; None: Android is not up, or none is here.

    What stands as we want it already is not touched, and what reads like no value of ours is left alone.
    """
    told = _told(answer)
    if told.get("booted") != "1":
        return None
    changes = (_change(wish, told.get(wish.name, "")) for wish in _wishes(told))
    return [change for change in changes if change is not None]


def taken(answer: str, changes: Iterable[Change]) -> list[Change]:
    """Read another answer to :data:`READ`: those changes that stand, each with the value that stands there.

    A headset may refuse a value, or bring it into its own bounds. What could not be read may stand as well.
    """
    told = _told(answer)
    made = (_made(change, told.get(change.name, "")) for change in changes)
    return [change for change in made if change is not None]


def _told(answer: str) -> dict[str, str]:
    lines = (line.partition("=") for line in answer.splitlines())
    return {name: value.strip() for name, _, value in lines}


def _wishes(told: dict[str, str]) -> tuple[_Wish, ...]:
    makers = {told.get("maker", "").lower(), told.get("brand", "").lower()}
    if makers & {"oculus", "meta"}:
        return _QUEST
    if told.get("pico") or "pico" in makers:
        return _PICO
    return _ANDROID


def _made(change: Change, there: str) -> Change | None:
    """What has come of a change; None: the headset has refused it."""
    if change.kind is Kind.SENSOR or not _WORD.fullmatch(there):
        return change
    return None if there == change.former else msgspec.structs.replace(change, ours=there)


def _change(wish: _Wish, there: str) -> Change | None:
    if wish.kind is Kind.SETTING and not there:
        return None  # not read: "nothing is set" is a word of its own
    former = wish.usual if wish.kind is Kind.SENSOR else there or wish.usual
    if there == wish.ours or not _WORD.fullmatch(former):
        return None
    return Change(kind=wish.kind, name=wish.name, ours=wish.ours, former=former)


_OVERRIDE = f"am broadcast -a com.oculus.vrpowermanager.prox_close --ei duration {SENSOR_S * 1000}"
_FREE = "am broadcast -a com.oculus.vrpowermanager.automation_disable"

_IS_QUEST = """case "$(getprop ro.product.manufacturer):$(getprop ro.product.brand)" in
  *[Oo]culus* | *[Mm]eta*) ;;
  *) exit 0 ;;
esac
"""

OVERRIDE_FOR_A_WHILE = _IS_QUEST + _OVERRIDE
"""For a headset on which no agent can run: changes only what is over by itself, on a Quest."""

FREE_AGAIN = f"{_IS_QUEST}sleep {SENSOR_REST_S}; {_FREE}"
"""Ends that before it is over by itself."""


# --- the journal -----------------------------------------------------------------------------------------


def write_journal(changes: Sequence[Change], mark: str, *, making: bool = False) -> str:
    """Return the journal of changes, in the order in which they are made.

    Args:
        changes: What is changed.
        mark: A word of its own.
        making: It has not been read yet what has come of them.
    """
    lines = (f"{c.kind.value} {c.name} {c.ours} {c.former}" for c in reversed(changes))
    return "\n".join([f"{_HEAD} {mark} {_MAKING if making else '-'} -", *lines, ""])


def read_journal(text: str) -> list[Change]:
    """Return the changes of a journal in the order in which they were made; other lines are passed over."""
    words = (line.split() for line in reversed(text.splitlines()))
    kinds = {kind.value: kind for kind in Kind}
    return [
        Change(kind=kinds[w[0]], name=w[1], ours=w[2], former=w[3])
        for w in words
        if len(w) == 4 and w[0] in kinds
    ]


RESTORE = rf"""
journal=$1 rest=$2 failed= making= limit=
[ -f "$journal" ] || exit 0
command -v timeout >/dev/null && limit='timeout {COMMAND_S}'
[ "$($limit getprop sys.boot_completed </dev/null)" = 1 ] || exit {NOT_YET}
is_ours() {{
  if [ -n "$making" ]; then [ -n "$1" ] && [ "$1" != "$3" ]; else [ "$1" = "$2" ]; fi
}}
written=$(cat "$journal")
exec 3<"$journal"
while read -r kind name ours former <&3; do
  case $kind in
    {_HEAD}) [ "$ours" != {_MAKING} ] || making=1 ;;
    setting)
      space=${{name%%/*}} key=${{name#*/}}
      now=$($limit settings get "$space" "$key" </dev/null) || failed=1
      is_ours "$now" "$ours" "$former" || continue
      if [ "$former" = {_ABSENT} ]; then $limit settings delete "$space" "$key"
      else $limit settings put "$space" "$key" "$former"; fi </dev/null >/dev/null || failed=1 ;;
    property)
      if is_ours "$($limit getprop "$name" </dev/null)" "$ours" "$former"; then
        $limit setprop "$name" "$former" </dev/null || failed=1
      fi ;;
    sensor)
      sleep "$rest"
      $limit {_FREE} </dev/null >/dev/null || failed=1 ;;
  esac
done
[ -z "$failed" ] || exit {NOT_YET}
if [ "$(cat "$journal")" = "$written" ]; then rm -f "$journal"; fi
exit 0
"""
"""Puts everything back that stands in the journal ``$1``, and removes it; ``$2``: see :data:`SENSOR_REST_S`.

For ``sh -c RESTORE NAME JOURNAL SECONDS``. May be run any number of times, also by several at once.
"""

MAKE = "make"
"""Said to the clean-up process: make all changes of the journal. It says the word back when that is done."""

SENSE = "sense"
"""Said to the clean-up process: override the wear sensor again, if the journal names it. Said back too."""

CLEAN_UP = (
    rf"""
trap '' HUP INT TERM PIPE
set -- "$1" {SENSOR_REST_S}
while read -r word; do
  case $word in
    {MAKE} | {SENSE})
      exec 3<"$1"
      while read -r kind name ours former <&3; do
        case $word.$kind in
          {MAKE}.setting) settings put "${{name%%/*}}" "${{name#*/}}" "$ours" </dev/null ;;
          {MAKE}.property) setprop "$name" "$ours" </dev/null ;;
          *.sensor)
            {_OVERRIDE} </dev/null ;;
        esac >/dev/null
      done ;;
    *) set -- "$1" "$word" ;;
  esac
  echo "$word"
done
"""
    + RESTORE
)
"""The clean-up process, for ``sh -c CLEAN_UP NAME JOURNAL``: makes the changes, and puts them back.

Whatever it is told is one line of its standard input. When that ends, however it comes, it restores. The one
process does both, so that no change is still on its way when it is put back. A line with a number is the
seconds of rest that the wear sensor still needs; where nobody has said it, that is all of it.
"""
