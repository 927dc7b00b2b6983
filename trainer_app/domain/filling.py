"""Filling headsets with films: what is to be sent, how far it is, and what became of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from trainer_app.domain.films import Film, Projection, Stereo

_WINDOW_S = 4.0
_STEP_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmToSend:
    """A film of the library, to be sent. ``size`` in bytes.

    Attributes:
        blake3: The sum that its headset verifies it by, 64 hexadecimal digits; empty: by its sha256.
        projection: How its picture lies, and ``stereo``: a headset's own player reads them off the name.
    """

    sha256: str
    path: Path
    size: int
    title: str
    blake3: str = ""
    projection: Projection = Projection.EQUIRECT
    stereo: Stereo = Stereo.MONO

    @classmethod
    def of(cls, film: Film, path: Path) -> Self:
        """A film that lies at a path."""
        return cls(
            sha256=film.sha256,
            path=path,
            size=film.size_bytes,
            title=film.title,
            blake3=film.blake3,
            projection=film.projection,
            stereo=film.stereo,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of it.

    Attributes:
        bytes: The film's size.
        sent_bytes: What had to be sent; less when a part or all of it was there.
        seconds: From the first byte to the verified rename.
        verified: What is there was read again and is the film; False: the headset cannot tell.
        lent: It stays on the laptop and comes through the cable.
    """

    bytes: int
    sent_bytes: int
    seconds: float
    verified: bool = True
    lent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingTotal:
    """How far all headsets are together.

    Attributes:
        bytes_per_s: Of all together over the last seconds; None: not known yet.
        seconds_left: Until the last one has all; None while that is not known.
    """

    done_bytes: int
    whole_bytes: int
    bytes_per_s: float | None = None
    seconds_left: float | None = None

    @classmethod
    def of(cls, parts: Iterable[tuple[int, int, float | None]]) -> Self:
        """Add headsets up: bytes that are there, bytes in all, bytes a second of each."""
        each = tuple(parts)
        under_way = [(whole - done, rate) for done, whole, rate in each if done < whole]
        rates = [rate for _, rate in under_way if rate]
        return cls(
            done_bytes=sum(done for done, _, _ in each),
            whole_bytes=sum(whole for _, whole, _ in each),
            bytes_per_s=sum(rates) or None,
            # They are filled side by side: the slowest one says when all are done.
            seconds_left=(
                max((left / rate for left, rate in under_way if rate), default=0.0)
                if len(rates) == len(under_way)
                else None
            ),
        )

    @property
    def percent(self) -> int:
        """Whole percent, 100 only when everything is there."""
        return 100 if self.done_bytes >= self.whole_bytes else 100 * self.done_bytes // self.whole_bytes


class Speed:
    """Bytes a second over the last seconds, from how many were there when."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def note(self, there: int, now_s: float) -> bool:
        """Take a mark; False when the last one is so fresh that nobody would see the difference.

        Fewer bytes than before (a film that is sent again) begin the measuring anew.
        """
        if self._marks and there < self._marks[-1][1]:
            self._marks.clear()
        if self._marks and now_s - self._marks[-1][0] < _STEP_S:
            return False
        self._marks.append((now_s, there))
        # One mark from before is kept: on a slow line two may be further apart than the window is long.
        while len(self._marks) > 2 and now_s - self._marks[1][0] > _WINDOW_S:
            self._marks.popleft()
        return True

    @property
    def bytes_per_s(self) -> float | None:
        """None while too little is known."""
        if not self._marks:
            return None
        (first_s, first), (last_s, last) = self._marks[0], self._marks[-1]
        return (last - first) / (last_s - first_s) if last_s - first_s > _STEP_S and last > first else None
