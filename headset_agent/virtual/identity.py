"""Who a virtual headset is and whom it trusts; kept in its folder, so that a restart changes neither."""

from __future__ import annotations

from pathlib import Path

import msgspec

from headset_agent.virtual.errors import HeadsetStartError


class Identity(msgspec.Struct, kw_only=True):
    """Serial number and accepted keys.

    Attributes:
        serial: As ``ro.serialno``.
        keys: Public keys in Android's own text form, without the comment.
    """

    serial: str
    keys: list[str] = []


def load_identity(file: Path, new_serial: str) -> Identity:
    """Return the identity kept in a file, or a new one.

    Raises:
        HeadsetStartError: the file holds something else.
    """
    try:
        return msgspec.json.decode(file.read_bytes(), type=Identity)
    except FileNotFoundError:
        return Identity(serial=new_serial)
    except msgspec.DecodeError as error:
        raise HeadsetStartError(f"{file} is not a headset's identity ({error}). Delete it.") from error


def save_identity(file: Path, identity: Identity) -> None:
    """Keep an identity; never leaves half a file."""
    temporary = file.with_suffix(".new")
    temporary.write_bytes(msgspec.json.encode(identity))
    temporary.replace(file)


def serial_for(number: int, block: int) -> str:
    """Return a new headset's serial number: the same in every run, another for each headset of a machine.

    Args:
        number: The headset's number in its kit.
        block: Which of the machine's address blocks it has; a second kit gets the next.
    """
    return f"SIMKOFFERT{block:02d}{number:03d}"
