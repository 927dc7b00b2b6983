"""How the address of a headset is written: ``host:port``, or the cable it is on.

``usb:SERIAL`` is a headset on a USB cable; ``server:SERIAL`` one that a running adb server has (its SERIAL
may itself be a ``host:port``). Imports nothing: *Stopp alt* needs it before anything else is there.
"""

from __future__ import annotations

USB = "usb:"
SERVER = "server:"

_SHARED = frozenset(
    {"0123456789abcdef", "1234567890abcdef", "0123456789", "1234567890", "unknown", "android"}
)


def is_named(address: str) -> bool:
    """It names a headset, not a place on the network."""
    return address.startswith((USB, SERVER))


def name_in(address: str) -> str:
    """The SERIAL of an address that :func:`is_named`."""
    return address.partition(":")[2]


def is_on_cable(address: str) -> bool:
    """It is on a cable of this computer, whoever owns that."""
    return address.startswith(USB) or (address.startswith(SERVER) and not is_network_name(name_in(address)))


def is_network_name(name: str) -> bool:
    """An adb server calls so what it reaches over the network: ``host:port``, or as it is announced there."""
    return ":" in name or "._adb" in name


def host_and_port(address: str) -> tuple[str, int]:
    """The parts of ``host:port``. Raises ValueError for anything else."""
    host, _, port = address.rpartition(":")
    return host, int(port)


def tells_apart(serial: str) -> bool:
    """A maker has given it to one device; many cheap devices share one, such as 0123456789ABCDEF or zeros."""
    return len(set(serial)) > 1 and serial.lower() not in _SHARED
