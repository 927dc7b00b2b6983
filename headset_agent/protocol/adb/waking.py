"""How much has to have come over a socket before its reader is woken."""

from __future__ import annotations

import contextlib
import socket
import sys

_MOST = 1 << 20
"""Bytes. A system's buffers must hold as much, and who sends must not be held up by a reader that waits."""


def wake_at(sock: socket.socket, count: int) -> None:
    """Have whoever waits for a socket woken when so many bytes have come, at most a megabyte, or its end.

    Only for bytes that are certain to come. A film is thousands of packets: who is woken for each of them
    does little else. A system that cannot do it wakes for each.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, max(1, min(count, _MOST)))
