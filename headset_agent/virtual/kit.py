"""Several virtual headsets at once, each a process of its own or some in one, as one suitcase has them.

Prints one JSON line when all are ready, then waits. Lines on standard input: ``accept N`` accepts the key
that waits at headset N; ``restart-adb N`` restarts its ADB daemon, which ends what its shells started;
``fault N KIND KEY=VALUE ...`` lets something go wrong with it (``faults/kinds.py``), ``heal N KIND`` ends it,
``heal N`` all that is wrong with it. Faults of a file begin by themselves. SIGINT or SIGTERM ends all
headsets; the end of standard input does not, unless that was asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import sys
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from headset_agent.protocol.patience import ended_within
from headset_agent.virtual.clocks import skew_of
from headset_agent.virtual.ending import ends_when_told
from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.faults.reading import Planned
from headset_agent.virtual.lines import stdin_lines
from headset_agent.virtual.player import CHROMIUM, SIMULATED, shared_frame_rate
from headset_agent.virtual.processes import become_subreaper, bury_strays, end_all_below, end_below

AND = "--and"
"""On the command line of a process, between one headset's options and the next one's."""

DEFAULT_BASE_PORT = 5600
"""Outside 5555-5585, which an adb server searches by itself."""

READY_TIMEOUT_S = 60.0
A_HEADSET_MORE_S = 5.0
"""They start side by side: each makes all of them slower."""

END_TIMEOUT_S = 15.0

_COMMAND = re.compile(r"(?P<verb>accept|restart-adb|fault|heal) (?P<number>\d+)(?P<rest> .*)?")
_KNOWN = "'accept N', 'restart-adb N', 'fault N KIND KEY=VALUE ...' or 'heal N [KIND]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class KitOptions:
    """What kit is wanted.

    Attributes:
        base_port: ADB port of headset 1, the others follow; 0: any free ones.
        chromium: How many headsets, counted from the first, have a Chromium; the others are simulated.
        root: Folder that keeps the storages; None: temporary ones.
        faults: What goes wrong, and when.
        to_a_process: So many headsets share a process, which costs the machine less; in one of many nobody
            ends one headset alone.
        ends_with_stdin: Whoever holds the other end of standard input takes the kit along, however it ends.
        passed_on: Options that every headset gets as they are.
    """

    count: int
    base_port: int = DEFAULT_BASE_PORT
    chromium: int = 0
    clock_skew: bool = False
    root: Path | None = None
    faults: tuple[Planned, ...] = ()
    ends_with_stdin: bool = False
    to_a_process: int = 1
    passed_on: tuple[str, ...] = ()


class HeadsetProcess:
    """One process of the kit, with one headset or several."""

    def __init__(self, numbers: range, process: asyncio.subprocess.Process) -> None:
        """Take over a process that was just started."""
        self.numbers = numbers
        self.process = process
        self.folders: list[Path] = []

    @classmethod
    async def start(cls, numbers: range, options: KitOptions) -> HeadsetProcess:
        """Start headsets, without waiting until they are ready."""
        first, *others = (_arguments(number, options) for number in numbers)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "headset_agent.virtual",
            *first,
            *(word for arguments in others for word in (AND, *arguments)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # A session of its own: Ctrl-C is for the kit, which then ends its headsets in order.
            start_new_session=True,
        )
        return cls(numbers, process)

    async def ready(self, within_s: float) -> list[dict[str, object]]:
        """Wait for the lines that say how to reach its headsets.

        Raises:
            HeadsetStartError: it ended instead (what it said went to standard error), or takes too long.
        """
        try:
            async with asyncio.timeout(within_s):
                return [await self._described(number) for number in self.numbers]
        except TimeoutError:
            late = self.numbers[len(self.folders)]
            raise HeadsetStartError(f"Headset {late} is not ready after {within_s:.0f} s.") from None

    async def _described(self, number: int) -> dict[str, object]:
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        if not line:
            raise HeadsetStartError(f"Headset {number} did not start.")
        described = json.loads(line)
        assert isinstance(described, dict)
        self.folders.append(Path(str(described["storage"])).parent)
        return described

    def tell(self, number: int, command: str) -> None:
        """Pass a command on to one of its headsets."""
        assert self.process.stdin is not None
        if not self.process.stdin.is_closing():
            line = f"{number} {command}" if len(self.numbers) > 1 else command
            self.process.stdin.write(line.encode() + b"\n")

    async def end(self) -> None:
        """End it in good order; by force when that takes too long."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        if not await ended_within(self.process.wait(), END_TIMEOUT_S):
            self.process.kill()
            await self.process.wait()


