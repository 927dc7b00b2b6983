"""How much of a stream may be on its way at once, so that it holds the line for a short time only.

A connection is one line: while a film is on its way, nothing overtakes what was sent before. Much at once is
fast on a good line; on a slow Wi-Fi it would hold back the clock exchange and *Stopp alt*.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

TARGET_S = 0.05
"""What is on its way at once should take no longer than this, beside the way there and back."""

SMALLEST = 4 * 1024
FIRST = 256 * 1024


TINY = 1024
"""Bytes that are on the line for no time to speak of: what their OKAY takes is the way there and back."""

_WRITES = 2
"""Into so many WRTEs a window is cut on a distant line: the next is there when one is taken."""

_NEAR_S = 0.001
"""Where the way there and back takes less, a line is not empty meanwhile; and who has less on its way finds
it in the processor's caches: a fifth faster where this was measured."""


class WritePace:
    """Follows how long the OKAYs take; one for all streams of a connection, which share the line.

    The way there and back is no fault of the size: it is learned from small packets and left out of account,
    or a distant headset (a Wi-Fi that answers late, and is fast) would be sent ever smaller pieces.

    Attributes:
        window: Bytes that a stream may have on their way.
    """

    def __init__(self, max_payload: int, *, most: int = 0) -> None:
        """Begin with a window that no line minds.

        Args:
            max_payload: Bytes of one WRTE.
            most: Bytes that a stream may ever have on their way over a distant line; 0: one WRTE.
        """
        self._max_payload = max_payload
        self._most = max(most, max_payload)
        self._latency_s = 0.0
        self._knows_latency = False
        self._on_line = 0
        self.window = min(FIRST, max_payload)

    @property
    def size(self) -> int:
        """Bytes of the next WRTE."""
        writes = _WRITES if self._is_distant else 1
        return min(self._max_payload, max(SMALLEST, self.window // writes), self.window)

    def room(self, on_way: int) -> int:
        """Bytes of the next WRTE of a stream that has so many on their way; 0: it has to wait."""
        return self.size if not on_way else max(0, min(self.size, self.window - on_way))

    def sent(self, count: int) -> bool:
        """A WRTE goes out; gives whether next to nothing of this connection was on its way before it."""
        was_free = self._on_line <= 2 * SMALLEST
        self._on_line += count
        return was_free

    def acknowledged(self, sent: SentWrite, seconds: float) -> None:
        """Learn from a WRTE that was answered after so long."""
        self.given_up(sent.count)
        if sent.count <= TINY and sent.count < self.size:
            self._learn_latency(seconds, was_free=sent.line_was_free)
            return
        on_line_s = max(0.0, seconds - self._latency_s)
        if on_line_s > TARGET_S:
            fitting = int(sent.on_way * max(TARGET_S / on_line_s, 0.25))
            self.window = max(SMALLEST, min(self.window, fitting))
        elif sent.on_way >= max(self.size, self.window - self.size) and on_line_s < TARGET_S / 2:
            largest = self._most if self._is_distant else self._max_payload
            self.window = min(largest, self.window + sent.count)

    def given_up(self, count: int) -> None:
        """So many bytes are no longer on their way, or nobody will hear what became of them."""
        self._on_line -= count

    @property
    def _is_distant(self) -> bool:
        return self._most > self._max_payload and self._latency_s > _NEAR_S

    def _learn_latency(self, seconds: float, *, was_free: bool) -> None:
        """Down at once; up slowly, and not from what has waited behind a film."""
        if not self._knows_latency or seconds < self._latency_s:
            self._knows_latency, self._latency_s = True, seconds
        elif was_free:
            self._latency_s += (seconds - self._latency_s) / 16


@dataclass(frozen=True, slots=True)
class SentWrite:
    """A WRTE that was sent.

    Attributes:
        count: Its bytes.
        on_way: What its stream had on its way with it.
        line_was_free: Next to nothing of the connection was on its way before it.
        at_s: When, by the clock of whoever sends.
    """

    count: int
    on_way: int
    line_was_free: bool
    at_s: float


class OnTheWay:
    """What a stream has sent and has had no answer to."""

    def __init__(self, pace: WritePace) -> None:
        self._pace = pace
        self._writes: deque[SentWrite] = deque()
        self._answered = 0
        self.bytes = 0

    @property
    def room(self) -> int:
        """Bytes of the next WRTE; 0: it has to wait."""
        return self._pace.room(self.bytes)

    def add(self, count: int, now_s: float) -> None:
        """A WRTE goes out."""
        self.bytes += count
        self._writes.append(SentWrite(count, self.bytes, self._pace.sent(count), now_s))

    def answered(self, count: int, now_s: float) -> None:
        """The peer has taken so many more bytes; of one that says more than was sent, the rest is ignored."""
        self._answered += count
        while self._writes and self._answered >= self._writes[0].count:
            write = self._writes.popleft()
            self._answered -= write.count
            self.bytes -= write.count
            self._pace.acknowledged(write, now_s - write.at_s)
        if not self._writes:
            self._answered = min(self._answered, 0)

    def give_up(self) -> None:
        """The stream is gone: no answers come any more."""
        for write in self._writes:
            self._pace.given_up(write.count)
        self._writes.clear()
        self.bytes = self._answered = 0
