"""The one shell script that asks a headset about itself, and its answers taken apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from trainer_app.headsets.agent.access import CAN_RUN, FILMS

_MARK = "=SIMKOFFERT="

_PROPERTIES = (
    r"^\[(ro\.serialno|ro\.product\.(model|device|manufacturer)|ro\.build\.version\.(release|incremental)"
    r"|ro\.vros\.build\.version|pxr\.vendorhw\.product\.model)\]"
)

_SECTIONS = {
    "properties": f"getprop | grep -E '{_PROPERTIES}'",
    "battery": "dumpsys battery",
    "power": "dumpsys power | grep mWakefulness=",
    "worn": "dumpsys -t 2 vrpowermanager | grep -E '^ *(Virtual proximity state|State):'",
    # The first is there on newer Quests only, the second on all; neither on anything else.
    "controllers": "rstest info --json || dumpsys -t 2 OVRRemoteService | grep 'Paired device'",
    # Which network it is stays on the headset: only the parts wanted are cut out there.
    "wifi": (
        "dumpsys -t 2 wifi | grep -m 4 -E '^Wi-Fi is |mWifiInfo' "
        "| grep -oE '^Wi-Fi is [a-z]+|Supplicant state: [A-Z_]+|RSSI: -?[0-9]+'"
    ),
    "address": "ip -o -4 addr show wlan0",
    "storage": "stat -f -c %S:%b:%a /data",
    "manifest": f"cat {FILMS}/manifest.json",
    "files": f"cd {FILMS} && stat -c '%s %Y %n' *",
    "runtime": f"{CAN_RUN} && echo yes",
    "packages": "pm list packages",
}

# A subshell each, because one changes the folder; an empty line first: a file need not end with one.
_ASKED = "; ".join(
    f"echo; echo {_MARK}{name}; ( {command} ) 2>/dev/null" for name, command in _SECTIONS.items()
)

# Said in one piece: each piece is a packet that is answered before the next may leave, and there are dozens.
# Where printf is a program of its own it refuses what is longer than a program's arguments may be.
SCRIPT = f'told=$({_ASKED}); printf \'%s\\n\' "$told" 2>/dev/null || echo "$told"'
"""Runs in the headset's shell; answers in sections."""


def split(output: str) -> Mapping[str, str]:
    """Return each section's text; a section that is missing is empty."""
    parts = re.split(rf"^{_MARK}(\w+)\r?$", output, flags=re.MULTILINE)
    return defaultdict(str, zip(parts[1::2], parts[2::2], strict=True))


def number(pattern: str, text: str) -> int | None:
    """The first group of a pattern as a number; None where it is missing or absurdly long."""
    found = re.search(pattern, text, re.MULTILINE)
    return int(found[1]) if found and len(found[1]) <= _MOST_DIGITS else None


_MOST_DIGITS = 18
