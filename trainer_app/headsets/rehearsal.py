"""Virtual headsets as a process apart: for the demo, for rehearsing, and for the tests."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from headset_agent.protocol.patience import ended_within

_READY_S = 90.0
_END_S = 20.0


class VirtualHeadset(msgspec.Struct, frozen=True, kw_only=True):
    """One line of what the kit says when it is ready."""

    number: int
    serial: str
    adb: str
    storage: str
    devtools: str | None = None
    address: str | None = None
    observe: str | None = None
    clock: dict[str, float] | None = None


class _Kit(msgspec.Struct, frozen=True):
    headsets: list[VirtualHeadset]


class KitFailed(Exception):
    """The virtual headsets did not start; the text is what they said."""


def kit_command(
    *,
    count: int,
    base_port: int | None = None,
    player: str = "simulated",
    require_auth: bool = False,
    clock_skew: bool = False,
    root: Path | None = None,
    authorized_key: Path | None = None,
    faults: Path | None = None,
    ends_with_stdin: bool = False,
    to_a_process: int = 1,
) -> list[str]:
    """The command that runs virtual headsets; see ``python -m headset_agent.virtual --help``."""
    command = [sys.executable, "-m", "headset_agent.virtual", "--count", str(count), "--player", player]
    if base_port is not None:
        command += ["--base-port", str(base_port)]
    if require_auth:
        command.append("--require-auth")
    if clock_skew:
        command.append("--clock-skew")
    if root is not None:
        command += ["--root", str(root)]
    if authorized_key is not None:
        command += ["--authorized-key", str(authorized_key)]
    if faults is not None:
        command += ["--faults", str(faults)]
    if ends_with_stdin:
        command.append("--ends-with-stdin")
    if to_a_process != 1:
        command += ["--to-a-process", str(to_a_process)]
    return command


@dataclass(slots=True)
class VirtualKit:
    """A kit of virtual headsets that lives as long as the ``async with`` block.

    Its ports are any free ones, so that it never meets another kit on the same machine.

    Attributes:
        faults: A file of what goes wrong, and when; see ``python -m headset_agent.virtual --count 1 --help``.
        to_a_process: So many headsets share a process: fifty of them in one each are too much for a laptop.
    """

    count: int
    player: str = "simulated"
    clock_skew: bool = False
    require_auth: bool = False
    root: Path | None = None
    authorized_key: Path | None = None
    faults: Path | None = None
    to_a_process: int = 1
    headsets: tuple[VirtualHeadset, ...] = ()
    _process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """Process id of the kit."""
        assert self._process is not None
        return self._process.pid

    @property
    def addresses(self) -> list[str]:
        """Where the headsets are reached, by number."""
        return [headset.adb for headset in self.headsets]

    def accept(self, number: int) -> None:
        """Do what the wearer of headset ``number`` does: allow the computer that asks."""
        self._tell(f"accept {number}")

    def fault(self, number: int, what: str) -> None:
        """Let something go wrong with a headset: the name of a kind and what is said of it."""
        self._tell(f"fault {number} {what}")

    def heal(self, number: int, kind: str = "") -> None:
        """End what is wrong with a headset; without a kind, all of it."""
        self._tell(f"heal {number} {kind}".rstrip())

    def _tell(self, line: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())

    async def __aenter__(self) -> Self:
        """Start and wait until all are ready.

        Raises:
            KitFailed: they did not start.
        """
        command = kit_command(
            count=self.count,
            base_port=0,
            player=self.player,
            require_auth=self.require_auth,
            clock_skew=self.clock_skew,
            root=self.root,
            authorized_key=self.authorized_key,
            faults=self.faults,
            to_a_process=self.to_a_process,
            # A program that is killed leaves no headsets behind that keep the processor and the ports busy.
            ends_with_stdin=True,
        )
        self._process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # Ctrl-C is for the program that leads: it stops the film first and then ends the kit.
            start_new_session=sys.platform != "win32",
        )
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(_READY_S):
                line = await self._process.stdout.readline()
            self.headsets = tuple(msgspec.json.decode(line, type=_Kit).headsets)
        except (TimeoutError, msgspec.DecodeError) as error:
            await self._end()
            raise KitFailed(repr(error)) from error
        except BaseException:
            await self._end()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all headsets and everything they started."""
        await self._end()

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        if not await ended_within(process.wait(), _END_S):
            process.kill()
            await process.wait()
