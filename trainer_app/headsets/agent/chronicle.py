"""When a showing began, stood still and ended, and the receipt that follows from it; no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter_ns

from trainer_app.domain.absences import in_order, lost
from trainer_app.domain.playback import START_MARK_S, HeadsetReceipt, Receipt, make_receipt
from trainer_app.headsets.agent.hindsight import SETTLED_AFTER_NS
from trainer_app.headsets.agent.member import Member
from trainer_app.headsets.agent.reckoning import Reckoning


class Chronicle:
    """Of one start of a film. All instants are the laptop's monotonic clock, nanoseconds.

    Where headsets were is kept for half a minute; then it is reckoned with (:meth:`settle`) and forgotten.

    Attributes:
        started_ns: The common start; 0: none was ordered.
        ended_ns: When it was stopped; 0: it was not.
        led_from_ns: Since when this program has led it; nothing is known of what was before.
    """

    def __init__(self, *, started_ns: int = 0, led_from_ns: int = 0) -> None:
        self.started_ns = started_ns
        self.ended_ns = 0
        self.led_from_ns = led_from_ns
        self._stood: list[tuple[int, int]] = []
        self._stands_ns = 0
        self._reckoning = Reckoning()

    def starts(self, at_ns: int) -> None:
        """The common start was ordered for then."""
        self.started_ns = self.led_from_ns = at_ns

    def stands(self, at_ns: int) -> None:
        """The film stands still on purpose, from then on; where it does already, nothing changes."""
        if self._stands_ns:
            return
        if self._stood and self._stood[-1][1] > at_ns:
            # It was to go on later, and never did.
            self._stood[-1] = (self._stood[-1][0], max(self._stood[-1][0], at_ns))
        self._stands_ns = at_ns

    def goes_on(self, at_ns: int) -> None:
        """It moves again, from then on."""
        self._stood, self._stands_ns = self.pauses_until(at_ns), 0

    def ends(self, at_ns: int) -> None:
        """It was stopped."""
        self.ended_ns = at_ns

    def pauses_until(self, at_ns: int) -> list[tuple[int, int]]:
        """The pauses so far; one that lasts ends now."""
        lasting = [(self._stands_ns, max(self._stands_ns, at_ns))] if self._stands_ns else []
        return [*self._stood, *lasting]

    def is_pause(self, at_ns: int) -> bool:
        """The film stands still then on purpose, or is on its way to another place."""
        return any(begin <= at_ns < end for begin, end in self.pauses_until(at_ns + 1))

    def settle(self, plan_id: str, members: Iterable[Member], at_ns: int) -> None:
        """Reckon with what is not going to be known any better at an instant; once a second or so."""
        if not self.started_ns:
            return
        until_ns = at_ns - SETTLED_AFTER_NS
        for member in members:
            self._take(plan_id, member, until_ns)
        self._reckoning.reckon(self.started_ns, until_ns)

    def part_with(self, plan_id: str, member: Member) -> None:
        """A member is none any more. What the others were apart from it stays as it was."""
        self._take(plan_id, member, None)

    def _take(self, plan_id: str, member: Member, until_ns: int | None) -> None:
        # One that was not given the present plan still has places of the former one.
        if member.follower.plan_id == plan_id:
            places = member.follower.settle(until_ns)
            self._reckoning.take(member.serial, places.outside(self.pauses_until(perf_counter_ns())))

    def receipt(self, plan_id: str, film_sha256: str, members: Iterable[Member]) -> Receipt:
        """How well they have played together so far."""
        # One that never joined has contributed nothing; it is among the problems.
        joined = [member for member in members if member.joined]
        pauses = self.pauses_until(self.ended_ns or perf_counter_ns())
        since_start = ((begin - self.started_ns, end - self.started_ns) for begin, end in pauses)
        open_places = {
            member.serial: member.follower.places.by_now().outside(pauses)
            for member in joined
            if member.follower.plan_id == plan_id
        }
        return make_receipt(
            film_sha256,
            [self._contribution(member) for member in joined],
            self._reckoning.with_more(self.started_ns, open_places),
            tuple((begin * 1e-9, end * 1e-9) for begin, end in since_start),
        )

    def _contribution(self, member: Member) -> HeadsetReceipt:
        ended = self.ended_ns or perf_counter_ns()
        clock, follower = member.surest_clock(), member.follower
        report, start_error = follower.followed, None
        if follower.passed_start is not None:
            planned = self.started_ns + round(START_MARK_S * 1e9)
            start_error = (follower.passed_start.by_now_ns - planned) * 1e-6
        lost_s = follower.places.track.absences(self.started_ns, ended, since_ns=self.led_from_ns)
        lost_s = lost_s if self.started_ns else ()
        unseen = follower.attendance.absences(self.started_ns, ended)
        return HeadsetReceipt(
            serial=member.serial,
            number=member.identity.number,
            clock_offset_ms=clock.offset_ns * 1e-6,
            clock_uncertainty_ms=clock.uncertainty_ns * 1e-6,
            clock_drift_ppm=clock.drift * 1e6,
            clock_at_ns=clock.at_ns,
            start_error_ms=start_error,
            corrections=report.rate_changes + report.seeks if report else 0,
            seeks=report.seeks if report else 0,
            stalls=report.stalls if report else 0,
            absences_s=lost_s,
            play_mode=member.play_mode,
            absences=in_order(lost(lost_s), unseen),
            picture=follower.picture.summary(),
        )
