"""Reads ``HOST:PORT,usb:SERIAL``. Imports next to nothing: *Stopp alt* needs it before all else is there."""

from __future__ import annotations

from trainer_app.domain.headset_address import is_named, name_in

_LARGEST_PORT = 65_535


def read_addresses(text: str) -> list[str]:
    """Return the addresses; a port alone belongs to this machine.

    Raises:
        ValueError: with the part that is no address.
    """
    return [_address(part.strip()) for part in text.split(",")]


def _address(part: str) -> str:
    if is_named(part) and name_in(part).isprintable() and name_in(part):
        return part
    host, _, port = part.rpartition(":")
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= _LARGEST_PORT):
        raise ValueError(part)
    return f"{host or '127.0.0.1'}:{port}"
