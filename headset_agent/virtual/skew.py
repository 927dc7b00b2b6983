"""A clock of its own for every virtual headset, in the agent and in the page alike.

The skew travels in one environment variable as ``offset_ns:drift_ppm:reference_ns``. The page gets it as a
script that runs before the page's own and alters every clock a page can read, in the page's world only: an
observer in an isolated world still reads the machine's clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

SKEW_VARIABLE = "SIMKOFFERT_CLOCK_SKEW"
"""Environment variable that carries a skew to the agent of a virtual headset, or names the file it is in."""

_WIDTH = 96
"""Bytes of such a file: always the same, so that who reads while it is written never sees half a number."""


@dataclass(frozen=True, slots=True)
class ClockSkew:
    """A clock that is ahead by ``offset_ns`` at ``reference_ns`` and gains ``drift_ppm``.

    Attributes:
        offset_ns: Nanoseconds; may be negative.
        drift_ppm: Parts per million; positive runs fast.
        reference_ns: Instant of the real monotonic clock at which the offset holds exactly.
    """

    offset_ns: int
    drift_ppm: float
    reference_ns: int

    def apply(self, real_ns: int) -> int:
        """Return what this clock shows when the real one shows ``real_ns``."""
        return real_ns + self.offset_ns + round((real_ns - self.reference_ns) * self.drift_ppm * 1e-6)

    def inverse(self, skewed_ns: int) -> int:
        """Return what the real clock shows when this one shows ``skewed_ns``, to the nanosecond or two."""
        # Measured from the reference, so that hours of offset cost no precision of the division.
        since = skewed_ns - self.offset_ns - self.reference_ns
        return self.reference_ns + since - round(since * self.drift_ppm / (1e6 + self.drift_ppm))

    def serialise(self) -> str:
        """Return the value of :data:`SKEW_VARIABLE`."""
        return f"{self.offset_ns}:{self.drift_ppm!r}:{self.reference_ns}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what :meth:`serialise` wrote.

        Raises:
            ValueError: It is something else.
        """
        offset, drift, reference = text.split(":")
        return cls(int(offset), float(drift), int(reference))

    def page_script(self) -> str:
        """Return the script that puts a page into this clock.

        A page's clock begins at its own start, so only offset and drift carry over.
        """
        return _SCRIPT.replace("OFFSET_MS", repr(self.offset_ns / 1e6)).replace(
            "DRIFT", repr(self.drift_ppm / 1e6)
        )


class SteeredClock:
    """The clock of one headset, in a file from which agent and simulated page read it."""

    def __init__(self, file: Path, skew: ClockSkew | None) -> None:
        """Write the file; without a skew the clock is this machine's."""
        self._file = file
        self._skew = skew or ClockSkew(0, 0.0, 0)
        file.touch(mode=0o644)
        self.jump(0.0)

    @property
    def value(self) -> str:
        """The value of :data:`SKEW_VARIABLE`."""
        return f"@{self._file}"

    def jump(self, seconds: float) -> None:
        """Be ahead by so many seconds of what it would be without; 0: be as in the beginning."""
        skew = replace(self._skew, offset_ns=self._skew.offset_ns + round(seconds * 1e9))
        with self._file.open("rb+") as opened:
            opened.write(skew.serialise().ljust(_WIDTH).encode())


# The emulated XR session takes its frame times from performance.now() and requestAnimationFrame, so it is
# altered through them; altering it again would count the skew twice.
_SCRIPT = """
(() => {
  const offset = OFFSET_MS, drift = DRIFT;
  const skew = (ms) => ms + offset + ms * drift;
  const realNow = performance.now.bind(performance);
  const realDate = Date;
  const begin = realDate.now();
  const define = (object, name, value) =>
    Object.defineProperty(object, name, { value, configurable: true, writable: true });

  define(Performance.prototype, 'now', function now() { return skew(realNow()); });

  const skewDate = (ms) => ms + offset + (ms - begin) * drift;
  class SkewedDate extends realDate {
    constructor(...parts) {
      if (parts.length) super(...parts); else super(skewDate(realDate.now()));
    }
    static now() { return Math.round(skewDate(realDate.now())); }
  }
  define(globalThis, 'Date', SkewedDate);

  const realFrame = globalThis.requestAnimationFrame.bind(globalThis);
  define(globalThis, 'requestAnimationFrame', (callback) => realFrame((time) => callback(skew(time))));

  const video = globalThis.HTMLVideoElement && HTMLVideoElement.prototype;
  if (video && video.requestVideoFrameCallback) {
    const realVideoFrame = video.requestVideoFrameCallback;
    const timeFields = ['presentationTime', 'expectedDisplayTime', 'captureTime', 'receiveTime'];
    define(video, 'requestVideoFrameCallback', function requestVideoFrameCallback(callback) {
      return realVideoFrame.call(this, (time, metadata) => {
        const copy = { ...metadata };
        for (const field of timeFields) if (field in copy) copy[field] = skew(copy[field]);
        callback(skew(time), copy);
      });
    });
  }

  const stamp = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp');
  if (stamp && stamp.get) {
    Object.defineProperty(Event.prototype, 'timeStamp', {
      ...stamp, get() { return skew(stamp.get.call(this)); },
    });
  }
})();
"""
