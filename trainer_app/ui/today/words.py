"""Puts the day into words. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from trainer_app.domain.inventory import QUICK_BATTERY_PERCENT, is_fresh
from trainer_app.domain.kits import HeadsetCondition
from trainer_app.domain.live_kit import HeadsetNow, KitNow
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.scenarios import Content
from trainer_app.domain.sessions import Session, SessionState, TeamRole
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import (
    clock,
    day_of_month,
    list_day,
    long_day,
    sentence_case,
    short_day,
    times,
)
from trainer_app.texts.kit_words import said_once
from trainer_app.texts.number_words import number_word
from trainer_app.ui.office import Target
from trainer_app.ui.plan.wave_words import waves_in_words
from trainer_app.ui.today.reading import LaterSession, NextSession, OwnKit, Today
from trainer_app.ui.today.shown import (
    BatteryShown,
    Detail,
    EmptyShown,
    Fact,
    KitShown,
    LaterShown,
    Mark,
    NeedShown,
    NextShown,
    TodayShown,
)


class TodayWords:
    """Words for one language."""

    def __init__(self, content: Content, texts: Texts) -> None:
        self._content, self._texts = content, texts

    def shown(self, today: Today, kit_now: KitNow, now: datetime) -> TodayShown:
        """Describe the page; ``now`` is UTC."""
        local = local_of(now, HOME_ZONE if today.next is None else today.next.session.zone)
        upcoming = today.next
        return TodayShown(
            heading=sentence_case(long_day(local, self._texts)),
            second=self._second(today, local),
            next=None if upcoming is None else self._next(upcoming, today, kit_now, now, local),
            empty=self._empty(today) if upcoming is None else None,
            later_heading=self._texts("today.later" if today.later_is_this_week else "today.coming"),
            later_link=self._later_link(today),
            later=tuple(self._later(one) for one in today.later),
            needs=tuple(self._needs(today, kit_now, local)),
            kit=None if today.kit is None else self._kit(today.kit, kit_now),
        )

    def _second(self, today: Today, local: datetime) -> str:
        week = self._texts("today.week", week=local.isocalendar().week)
        at = self._texts("today.clock", clock=clock(local, self._texts))
        department = today.department.name if today.department else ""
        return " · ".join(part for part in (week, department, at) if part)

    def _empty(self, today: Today) -> EmptyShown:
        if today.department is None:
            return self._empty_words("who", "user-circle", Target(place="settings", detail="first"))
        return self._empty_words("none", "calendar-blank", Target(place="plan", detail="new"))

    def _empty_words(self, which: str, icon: str, go: Target) -> EmptyShown:
        text = self._texts
        return EmptyShown(
            icon=icon,
            heading=text(f"today.empty.{which}.heading"),
            sentence=text(f"today.empty.{which}.sentence"),
            primary=text(f"today.empty.{which}.button"),
            go=go,
        )

    # --- the next session --------------------------------------------------------------------------------

    def _next(
        self, found: NextSession, today: Today, kit_now: KitNow, now: datetime, local: datetime
    ) -> NextShown:
        session, running = found.session, found.session.state is SessionState.IN_PROGRESS
        step = "continue" if running else "prepare"
        start, end = session.planned_start, session.planned_end
        scenario = ""
        if found.version is not None:
            scenario = self._texts("today.scenario", title=found.scenario, version=found.version)
        return NextShown(
            session_id=session.id,
            heading=self._texts("today.running" if running else "today.next_session"),
            times=self._times(start, end),
            when=self._texts("today.when.running") if running else self._when(start, local),
            state=session.state,
            title=found.title,
            scenario=scenario,
            details=tuple(self._details(found)),
            facts=() if running else tuple(self._facts(found, today, kit_now, now)),
            primary=self._texts(f"today.primary.{_PRIMARY.get(session.state, 'prepare')}"),
            primary_icon="play",
            go=Target(place="session", session_id=session.id, detail=step),
            plan=Target(place="plan", session_id=session.id),
        )

    def _when(self, start: datetime | None, local: datetime) -> str:
        if start is None:
            return ""
        if start.date() != local.date():
            if start.date() == local.date() + timedelta(days=1):
                return self._texts("today.when.tomorrow")
            return long_day(start, self._texts)
        minutes = int((start - local).total_seconds() // 60)
        if minutes < 0:
            return self._texts("today.when.late", time=self._span(-minutes))
        if not minutes:
            return self._texts("today.when.now")
        return self._texts("today.when.in", time=self._span(minutes))

    def _span(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self._texts("today.span.minutes", minutes=rest)
        key = "today.span.both" if rest else "today.span.hours"
        return self._texts(key, hours=hours, minutes=rest)

    def _details(self, found: NextSession) -> Iterator[Detail]:
        session, texts = found.session, self._texts
        if found.room is not None:
            yield Detail("map-pin", found.room.name)
        if session.participants:
            yield Detail("users", self._participants(session, len(found.waves.waves)))
        yield Detail("film-strip", self._format(found))
        for role, name in found.team:
            key = "today.lead" if role is TeamRole.LEAD else "today.co"
            yield Detail("user-circle", texts(key, name=name))

    def _participants(self, session: Session, waves: int) -> str:
        key = "today.participants_one" if session.participants == 1 else "today.participants"
        people = self._texts(key, count=session.participants)
        if not waves:
            return people
        return self._texts("today.in_waves", people=people, waves=waves_in_words(waves, self._texts))

    def _format(self, found: NextSession) -> str:
        formats = self._content.session_formats.formats
        name = next(one.name for one in formats if one.code is found.session.format)
        words = name.in_language(self._texts.lang)
        if found.film is None:
            return words
        return self._texts("today.film", format=words, length=found.film.probe.duration_s)

    # --- before setting up -------------------------------------------------------------------------------

    def _facts(self, found: NextSession, today: Today, kit_now: KitNow, now: datetime) -> Iterator[Fact]:
        yield self._content_fact(found)
        yield self._participants_fact(found)
        yield self._film_fact(found, kit_now)
        yield from self._battery_facts(found, kit_now)
        yield self._contact_fact(found.session)
        fresh = today.kit is not None and is_fresh(today.kit.checked, now)
        if today.kit is not None and found.session.kit_id == today.kit.kit.id:
            yield self._fact(Mark.DONE if fresh else Mark.OPEN, "checked" if fresh else "unchecked")

    def _fact(self, mark: Mark, key: str, second: str = "", **params: object) -> Fact:
        words = self._texts(f"today.fact.{key}", **params)
        return Fact(mark, words, self._texts(f"today.fact.{second}", **params) if second else "")

    def _content_fact(self, found: NextSession) -> Fact:
        if found.version is None:
            return self._fact(Mark.ATTENTION, "no_scenario")
        if not found.plan.objectives:
            return self._fact(Mark.ATTENTION, "no_objectives")
        return self._fact(Mark.DONE, "content")

    def _participants_fact(self, found: NextSession) -> Fact:
        if not found.named:
            return self._fact(Mark.OPEN, "nobody_named")
        most = max(found.named, found.session.participants)
        mark = Mark.DONE if found.confirmed >= most else Mark.OPEN
        return self._fact(mark, "confirmed", count=found.confirmed, most=most)

    def _film_fact(self, found: NextSession, kit_now: KitNow) -> Fact:
        if found.film is None:
            return self._fact(Mark.ATTENTION, "no_film", "no_film_next")
        sha256, connected = found.film.sha256, _connected(found, kit_now)
        live = [one for one in connected if one.facts is not None and sha256 in one.facts.films]
        there = max(len(live), found.film_on)
        if not found.headsets:
            return self._fact(Mark.OPEN, "no_headsets")
        if there >= found.headsets:
            return self._fact(Mark.DONE, "film_on_all", count=number_word(found.headsets, self._texts))
        return self._fact(Mark.OPEN, "film_on_some", "film_next", count=there, most=found.headsets)

    def _battery_facts(self, found: NextSession, kit_now: KitNow) -> Iterator[Fact]:
        """Only of headsets that are connected: what is not known is not claimed."""
        connected = _connected(found, kit_now)
        low = [one for one in connected if _is_low(one)]
        for one in low:
            percent = _percent(one)
            yield self._fact(Mark.ATTENTION, "battery", "battery_next", number=one.number, percent=percent)
        if connected and not low and all(_percent(one) is not None for one in connected):
            yield self._fact(Mark.DONE, "battery_enough")

    def _contact_fact(self, session: Session) -> Fact:
        if session.aftercare_contact.strip():
            return self._fact(Mark.DONE, "contact", name=session.aftercare_contact.strip())
        return self._fact(Mark.ATTENTION, "no_contact")

    # --- later -------------------------------------------------------------------------------------------

    def _later_link(self, today: Today) -> str:
        if today.left_in_week < 2:
            return self._texts("today.to_plan")
        return self._texts("today.all_in_plan", count=number_word(today.left_in_week, self._texts))

    def _later(self, found: LaterSession) -> LaterShown:
        session = found.session
        start, end = session.planned_start, session.planned_end
        count = ""
        if session.participants:
            key = "today.participants_one" if session.participants == 1 else "today.participants"
            count = self._texts(key, count=session.participants)
        lead = self._texts("today.leads", name=found.lead) if found.lead else self._texts("today.no_lead")
        where = found.room or sentence_case(self._texts(f"session.arena.{session.arena.value}"))
        return LaterShown(
            key=str(session.id),
            day="" if start is None else list_day(start, self._texts),
            times=self._times(start, end),
            title=found.title or self._texts("today.no_theme"),
            second=" · ".join(part for part in (where, count, lead) if part),
            state=session.state,
            go=Target(place="plan", session_id=session.id),
        )

    def _times(self, start: datetime | None, end: datetime | None) -> str:
        if start is None:
            return ""
        return clock(start, self._texts) if end is None else times(start, end, self._texts)

    # --- what needs somebody -----------------------------------------------------------------------------

    def _needs(self, today: Today, kit_now: KitNow, local: datetime) -> Iterator[NeedShown]:
        yield from self._battery_needs(today, kit_now)
        yield from self._condition_needs(today)
        yield from self._action_needs(today)
        yield from self._unclosed_needs(today)
        yield from self._check_needs(today, local.date())

    def _battery_needs(self, today: Today, kit_now: KitNow) -> Iterator[NeedShown]:
        for one in kit_now.headsets:
            if _is_low(one):
                yield self._need(
                    f"battery {one.number}",
                    "battery-low",
                    "battery",
                    Target(place="kit", item=kit_now.kit_id),
                    number=one.number,
                    percent=_percent(one),
                )

    def _condition_needs(self, today: Today) -> Iterator[NeedShown]:
        """What people have said of the own headsets that keeps them from being used."""
        for one in () if today.kit is None else today.kit.headsets:
            words, icon = _UNUSABLE.get(one.condition, ("", ""))
            if words:
                note = _shortened(one.condition_note) or self._texts("today.need.unusable")
                target = Target(place="kit", item=one.kit_id)
                yield self._need(
                    f"{words} {one.number}", icon, words, target, calm=True, number=one.number, note=note
                )

    def _action_needs(self, today: Today) -> Iterator[NeedShown]:
        if not today.overdue:
            return
        first = today.overdue[0]
        due = "" if first.due is None else short_day(first.due, self._texts)
        key = "action" if len(today.overdue) == 1 else "actions"
        yield self._need(
            "actions",
            "clock",
            key,
            Target(place="session", session_id=first.session_id, detail="close"),
            count=sentence_case(number_word(len(today.overdue), self._texts)),
            what=_shortened(first.what),
            due=due,
        )

    def _unclosed_needs(self, today: Today) -> Iterator[NeedShown]:
        for session in today.unclosed[:MOST_UNCLOSED]:
            day = "" if session.planned_start is None else short_day(session.planned_start, self._texts)
            yield self._need(
                f"unclosed {session.id}",
                "clipboard-text",
                "unclosed",
                Target(place="session", session_id=session.id, detail="close"),
                calm=True,
                number=session.number or "",
                title=session.title,
                day=day,
            )

    def _check_needs(self, today: Today, day: date) -> Iterator[NeedShown]:
        kit = today.kit
        if kit is None or not kit.headsets:
            return
        due = kit.check_due
        if due is not None and due >= day:
            return
        key = "check" if due is not None else "check_never"
        words = "" if due is None else day_of_month(due, self._texts)
        go = Target(place="kit", item=kit.kit.id, detail="check")
        yield self._need("check", "clipboard-text", key, go, kit=kit.kit.label, due=words)

    def _need(
        self, key: str, icon: str, words: str, go: Target, *, calm: bool = False, **params: object
    ) -> NeedShown:
        text = self._texts
        return NeedShown(
            key=key,
            icon=icon,
            is_attention=not calm,
            words=text(f"today.need.{words}.fact", **params),
            second=text(f"today.need.{words}.second", **params),
            link=text(f"today.need.{words}.link", **params),
            go=go,
        )

    # --- the suitcase ------------------------------------------------------------------------------------

    def _kit(self, own: OwnKit, kit_now: KitNow) -> KitShown:
        live = {one.number: one for one in kit_now.headsets} if kit_now.kit_id == own.kit.id else {}
        numbers = sorted({*live, *(one.number for one in own.headsets)})
        due = own.check_due
        check = (
            self._texts("today.kit.never_checked")
            if due is None
            else self._texts("today.kit.check_due", day=day_of_month(due, self._texts))
        )
        return KitShown(
            heading=said_once(self._texts("today.kit.heading", kit=own.kit.label)),
            batteries=tuple(_battery(number, live.get(number)) for number in numbers),
            check=check,
            link=self._texts("today.kit.check"),
            go=Target(place="kit", item=own.kit.id, detail="check"),
        )


MOST_UNCLOSED = 3
"""Sessions named as not closed; the rest are seen on the page of the sessions."""

_UNUSABLE: Mapping[HeadsetCondition, tuple[str, str]] = MappingProxyType(
    {
        HeadsetCondition.DEFECTIVE: ("defective", "wrench"),
        HeadsetCondition.MISSING: ("missing", "magnifying-glass"),
    }
)
"""How it is said, and its icon."""

_LONGEST_WHAT = 60
_PRIMARY = {SessionState.IN_PROGRESS: "continue", SessionState.READY: "ready"}


def _shortened(text: str) -> str:
    """The beginning of an action, at a space."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_WHAT else f"{line[:_LONGEST_WHAT].rsplit(' ', 1)[0]} …"


def _percent(headset: HeadsetNow) -> int | None:
    return None if headset.facts is None else headset.facts.battery_percent


def _is_low(headset: HeadsetNow) -> bool:
    """Too little for a session, and not on a charger."""
    percent = _percent(headset)
    charging = headset.facts is not None and bool(headset.facts.charging)
    return percent is not None and percent < QUICK_BATTERY_PERCENT and not charging


def _connected(found: NextSession, kit_now: KitNow) -> list[HeadsetNow]:
    if kit_now.kit_id is None or kit_now.kit_id != found.session.kit_id:
        return []
    return [one for one in kit_now.headsets if one.facts is not None]


def _battery(number: int, headset: HeadsetNow | None) -> BatteryShown:
    facts = None if headset is None else headset.facts
    if facts is None:
        return BatteryShown(number=number, percent=None, charging=False)
    return BatteryShown(number=number, percent=facts.battery_percent, charging=bool(facts.charging))
