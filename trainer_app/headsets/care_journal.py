"""What this laptop remembers of changes on headsets that are not back yet: a small file for each headset."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from headset_agent.protocol.care import Change
from headset_agent.protocol.reading import JsonReader

log = logging.getLogger(__name__)

_CHANGES: JsonReader[list[Change]] = JsonReader(list[Change])


class CareJournal:
    """The files of one data folder. That they cannot be written holds nothing up: the headset has its own."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when there is something to remember."""
        self._folder = folder

    def note(self, serial: str, changes: Sequence[Change]) -> None:
        """Remember what is changed on a headset now; whole or not at all."""
        if list(changes) == self.of(serial):
            return
        file = self._file(serial)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_bytes(msgspec.json.encode(changes))
            fresh.replace(file)
        except OSError as error:
            log.warning("changes on headset %s are not remembered here: %s", serial, error)

    def of(self, serial: str) -> list[Change]:
        """What is changed on a headset as far as this laptop knows, in the order in which it was changed."""
        try:
            return _CHANGES.decode(self._file(serial).read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except (OSError, msgspec.DecodeError) as error:
            log.warning("what was changed on headset %s cannot be read: %s", serial, error)
            return []

    def forget(self, serial: str) -> None:
        """All is back on this headset."""
        try:
            self._file(serial).unlink(missing_ok=True)
        except OSError as error:
            log.warning("headset %s stays in the journal: %s", serial, error)

    def _file(self, serial: str) -> Path:
        # A serial comes from the headset: it is not to name a file elsewhere.
        return self._folder / f"{re.sub(r'[^A-Za-z0-9._-]', '_', serial)[:80] or '_'}.care.json"
