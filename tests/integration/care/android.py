"""What is set on a virtual headset, seen from outside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

OURS = {
    "system/screen_off_timeout": "14400000",
    "global/stay_on_while_plugged_in": "7",
    "persist.psensor.sleep.delay": "-1",
    "persist.psensor.screenoff.delay": "65535",
}
FORMER = {
    "system/screen_off_timeout": "15000",
    "global/stay_on_while_plugged_in": "0",
    "persist.psensor.sleep.delay": "15",
    "persist.psensor.screenoff.delay": "10",
}


@dataclass(frozen=True)
class Android:
    """All that an observer was told."""

    settings: dict[str, str]
    properties: dict[str, str]
    pretends_worn: bool
    proximity_log: list[tuple[float, str, int]]
    recorded: list[list[str]]
    own_player: dict[str, Any]

    @property
    def is_kept_awake(self) -> bool:
        """All that its model needs is changed."""
        if "pxr.vendorhw.product.model" in self.properties:
            return all(self._value(name) == value for name, value in OURS.items())
        return self.pretends_worn

    @property
    def is_as_before(self) -> bool:
        """Nothing of a session stands any more, and every change has been put back by a command."""
        values_back = all(self._value(name) in (FORMER[name], None) for name in FORMER)
        return values_back and not self.pretends_worn and not self.owed

    @property
    def owed(self) -> list[str]:
        """What was changed and not put back, going by the commands alone."""
        changed: dict[str, bool] = {}
        for command in self.recorded:
            match command:
                case ["setprop", name, value]:
                    changed[name] = value != FORMER[name]
                case ["settings", "put", space, key, value]:
                    changed[f"{space}/{key}"] = value != FORMER[f"{space}/{key}"]
                case ["am", "broadcast", intent] if "vrpowermanager" in intent:
                    changed["sensor"] = "prox_close" in intent
        return [name for name, stands in changed.items() if stands]

    def _value(self, name: str) -> str | None:
        return (self.settings if "/" in name else self.properties).get(name)


async def observed(headset: dict[str, Any]) -> Android:
    """Ask a virtual headset that runs."""
    reader, writer = await asyncio.open_unix_connection(headset["observe"], limit=1 << 22)
    try:
        writer.write(b'{"android": true}\n')
        return Android(**json.loads(await reader.readline()))
    finally:
        writer.close()
        await writer.wait_closed()


async def are_kept_awake(headsets: Sequence[dict[str, Any]]) -> bool:
    return all([(await observed(headset)).is_kept_awake for headset in headsets])


async def are_as_before(headsets: Sequence[dict[str, Any]]) -> bool:
    return all([(await observed(headset)).is_as_before for headset in headsets])
