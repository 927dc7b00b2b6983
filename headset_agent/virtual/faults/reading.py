"""Reads faults: from a file (TOML or JSON) and from a typed line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from headset_agent.virtual.faults.kinds import KINDS, AnyFault, Fault, listed_kinds, name_of

HOW_TO_WRITE_FAULTS = f"""\
A file of faults has an entry for each of them (TOML; a file named *.json says the same in JSON):

  [[fault]]
  headset = 2
  kind = "cut"
  after_bytes = 10_000_000
  at_s = 3        # seconds after all headsets are ready; left out: at once
  for_s = 5       # left out: until it is healed by hand

kinds:
{listed_kinds()}

While the kit runs, lines on standard input do the same by hand:
  fault 2 cut after_bytes=10_000_000      heal 2 cut      heal 2
"""
"""For people at the command line."""

_MOMENT = ("headset", "at_s", "for_s")
_AT_KEY = re.compile(r"(.*?) - at `\$\.?(?:key in )?(\w*).*`")
_UNKNOWN_KEY = re.compile(r"Object contains unknown field `(.*)`")
_MISSING_KEY = re.compile(r"Object missing required field `(.*)`")

_Seconds = Annotated[float, msgspec.Meta(ge=0, le=86_400)]
_T = TypeVar("_T")


class FaultMistake(Exception):
    """What was written is no fault; the text says where and why, for people."""


class Lasting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long a fault lasts, seconds; None: a momentary one is over at once, others wait to be healed."""

    for_s: _Seconds | None = None


class _Moment(Lasting, frozen=True, kw_only=True, forbid_unknown_fields=True):
    headset: Annotated[int, msgspec.Meta(ge=1)]
    at_s: _Seconds = 0.0


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of a headset, ``at_s`` seconds after all are ready."""

    headset: int
    at_s: float
    for_s: float | None
    fault: Fault

    @property
    def line(self) -> str:
        """What the headset is told: the words that :func:`read_line` reads."""
        said = msgspec.to_builtins(self.fault)
        said |= {} if self.for_s is None else {"for_s": self.for_s}
        words = [f"{key}={_written(value)}" for key, value in said.items() if key != "kind"]
        return " ".join((name_of(self.fault), *words))


def read_file(path: Path, count: int) -> list[Planned]:
    """Read the faults of a kit of so many headsets, by the order in which they begin.

    Raises:
        FaultMistake: names the file, the entry, the key and the reason.
    """
    entries = _entries(path)
    planned = [_planned(entry, count, f"{path}, fault {number}") for number, entry in enumerate(entries, 1)]
    return sorted(planned, key=lambda each: each.at_s)


def check_players(faults: Sequence[Planned], chromium: int) -> None:
    """Refuse what cannot be done to a real browser.

    Raises:
        FaultMistake: such a fault is meant for one of the first ``chromium`` headsets, which have one.
    """
    for planned in faults:
        if planned.fault.simulated_only and planned.headset <= chromium:
            kind = name_of(planned.fault)
            raise FaultMistake(f"headset {planned.headset} has a Chromium; {kind} needs a simulated player")


def read_line(line: str) -> tuple[Fault, float | None]:
    """Read ``KIND KEY=VALUE ...``; gives the fault and how long it lasts.

    Raises:
        FaultMistake: names the key and the reason.
    """
    kind, *words = line.split() or [""]
    said: dict[str, Any] = {"kind": kind}
    for word in words:
        key, separator, value = word.partition("=")
        if not separator:
            raise FaultMistake(f"{word}: write KEY=VALUE")
        said[key] = _value(value)
    lasting = _converted({key: said.pop(key) for key in ("for_s",) if key in said}, Lasting, kind)
    return _fault(said, kind), lasting.for_s


def kind_named(name: str) -> type[Fault]:
    """The kind with this name.

    Raises:
        FaultMistake: there is none.
    """
    if name not in KINDS:
        raise FaultMistake(f"{name!r} is no kind of fault; there are {', '.join(KINDS)}")
    return KINDS[name]


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FaultMistake(f"{path} cannot be read: {error.strerror}") from error
    try:
        document = msgspec.json.decode(raw) if path.suffix == ".json" else tomllib.loads(raw.decode())
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        # ValueError: no TOML, no Unicode, or a number of thousands of digits.
        raise FaultMistake(f"{path} is neither TOML nor (named *.json) JSON: {error}") from error
    faults = document.get("fault") if isinstance(document, dict) else None
    if not isinstance(faults, list) or not all(isinstance(entry, dict) for entry in faults):
        raise FaultMistake(f"{path}: write an entry [[fault]] for each fault")
    if other := sorted(set(document) - {"fault"}):
        raise FaultMistake(f"{path}: {other[0]}: unknown key; only [[fault]] stands here")
    return faults


def _planned(entry: dict[str, Any], count: int, where: str) -> Planned:
    if "kind" not in entry:
        raise FaultMistake(f"{where}: kind: is missing")
    where = f"{where} ({entry['kind']})"
    moment = _converted({key: entry[key] for key in _MOMENT if key in entry}, _Moment, where)
    if moment.headset > count:
        raise FaultMistake(f"{where}: headset: there are {count}, and {moment.headset} is none of them")
    fault = _fault({key: value for key, value in entry.items() if key not in _MOMENT}, where)
    return Planned(headset=moment.headset, at_s=moment.at_s, for_s=moment.for_s, fault=fault)


def _fault(said: dict[str, Any], where: str) -> Fault:
    try:
        kind_named(str(said["kind"]))
    except FaultMistake as mistake:
        raise FaultMistake(f"{where}: kind: {mistake}") from mistake
    fault: Fault = _converted(said, AnyFault, where)
    return fault


def _converted(said: dict[str, Any], kind: Any, where: str) -> Any:
    try:
        return msgspec.convert(said, kind)
    except msgspec.ValidationError as error:
        raise FaultMistake(f"{where}: {_explained(str(error))}") from error


def _explained(text: str) -> str:
    """Bring the key to the front of what msgspec says."""
    if unknown := _UNKNOWN_KEY.match(text):
        return f"{unknown[1]}: unknown key"
    if missing := _MISSING_KEY.match(text):
        return f"{missing[1]}: is missing"
    at = _AT_KEY.fullmatch(text)
    return f"{at[2]}: {at[1]}" if at else text


def _value(text: str) -> Any:
    """A number or a truth as TOML writes it; anything else is a word."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        return text


def _written(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
