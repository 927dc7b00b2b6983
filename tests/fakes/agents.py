"""Pages, plans and clocks for the agent's parts, without sockets and without time."""

from __future__ import annotations

from typing import Any, TypeVar

from headset_agent.protocol.messages import PROTOCOL_VERSION
from headset_agent.protocol.page_messages import AgentToPage, PageHello, PageReport
from headset_agent.protocol.playing import Action, FilmRef, PageState, Plan

SECOND = 1_000_000_000
SHA = "ab" * 32

T = TypeVar("T")


class HandClock:
    """A clock that is moved by hand; nanoseconds."""

    def __init__(self, now_ns: int = 5 * SECOND) -> None:
        self.now_ns = now_ns

    def __call__(self) -> int:
        return self.now_ns

    def advance(self, seconds: float) -> None:
        self.now_ns += round(seconds * SECOND)


class FakePage:
    """A page's web socket that remembers what it was sent."""

    def __init__(self) -> None:
        self.got: list[AgentToPage] = []
        self.closed = False

    async def send(self, message: AgentToPage) -> None:
        self.got.append(message)

    async def close(self) -> None:
        self.closed = True

    def all_of(self, kind: type[T]) -> list[T]:
        """Every message of one kind, in the order it came."""
        return [message for message in self.got if isinstance(message, kind)]


def page_hello() -> PageHello:
    return PageHello(version=PROTOCOL_VERSION, user_agent="test", xr=True)


def a_plan(**changes: Any) -> Plan:
    fields: dict[str, Any] = {
        "plan_id": "p",
        "revision": 1,
        "action": Action.PLAY,
        "film": FilmRef(sha256=SHA, duration_s=60.0),
        **changes,
    }
    return Plan(**fields)


def a_report(**changes: Any) -> PageReport:
    fields: dict[str, Any] = {
        "plan_id": "p",
        "revision": 1,
        "state": PageState.PLAYING,
        "at_ms": 1000.0,
        "at_uncertainty_ms": 0.1,
        **changes,
    }
    return PageReport(**fields)
