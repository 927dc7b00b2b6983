"""A headset's browser and page made of a clock only: it speaks the page's protocol and shows nothing.

It stands in for a browser where none is needed (many headsets on one machine) and where a browser would
hide what is to be measured: what laptop, link, agent and clock estimates alone contribute to the spread. It
follows the plan exactly as its own clock estimate tells, has no decoder and hence no start latency and no
corrections. It fetches the film's first bytes from the agent as a browser would, so that a film that is not
served fails.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter_ns
from urllib.parse import urlsplit

import aiohttp

from headset_agent.protocol.clock import ClockEstimate, ClockFilter, Exchange
from headset_agent.protocol.messages import PROTOCOL_VERSION, encode
from headset_agent.protocol.page_messages import (
    AgentToPage,
    PageHello,
    PageIdentify,
    PagePing,
    PagePlan,
    PagePong,
    PageProblem,
    PageRecentre,
    PageReport,
    PageStop,
    PageStopped,
    PageText,
    PageToAgent,
    PageVolume,
    PageWelcome,
)
from headset_agent.protocol.playing import Action, PageState, Plan
from headset_agent.protocol.reading import JsonReader
from headset_agent.protocol.timeline import instant_of, position_at, supersedes, turned
from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.faults.kinds import Asleep, ConsentRefused
from headset_agent.virtual.wearing import looks_at

log = logging.getLogger(__name__)

_DECODER: JsonReader[AgentToPage] = JsonReader(AgentToPage)
_BURST = 8
_PING_S = 0.25
_REPORT_S = 0.1
_STANDING_REPORT_S = 0.25
_IDLE_REPORT_S = 1.0
_ASK_AGAIN_NS = 900_000_000
"""A wearer who does not want VR is asked again after this, as by the page's button."""

_STARTED_S = 0.1
"""The start is told when the position has moved so far."""

