"""What this headset shows: the plan it follows and the page that follows it.

The page connects by web socket, says what it can do, and from then on keeps to the plan by itself. Only the
newest page counts (a reload, a browser restarted); it gets the plan as it stands and joins at its position.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from headset_agent.clock import Clock
from headset_agent.protocol.messages import (
    PROTOCOL_VERSION,
    Configure,
    Event,
    PlayerGone,
    Problem,
    Report,
    WasStopped,
)
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
from headset_agent.protocol.playing import PageState, Plan
from headset_agent.protocol.reading import JsonReader
from headset_agent.protocol.timeline import supersedes

STOP_ANSWER_S = 0.4
"""How long a stop waits for the page to say that it is silent and dark; people are promised 500 ms."""


_FOLLOWS_A_PLAN = frozenset(
    {PageState.LOADING, PageState.READY, PageState.PLAYING, PageState.PAUSED, PageState.STALLED}
)


class ImmersionRefused(Exception):
    """The page was not let into VR; ``code`` is one of :class:`Failed`'s."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class PageSocket(Protocol):
    """The web socket of one page."""

    async def send(self, message: AgentToPage) -> None:
        """Send one message; a page that is gone is no error."""

    async def close(self) -> None:
        """Let it close; must not wait for a page that may hang."""


class Player:
    """Holds the plan, speaks with the page, tells the controller what happens.

    Attributes:
        on_event: Called with every event for the controller.
        report: The page's last report, or None.
    """

    def __init__(self, clock: Clock, film_url: Callable[[str], str], *, tethered: bool = False) -> None:
        """``tethered``: the film is over for the page when this agent is out of its reach."""
        self._tethered = tethered
        self._clock = clock
        self._film_url = film_url
        self._page: PageSocket | None = None
        self._hello: PageHello | None = None
        self._page_there = asyncio.Event()
        self._immersive = asyncio.Event()
        self._refusal: asyncio.Future[PageProblem] | None = None
        self._welcome: PageWelcome | None = None
        self._volume: PageVolume | None = None
        self._plan: Plan | None = None
        self._stopped_plan: str | None = None
        self._stops: dict[int, asyncio.Event] = {}
        self._stop_seq = 0
        self._told_to_stop: PageSocket | None = None
        self.report: PageReport | None = None
        self.on_event: Callable[[Event], None] = lambda _event: None

    @property
    def connected(self) -> bool:
        """True while a page is there."""
        return self._page is not None

    @property
    def plan(self) -> Plan | None:
        """The one that is followed."""
        return self._plan

    @property
    def film(self) -> str | None:
        """sha256 of the plan's film."""
        return self._plan.film.sha256 if self._plan is not None and self._plan.film is not None else None

    @property
    def immersive(self) -> bool:
        """True while the page says that it is in an immersive session."""
        return self.report is not None and self.report.immersive

    # --- commands ------------------------------------------------------------------------------------

    async def configure(self, request: Configure) -> None:
        """Take the headset's number, colours and texts, and pass them on."""
        self._welcome = PageWelcome(
            version=PROTOCOL_VERSION,
            lang=request.lang,
            number=request.number,
            colour=request.colour,
            ink=request.ink,
            texts=request.texts,
            tethered=self._tethered,
        )
        await self._send(self._welcome)

    async def set_plan(self, plan: Plan) -> bool:
        """Follow a plan; False when it is one that *Stopp alt* has ended."""
        if plan.plan_id == self._stopped_plan:
            return False
        if supersedes(plan, self._plan):
            self._plan = plan
            await self._send(self._page_plan(plan))
        return True

    async def stop(self, by: str) -> bool:
        """Silent and dark, now; True when the page has said that it is."""
        ended = self._plan
        self._plan = None
        if ended is not None:
            self._stopped_plan = ended.plan_id
        self._stop_seq += 1
        seq = self._stop_seq
        self.on_event(WasStopped(plan_id=ended.plan_id if ended else None, by=by))
        self._told_to_stop = self._page
        if self._page is None:
            return False
        answered = self._stops[seq] = asyncio.Event()
        try:
            # The sending as well: a page that reads nothing any more must not hold the answer up.
            async with asyncio.timeout(STOP_ANSWER_S):
                await self._send(PageStop(seq=seq))
                await answered.wait()
        except TimeoutError:
            return False
        finally:
            del self._stops[seq]
        return True

    async def identify(self, seconds: float) -> bool:
        """Show the number and sound a tone; False without a page."""
        await self._send(PageIdentify(seconds=seconds))
        return self._page is not None

    async def show_text(self, text: str, seconds: float) -> bool:
        """Show the facilitator's words; False without a page."""
        await self._send(PageText(text=text, seconds=seconds))
        return self._page is not None

    async def recentre(self) -> bool:
        """Let the film's centre be where the wearer looks now; False without a page."""
        await self._send(PageRecentre())
        return self._page is not None

    async def set_volume(self, level: float) -> bool:
        """Set the film's loudness, also of a page that comes later; False without a page."""
        self._volume = PageVolume(level=level)
        await self._send(self._volume)
        return self._page is not None

    async def wait_for_page(self) -> PageHello:
        """Wait until a page is connected and return what it can do."""
        await self._page_there.wait()
        assert self._hello is not None
        return self._hello

    async def wait_until_immersive(self) -> None:
        """Wait until the page says that it is in an immersive session."""
        await self._immersive.wait()

    async def wait_until_entered(self) -> None:
        """Wait until the page is in VR, where it asks whoever wears the headset by itself.

        Raises:
            ImmersionRefused: it has said meanwhile that it may not.
        """
        refusal = self._refusal = asyncio.get_running_loop().create_future()
        entering = asyncio.create_task(self._immersive.wait())
        try:
            await asyncio.wait((refusal, entering), return_when=asyncio.FIRST_COMPLETED)
        finally:
            entering.cancel()
            self._refusal = None
        if not self.immersive and refusal.done():
            raise ImmersionRefused(refusal.result().code, refusal.result().detail)

    # --- the page's side -----------------------------------------------------------------------------

    async def page_message(self, page: PageSocket, message: PageToAgent, received_ns: int) -> None:
        """Take in one message of a page; ``received_ns`` is the agent's clock at its arrival."""
        match message:
            case PagePing():
                await page.send(self._pong(message, received_ns))
            case PageHello():
                await self._page_hello(page, message)
            case _ if page is not self._page:
                pass  # an old page that has not noticed yet
            case PageReport():
                self._take_report(message)
                self.on_event(Report(at_ns=received_ns, page=message))
                await self._make_up_for_stop(message)
            case PageStopped():
                if message.seq in self._stops:
                    self._stops[message.seq].set()
            case PageProblem():
                if message.code.startswith("xr_") and self._refusal and not self._refusal.done():
                    self._refusal.set_result(message)
                self.on_event(Problem(code=message.code, detail=message.detail))

    def page_gone(self, page: PageSocket) -> None:
        """The web socket of a page has closed."""
        if page is self._page:
            self._page = None
            self._page_there.clear()
            self._take_report(None)
            self.on_event(PlayerGone())

    async def _page_hello(self, page: PageSocket, hello: PageHello) -> None:
        former, self._page, self._hello = self._page, page, hello
        if former is not None and former is not page:
            self._take_report(None)
            await former.close()
        if hello.version != PROTOCOL_VERSION:
            self.on_event(Problem(code="internal", detail=f"page speaks version {hello.version}"))
        if self._welcome is not None:
            await self._send(self._welcome)
        if self._volume is not None:
            await self._send(self._volume)
        if self._plan is not None:
            await self._send(self._page_plan(self._plan))
        self._page_there.set()

    async def _make_up_for_stop(self, report: PageReport) -> None:
        """Stop a page that was away while that was ordered, and goes on by the plan of then.

        One that has been opened anew follows no plan, and its wearer is told of no stop.
        """
        owed = self._stop_seq > 0 and self._plan is None and self._told_to_stop is not self._page
        if owed and report.state in _FOLLOWS_A_PLAN:
            self._told_to_stop = self._page
            await self._send(PageStop(seq=self._stop_seq))

    def _take_report(self, report: PageReport | None) -> None:
        self.report = report
        if self.immersive:
            self._immersive.set()
        else:
            self._immersive.clear()

    def _pong(self, ping: PagePing, received_ns: int) -> PagePong:
        return PagePong(seq=ping.seq, t1=ping.t1, t2=received_ns / 1e6, t3=self._clock() / 1e6)

    def _page_plan(self, plan: Plan) -> PagePlan:
        return PagePlan(
            plan_id=plan.plan_id,
            revision=plan.revision,
            action=plan.action,
            anchor_ms=plan.anchor_ns / 1e6,
            position_s=plan.position_s,
            rate=plan.rate,
            film=plan.film,
            film_url=self._film_url(plan.film.sha256) if plan.film else None,
            then=plan.then,
            then_urls=tuple(self._film_url(film.sha256) for film in plan.then),
            loops=plan.loops,
        )

    async def _send(self, message: AgentToPage) -> None:
        if self._page is not None:
            await self._page.send(message)


def is_moving(report: PageReport | None) -> bool:
    """True when the page's last report says that a film runs."""
    return report is not None and report.state in (PageState.PLAYING, PageState.STALLED)


PAGE_DECODER: JsonReader[PageToAgent] = JsonReader(PageToAgent)
