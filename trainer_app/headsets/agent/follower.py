"""What the page of one headset reports of the plan it was given; no I/O."""

from __future__ import annotations

from collections.abc import Callable, Container

from headset_agent.protocol.page_messages import PageReport
from headset_agent.protocol.playing import PageState, Plan
from trainer_app.domain.absences import Attendance
from trainer_app.domain.seen_picture import PictureLog
from trainer_app.domain.tracks import Samples
from trainer_app.headsets.agent.hindsight import KnownClock, Told, ToldTrack
from trainer_app.headsets.agent.player_now import picture_behind_ms, picture_way, tells_news, why_unseen


class Follower:
    """The page that follows a group's plan.

    Attributes:
        plan: The one it was given last; None: none, or it was stopped.
        plan_id: Of the plan that what follows is about, also when it was stopped; empty: there was none.
        places: Positions reported while playing the present plan.
        attendance: Whether its wearer saw the film; ``picture``: how it was shown.
        report: The page's last report; ``followed``: its last one about the present plan.
        gone: It is not there.
        passed_start: When the position passed ``from`` + 100 ms.
        joins_late: The common start was without it, so it has no start error.
    """

    def __init__(self) -> None:
        self.plan: Plan | None = None
        self.plan_id = ""
        self.places = ToldTrack()
        self.attendance = Attendance()
        self.picture = PictureLog()
        self.report: PageReport | None = None
        self.followed: PageReport | None = None
        self.gone = False
        self.passed_start: Told | None = None
        self.joins_late = False

    @property
    def page(self) -> PageReport | None:
        """What it last reported, of the present plan if there is one; None while there is no page."""
        if self.gone:
            return None
        return self.report if self.plan is None else self.followed

    def is_in(self, states: Container[PageState]) -> bool:
        """True when it reports one of some states for the plan it has."""
        report, plan = self.report, self.plan
        return (
            report is not None
            and plan is not None
            and report.plan_id == plan.plan_id
            and report.state in states
        )

    def is_given(self, plan: Plan, *, late: bool) -> None:
        """It gets a plan, or a newer word of its plan. ``late``: the start that it speaks of is over."""
        if self.plan is None or plan.plan_id != self.plan.plan_id:
            self.places, self.attendance, self.picture = ToldTrack(), Attendance(), PictureLog()
            self.followed = None
            self.passed_start = None
            self.joins_late = late
        self.plan, self.plan_id = plan, plan.plan_id

    def continue_from(self, former: Follower) -> None:
        """Take over what a former connection to the same headset has contributed to the present plan."""
        self.places, self.followed = former.places, former.followed
        self.attendance, self.picture = former.attendance, former.picture
        self.passed_start = former.passed_start
        self.joins_late = former.joins_late or former.passed_start is None
        self.plan, self.plan_id = former.plan, former.plan_id

    def takes(self, report: PageReport, clock: Callable[[], KnownClock]) -> bool:
        """It reports; ``clock`` tells of its headset's. True: more has changed than where it is."""
        is_news = self.gone or self.report is None or tells_news(self.report, report)
        self.gone = False
        self.report = report
        if self.plan is not None and report.plan_id == self.plan.plan_id:
            self._note(report, clock())
        return is_news

    def settle(self, until_ns: int | None = None) -> Samples:
        """Where it was until a local instant (None: all), as it is known by now; that is kept no longer."""
        passed = self.passed_start
        if passed is not None and (until_ns is None or passed.then_ns <= until_ns):
            self.passed_start = passed.settled()
        return self.places.settle(until_ns)

    def _note(self, report: PageReport, clock: KnownClock) -> None:
        self.followed = report
        told = self.places.hear(round(report.at_ms * 1e6), clock)
        if report.state in (PageState.PLAYING, PageState.STALLED):
            self.places.add(told, report.position_s)
            self.attendance.note(told.then_ns, why_unseen(report))
            self.picture.note(picture_way(report), picture_behind_ms(report))
        if report.started_ms is not None and self.passed_start is None and not self.joins_late:
            started_ns = round(report.started_ms * 1e6)
            self.passed_start = Told(started_ns, clock.now.to_local(started_ns), clock.hindsight)
