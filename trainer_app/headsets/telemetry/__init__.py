"""What a headset tells of itself: one batched shell script, and tolerant parsers of its answers.

Every fact is optional: what is not understood is None ("ukjent"), never a guess. No answer, whatever its
bytes, is an error.
"""

from __future__ import annotations

from headset_agent.protocol.browsers import BROWSERS
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.headsets.telemetry.controllers import parse_controllers
from trainer_app.headsets.telemetry.identity import parse_identity
from trainer_app.headsets.telemetry.power import parse_awake, parse_battery, parse_worn
from trainer_app.headsets.telemetry.script import SCRIPT, split
from trainer_app.headsets.telemetry.storage import parse_films, parse_packages, parse_space, parse_stored
from trainer_app.headsets.telemetry.wifi import parse_wifi

__all__ = ["SCRIPT", "parse_facts"]


def parse_facts(output: str) -> HeadsetFacts:
    """Read the answers to :data:`SCRIPT`."""
    told = split(output)
    identity = parse_identity(told["properties"])
    battery = parse_battery(told["battery"])
    space = parse_space(told["storage"])
    return HeadsetFacts(
        serial=identity.serial,
        model=identity.model,
        android=identity.android,
        build=identity.build,
        battery_percent=battery.percent,
        charging=battery.charging,
        temperature_c=battery.celsius,
        awake=parse_awake(told["power"]),
        worn=parse_worn(told["worn"]),
        controllers=parse_controllers(told["controllers"]),
        wifi=parse_wifi(told["wifi"], told["address"]),
        free_bytes=space.free,
        total_bytes=space.total,
        films=parse_films(told["manifest"], told["files"]),
        stored=parse_stored(told["manifest"], told["files"]),
        has_runtime=told["runtime"].strip() == "yes",
        has_browser=not parse_packages(told["packages"]).isdisjoint(BROWSERS),
    )
