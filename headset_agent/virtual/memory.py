"""What a virtual headset's Android remembers when it is switched off: settings and persistent properties."""

from __future__ import annotations

from pathlib import Path

import msgspec

from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.state import HeadsetState

PERSISTENT = "persist."
"""Properties whose names begin so outlive a restart."""


class _Kept(msgspec.Struct, kw_only=True):
    settings: list[tuple[str, str, str]]
    properties: dict[str, str]


def remember(state: HeadsetState, file: Path) -> None:
    """Take over what a former run has left in a file, and keep every change there from now on.

    Raises:
        HeadsetStartError: the file holds something else.
    """
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=_Kept)
    except FileNotFoundError:
        pass
    except msgspec.DecodeError as error:
        raise HeadsetStartError(f"{file} is no headset's memory ({error}). Delete it.") from error
    else:
        state.settings = {(space, key): value for space, key, value in kept.settings}
        state.properties |= kept.properties
    state.on_change = lambda: _keep(state, file)


def _keep(state: HeadsetState, file: Path) -> None:
    kept = _Kept(
        settings=[(space, key, value) for (space, key), value in state.settings.items()],
        properties={name: value for name, value in state.properties.items() if name.startswith(PERSISTENT)},
    )
    fresh = file.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(kept))
    fresh.replace(file)
