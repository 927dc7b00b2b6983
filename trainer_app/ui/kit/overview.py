"""Puts a suitcase into words: as stored, and as its headsets tell right now. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from trainer_app.domain.headset_address import is_on_cable
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.inventory import CheckResult, LineResult
from trainer_app.domain.kits import Accessory, Headset, HeadsetCondition, HeadsetId, Kit
from trainer_app.domain.live_kit import FilmStage, HeadsetNow, KitNow
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.scenarios import Content, Theme
from trainer_app.looks.tokens import Tone
from trainer_app.services.film_matrix import FilmMark, mark_of
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import sentence_case
from trainer_app.texts.filling_words import total_in_words
from trainer_app.texts.kit_words import said_once
from trainer_app.texts.number_words import listed
from trainer_app.ui.clearing import announced, foreign_films
from trainer_app.ui.headset_address import short_address
from trainer_app.ui.kit.reading import CheckRead, KitRead
from trainer_app.ui.kit.shown import AccessoryRow, CheckCard, Choice, HeadsetRow, KitShown, ThemeColumn
from trainer_app.ui.kit.words import day_words, item_words, moment_words
from trainer_app.ui.widgets.tile_words import SIGNS

C = HeadsetCondition

CONDITION_SIGNS: Mapping[HeadsetCondition, tuple[str, Tone]] = MappingProxyType(
    {
        C.READY: ("check-circle", Tone.OK),
        C.CHARGING: ("battery-charging", Tone.ACCENT),
        C.IN_USE: ("play", Tone.ACCENT),
        C.AWAITING_CLEANING: ("drop", Tone.ATTENTION),
        C.DEFECTIVE: ("wrench", Tone.DANGER),
        C.MISSING: ("magnifying-glass", Tone.ATTENTION),
        C.RETIRED: ("minus", Tone.NEUTRAL),
    }
)
_SAID_BY_PEOPLE = frozenset({C.AWAITING_CLEANING, C.DEFECTIVE, C.MISSING, C.RETIRED})
"""What a headset cannot tell of itself: it may be connected, and still have a torn strap."""

_USABLE = frozenset({HeadsetState.READY, HeadsetState.ASLEEP, HeadsetState.PLAYING, HeadsetState.PAUSED})
_OUT_OF_REACH = frozenset({HeadsetState.NOT_CONNECTED, HeadsetState.NOT_AUTHORISED})
_IN_FILM = frozenset({FilmStage.STARTING, FilmStage.PLAYING, FilmStage.PAUSED})
_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class KitWords:
    """Puts one reading of the database into words, in a language."""

    texts: Texts
    content: Content
    now: datetime
    """Wall time."""

    checking: HeadsetId | None = None
    """The headset that a check asks about at this moment."""

    arming: bool = False
    """Headsets are being made ready for Wi-Fi."""

    def shown(self, read: KitRead, kit: Kit, live: KitNow) -> KitShown:
        """The page."""
        themes = self.content.themes
        rows = self.headset_rows(read, live)
        return KitShown(
            id=kit.id,
            kits=tuple(Choice(key=str(one.id), words=one.label) for one in read.kits),
            title=said_once(self.texts("kit.title", kit=kit.label)),
            second=self.second_line(read, kit, rows, live),
            themes=tuple(self._column(theme) for theme in themes),
            headsets=rows,
            films_count=self.films_count(rows),
            accessories=tuple(self._accessory(one) for one in read.accessories),
            check=self._check_card(read, kit),
            homeless=self._homeless(read),
            foreign=self._foreign(read, kit, live),
            wired=self._wired(kit, live),
            can_arm=not self.arming,
        )

    # --- headsets ----------------------------------------------------------------------------------------

    def headset_rows(self, read: KitRead, live: KitNow) -> tuple[HeadsetRow, ...]:
        """The table, with what its headsets tell where this suitcase is the open one."""
        return tuple(self._headset(read, headset, now_of(headset, live)) for headset in read.headsets)

    def second_line(self, read: KitRead, kit: Kit, rows: tuple[HeadsetRow, ...], live: KitNow) -> str:
        """Department, how many headsets are ready or how far they are filled, who looks after it."""
        department = next((one.name for one in read.departments if one.id == kit.department_id), "")
        ready = sum(_is_usable(headset, now_of(headset, live)) for headset in read.headsets)
        total = max(kit.target_headset_count, len(rows))
        filling = total_in_words(live, self.texts) if live.kit_id == kit.id else ""
        parts = [department, filling or self.texts("kit.head.ready", count=ready, total=total)]
        person = next((one.full_name for one in read.people if one.id == kit.responsible_id), None)
        if person:
            parts.append(self.texts("kit.head.responsible", name=person))
        return " · ".join(part for part in parts if part)

    def films_count(self, rows: tuple[HeadsetRow, ...]) -> str:
        """How many cells of the matrix are as they should be."""
        marks = [mark for row in rows for mark in row.films if mark is not FilmMark.NO_FILM]
        if not marks:
            return ""
        there = sum(mark is FilmMark.ON_PLACE for mark in marks)
        return self.texts("kit.films.count", count=there, total=len(marks))

    def _headset(self, read: KitRead, headset: Headset, now: HeadsetNow | None) -> HeadsetRow:
        word, icon, tone = self._state(headset, now)
        facts = now.facts if now is not None else None
        known = read.presence.get(headset.id, {})
        marks = tuple(mark_of(read.films, theme.code, known) for theme in self.content.themes)
        return HeadsetRow(
            id=headset.id,
            number=headset.number,
            state=word,
            icon=icon,
            tone=tone,
            state_note=self._state_note(headset, now),
            battery=facts.battery_percent if facts else None,
            charging=bool(facts and facts.charging),
            serial=headset.serial,
            films=marks,
            film_words=tuple(self.texts(f"kit.mark.{mark.value}") for mark in marks),
            checked=self._checked(read, headset),
        )

    def _state(self, headset: Headset, now: HeadsetNow | None) -> tuple[str, str, Tone]:
        if now is None or headset.condition in _SAID_BY_PEOPLE:
            icon, tone = CONDITION_SIGNS[headset.condition]
            return sentence_case(self.texts(f"kit.condition.{headset.condition.value}")), icon, tone
        sign = SIGNS[now.state]
        return self.texts(f"headset.state.{now.state.value}"), sign.icon, sign.tone

    def _state_note(self, headset: Headset, now: HeadsetNow | None) -> str:
        if headset.condition in _SAID_BY_PEOPLE or now is None or not is_unreached(now):
            return ""
        return self.texts("kit.state.at", address=short_address(now.address or ""))

    def _checked(self, read: KitRead, headset: Headset) -> str:
        if headset.id == self.checking:
            return self.texts("kit.checking")
        if read.under_way is not None and _answered(read.under_way, headset):
            return self.moment(read.under_way.check.started_at)
        for past in reversed(read.finished):
            if _answered(past, headset) and past.check.finished_at is not None:
                return self.moment(past.check.finished_at)
        return self.texts("kit.never_checked")

    def _column(self, theme: Theme) -> ThemeColumn:
        title = theme.title.words.in_language(self.texts.lang)
        key = f"kit.theme.{theme.code.lower()}"
        known = self.texts.keys()
        return ThemeColumn(short=self.texts(key) if key in known else title, title=title)

    # --- accessories -------------------------------------------------------------------------------------

    def _accessory(self, one: Accessory) -> AccessoryRow:
        note, icon = self._accessory_note(one)
        needed = one.reorder_level if one.consumable else one.quantity_expected
        found = one.quantity_found
        return AccessoryRow(
            id=one.id,
            name=item_words(one, self.texts),
            note=note,
            icon=icon,
            found=found,
            needed=needed,
            found_words="–" if found is None else str(found),
            needed_words=self.texts("kit.at_least" if one.consumable else "kit.of", count=needed),
            consumable=one.consumable,
        )

    def _accessory_note(self, one: Accessory) -> tuple[str, str]:
        if one.quantity_found is None:
            return self.texts("kit.not_counted"), ""
        if not one.is_short:
            return "", ""
        if one.consumable:
            return self.texts("kit.order_more", count=one.reorder_level), "warning"
        missing = one.quantity_expected - one.quantity_found
        key = "kit.one_missing" if missing == 1 else "kit.some_missing"
        return self.texts(key, count=missing), "magnifying-glass"

    # --- checks ------------------------------------------------------------------------------------------

    def _check_card(self, read: KitRead, kit: Kit) -> CheckCard:
        last = read.finished[-1].check if read.finished else None
        due = None if last is None else self._due(last.finished_at, kit)
        under_way = self._under_way(read.under_way)
        return CheckCard(
            last=self._last(read.finished[-1]) if read.finished else self.texts("kit.check.never"),
            due=self.texts("kit.check.due_now") if due is None else self._due_words(due),
            overdue=due is None or due < self.now.date(),
            under_way=under_way,
            button=self.texts("kit.check.go_on" if under_way else "kit.check.begin"),
        )

    def _due(self, finished: datetime | None, kit: Kit) -> date | None:
        if finished is None:
            return None
        return local_of(finished, HOME_ZONE).date() + timedelta(days=kit.check_interval_days)

    def _due_words(self, due: date) -> str:
        today = self.now.date()
        day = day_words(due, today, self.texts)
        if due < today:
            return self.texts("kit.check.overdue", day=day)
        soon = due - today <= _SOON
        return self.texts("kit.check.due_soon" if soon else "kit.check.due", day=day)

    def _last(self, read: CheckRead) -> str:
        check = read.check
        when = "" if check.finished_at is None else self.moment(check.finished_at)
        faults = sum(line.result not in _NO_FAULT for line in read.lines)
        if check.result is CheckResult.FAULTS and faults:
            return self.texts("kit.check.last_faults", when=sentence_case(when), count=faults)
        result = self.texts(f"kit.result.{check.result.value}")
        return self.texts("kit.check.last", when=sentence_case(when), result=result)

    def _under_way(self, read: CheckRead | None) -> str:
        if read is None:
            return ""
        done = sum(line.result is not LineResult.NOT_CHECKED for line in read.lines)
        when = self.moment(read.check.started_at)
        return self.texts("kit.check.under_way", when=when, done=done, total=len(read.lines))

    def _wired(self, kit: Kit, live: KitNow) -> str:
        """Headsets on a cable could do without, unless a film plays."""
        if live.kit_id != kit.id or live.stage in _IN_FILM:
            return ""
        if self.arming:
            return self.texts("kit.wired.arming")
        numbers = [str(one.number) for one in live.headsets if _is_wired(one)]
        if len(numbers) == 1:
            return self.texts("kit.wired.one", number=numbers[0])
        return self.texts("kit.wired.several", numbers=listed(numbers, self.texts)) if numbers else ""

    def _foreign(self, read: KitRead, kit: Kit, live: KitNow) -> str:
        if live.kit_id != kit.id or live.stage in _IN_FILM:
            return ""
        return announced(foreign_films(read.films, live.headsets), self.texts)

    def _homeless(self, read: KitRead) -> str:
        serials = ", ".join(headset.serial for headset in read.homeless)
        if not serials:
            return ""
        key = "kit.homeless.one" if len(read.homeless) == 1 else "kit.homeless.several"
        return self.texts(key, serials=serials, count=len(read.homeless))

    def moment(self, at: datetime) -> str:
        """An instant, as near as people say it."""
        return moment_words(local_of(at, HOME_ZONE), self.now, self.texts)


_NO_FAULT = (LineResult.IN_ORDER, LineResult.NOT_CHECKED)


def _is_wired(now: HeadsetNow) -> bool:
    """It is on a cable, and could do without."""
    is_done = now.on_wifi or now.rearming
    return not is_done and now.state not in _OUT_OF_REACH and is_on_cable(now.address or "")


def is_unreached(now: HeadsetNow) -> bool:
    """It was looked for, and nobody was there."""
    return now.state is HeadsetState.NOT_CONNECTED and now.address is not None and now.problem is not None


def now_of(headset: Headset, live: KitNow) -> HeadsetNow | None:
    """What the headset tells, where its suitcase is the one that is open."""
    if live.kit_id is None or live.kit_id != headset.kit_id:
        return None
    return next((one for one in live.headsets if one.headset_id == headset.id), None)


def _is_usable(headset: Headset, now: HeadsetNow | None) -> bool:
    if now is None or headset.condition in _SAID_BY_PEOPLE:
        return headset.condition is C.READY
    return now.state in _USABLE


def _answered(read: CheckRead, headset: Headset) -> bool:
    theirs = [line for line in read.lines if line.headset_id == headset.id]
    return bool(theirs) and all(line.result is not LineResult.NOT_CHECKED for line in theirs)
