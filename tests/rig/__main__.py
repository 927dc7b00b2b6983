"""The process that is the network: ``python -m tests.rig --headsets N`` (root).

Says where its namespaces are in a line of JSON, then answers each line of JSON on standard input by another.
Ends with standard input, and takes every namespace along that nobody else is in.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import selectors
import socket
import sys
from dataclasses import asdict
from typing import Any

from headset_agent.virtual.lines import stdin_lines
from tests.rig.air import Air, Weather
from tests.rig.doors import open_door
from tests.rig.ether import Ether
from tests.rig.namespace import Namespace

ADB_PORT = 5555
_URGENCY = -15
"""It is the instrument: what it is late by would pass for the air's delay."""


class Network:
    """A laptop's namespace, and one for each headset, linked with it and with no other."""

    def __init__(self, headsets: int, seed: int) -> None:
        self.laptop = Namespace()
        self.headsets = {number: Namespace() for number in range(1, headsets + 1)}
        self._links = {
            number: Ether(
                (
                    self.laptop.open_tun(f"headset{number}", f"10.77.{number}.1", f"10.77.{number}.2"),
                    inside.open_tun("laptop", f"10.77.{number}.2", f"10.77.{number}.1"),
                ),
                (Air(random.Random(f"{seed} to {number}")), Air(random.Random(f"{seed} from {number}"))),
            )
            for number, inside in self.headsets.items()
        }
        self._doors: list[asyncio.Server] = []

    def start(self) -> None:
        """Carry packets."""
        for link in self._links.values():
            link.start()

    def describe(self) -> dict[str, Any]:
        """Where everything is."""
        headsets = {number: inside.path for number, inside in self.headsets.items()}
        return {"laptop": self.laptop.path, "headsets": headsets}

    async def do(self, what: str, **given: Any) -> dict[str, Any]:
        """Follow an order."""
        match what:
            case "weather":
                self._set_weather(Weather(**given))
            case "cut" | "mend":
                for air in self._links[given["headset"]].airs:
                    air.cut = what == "cut"
            case "adb":
                return {"at": await self._open_adb(**given)}
            case "devtools":
                return {"at": await self._open_devtools(**given)}
            case "count":
                return {
                    str(number): [asdict(air.count) for air in link.airs]
                    for number, link in self._links.items()
                }
            case _:
                return {"error": what}
        return {}

    def _set_weather(self, weather: Weather) -> None:
        for link in self._links.values():
            for air in link.airs:
                air.weather = weather

    async def _open_adb(self, headset: int, port: int) -> str:
        """Let the laptop reach a headset's ADB daemon through the air."""
        inside, own = self.headsets[headset], f"10.77.{headset}.2"
        listening = inside.socket()
        listening.bind((own, ADB_PORT))
        self._doors.append(await open_door(listening, inside, ("127.0.0.1", port)))
        return f"{own}:{ADB_PORT}"

    async def _open_devtools(self, headset: int, port: int) -> str:
        """Let an onlooker reach a headset's browser past the air."""
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setblocking(False)
        listening.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{listening.getsockname()[1]}"
        self._doors.append(await open_door(listening, self.headsets[headset], ("127.0.0.1", port)))
        return at


async def serve(headsets: int, seed: int) -> None:
    """Be the network until standard input ends."""
    network = Network(headsets, seed)
    network.start()
    _say(network.describe())
    async for line in stdin_lines():
        if line:
            _say(await network.do(**json.loads(line)))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run it."""
    words = argparse.ArgumentParser(prog="python -m tests.rig")
    words.add_argument("--headsets", type=int, default=5)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, _URGENCY)
    # What waits by poll waits for whole milliseconds.
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selectors.SelectSelector())) as runner:
        runner.run(serve(asked.headsets, asked.seed))


main()
