"""Battery, screen and wear sensor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trainer_app.headsets.telemetry.script import number

_CHARGING = (2, 5)
"""BatteryManager's BATTERY_STATUS_CHARGING and BATTERY_STATUS_FULL; 1 is unknown."""

_UNKNOWN_STATUS = 1
_PLAUSIBLE_C = range(-40, 120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """What ``dumpsys battery`` says."""

    percent: int | None
    charging: bool | None
    celsius: float | None


def parse_battery(dump: str) -> Battery:
    """Read ``dumpsys battery``."""
    return Battery(percent=_percent(dump), charging=_charging(dump), celsius=_celsius(dump))


def parse_awake(power: str) -> bool | None:
    """Read the line about wakefulness of ``dumpsys power``."""
    found = re.search(r"mWakefulness=(\w+)", power)
    return found[1] == "Awake" if found else None


def parse_worn(dump: str) -> bool | None:
    """Read ``dumpsys vrpowermanager``; unknown while a broadcast pretends that it is worn."""
    pretended = re.search(r"^[ \t]*Virtual proximity state:\s*(\w+)", dump, re.MULTILINE)
    state = re.search(r"^[ \t]*State:\s*(\w+)", dump, re.MULTILINE)
    if state is None or (pretended is not None and pretended[1] == "CLOSE"):
        return None
    return {"HEADSET_MOUNTED": True, "HEADSET_UNMOUNTED": False, "STANDBY": False}.get(state[1])


def _percent(dump: str) -> int | None:
    level, scale = number(r"^[ \t]*level:\s*([0-9]+)", dump), number(r"^[ \t]*scale:\s*([0-9]+)", dump)
    if level is None:
        return None
    percent = round(100 * level / scale) if scale else level
    return percent if percent <= 100 else None


def _charging(dump: str) -> bool | None:
    status = number(r"^[ \t]*status:\s*([0-9]+)", dump)
    return None if status in (None, _UNKNOWN_STATUS) else status in _CHARGING


def _celsius(dump: str) -> float | None:
    tenths = number(r"^[ \t]*temperature:\s*(-?[0-9]+)", dump)
    # Not a word about the temperature is 0 on some devices.
    return tenths / 10 if tenths and tenths // 10 in _PLAUSIBLE_C else None
