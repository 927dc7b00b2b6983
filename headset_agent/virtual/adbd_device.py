"""What an ADB daemon needs of the headset behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol


class DeviceProcess(Protocol):
    """A process on the headset; ``asyncio.subprocess.Process`` is one.

    With a terminal, ``stderr`` is None and everything comes on ``stdout``.
    """

    @property
    def stdin(self) -> asyncio.StreamWriter | None:
        """Where the process reads."""
        ...

    @property
    def stdout(self) -> asyncio.StreamReader | None:
        """What the process writes."""
        ...

    @property
    def stderr(self) -> asyncio.StreamReader | None:
        """What the process complains."""
        ...

    @property
    def pid(self) -> int:
        """Also the id of its process group and session."""
        ...

    async def wait(self) -> int:
        """Wait for the end; gives the exit code, or minus the signal."""
        ...


class Device(Protocol):
    """The headset behind the daemon.

    Attributes:
        banner: ``ro.product.name``, ``ro.product.model`` and ``ro.product.device``.
        localhost: What ``tcp:PORT`` and the listeners of ``reverse:`` mean by localhost.
    """

    banner: Mapping[str, str]
    localhost: str

    def resolve(self, path: str) -> Path:
        """Where a path of the headset lies on this machine. May raise OSError."""
        ...

    async def spawn(self, command: str, *, pty: bool) -> DeviceProcess:
        """Start a shell command (empty: an interactive shell) in a session of its own. May raise OSError.

        With ``pty`` it has a terminal; see ``adbd_terminal.spawn_on_terminal``.
        """
        ...

    async def accept_key(self, public_key: bytes) -> None:
        """Ask the user whether this computer may connect; returns when they accepted."""
        ...

    def known_keys(self) -> Iterable[bytes]:
        """The public keys (lines of ``.pub`` files) that were accepted before."""
        ...


class Arrivals(Protocol):
    """What the headset has to say to files that a host sends."""

    def make_room(self, size: int) -> None:
        """Called before so many bytes are written. May raise OSError (``ENOSPC``)."""
        ...

    def adopt(self, path: Path) -> None:
        """A file was made; give it and new folders above it to the shell's user. May raise OSError."""
        ...


class AnyArrivals:
    """Room for everything, and one user only."""

    def make_room(self, size: int) -> None:
        """There is room."""

    def adopt(self, path: Path) -> None:
        """Nobody else is there."""
