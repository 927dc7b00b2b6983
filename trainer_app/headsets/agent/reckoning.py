"""How far apart a group was, reckoned while the film goes on; no I/O.

A film of 40 minutes has a hundred thousand reports. To keep them to the end took 5 MB, and half a second in
which the loop did nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from trainer_app.domain.spread import SpreadLog
from trainer_app.domain.tracks import INSTANT_NS, Samples, together

_DOUBT_NS = 1_000_000_000
"""A report may turn out to be so much earlier than it was taken for, and the one behind it counts as well."""


class Reckoning:
    """Of one start of a film. All instants are the laptop's monotonic clock, nanoseconds."""

    def __init__(self) -> None:
        self._log = SpreadLog()
        self._places: dict[str, Samples] = {}
        # Instants before this are in the log.
        self._from_ns: int | None = None

    def take(self, serial: str, places: Samples) -> None:
        """One headset was there, for good; they are later than all it has been said of it before."""
        if places:
            self._places.setdefault(serial, Samples()).extend(places)

    def reckon(self, started_ns: int, until_ns: int) -> None:
        """All places until an instant are there: note how far apart they were, and forget them."""
        until_ns -= _DOUBT_NS
        _note(self._log, self._places, started_ns, self._from_ns, until_ns)
        self._from_ns = (until_ns // INSTANT_NS + 1) * INSTANT_NS
        for places in self._places.values():
            # The last one before the next instant is the beginning of the line on which that lies.
            places.forget(max(0, places.count_until(self._from_ns) - 1))

    def with_more(self, started_ns: int, later: Mapping[str, Samples]) -> SpreadLog:
        """What comes of it with some more places of each headset; nothing here changes."""
        log, places = deepcopy(self._log), deepcopy(self._places)
        for serial, samples in later.items():
            places.setdefault(serial, Samples()).extend(samples)
        _note(log, places, started_ns, self._from_ns, None)
        return log


def _note(
    log: SpreadLog,
    places: Mapping[str, Samples],
    started_ns: int,
    from_ns: int | None,
    until_ns: int | None,
) -> None:
    for at_ns, positions_s in together(places, from_ns=from_ns, until_ns=until_ns):
        log.note((at_ns - started_ns) * 1e-9, positions_s)
