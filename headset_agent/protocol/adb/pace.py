"""How large the next WRTE of a stream may be, so that it holds the line for a short time only.

A connection is one line: while a WRTE is on its way, nothing overtakes it. Large ones are fast on a good
line; on a slow Wi-Fi they would hold back the clock exchange and *Stopp alt*.
"""

from __future__ import annotations

TARGET_S = 0.05
"""A WRTE and its OKAY should take no longer than this."""

SMALLEST = 4 * 1024
FIRST = 256 * 1024


class WritePace:
    """Follows how long the OKAYs take.

    Attributes:
        size: Bytes of the next WRTE.
    """

    def __init__(self, max_payload: int) -> None:
        self._largest = max_payload
        self.size = min(FIRST, max_payload)

    def acknowledged(self, count: int, seconds: float) -> None:
        """Learn from a WRTE of ``count`` bytes that was answered after ``seconds``."""
        if seconds > TARGET_S:
            self.size = max(SMALLEST, int(count * max(TARGET_S / seconds, 0.25)))
        elif count >= self.size and seconds < TARGET_S / 2:
            self.size = min(self._largest, self.size * 2)
