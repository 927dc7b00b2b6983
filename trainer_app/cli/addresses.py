"""Reads ``HOST:PORT,HOST:PORT``. Imports nothing: *Stopp alt* needs it before anything else is there."""

from __future__ import annotations

_LARGEST_PORT = 65_535


def read_addresses(text: str) -> list[str]:
    """Return the addresses; a port alone belongs to this machine.

    Raises:
        ValueError: with the part that is no address.
    """
    return [_address(part.strip()) for part in text.split(",")]


def _address(part: str) -> str:
    host, _, port = part.rpartition(":")
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= _LARGEST_PORT):
        raise ValueError(part)
    return f"{host or '127.0.0.1'}:{port}"
