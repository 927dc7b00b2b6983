"""One address of 127.0.0.0/8 for each virtual headset: its localhost.

The agent's ports are fixed, so two headsets cannot share an address. A listening socket on a port that
nothing else uses holds the address for as long as the headset lives, also against kits that are started
elsewhere on this machine; the kernel lets go of it with the process.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass

from headset_agent.protocol.messages import CONTROL_PORT, HTTP_PORT
from headset_agent.virtual.errors import HeadsetStartError

RESERVATION_PORT = CONTROL_PORT - 1
FIRST_HOST = 10
LAST_NUMBER = 254 - FIRST_HOST
BLOCKS = 64


@dataclass(frozen=True, slots=True)
class Reservation:
    """A held address.

    Attributes:
        block: 0 for 127.0.0.x, 1 for 127.0.1.x, ...
    """

    address: str
    block: int
    _socket: socket.socket

    def release(self) -> None:
        """Give the address back."""
        self._socket.close()


def address_of(number: int, block: int) -> str:
    """Return the address of headset ``number`` in a block."""
    return f"127.0.{block}.{FIRST_HOST + number}"


def reserve(number: int, address: str | None = None) -> Reservation:
    """Hold an address for a headset: the one that is asked for, else the first that is free.

    Raises:
        HeadsetStartError: it is taken, or all are.
    """
    if not 1 <= number <= LAST_NUMBER:
        raise HeadsetStartError(f"A headset's number is 1 to {LAST_NUMBER}, not {number}.")
    if address is not None:
        held = _hold(address)
        if held is None:
            raise HeadsetStartError(
                f"The address {address} is used by another headset, or none of 127.x.x.x."
            )
        return Reservation(address, _block_of(address), held)
    for block in range(BLOCKS):
        held = _hold(address_of(number, block))
        if held is not None:
            return Reservation(address_of(number, block), block, held)
    raise HeadsetStartError(
        f"Port {RESERVATION_PORT}, {CONTROL_PORT} or {HTTP_PORT} is in use on all addresses "
        f"for headset {number}."
    )


def _block_of(address: str) -> int:
    return int(address.split(".")[2]) if address.count(".") == 3 else 0


def _hold(address: str) -> socket.socket | None:
    """Return a listening socket on the address, or None when somebody is there."""
    held = _listen(address, RESERVATION_PORT)
    if held is None:
        return None
    # An agent that outlived its headset, or anything else that listens on all addresses.
    for port in (CONTROL_PORT, HTTP_PORT):
        probe = _listen(address, port)
        if probe is None:
            held.close()
            return None
        probe.close()
    return held


def _listen(address: str, port: int) -> socket.socket | None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # Else a port that was just closed seems taken for a minute. Two listeners still exclude each other.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(1)
    except OSError:
        listener.close()
        return None
    return listener
