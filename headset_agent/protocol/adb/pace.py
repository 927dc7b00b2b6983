"""How large the next WRTE of a stream may be, so that it holds the line for a short time only.

A connection is one line: while a WRTE is on its way, nothing overtakes it. Large ones are fast on a good
line; on a slow Wi-Fi they would hold back the clock exchange and *Stopp alt*.
"""

from __future__ import annotations

TARGET_S = 0.05
"""A WRTE and its OKAY should take no longer than this."""

SMALLEST = 4 * 1024
FIRST = 256 * 1024


TINY = 1024
"""Bytes that are on the line for no time to speak of: what their OKAY takes is the way there and back."""


class WritePace:
    """Follows how long the OKAYs take; one for all streams of a connection, which share the line.

    The way there and back is no fault of the size: it is learned from small packets and left out of account,
    or a distant headset (a Wi-Fi that answers late, and is fast) would be sent ever smaller pieces.

    Attributes:
        size: Bytes of the next WRTE.
    """

    def __init__(self, max_payload: int) -> None:
        self._largest = max_payload
        self._latency_s: float | None = None
        self.size = min(FIRST, max_payload)

    def acknowledged(self, count: int, seconds: float) -> None:
        """Learn from a WRTE of ``count`` bytes that was answered after ``seconds``."""
        if count <= TINY and count < self.size:
            self._learn_latency(seconds)
            return
        on_line_s = max(0.0, seconds - (self._latency_s or 0.0))
        if on_line_s > TARGET_S:
            self.size = max(SMALLEST, int(count * max(TARGET_S / on_line_s, 0.25)))
        elif count >= self.size and on_line_s < TARGET_S / 2:
            self.size = min(self._largest, self.size * 2)

    def _learn_latency(self, seconds: float) -> None:
        """Down at once, up slowly: a small packet may have waited behind a large one."""
        if self._latency_s is None or seconds < self._latency_s:
            self._latency_s = seconds
        else:
            self._latency_s += (seconds - self._latency_s) / 16
