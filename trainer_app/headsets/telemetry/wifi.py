"""The headset's Wi-Fi, as far as it matters for reaching it. Its network's name is never asked for."""

from __future__ import annotations

import re

from trainer_app.domain.headset_state import Wifi
from trainer_app.headsets.telemetry.script import number

_NO_SIGNAL_DBM = -127
"""What Android gives where there is no connection."""


def parse_wifi(dump: str, address: str) -> Wifi | None:
    """Read the parts cut out of ``dumpsys wifi``, and ``ip -o -4 addr show wlan0``; None: nothing known."""
    enabled = re.search(r"^Wi-Fi is (\w+)", dump, re.MULTILINE)
    supplicant = re.findall(r"^Supplicant state: (\w+)", dump, re.MULTILINE)
    signal = number(r"^RSSI: (-?[0-9]+)", dump)
    inet = re.search(r"\binet ([0-9]{1,3}(?:\.[0-9]{1,3}){3})/", address)
    if not (enabled or supplicant or inet):
        return None
    connected = "COMPLETED" in supplicant if supplicant else None
    return Wifi(
        on=enabled[1] in ("enabled", "enabling") if enabled else None,
        connected=True if inet else connected,
        signal_dbm=signal if signal is not None and _NO_SIGNAL_DBM < signal < 0 else None,
        address=inet[1] if inet else None,
    )