_BACKOFF_S = (0.1, 0.2, 0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What an observer outside sees: ``at_ns`` is the machine's own clock, not the headset's.

    ``text``: the facilitator's words to the wearer; empty for none. ``told_at_ns``: when words, or the order
    to identify, came last, by this machine's clock; 0: never. ``film``: its sha256; empty for none.
    """

    at_ns: int
    state: PageState
    position_s: float
    dark: bool
    silent: bool
    identifying: bool
    text: str = ""
    told_at_ns: int = 0
    film: str = ""


class SimulatedPlayer:
    """One simulated browser with at most one page."""

    devtools: str | None = None

    def __init__(
        self,
        clock: Callable[[], int] = perf_counter_ns,
        wearer: int = 0,
        faults: ActiveFaults | None = None,
    ) -> None:
        """Take the headset's clock, nanoseconds (skewed, where the headset has a clock of its own).

        ``wearer``: a number gives the head a way of its own through the film; 0 holds it still.
        ``faults``: what is wrong with the headset at the moment.
        """
        self._faults = ActiveFaults() if faults is None else faults
        self._refused_ns = 0
        self._clock = clock
        self._wearer = wearer
        self._task: asyncio.Task[None] | None = None
        self._filter = ClockFilter()
        self._plan: Plan | None = None
        self._before: Plan | None = None
        self._state = PageState.WAITING
        self._stopped = False
        self._tethered = False
        self._started_ms: float | None = None
        self._first_s = 0.0
        self._identify_until_ns = 0
        self._text, self._text_until_ns = "", 0
        self._told_at_ns = 0
        self._changed = asyncio.Event()
        self._yaw_deg = 0.0
        self._pitch_deg = 0.0

    async def open(self, url: str) -> None:
        """Open the page's address, as Android's VIEW intent would; a page already open is replaced."""
        await self.close()
        self._task = asyncio.create_task(self._live(url), name="simulated page")

    async def close(self) -> None:
        """Close the page."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        self._plan = None
        self._state = PageState.WAITING

    def set_head(self, yaw_deg: float, pitch_deg: float) -> None:
        """Turn the wearer's head; degrees, positive to the right and upwards."""
        self._yaw_deg, self._pitch_deg = yaw_deg, pitch_deg

    def observe(self) -> Observation:
        """What is to be seen and heard at this instant."""
        own, real = self._clock(), perf_counter_ns()
        position, state = self._at(own, self._filter.estimate(own))
        return Observation(
            at_ns=real,
            state=state,
            position_s=position,
            dark=_is_dark(state),
            silent=_is_silent(state),
            identifying=own < self._identify_until_ns,
            text=self._text if own < self._text_until_ns else "",
            told_at_ns=self._told_at_ns,
            film=self._film_now(),
        )

    # --- life ----------------------------------------------------------------------------------------

    async def _live(self, url: str) -> None:
        backoff = iter(_BACKOFF_S)
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    await self._connected(session, url)
                    backoff = iter(_BACKOFF_S)
                except* (aiohttp.ClientError, ConnectionError) as errors:
                    log.info("simulated page lost its agent: %s", errors.exceptions)
                if self._tethered and self._plan is not None:
                    self._plan, self._stopped, self._text = None, True, ""
                await asyncio.sleep(next(backoff, _BACKOFF_S[-1]))

    async def _connected(self, session: aiohttp.ClientSession, url: str) -> None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        socket_url = f"{origin}/socket?{parts.query}"
        async with (
            session.ws_connect(socket_url, headers={"Origin": origin}) as socket,
            asyncio.TaskGroup() as tasks,
        ):
            await _send(socket, PageHello(version=PROTOCOL_VERSION, user_agent="simulated", xr=True))
            helpers = [
                tasks.create_task(self._exchange_clocks(socket)),
                tasks.create_task(self._report(socket)),
            ]
            async for frame in socket:
                received = self._clock()
                if frame.type is not aiohttp.WSMsgType.TEXT:
                    break
                await self._take(session, socket, origin, _DECODER.decode(frame.data), received)
            for helper in helpers:
                helper.cancel()

    async def _exchange_clocks(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        sequence = 0
        while True:
            sequence += 1
            await _send(socket, PagePing(seq=sequence, t1=self._clock() / 1e6))
            await asyncio.sleep(0.02 if sequence <= _BURST else _PING_S)

    async def _report(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._send_report(socket)
            self._changed.clear()
            again = loop.call_later(self._pause_s(), self._changed.set)
            try:
                await self._changed.wait()
            finally:
                again.cancel()

    def _pause_s(self) -> float:
        """Until the next report: as the page's, and at once when a start that was told ahead is due."""
        own_ns = self._clock()
        _, state = self._at(own_ns, self._filter.estimate(own_ns))
        if state is PageState.PLAYING:
            return _REPORT_S
        if self._plan is None or self._plan.action is Action.IDLE:
            return _IDLE_REPORT_S
        due_s = (self._plan.anchor_ns - round(self._now_ms() * 1e6)) / 1e9
        return min(_STANDING_REPORT_S, due_s) if due_s > 0 else _STANDING_REPORT_S

    # --- messages ------------------------------------------------------------------------------------

    async def _take(
        self,
        session: aiohttp.ClientSession,
        socket: aiohttp.ClientWebSocketResponse,
        origin: str,
        message: AgentToPage,
        received: int,
    ) -> None:
        match message:
            case PagePong():
                self._filter.add(_exchange(message, received))
            case PagePlan():
                await self._follow(session, socket, origin, message)
            case PageStop():
                self._plan, self._stopped, self._text = None, True, ""
                await _send(socket, PageStopped(seq=message.seq, at_ms=self._now_ms()))
            case PageIdentify():
                self._told_at_ns = perf_counter_ns()
                self._identify_until_ns = self._clock() + round(message.seconds * 1e9)
            case PageText():
                self._told_at_ns = perf_counter_ns()
                self._text = message.text
                self._text_until_ns = self._clock() + round(message.seconds * 1e9)
            case PageRecentre():
                self._yaw_deg = 0.0
            case PageWelcome():
                self._tethered = message.tethered
            case PageVolume():
                pass  # nothing to hear here
        self._changed.set()

    async def _follow(
        self,
        session: aiohttp.ClientSession,
        socket: aiohttp.ClientWebSocketResponse,
        origin: str,
        plan: PagePlan,
    ) -> None:
        old, told = self._plan, _as_told(plan)
        if not supersedes(told, old):
            return
        fresh = old is None or old.plan_id != plan.plan_id
        if fresh:
            self._started_ms = None
            self._first_s = plan.position_s
        urls = [url for url in (plan.film_url, *plan.then_urls) if fresh and url is not None]
        for url in urls:
            if not await _is_served(session, origin + url):
                self._state = PageState.FAILED
                await _send(socket, PageProblem(code="film_not_found", detail=url))
                return
        self._stopped = plan.action is Action.STOP
        self._before = None if fresh else self._followed_at(round(self._now_ms() * 1e6))
        self._plan = told

    # --- where we are --------------------------------------------------------------------------------

    def _now_ms(self) -> float:
        """Now, by the agent's clock as far as it is known."""
        own_ns = self._clock()
        estimate = self._filter.estimate(own_ns)
        return (own_ns if estimate is None else estimate.to_remote(own_ns)) / 1e6

    def _at(self, own_ns: int, estimate: ClockEstimate | None) -> tuple[float, PageState]:
        """Position and state at an instant of this headset's own clock, by its own estimate of then."""
        if self._stopped:
            return 0.0, PageState.STOPPED
        agent_ns = own_ns if estimate is None else estimate.to_remote(own_ns)
        plan = self._followed_at(agent_ns)
        if plan is None or plan.film is None or plan.action in (Action.IDLE, Action.STOP):
            return 0.0, self._state if self._state is PageState.FAILED else PageState.WAITING
        if plan.action is Action.PREPARE:
            return plan.position_s, PageState.READY
        if plan.action is Action.PAUSE:
            return plan.position_s, PageState.PAUSED
        if agent_ns < plan.anchor_ns:
            return plan.position_s, PageState.READY
        position = position_at(plan, agent_ns)
        if position >= plan.film.duration_s:
            return plan.film.duration_s, PageState.ENDED
        if self._started_ms is None and position >= self._first_s + _STARTED_S:
            # The plan's line is refined while the film runs, so the mark lies anywhere on it.
            self._started_ms = instant_of(plan, self._first_s + _STARTED_S) / 1e6
        return position, PageState.PLAYING

    def _film_now(self) -> str:
        plan = self._followed_at(round(self._now_ms() * 1e6))
        return "" if plan is None or plan.film is None or self._stopped else plan.film.sha256

    def _followed_at(self, agent_ns: int) -> Plan | None:
        """What is followed at an instant: a pause that was told ahead leaves the film running until then."""
        plan, before = self._plan, self._before
        if plan is None:
            return None
        awaits = plan.action is Action.PAUSE and agent_ns < plan.anchor_ns
        return turned(before if awaits and before is not None else plan, agent_ns)

    async def _send_report(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        own = self._clock()
        estimate = self._filter.estimate(own)
        if estimate is None:
            return
        position, state = self._at(own, estimate)
        plan = self._plan
        turned, raised = _way(self._wearer, position)
        refused = self._faults.get(ConsentRefused) is not None
        if refused and own - self._refused_ns > _ASK_AGAIN_NS:
            self._refused_ns = own
            await _send(socket, PageProblem(code="xr_refused", detail="the wearer said no"))
        await _send(
            socket,
            PageReport(
                plan_id=plan.plan_id if plan else None,
                revision=plan.revision if plan else 0,
                state=state,
                at_ms=estimate.to_remote(own) / 1e6,
                at_uncertainty_ms=math.ceil(estimate.uncertainty_ns) / 1e6,
                position_s=position,
                immersive=not refused,
                visible=None if refused else "hidden" if self._faults.get(Asleep) else "visible",
                yaw_deg=self._yaw_deg + turned,
                pitch_deg=self._pitch_deg + raised,
                started_ms=self._started_ms,
                dark=_is_dark(state),
                silent=_is_silent(state),
            ),
        )


def _is_dark(state: PageState) -> bool:
    return state not in (PageState.PLAYING, PageState.PAUSED, PageState.READY)


def _is_silent(state: PageState) -> bool:
    return state is not PageState.PLAYING


def _way(wearer: int, position_s: float) -> tuple[float, float]:
    """Where a made-up wearer looks at a moment of the film: see ``wearing``."""
    looks = looks_at(wearer, position_s)
    return looks.yaw_deg, looks.pitch_deg


def _as_told(plan: PagePlan) -> Plan:
    """The page's plan as the line that laptop and agent know."""
    return Plan(
        plan_id=plan.plan_id,
        revision=plan.revision,
        action=plan.action,
        anchor_ns=round(plan.anchor_ms * 1e6),
        position_s=plan.position_s,
        rate=plan.rate,
        film=plan.film,
        then=plan.then,
        loops=plan.loops,
    )


def _exchange(pong: PagePong, received: int) -> Exchange:
    return Exchange(round(pong.t1 * 1e6), round(pong.t2 * 1e6), round(pong.t3 * 1e6), received)


async def _send(socket: aiohttp.ClientWebSocketResponse, message: PageToAgent) -> None:
    if not socket.closed:
        await socket.send_str(encode(message).decode())


async def _is_served(session: aiohttp.ClientSession, url: str) -> bool:
    async with session.get(url, headers={"Range": "bytes=0-65535"}) as response:
        return response.status == 206 and bool(await response.read())
