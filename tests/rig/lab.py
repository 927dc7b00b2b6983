"""A suitcase of virtual headsets behind a bad Wi-Fi, as tests and benchmarks use it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import asdict, dataclass, field
from typing import Any, Self

import msgspec

from headset_agent.protocol.patience import ended_within
from headset_agent.virtual.clocks import skew_of
from tests.rig.air import Weather
from trainer_app.headsets.rehearsal import VirtualHeadset

_READY_S = 90.0
_END_S = 20.0
SIMULATED = "simulated"
CHROMIUM = "chromium"
BLIND = "blind"
"""A real browser that draws nothing."""

_DYING = ("setpriv", "--pdeathsig", "KILL")


def can_run() -> bool:
    """Whether this machine lets us make networks."""
    return sys.platform == "linux" and os.geteuid() == 0 and os.access("/dev/net/tun", os.W_OK)


@dataclass(slots=True)
class Lab:
    """Headsets in namespaces of their own, a laptop in another, for as long as an ``async with`` block.

    Attributes:
        players: One of :data:`SIMULATED`, :data:`CHROMIUM` and :data:`BLIND` for each headset.
        frame_rate: How often a browser that draws may do so, per second.
        headsets: How each is reached: ``adb`` by the laptop, ``devtools`` by an onlooker past the air.
    """

    players: tuple[str, ...]
    clock_skew: bool = True
    frame_rate: int = 6
    headsets: tuple[VirtualHeadset, ...] = ()
    _network: Process | None = None
    _processes: dict[int, Process] = field(default_factory=dict)
    _laptop: str = ""
    _places: dict[int, str] = field(default_factory=dict)

    @property
    def through_laptop(self) -> tuple[str, ...]:
        """The command that runs another on the laptop, and takes it along when this program ends."""
        return (*_DYING, "nsenter", f"--net={self._laptop}")

    def beside(self, number: int) -> tuple[str, ...]:
        """The command that runs another in a headset's namespace, as ``through_laptop`` in the laptop's."""
        return (*_DYING, "nsenter", f"--net={self._places[number]}")

    @property
    def addresses(self) -> list[str]:
        """Where the laptop reaches the headsets, by number."""
        return [headset.adb for headset in self.headsets]

    @property
    def pids(self) -> dict[int, int]:
        """Each headset's process, by number."""
        return {number: each.pid for number, each in self._processes.items()}

    @property
    def network_pid(self) -> int:
        """The process that carries the packets."""
        assert self._network is not None
        return self._network.pid

    async def change_weather(self, weather: Weather) -> None:
        """From now on all links are like this."""
        await self._order("weather", **asdict(weather))

    async def cut(self, number: int) -> None:
        """Carry nothing more for a headset."""
        await self._order("cut", headset=number)

    async def mend(self, number: int) -> None:
        """Carry its packets again."""
        await self._order("mend", headset=number)

    async def count(self) -> dict[str, Any]:
        """Packets carried and lost so far; for each headset those to it and those from it."""
        return await self._order("count")

    def tell(self, number: int, line: str) -> None:
        """Let something go wrong with a headset: a line as on its standard input."""
        self._processes[number].tell(line)

    async def __aenter__(self) -> Self:
        """Make the networks, start the headsets, and wait until all can be reached."""
        try:
            await self._start()
        except BaseException:
            await self._end()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """End everything; the networks go with it."""
        await self._end()

    async def _start(self) -> None:
        count = len(self.players)
        self._network = await Process.start(sys.executable, "-m", "tests.rig", "--headsets", str(count))
        places = await self._network.answer()
        self._laptop = places["laptop"]
        self._places = {int(number): place for number, place in places["headsets"].items()}
        for number, place in sorted(self._places.items()):
            self._processes[number] = await self._start_headset(number, place)
        self.headsets = tuple([await self._reachable(number) for number in self._processes])

    async def _start_headset(self, number: int, place: str) -> Process:
        player = self.players[number - 1]
        words = ["--number", str(number), "--frame-rate", str(self.frame_rate)]
        words += ["--player", SIMULATED if player == SIMULATED else CHROMIUM]
        words += ["--blind"] if player == BLIND else []
        words += ["--clock-skew", skew_of(number).serialise()] if self.clock_skew else []
        into = ("nsenter", f"--net={place}")
        return await Process.start(*into, sys.executable, "-m", "headset_agent.virtual", *words)

    async def _reachable(self, number: int) -> VirtualHeadset:
        said = msgspec.convert(await self._processes[number].answer(), VirtualHeadset)
        adb = await self._order("adb", headset=number, port=_port(said.adb))
        devtools = None
        if said.devtools:
            opened = await self._order("devtools", headset=number, port=_port(said.devtools))
            devtools = opened["at"]
        return msgspec.structs.replace(said, adb=adb["at"], devtools=devtools)

    async def _order(self, what: str, **given: Any) -> dict[str, Any]:
        assert self._network is not None
        self._network.tell(json.dumps({"what": what, **given}))
        return await self._network.answer()

    async def _end(self) -> None:
        await asyncio.gather(*(each.end() for each in self._processes.values()))
        if self._network is not None:
            await self._network.end()


@dataclass(slots=True)
class Process:
    """One that answers in lines of JSON, and ends with its standard input."""

    process: asyncio.subprocess.Process

    @classmethod
    async def start(cls, *command: str) -> Self:
        """Start a command."""
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # Ctrl-C is for the program that leads, which ends all in order.
            start_new_session=True,
        )
        return cls(process)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    def kill(self) -> None:
        """End it without a chance to clean up."""
        self.process.kill()

    def tell(self, line: str) -> None:
        """Write a line to its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")

    async def answer(self) -> dict[str, Any]:
        """The next line it says."""
        assert self.process.stdout is not None
        async with asyncio.timeout(_READY_S):
            answered = json.loads(await self.process.stdout.readline())
        assert isinstance(answered, dict)
        return answered

    async def end(self) -> None:
        """Let it end; by force when that takes too long."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        if not await ended_within(self.process.wait(), _END_S):
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])
