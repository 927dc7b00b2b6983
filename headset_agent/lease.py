"""Who may command this headset: one controller at a time (sans-IO)."""

from __future__ import annotations

from dataclasses import dataclass

LEASE_NS = 6_000_000_000
"""A controller that was silent so long has lost the lease; it sends a heartbeat every two seconds."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A controller: the random id of its program run, and its name for people."""

    client: str
    name: str


class Lease:
    """One holder, an epoch that counts changes of holder, a time at which it runs out."""

    def __init__(self, duration_ns: int = LEASE_NS) -> None:
        self._duration_ns = duration_ns
        self._holder: Holder | None = None
        self._until_ns = 0
        self.epoch = 0

    def holder(self, now_ns: int) -> Holder | None:
        """Who holds the lease now."""
        return self._holder if now_ns < self._until_ns else None

    def left_ms(self, now_ns: int) -> int:
        """How long the lease lasts if nothing more is heard, milliseconds, rounded up."""
        return -(-max(0, self._until_ns - now_ns) // 1_000_000)

    def acquire(self, holder: Holder, now_ns: int) -> bool:
        """Take the lease, or take it again; False while somebody else holds it."""
        current = self.holder(now_ns)
        if current is not None and current.client != holder.client:
            return False
        if self._holder is None or self._holder.client != holder.client:
            self.epoch += 1
        self._holder = holder
        self._until_ns = now_ns + self._duration_ns
        return True

    def renew(self, client: str, now_ns: int) -> bool:
        """Prolong; False when the lease is somebody else's by now."""
        if self._holder is None or self._holder.client != client:
            return False
        return self.acquire(self._holder, now_ns)

    def release(self, client: str) -> None:
        """Give it back."""
        if self._holder is not None and self._holder.client == client:
            self._holder = None
            self._until_ns = 0
