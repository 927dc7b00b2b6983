"""What a headset tells of itself: one batched shell script, and tolerant parsers of its answers.

Every fact is optional: what is not understood is None ("ukjent"), never a guess.
"""

from __future__ import annotations

import re

import msgspec

from headset_agent.protocol.browsers import BROWSERS
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.headsets.agent.access import FILMS, PYTHON

_MARK = "=SIMKOFFERT="

_SECTIONS = {
    "serial": "getprop ro.serialno",
    "model": "getprop ro.product.model",
    "pico_model": "getprop pxr.vendorhw.product.model",
    "battery": "dumpsys battery",
    "power": "dumpsys power | grep mWakefulness=",
    "storage": "stat -f -c %S:%b:%a /data",
    "manifest": f"cat {FILMS}/manifest.json",
    "files": f"cd {FILMS} && stat -c '%s %n' *",
    "runtime": f"[ -x {PYTHON} ] && echo yes",
    "packages": "pm list packages",
}

# A subshell each, because one changes the folder; an empty line first: a file need not end with one.
SCRIPT = "; ".join(
    f"echo; echo {_MARK}{name}; ( {command} ) 2>/dev/null" for name, command in _SECTIONS.items()
)
"""Runs in the headset's shell; answers in sections."""


class _Known(msgspec.Struct, frozen=True):
    size: int
    suffix: str = ".mp4"
    title: str = ""


def parse_facts(output: str) -> HeadsetFacts:
    """Read the answers to :data:`SCRIPT`."""
    sections = _split(output)

    def line(name: str) -> str | None:
        return sections.get(name, "").strip() or None

    packages = set(re.findall(r"^package:(\S+)", sections.get("packages", ""), re.MULTILINE))
    return HeadsetFacts(
        serial=line("serial"),
        model=line("pico_model") or line("model"),
        battery_percent=_percent(sections.get("battery", "")),
        charging=_charging(sections.get("battery", "")),
        awake=_awake(sections.get("power", "")),
        free_bytes=_free(sections.get("storage", "")),
        films=_films(sections.get("manifest", ""), sections.get("files", "")),
        has_runtime=line("runtime") == "yes",
        has_browser=not packages.isdisjoint(BROWSERS),
    )


def _split(output: str) -> dict[str, str]:
    parts = re.split(rf"^{_MARK}(\w+)\r?$", output, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _number(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text, re.MULTILINE)
    return int(found[1]) if found else None


def _percent(battery: str) -> int | None:
    level, scale = _number(r"^\s*level:\s*(\d+)", battery), _number(r"^\s*scale:\s*(\d+)", battery)
    if level is None:
        return None
    return round(100 * level / scale) if scale else level


def _charging(battery: str) -> bool | None:
    if not battery.strip():
        return None
    # BatteryManager: status 2 is charging, 5 is full.
    status = _number(r"^\s*status:\s*(\d+)", battery)
    return None if status is None else status in (2, 5)


def _awake(power: str) -> bool | None:
    found = re.search(r"mWakefulness=(\w+)", power)
    return found[1] == "Awake" if found else None


def _free(storage: str) -> int | None:
    found = re.match(r"\s*(\d+):(\d+):(\d+)\s*$", storage)
    return int(found[1]) * int(found[3]) if found else None


def _films(manifest: str, files: str) -> dict[str, str]:
    try:
        known = msgspec.json.decode(manifest or "{}", type=dict[str, _Known])
    except msgspec.DecodeError:
        return {}
    sizes = {name: int(size) for size, name in re.findall(r"^(\d+) (\S+)\r?$", files, re.MULTILINE)}
    return {sha: film.title for sha, film in known.items() if sizes.get(sha + film.suffix) == film.size}
