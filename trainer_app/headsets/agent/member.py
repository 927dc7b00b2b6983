"""One headset of a group: what is said to its agent, what it reports, what keeps it from going on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Container, Coroutine, Mapping

from headset_agent.protocol.clock import ClockEstimate
from headset_agent.protocol.messages import (
    AskStatus,
    Configure,
    Event,
    Identify,
    LeaseLost,
    OpenPlayer,
    PlayerGone,
    PlayerOpen,
    Problem,
    Recentre,
    Report,
    SetPlan,
    SetVolume,
    ShowText,
    Status,
    WasStopped,
)
from headset_agent.protocol.page_messages import PageReport
from headset_agent.protocol.playing import PageState, Plan
from trainer_app.domain.headset_state import Awaited, PlayMode
from trainer_app.domain.playback_errors import (
    HeadsetBusy,
    HeadsetProblem,
    HeadsetVanished,
    NotReadyInTime,
    PageGone,
    PlaybackStopped,
)
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.agent.browser_problems import AWAITED
from trainer_app.headsets.agent.channel import RequestFailed
from trainer_app.headsets.agent.follower import Follower
from trainer_app.headsets.agent.identity import Identity
from trainer_app.headsets.agent.member_problems import Translation
from trainer_app.headsets.agent.streams import StopLink, Streams
from trainer_app.headsets.link import HeadsetLink

log = logging.getLogger(__name__)

STOP_DOUBT_S = 0.1
"""A stop that is not confirmed by then goes out on a second way; stopping twice does no harm."""

_STOP_GIVE_UP_S = 3.0
_PAGE_BACK_S = 4.0
"""A page whose socket closed comes back by itself within this, unless its browser is gone."""

_TEXT_WAIT_S = 3.0
"""Whoever has written to a wearer waits to hear whether it is there."""


class Member:
    """A headset that plays with others. Made by :func:`join`.

    Attributes:
        follower: What its page reports of the plan it has.
        titles: Of the films it is to show, by sha256; ``film_title``: of the first.
        problem: What keeps this headset from going on, or None.
        access: What opens the way to its agent; None before it was joined.
        awaited: What whoever wears it has to do before it is in VR.
        on_change: Called after every problem, and every report with news.
        on_move: Called after every other report: the film went on, or the head turned.
        last_resort: Stops the headset in another way than over its streams; True when it is silent and dark.
    """

    def __init__(self, identity: Identity, film_title: str = "") -> None:
        self.identity = identity
        self.film_title = film_title
        self.titles: Mapping[str, str] = {}
        self.follower = Follower()
        self.problem: HeadsetProblem | None = None
        self.access: AgentAccess | None = None
        self.awaited: Awaited | None = None
        self.on_change: Callable[[], None] = lambda: None
        self.on_move: Callable[[], None] = lambda: None
        self.last_resort: Callable[[], Coroutine[None, None, bool]] = _no_way
        self._streams = Streams(identity.label, on_event=self._event, on_lost=self._on_lost)
        self._changed = asyncio.Event()

    @property
    def label(self) -> str:
        """How people know this headset."""
        return self.identity.label

    @property
    def serial(self) -> str:
        """Its own serial number."""
        return self.identity.serial

    @property
    def joined(self) -> bool:
        """True when this headset's clock is known: it has been part of the group."""
        return self._streams.is_clock_known

    @property
    def play_mode(self) -> PlayMode:
        """Its agent runs on it, or beside us."""
        is_tethered = self.access is not None and bool(self.access.laptop_port)
        return PlayMode.TETHERED if is_tethered else PlayMode.VR

    @property
    def page(self) -> PageReport | None:
        """What its page last reported; see :class:`Follower`."""
        return self.follower.page

    def is_in(self, states: Container[PageState]) -> bool:
        """True when the page reports one of some states for the plan it has."""
        return self.follower.is_in(states)

    async def connect(self, link: HeadsetLink, stop_link: StopLink, access: AgentAccess, holder: str) -> None:
        """Open the streams and say who it is.

        Raises:
            HeadsetProblem: see :meth:`Streams.open`; HeadsetBusy when somebody else leads this headset.
        """
        self.access = access
        await self._streams.open(link, stop_link, access, holder)
        who = self.identity
        await self._ask(
            Configure, number=who.number, lang=who.lang, colour=who.colour, ink=who.ink, texts=who.texts
        )
        await self._streams.settle_clock()

    async def open_player(self, timeout_s: float) -> PlayerOpen:
        """Bring the page up and into VR."""
        try:
            reply = await self._ask(OpenPlayer, wait_s=timeout_s + 5.0, timeout_s=timeout_s)
        finally:
            self.awaited = None
        assert isinstance(reply, PlayerOpen)
        return reply

    async def set_plan(self, plan: Plan, *, late: bool = False) -> None:
        """Hand a plan over. ``late``: the start that it speaks of is over."""
        self.follower.is_given(plan, late=late)
        await self._ask(SetPlan, plan=plan)

    async def plan(self) -> Plan | None:
        """The plan that its agent has, whoever gave it; in its own clock."""
        status = await self._ask(AskStatus)
        assert isinstance(status, Status)
        return status.plan

    async def until(self, states: Container[PageState], timeout_s: float) -> None:
        """Wait until the page reports one of some states for the plan it has.

        Raises:
            HeadsetProblem: it failed, vanished, or did not get there in time.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while not self.is_in(states):
                    self.check()
                    self._changed.clear()
                    await self._next_change()
        except TimeoutError as error:
            raise NotReadyInTime(headset=self.label, seconds=round(timeout_s)) from error

    async def _next_change(self) -> None:
        """Wait until something changes; not for ever while the page is gone."""
        if not self.follower.gone:
            await self._changed.wait()
            return
        try:
            async with asyncio.timeout(_PAGE_BACK_S):
                await self._changed.wait()
        except TimeoutError as error:
            raise PageGone(headset=self.label, detail="the page closed while it prepared") from error

    def check(self) -> None:
        """Raise the problem that keeps this headset from playing, if there is one."""
        if self.problem is not None:
            raise self.problem

    async def identify(self, seconds: float) -> None:
        """Show the number, sound a tone."""
        await self._ask(Identify, seconds=seconds)

    async def recentre(self) -> None:
        """Let the film's centre be where the wearer looks; without a page there is nothing to turn."""
        await self._ask_page(Recentre)

    async def set_volume(self, percent: int) -> None:
        """Set the film's loudness; without a page there is nothing to set."""
        await self._ask_page(SetVolume, level=percent / 100)

    async def show_text(self, text: str, seconds: float) -> bool:
        """Show words to the wearer; False where that could not be. The film goes on either way."""
        self.check()
        try:
            await self._streams.request(ShowText, wait_s=_TEXT_WAIT_S, text=text, seconds=seconds)
        except (RequestFailed, HeadsetVanished) as failed:
            # Whether the headset is gone is for others to find out. The words themselves are in no log.
            log.info("headset %s shows no text: %s", self.label, failed)
            return False
        return True

    async def _ask_page(self, kind: type, **fields: object) -> None:
        self.check()
        try:
            await self._streams.request(kind, wait_s=10.0, **fields)
        except RequestFailed as failed:
            if failed.code != "no_page":
                raise self._translated(failed) from failed

    async def stop(self) -> bool:
        """*Stopp alt*, over its own stream; True when the page has said that it is silent and dark.

        Without an answer in :data:`STOP_DOUBT_S` the shortest way over a new connection is tried as well. A
        headset that somebody else has taken over is left alone.
        """
        if not self._streams.has_stop_line or isinstance(self.problem, HeadsetBusy):
            return False
        self.follower.plan = None  # the agent's word that the plan is over is no news then
        ways = [asyncio.create_task(self._streams.stop(_STOP_GIVE_UP_S), name=f"stop {self.label}")]
        try:
            await asyncio.wait(ways, timeout=STOP_DOUBT_S)
            if not (ways[0].done() and ways[0].result()):
                ways.append(asyncio.create_task(self.last_resort(), name=f"last resort {self.label}"))
            for way in asyncio.as_completed(ways, timeout=_STOP_GIVE_UP_S):
                if await way:
                    return True
        except TimeoutError:
            log.warning("stop did not reach headset %s", self.label)
        finally:
            for way_left in ways:
                way_left.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
        return False

    def clock(self, at_ns: int | None = None) -> ClockEstimate:
        """The estimate of this headset's clock.

        Raises:
            HeadsetVanished: there was never an answer.
        """
        return self._streams.clock(at_ns)

    def surest_clock(self) -> ClockEstimate:
        """The same of the instant of late at which most was known of it; raises the same."""
        return self._streams.surest_clock()

    async def close(self) -> None:
        """Give the lease back and close the streams; the agent and its page stay."""
        await self._streams.close()

    # --- inside --------------------------------------------------------------------------------------

    async def _ask(self, kind: type, *, wait_s: float = 10.0, **fields: object) -> object:
        self.check()
        try:
            return await self._streams.request(kind, wait_s=wait_s, **fields)
        except RequestFailed as failed:
            raise self._translated(failed) from failed

    def _translated(self, failed: RequestFailed) -> HeadsetProblem:
        if failed.code == "stopped" and self.problem is not None:
            return self.problem
        return self._translation.of_failure(failed)

    @property
    def _translation(self) -> Translation:
        return Translation(headset=self.label, film=self.film_title, titles=self.titles)

    def _event(self, event: Event) -> None:
        match event:
            case Report():
                self._take(event.page)
            case PlayerGone():
                self.follower.gone = True
                self._announce()
            case WasStopped(plan_id=str() as ended) if self._follows(ended):
                self.drop_out(PlaybackStopped(headset=self.label, by=event.by))
            case LeaseLost():
                self.drop_out(HeadsetBusy(headset=self.label, holder=event.holder))
            case Problem(code=code) if code in AWAITED:
                self.awaited = AWAITED[code]
                self._announce()
            case Problem():
                self._hear_of(event)

    def _hear_of(self, told: Problem) -> None:
        problem = self._translation.of_page(told)
        if problem is None:
            log.warning("page of headset %s: %s %s", self.label, told.code, told.detail)
        else:
            self.drop_out(problem)

    def _follows(self, plan_id: str) -> bool:
        return self.follower.plan is not None and self.follower.plan.plan_id == plan_id

    def _take(self, report: PageReport) -> None:
        if self.follower.takes(report, self._streams.known_clock):
            self._announce()
        else:
            self.on_move()

    def _on_lost(self, why: HeadsetProblem | RequestFailed) -> None:
        self.drop_out(self._translated(why) if isinstance(why, RequestFailed) else why)

    def drop_out(self, problem: HeadsetProblem) -> None:
        """Take note of the problem that keeps this headset from going on; the first one counts."""
        if self.problem is None:
            self.problem = problem
            if isinstance(problem, HeadsetVanished):
                self._streams.give_up_stop_line()
        self._announce()

    def _announce(self) -> None:
        self._changed.set()
        self.on_change()


async def _no_way() -> bool:
    return False


async def join(
    link: HeadsetLink,
    stop_link: StopLink,
    access: AgentAccess,
    identity: Identity,
    *,
    holder: str,
    film_title: str = "",
) -> Member:
    """Make a headset whose agent runs a member: lease taken, clock estimated.

    Raises:
        HeadsetProblem: it cannot take part.
    """
    member = Member(identity, film_title)
    try:
        await member.connect(link, stop_link, access, holder)
    except BaseException:
        await member.close()
        raise
    return member
