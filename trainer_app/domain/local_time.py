"""Planned times: local wall time plus zone. A session at 13.00 stays at 13.00 in summer and winter time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trainer_app.domain.session_errors import EndBeforeStart, ZoneUnknown

HOME_ZONE = "Europe/Oslo"


def instant_of(local: datetime, zone: str) -> datetime:
    """Return the UTC instant of a wall time; of an hour that comes twice, the first.

    Raises:
        ZoneUnknown: no such zone.
        ValueError: ``local`` carries a zone of its own.
    """
    if local.tzinfo is not None:
        raise ValueError("a planned time is a wall time without a zone of its own")
    try:
        rules = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ZoneUnknown(zone=zone, detail=str(error)) from error
    return local.replace(tzinfo=rules, fold=0).astimezone(UTC)


def local_of(instant: datetime, zone: str) -> datetime:
    """Return the wall time of an instant, without zone."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPeriod:
    """From ``start`` until ``end`` (excluded), wall times in ``zone``.

    Raises:
        EndBeforeStart: nothing lies between them.
    """

    start: datetime
    end: datetime
    zone: str = HOME_ZONE

    def __post_init__(self) -> None:
        if self.starts_at >= self.ends_at:
            raise EndBeforeStart(start=f"{self.start:%H.%M}", end=f"{self.end:%H.%M}")

    @property
    def starts_at(self) -> datetime:
        """UTC."""
        return instant_of(self.start, self.zone)

    @property
    def ends_at(self) -> datetime:
        """UTC."""
        return instant_of(self.end, self.zone)

    @property
    def duration(self) -> timedelta:
        """Real time between them, also in the night when the clocks are changed."""
        return self.ends_at - self.starts_at

    def overlaps(self, other: LocalPeriod) -> bool:
        """Some instant belongs to both; one that ends when the other begins does not count."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at
