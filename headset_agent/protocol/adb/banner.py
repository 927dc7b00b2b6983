"""The banner of a CNXN packet: what kind of peer this is, its properties and its features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SHELL_V2 = "shell_v2"
STAT_V2 = "stat_v2"
LS_V2 = "ls_v2"
SENDRECV_V2 = "sendrecv_v2"
CMD = "cmd"
DELAYED_ACK = "delayed_ack"
"""A stream may have as many unanswered bytes as its receiver has room for (Android 14, adb 34)."""

FEATURES = (SHELL_V2, CMD, STAT_V2, LS_V2, SENDRECV_V2, DELAYED_ACK)
"""What both our ends announce."""


@dataclass(frozen=True, slots=True)
class Banner:
    """A parsed banner, such as ``device::ro.product.model=Quest 3;features=shell_v2,cmd``.

    Attributes:
        kind: ``host``, ``device``, ``recovery``, ``sideload`` ...
        properties: Without ``features``.
    """

    kind: str
    properties: Mapping[str, str] = field(default_factory=dict)
    features: frozenset[str] = frozenset()


def format_banner(kind: str, properties: Mapping[str, str], features: Iterable[str]) -> bytes:
    """The payload of a CNXN."""
    fields = [f"{key}={value}" for key, value in properties.items()]
    fields.append("features=" + ",".join(features))
    return f"{kind}::{';'.join(fields)}".encode()


def parse_banner(payload: bytes) -> Banner:
    """Read the payload of a CNXN; tolerant, because nothing in it is vital."""
    text = payload.decode(errors="replace").rstrip("\0")
    kind, _, rest = text.partition(":")
    _, _, fields = rest.partition(":")
    properties = dict(entry.split("=", 1) for entry in fields.split(";") if "=" in entry)
    features = properties.pop("features", "")
    return Banner(kind, properties, frozenset(name for name in features.split(",") if name))