def _arguments(number: int, options: KitOptions) -> list[str]:
    port = options.base_port + number - 1 if options.base_port else 0
    arguments = ["--number", str(number), "--adb-port", str(port)]
    arguments += ["--player", CHROMIUM if number <= options.chromium else SIMULATED]
    arguments += ["--frame-rate", str(shared_frame_rate(options.chromium))]
    if options.clock_skew:
        arguments += ["--clock-skew", skew_of(number).serialise()]
    if options.root is not None:
        arguments += ["--root", str(options.root / f"headset-{number}")]
    return [*arguments, *options.passed_on]


class Kit:
    """All headsets of one kit."""

    def __init__(self, options: KitOptions) -> None:
        """Prepare; :meth:`start` starts them."""
        self._options = options
        self._processes: list[HeadsetProcess] = []
        self._watching: list[asyncio.Task[None]] = []

    async def start(self) -> list[dict[str, object]]:
        """Start all headsets side by side and return how to reach each.

        Raises:
            HeadsetStartError: one of them cannot start; the others are ended.
        """
        numbers = range(1, self._options.count + 1)
        for first in range(0, len(numbers), self._options.to_a_process):
            shared = numbers[first : first + self._options.to_a_process]
            self._processes.append(await HeadsetProcess.start(shared, self._options))
        within_s = READY_TIMEOUT_S + A_HEADSET_MORE_S * (self._options.count - 1)
        described = await asyncio.gather(*(process.ready(within_s) for process in self._processes))
        self._watching = [asyncio.create_task(self._watch(process)) for process in self._processes]
        self._watching.append(asyncio.create_task(self._suffer()))
        return [*chain.from_iterable(described)]

    async def _watch(self, ended: HeadsetProcess) -> None:
        """Say when a process ends by itself, and take with it what its headsets left behind."""
        code = await ended.process.wait()
        for number in ended.numbers:
            _say(f"Headset {number} has ended by itself (exit code {code}); the others go on.")
        await self._end_strays()
        if self._options.root is None:
            for folder in ended.folders:
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _end_strays(self) -> None:
        """End what a killed headset left; as it cannot do it itself, its processes became ours."""
        own = {each.process.pid for each in self._processes}
        await end_below(lambda process: not own & {process.pid, *(p.pid for p in process.parents())})
        bury_strays(own)

    async def obey(self) -> None:
        """Follow the commands on standard input."""
        async for line in stdin_lines():
            match = _COMMAND.fullmatch(line)
            number = int(match["number"]) if match else 0
            process = self._of_number(number)
            if match and process is not None:
                process.tell(number, match["verb"] + (match["rest"] or ""))
            elif line:
                _say(f"Not understood: {line!r}. Write {_KNOWN}; N is a headset's number.")

    async def _suffer(self) -> None:
        """Let the planned faults begin, each at its moment."""
        passed_s = 0.0
        for planned in self._options.faults:
            await asyncio.sleep(planned.at_s - passed_s)
            passed_s = planned.at_s
            process = self._of_number(planned.headset)
            if process is not None:
                process.tell(planned.headset, f"fault {planned.line}")
                _say(f"Headset {planned.headset}: {planned.line}")

    def _of_number(self, number: int) -> HeadsetProcess | None:
        return next((process for process in self._processes if number in process.numbers), None)

    async def end(self) -> None:
        """End all headsets."""
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        await asyncio.gather(*(process.end() for process in self._processes))
        await end_all_below()


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


async def run_kit(options: KitOptions) -> int:
    """Run a kit until it is told to end; return the exit code."""
    become_subreaper()
    ending = asyncio.Event()
    ends_when_told(ending)
    kit = Kit(options)
    waiting = asyncio.create_task(ending.wait())
    running = asyncio.create_task(_serve(kit, ending if options.ends_with_stdin else asyncio.Event()))
    try:
        await asyncio.wait((waiting, running), return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running  # raises what kept the kit from starting
    except HeadsetStartError as error:
        _say(str(error))
        return 1
    finally:
        for task in (running, waiting):
            task.cancel()
        await asyncio.gather(running, waiting, return_exceptions=True)
        await kit.end()
    return 0


async def _serve(kit: Kit, alone: asyncio.Event) -> None:
    """Start the kit and follow what is typed; ``alone`` is set when nobody is there any more to type."""
    described = await kit.start()
    sys.stdout.write(json.dumps({"headsets": described}) + "\n")
    sys.stdout.flush()
    await kit.obey()
    alone.set()
    await asyncio.Event().wait()  # signals still end it
