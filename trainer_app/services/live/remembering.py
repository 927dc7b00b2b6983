"""What is remembered of the headsets of a suitcase, and how addresses are written."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime

from trainer_app.domain.headset_address import is_named
from trainer_app.domain.kits import Headset, KitId, Serial
from trainer_app.domain.link_errors import AddressMalformed
from trainer_app.services.ports import KitHeadsets

Remember = Callable[[KitId, Serial, str, str], Awaitable[Headset]]
"""Called with suitcase, serial, model and address of a headset that is here; gives it with its number.

Served by whatever owns the database (see :func:`remember_headset`), so that the loop never waits for a disk.
"""

RememberArmed = Callable[[Serial], Awaitable[None]]
"""Called with the serial of a headset that was made ready for Wi-Fi."""

DEFAULT_PORT = 5555
"""Where a headset's ADB listens."""

_NAMED = re.compile(r"(usb|server):[!-~]{1,253}")
_ADDRESS = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:/]{1,253})(?::(?P<port>\d{1,5}))?")


async def forget_armed(_serial: Serial) -> None:
    """Where nothing is remembered."""


def remember_headset(
    headsets: KitHeadsets, kit_id: KitId, serial: Serial, model: str, address: str, seen: datetime
) -> Headset:
    """Record that a headset is here, in this suitcase; one that is new there gets the lowest free number.

    A cable is found by itself when it is plugged in, so it takes no network address away. ``seen`` is UTC.
    """
    if is_named(address):
        address = next((one.address for one in headsets.all() if one.serial == serial), None) or address
    known = headsets.remember(serial, model, address, seen)
    return known if known.kit_id == kit_id else headsets.place(known.id, kit_id)


def is_of_another_kit(headsets: KitHeadsets, kit_id: KitId, serial: Serial) -> bool:
    """Whether a headset lies in another suitcase than this one."""
    known = next((one for one in headsets.all() if one.serial == serial), None)
    return known is not None and known.kit_id not in (None, kit_id)


def read_address(text: str) -> str:
    """Return ``host:port`` of what somebody typed; the port may be left out. ``usb:SERIAL`` stays as it is.

    Raises:
        AddressMalformed: it is neither.
    """
    if _NAMED.fullmatch(text.strip()):
        return text.strip()
    found = _ADDRESS.fullmatch(text.strip())
    port = int(found["port"] or DEFAULT_PORT) if found else 0
    if found is None or not 0 < port < 65536 or not _can_be_a_name(found["host"]):
        raise AddressMalformed(address=text.strip()[:80])
    return f"{found['host']}:{port}"


def _can_be_a_name(host: str) -> bool:
    """Whether it can be looked for at all: a part between two points has 1 to 63 characters."""
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return host.isprintable()
