"""The controllers that belong to a Quest, in either of the two ways in which it tells of them."""

from __future__ import annotations

import re

import msgspec

from headset_agent.protocol.reading import JsonReader
from trainer_app.domain.headset_state import Controller, Hand

_HANDS = {"left": Hand.LEFT, "lefthand": Hand.LEFT, "right": Hand.RIGHT, "righthand": Hand.RIGHT}
# Nothing may be looked for without an end: a line without one would take for ever.
_LINE = re.compile(
    r"Paired device:.{0,200}?\bType: {0,9}(Left|Right)\b(?:.{0,200}?\bBattery: {0,9}(-?[0-9]{1,4})%)?"
)


class _Told(msgspec.Struct, frozen=True, rename="camel"):
    type: str = ""
    battery_level: int | float | None = None


_ENTRIES: JsonReader[list[_Told]] = JsonReader(list[_Told])


def parse_controllers(text: str) -> tuple[Controller, ...]:
    """Read ``rstest info --json``, or lines of ``dumpsys OVRRemoteService``; left before right."""
    told = _from_json(text) if text.lstrip().startswith("[") else _from_lines(text)
    return tuple(Controller(hand=hand, battery_percent=told[hand]) for hand in Hand if hand in told)


def _from_json(text: str) -> dict[Hand, int | None]:
    try:
        entries = _ENTRIES.decode(text)
    except msgspec.DecodeError:
        return {}
    known = [(_HANDS.get(entry.type.lower()), entry.battery_level) for entry in entries]
    return {hand: _percent(level) for hand, level in known if hand is not None}


def _from_lines(text: str) -> dict[Hand, int | None]:
    found = _LINE.findall(text)
    return {_HANDS[hand.lower()]: _percent(int(level)) if level else None for hand, level in found}


def _percent(level: float | None) -> int | None:
    """Out of range (-1) is the headset's way to say that it does not know."""
    return round(level) if level is not None and 0 <= level <= 100 else None
