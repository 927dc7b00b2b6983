"""A running adb server, of which only that is real what it says."""

from __future__ import annotations

import socket
from collections.abc import Sequence

from trainer_app.headsets.link.server import ServerDevice, _Line, parse_devices

MOST_BYTES = 60_000
"""As many as a pair of sockets holds while nobody reads."""


def answered(text: str) -> bytes:
    """OKAY and a text with its length before it."""
    raw = text.encode()
    return b"OKAY%04x" % len(raw) + raw


async def devices(pieces: Sequence[bytes]) -> list[ServerDevice]:
    """Ask a server what is connected."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        theirs.sendall(b"".join(pieces)[:MOST_BYTES])
        theirs.shutdown(socket.SHUT_WR)
        line = _Line(ours)
        await line.ask("host:devices-l")
        return parse_devices(await line.text())
