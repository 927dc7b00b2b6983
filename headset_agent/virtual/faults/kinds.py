"""The faults there are: one class each, with what can be said of it. Validated by msgspec.

All last until they are healed, but for those that are *momentary*: these are over at once unless they are
given a time (``for_s``).
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

import msgspec

_Percent = Annotated[int, msgspec.Meta(ge=1, le=100)]
_Bytes = Annotated[int, msgspec.Meta(ge=0)]


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """One thing that is wrong.

    Attributes:
        momentary: It is over as soon as it has happened.
        simulated_only: It cannot be done to a headset with a real browser.
    """

    momentary: ClassVar[bool] = False
    simulated_only: ClassVar[bool] = False


# --- the connection --------------------------------------------------------------------------------------


class Unauthorised(Fault, frozen=True, tag="unauthorised"):
    """No computer is known any more: each has to be accepted, by ``accept`` or by the end of the fault."""


class Offline(Fault, frozen=True, tag="offline"):
    """The headset takes connections and bytes and never says a word."""


class SlowLink(Fault, frozen=True, tag="slow-link"):
    """A narrow line, both ways together, with a delay for every piece that is carried."""

    bytes_per_s: Annotated[int, msgspec.Meta(ge=1_000)] = 1_000_000
    delay_ms: Annotated[float, msgspec.Meta(ge=0, le=5_000)] = 20.0


class LostPackets(Fault, frozen=True, tag="lost-packets"):
    """Packets of 1448 bytes get lost. TCP brings them all the same: what people meet are stalls.

    Attributes:
        percent: Of all packets.
        longest_ms: A stall lasts from 200 ms, TCP's least, up to this.
    """

    percent: Annotated[float, msgspec.Meta(gt=0, le=100)] = 2.0
    longest_ms: Annotated[float, msgspec.Meta(ge=200, le=10_000)] = 3_000.0


class Cut(Fault, frozen=True, tag="cut"):
    """Every connection breaks once it has carried so many bytes; 0: at once, and none comes about."""

    after_bytes: _Bytes = 0


class AdbRestart(Fault, frozen=True, tag="adb-restart"):
    """The ADB daemon restarts, which ends the agent as well; with a time it is away for that long."""

    momentary: ClassVar[bool] = True


class OneClient(Fault, frozen=True, tag="one-client"):
    """Only one computer is taken, on one connection, as by Android 7 and older."""


class SmallPayload(Fault, frozen=True, tag="small-payload"):
    """Packets of 4 KiB at most, and checksums, as before 2018."""


class NoShellV2(Fault, frozen=True, tag="no-shell-v2"):
    """Shells without exit codes, as Android 6 and older have them."""


class DeviceClose(Fault, frozen=True, tag="device-close"):
    """The headset closes the streams that are open (CLSE); with a time it refuses new ones as well.

    Attributes:
        service: Only services whose names begin so ("shell", "sync", "tcp:29360").
    """

    momentary: ClassVar[bool] = True
    service: str = ""


# --- the headset -----------------------------------------------------------------------------------------


class Asleep(Fault, frozen=True, tag="asleep"):
    """The headset was put down: nobody wears it, it is dark, and no command wakes it."""


class AgentKilled(Fault, frozen=True, tag="agent-killed"):
    """The agent is killed without a word; with a time, every one that is started meanwhile as well."""

    momentary: ClassVar[bool] = True


class StorageFull(Fault, frozen=True, tag="storage-full"):
    """No more than so many bytes fit."""

    free_bytes: _Bytes = 0


class WriteError(Fault, frozen=True, tag="write-error"):
    """Whatever is sent cannot be written: the storage reports an error."""


class WrongClock(Fault, frozen=True, tag="wrong-clock"):
    """The clocks of agent and page jump, as after deep sleep; they jump back in the end."""

    simulated_only: ClassVar[bool] = True
    offset_s: Annotated[float, msgspec.Meta(ge=-86_400, le=86_400)] = 3_600.0


class BatteryDrain(Fault, frozen=True, tag="battery-drain"):
    """The battery is nearly empty and on no charger.

    Attributes:
        percent: What it falls to.
        seconds_per_percent: How fast it goes on falling.
    """

    percent: _Percent = 9
    seconds_per_percent: Annotated[float, msgspec.Meta(gt=0)] = 90.0


class BrowserGone(Fault, frozen=True, tag="browser-gone"):
    """The browser ends, and there is none that could be started."""


class ConsentRefused(Fault, frozen=True, tag="consent-refused"):
    """The wearer, asked whether the page may show VR, says no; VR that is on is left."""

    simulated_only: ClassVar[bool] = True


AnyFault = (
    Unauthorised
    | Offline
    | SlowLink
    | LostPackets
    | Cut
    | AdbRestart
    | OneClient
    | SmallPayload
    | NoShellV2
    | DeviceClose
    | Asleep
    | AgentKilled
    | StorageFull
    | WriteError
    | WrongClock
    | BatteryDrain
    | BrowserGone
    | ConsentRefused
)


def name_of(fault: Fault | type[Fault]) -> str:
    """The name by which people call a kind."""
    return str(fault.__struct_config__.tag)


KINDS: dict[str, type[Fault]] = {name_of(kind): kind for kind in AnyFault.__args__}
"""By name, in the order people are told of them."""


def listed_kinds() -> str:
    """All kinds for people, a line each: name, what happens, what can be said of it."""
    return "\n".join(f"  {name:<17}{_first_sentence(kind)}{_said_of(kind)}" for name, kind in KINDS.items())


def _first_sentence(kind: type[Fault]) -> str:
    return re.split(r"\.\s|\.$", (kind.__doc__ or "").strip(), maxsplit=1)[0]


def _said_of(kind: type[Fault]) -> str:
    fields = [f"{field.name}={field.default!r}" for field in msgspec.structs.fields(kind)]
    return f" ({', '.join(fields)})" if fields else ""
