"""Ports that nothing listens on. (Tests with a loop ask pytest-asyncio's ``unused_tcp_port`` for one.)"""

from __future__ import annotations

import contextlib
import socket


def free_ports(count: int) -> list[int]:
    """So many different ones on 127.0.0.1: all are held until the last one is chosen."""
    with contextlib.ExitStack() as held:
        found = []
        for _ in range(count):
            probe = held.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            found.append(int(probe.getsockname()[1]))
    return found
