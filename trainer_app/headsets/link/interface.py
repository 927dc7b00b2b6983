"""What a link to a headset offers, whichever way it goes: one service, one stream of bytes.

Shell, files and tunnels are written on top of this and know of nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Protocol, Self

from headset_agent.protocol.adb.framing import Payload, Sendable
from trainer_app.domain.link_errors import LinkLost


class Stream(Protocol):
    """A stream to a service of the headset. One task reads, any may write."""

    @property
    def has_data(self) -> bool:
        """A read would not wait: there is data, or the end."""
        ...

    async def read(self, limit: int) -> bytes:
        """At least one and at most ``limit`` bytes; empty at the end. Raises LinkLost."""
        ...

    async def read_some(self) -> memoryview:
        """The next piece as it came, without a copy; empty at the end. Raises LinkLost."""
        ...

    async def read_exactly(self, count: int) -> bytes:
        """Exactly ``count`` bytes. Raises LinkLost (ServiceEnded when the stream ended before)."""
        ...

    def unread(self, data: Payload) -> None:
        """Put back what was read too much."""
        ...

    async def write(self, data: Sendable) -> None:
        """Send; returns when ``data`` may be reused. Raises LinkLost; OSError if a file cannot be read."""
        ...

    async def close(self) -> None:
        """Close; what was not read is dropped. Never fails."""
        ...

    async def __aenter__(self) -> Self:
        """Close at the end of the block."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        ...


class HeadsetLink(Protocol):
    """A connection to one headset."""

    @property
    def headset(self) -> str:
        """What people call it, or its address; goes into every error."""
        ...

    @property
    def features(self) -> frozenset[str]:
        """What the headset's ADB announced (``shell_v2``, ``stat_v2`` ...)."""
        ...

    @property
    def properties(self) -> Mapping[str, str]:
        """``ro.product.model`` and the like, as announced."""
        ...

    @property
    def lost(self) -> LinkLost | None:
        """Why the connection is gone, or None while it lives."""
        ...

    async def wait_lost(self) -> LinkLost:
        """Wait until the connection is gone; gives the reason."""
        ...

    async def open_service(self, name: str, *, bulk: bool = False) -> Stream:
        """Open a service.

        Args:
            name: Such as ``tcp:29360`` or ``sync:``.
            bulk: A large transfer: it gives way to all other streams of this link.

        Raises:
            ServiceRefused: The headset does not offer it, or could not start it.
            LinkLost: The connection is gone.
        """
        ...

    async def close(self) -> None:
        """End the connection and everything on it. Never fails."""
        ...
