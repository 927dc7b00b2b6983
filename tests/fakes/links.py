"""A link to an agent that lives in memory, with a clock of its own and with faults to order."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from time import perf_counter_ns
from typing import Any

import msgspec

from headset_agent.protocol import messages as m
from headset_agent.protocol import page_messages
from headset_agent.protocol.adb.framing import Sendable
from headset_agent.protocol.adb.receiving import ReadableStream
from headset_agent.protocol.playing import Action, PageState, Plan, PlayMode
from trainer_app.domain.link_errors import LinkLost, ServiceRefused

_HELLO = msgspec.json.Decoder(m.Hello)
_REQUEST: msgspec.json.Decoder[Any] = msgspec.json.Decoder(m.Request)


class FakeStream(ReadableStream):
    """The laptop's end of a stream; what the agent writes is read here."""

    def __init__(self, agent: FakeAgent) -> None:
        super().__init__()
        self._agent = agent
        self.hello: m.Hello | None = None
        self.closed = False

    async def write(self, data: Sendable) -> None:
        if self._agent.cut or self.closed:
            raise LinkLost(headset="fake", detail="cut")
        if self._agent.hangs:
            await asyncio.Event().wait()
        self._agent.take(self, bytes(data))

    async def close(self) -> None:
        self.closed = True

    def say(self, message: msgspec.Struct) -> None:
        """The agent writes a message."""
        self.push(m.encode(message) + b"\n")

    def push(self, data: bytes) -> None:
        """The agent writes bytes."""
        self._take_in(data)

    def end(self) -> None:
        """The agent closes."""
        self._closed_by_peer = True
        self._changed.set()

    def wake(self) -> None:
        self._changed.set()

    def _failure(self) -> LinkLost | None:
        return LinkLost(headset="fake", detail="cut") if self._agent.cut else None

    def _cut_short(self, detail: str) -> LinkLost:
        return LinkLost(headset="fake", detail=detail)

    def _make_room(self) -> None:
        """Nobody waits for it."""


class FakeAgent:
    """Answers every request as a healthy agent would, but for the faults it is given.

    Attributes:
        offset_ns: Its clock less ours.
        refuse: Answer to a hello, instead of a welcome.
        failing: Codes by kind of request; ``failing_detail``: what is said with them.
        silent: It takes requests of these kinds and says nothing.
        hangs: Nothing can be sent to it any more.
        cut: The link is gone.
        visible: What its page says of its VR session; None: it has left VR.
        plan: The last one it was given.
        requests: Everything but pings and heartbeats, in order.
    """

    features: frozenset[str] = frozenset()
    properties: Mapping[str, str] = {}
    headset = "fake"

    def __init__(self, *, offset_ns: int = 0) -> None:
        self.offset_ns = offset_ns
        self.refuse: m.Refused | None = None
        self.failing: dict[type, str] = {}
        self.failing_detail = ""
        self.silent: set[type] = set()
        self.hangs = False
        self.cut = False
        self.requests: list[msgspec.Struct] = []
        self.streams: list[FakeStream] = []
        self.reports_ready = True
        self.visible: str | None = "visible"
        self.plan: Plan | None = None

    # --- as a link ---------------------------------------------------------------------------------------

    @property
    def lost(self) -> LinkLost | None:
        return LinkLost(headset="fake", detail="cut") if self.cut else None

    async def wait_lost(self) -> LinkLost:
        """For ever: a test cuts it between two words, and who speaks next finds out."""
        never: asyncio.Future[LinkLost] = asyncio.get_running_loop().create_future()
        return await never

    async def open_service(self, name: str, *, bulk: bool = False) -> FakeStream:
        if name != f"tcp:{m.CONTROL_PORT}":
            raise ServiceRefused(headset="fake", service=name)
        stream = FakeStream(self)
        self.streams.append(stream)
        return stream

    async def close(self) -> None:
        return

    # --- as an agent -------------------------------------------------------------------------------------

    def take(self, stream: FakeStream, line: bytes) -> None:
        if stream.hello is None:
            stream.hello = _HELLO.decode(line)
            stream.say(self.refuse or m.Welcome(protocol=1, build="b", pid=1))
            return
        request = _REQUEST.decode(line)
        if not isinstance(request, m.ClockPing | m.Heartbeat):
            self.requests.append(request)
        if type(request) not in self.silent:
            self._answer(stream, request)

    def _answer(self, stream: FakeStream, request: Any) -> None:
        now = perf_counter_ns() + self.offset_ns
        code = self.failing.get(type(request))
        if code is not None:
            stream.say(m.Failed(id=request.id, code=code, detail=self.failing_detail))
        elif isinstance(request, m.ClockPing):
            stream.say(m.ClockPong(seq=request.seq, t1=request.t1, t2=now, t3=now))
        elif isinstance(request, m.OpenPlayer):
            stream.say(m.PlayerOpen(id=request.id, mode=PlayMode.VR, immersive=True))
        elif isinstance(request, m.AskStatus):
            plan = self.plan
            stream.say(m.Status(id=request.id, state=None, film=None, position_s=0.0, holder="", plan=plan))
        elif isinstance(request, m.StopNow):
            stream.say(m.Stopped(id=request.id, page=True))
        else:
            stream.say(m.Done(id=request.id))
            if isinstance(request, m.SetPlan):
                self.plan = request.plan
                if self.reports_ready:
                    self._follow(request.plan)

    def _follow(self, plan: Plan) -> None:
        states = {
            Action.PREPARE: PageState.READY,
            Action.PLAY: PageState.PLAYING,
        }
        self.report(plan_id=plan.plan_id, state=states.get(plan.action, PageState.PAUSED))

    def report(self, *, plan_id: str, state: PageState, **fields: Any) -> None:
        """The page reports on every control connection."""
        now_ms = (perf_counter_ns() + self.offset_ns) / 1e6
        visible = fields.pop("visible", self.visible)
        page = page_messages.PageReport(
            plan_id=plan_id,
            revision=1,
            state=state,
            at_ms=fields.pop("at_ms", now_ms),
            at_uncertainty_ms=0.1,
            immersive=visible is not None,
            visible=visible,
            **fields,
        )
        self.event(m.Report(at_ns=round(now_ms * 1e6), page=page))

    def event(self, event: msgspec.Struct) -> None:
        for stream in self.role(m.Role.CONTROL):
            stream.say(event)

    def role(self, role: m.Role) -> list[FakeStream]:
        """Its open streams of one role."""
        return [s for s in self.streams if s.hello is not None and s.hello.role is role and not s.closed]

    def cut_the_link(self) -> None:
        self.cut = True
        for stream in self.streams:
            stream.wake()

    def of(self, kind: type) -> list[Any]:
        """Its requests of one kind."""
        return [request for request in self.requests if isinstance(request, kind)]
