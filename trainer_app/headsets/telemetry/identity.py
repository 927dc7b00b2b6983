"""Which headset it is: serial number, model, version of its system."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PROPERTY = re.compile(r"^\[([^\]\n]+)\]: \[([^\]\n]*)\]\r?$", re.MULTILINE)

_QUESTS = {
    "monterey": "Quest",
    "hollywood": "Quest 2",
    "seacliff": "Quest Pro",
    "eureka": "Quest 3",
    "panther": "Quest 3S",
}
"""By ``ro.product.device``: the names people know. Others tell their name themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the properties say. ``android``: its version ("14"); ``build``: the maker's own."""

    serial: str | None
    model: str | None
    android: str | None
    build: str | None


def parse_identity(properties: str) -> Identity:
    """Read lines of ``getprop``."""
    told = {name: value.strip() for name, value in _PROPERTY.findall(properties)}

    def first(*names: str) -> str | None:
        return next((told[name] for name in names if told.get(name)), None)

    return Identity(
        serial=first("ro.serialno"),
        model=first("pxr.vendorhw.product.model")
        or _QUESTS.get(told.get("ro.product.device", ""))
        or first("ro.product.model"),
        android=first("ro.build.version.release"),
        build=first("ro.vros.build.version", "ro.build.version.incremental"),
    )
