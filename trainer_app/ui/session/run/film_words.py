"""The film phase in words: before the start, during the film, between two waves. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from trainer_app.domain.headset_state import HeadsetState, PlayMode
from trainer_app.domain.live_kit import FilmStage, HeadsetNow, KitNow
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.phases import PhaseCode
from trainer_app.services.assigning import Seats
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock
from trainer_app.texts.number_words import number_word
from trainer_app.ui.session.run.film_desk import MOVING, FilmDesk
from trainer_app.ui.session.run.film_stops import Stop
from trainer_app.ui.session.run.models import (
    Change,
    FilmLine,
    FilmNow,
    Start,
    StopCard,
    StripHeadset,
    Trouble,
    Wearer,
)
from trainer_app.ui.session.run.script_words import Told
from trainer_app.ui.widgets.panorama import GazeDot
from trainer_app.ui.widgets.tile_words import TileFacts, tile_words

_OFF_SHOWN_S = 10.0
"""A headset that was taken off keeps its dot so long."""

_TOGETHER_MS = 80.0
"""Further apart than this, headsets are not called together."""

_TROUBLE = frozenset({HeadsetState.FAULT, HeadsetState.NOT_CONNECTED, HeadsetState.NOT_AUTHORISED})


class FilmWords:
    """Puts the film phase into words."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    # --- before the start --------------------------------------------------------------------------------

    def start(self, desk: FilmDesk, kit: KitNow, seats: Seats, told: Told) -> Start:
        """Before the film."""
        ready, known = kit.ready_count, sum(not each.set_aside for each in kit.headsets)
        partly = 0 < ready < known
        return Start(
            wave=self.wave(desk),
            say=told.say(told.content.texts.start_words.words),
            hero=self._texts("run.film.start_with", count=number_word(ready, self._texts))
            if partly
            else self._texts("run.film.start"),
            can_start=ready > 0 and not desk.asked and not desk.is_going,
            state=self._state(desk, kit, ready),
            wearers=(*self.wearers(seats, desk.wave), *self._free(seats, desk.wave, kit)),
            without=self._without(seats),
            volume=self.volume(kit),
        )

    def wave(self, desk: FilmDesk) -> str:
        """Which wave sees the film; nothing where there is one only."""
        if desk.waves < 2:
            return ""
        return self._texts("run.film.wave", wave=desk.wave, waves=desk.waves)

    def volume(self, kit: KitNow) -> str:
        """How loud the film is."""
        return self._texts("run.film.volume", percent=kit.volume_percent)

    def wearers(self, seats: Seats, wave: int) -> tuple[Wearer, ...]:
        """Who wears which headset in a wave."""
        unnamed = self._texts("run.list.unnamed")
        return tuple(Wearer(number=seat.number, name=seat.name or unnamed) for seat in seats.of_wave(wave))

    def _free(self, seats: Seats, wave: int, kit: KitNow) -> tuple[Wearer, ...]:
        """Headsets that show the film as well, though nobody has them in this wave."""
        worn = {seat.number for seat in seats.of_wave(wave)}
        ready = [each.number for each in kit.headsets if each.is_ready and not each.set_aside]
        free = [number for number in sorted(ready) if worn and number not in worn]
        return tuple(Wearer(number=number, name=self._texts("run.list.free")) for number in free)

    def _state(self, desk: FilmDesk, kit: KitNow, ready: int) -> str:
        if kit.stage is FilmStage.STARTING:
            return self._texts("run.film.starting")
        if desk.asked or kit.stage is FilmStage.PREPARING:
            return self._texts("run.film.preparing")
        foreign = [each.number for each in kit.headsets if each.started_elsewhere]
        if foreign:
            key = f"run.film.started_elsewhere.{_many(foreign)}"
            return self._texts(key, numbers=self._listed(foreign))
        if desk.film is None:
            return self._texts("run.film.no_film")
        if not ready:
            return self._texts("run.film.none_ready")
        missing = [each.number for each in kit.headsets if not each.set_aside and not each.is_ready]
        if missing:
            return self._texts(f"run.film.missing.{_many(missing)}", numbers=self._listed(missing))
        return self._texts("run.film.all_ready", count=number_word(ready, self._texts).capitalize())

    def _without(self, seats: Seats) -> str:
        names = [name for name in seats.without if name]
        return self._texts("run.list.without", names=", ".join(names)) if names else ""

    # --- during the film ---------------------------------------------------------------------------------

    def now(self, desk: FilmDesk, kit: KitNow, told: Told) -> FilmNow:
        """The film while it plays, is paused or was stopped."""
        length = kit.length_s or (desk.film.probe.duration_s if desk.film is not None else 0.0)
        return FilmNow(
            wave=self.wave(desk),
            together=self.together(kit),
            dots=tuple(_dots(kit.headsets)),
            line=FilmLine(
                length_s=length,
                position_s=round(desk.position_s()),
                stops_s=tuple(stop.at_s for stop in desk.stops),
                chosen_s=desk.chosen_s,
            ),
            stop=self._stop(desk, length, told),
            is_stopped=desk.is_stopped,
            stopped_cause=self._stopped_cause(desk, kit),
            volume=self.volume(kit),
        )

    def together(self, kit: KitNow) -> str:
        """How well the headsets play together."""
        playing = sum(_is_in_step(each) for each in kit.headsets)
        if kit.spread_ms is None or playing < 2 or kit.stage is not FilmStage.PLAYING:
            return ""
        if kit.spread_ms > _TOGETHER_MS:
            return self._texts("run.film.catching_up", ms=round(kit.spread_ms))
        count, ms = number_word(playing, self._texts), round(kit.spread_ms)
        if playing == sum(not each.set_aside for each in kit.headsets):
            return self._texts("run.film.all_together", count=count, ms=ms)
        return self._texts("run.film.some_together", count=count.capitalize(), ms=ms)

    def _stopped_cause(self, desk: FilmDesk, kit: KitNow) -> str:
        """What *Stopp alt* has done; never that a headset is dark which has not said so."""
        left = may_play_on(kit)
        if not left and kit.stage is not FilmStage.STOPPED:  # it was before the program was started again
            return self._texts("run.stopped.before", time=self._clock(desk.position_s()))
        if not left:
            return self._texts("run.stopped.cause")
        parts = [self._left_fact(kit, left)]
        if not kit.stopping:
            parts += [self._left_help(left), self._texts("run.stopped.others")]
        return " ".join(parts)

    def _stop(self, desk: FilmDesk, length: float, told: Told) -> StopCard:
        here = desk.position_s()
        if desk.is_paused:
            return self._standing(desk.at_stop, desk, told)
        count = desk.count()
        if count is not None:
            return self._going_on(count)
        coming = desk.next_stop()
        if coming is None:
            return StopCard(
                caption=self._texts("run.film.end_in"),
                digits=self._left(length - here),
                prompt=told.say(told.content.texts.landing_words.words),
                button=self._texts("run.film.stop_here"),
                is_at_stop=False,
            )
        return StopCard(
            caption=self._texts("run.film.stop_in", number=coming.number),
            digits=self._left(coming.at_s - here),
            prompt=told.say(coming.question),
            button=self._texts("run.film.stop_here"),
            is_at_stop=False,
            note="" if desk.pauses_at_stops else self._texts("run.film.not_by_itself"),
        )

    def _going_on(self, count: int) -> StopCard:
        """After a pause, the moment before all move together."""
        return StopCard(
            caption=self._texts("run.film.goes_on_in"),
            digits=str(count),
            prompt="",
            button=self._texts("run.film.stop_here"),
            is_at_stop=False,
        )

    def _standing(self, stop: Stop | None, desk: FilmDesk, told: Told) -> StopCard:
        """Paused: at a stop-point with its question, or anywhere."""
        key = "run.film.at_stop" if stop is not None and stop.number else "run.film.paused"
        return StopCard(
            caption=self._texts(key, number=0 if stop is None else stop.number),
            digits=self._clock(desk.position_s()),
            prompt=told.say(stop.question) if stop is not None else "",
            button=self._texts("run.film.resume"),
            is_at_stop=True,
        )

    # --- after it ----------------------------------------------------------------------------------------

    def change(self, desk: FilmDesk, seats: Seats, told: Told, *, is_last: bool) -> Change:
        """Between two waves, or after the last."""
        say, texts = told.say(told.content.texts.landing_words.words), self._texts
        cleaned = all(seat.cleaned_after for seat in seats.of_wave(desk.wave))
        key = "over" if is_last else "change"
        heading = texts(f"run.{key}.heading", wave=desk.wave)
        steps = () if is_last else tuple(texts(f"run.change.step.{n}", next=desk.wave + 1) for n in (1, 2, 3))
        return Change(
            heading=heading,
            say=say,
            steps=steps,
            cleaned=bool(seats.of_wave(desk.wave)) and cleaned,
            go_on="" if is_last else texts("run.change.go_on", wave=desk.wave + 1),
            again=texts("run.over.again") if is_last else "",
            wearers=() if is_last else self.wearers(seats, desk.wave + 1),
            without=self._without(seats),
        )

    # --- the headsets ------------------------------------------------------------------------------------

    def strip(self, kit: KitNow, session_min: int) -> tuple[StripHeadset, ...]:
        """The headsets at the lower edge."""
        return tuple(self._strip_headset(each, kit, session_min) for each in kit.headsets)

    def trouble(
        self, kit: KitNow, desk: FilmDesk, code: PhaseCode | None, own: Trouble | None
    ) -> Trouble | None:
        """Say what comes first.

        Whatever else is wrong, it is who may play on after *Stopp alt*; then what is wrong with the session;
        then the first headset that needs somebody while the film is on. ``own``: of the session itself.
        """
        left = self.left_trouble(kit)
        # Below the film's line the card says it already.
        if left is not None and not (code is PhaseCode.FILM and desk.is_stopped and desk.chosen_s is None):
            return left if own is None else _both(left, own)
        if own is not None or (code is not PhaseCode.FILM and not desk.is_going):
            return own
        for headset in kit.headsets:
            if _is_in_trouble(headset) and not headset.on_its_own:
                return self._trouble(headset, desk)
        return None

    def left_trouble(self, kit: KitNow) -> Trouble | None:
        """Who may still play; *Stopp alt* stands beside it, and there is no other button that helps."""
        left = may_play_on(kit)
        if not left:
            return None
        return Trouble(
            fact=self._left_fact(kit, left),
            cause="" if kit.stopping else self._left_help(left),
            is_danger=False,
            buttons=(),
            stays_locked=True,
        )

    def _left_fact(self, kit: KitNow, left: Sequence[HeadsetNow]) -> str:
        numbers = self._listed(each.number for each in left)
        if kit.stopping:
            return self._texts(f"run.stopped.asking.{_many(left)}", numbers=numbers)
        why = "unreached" if all(each.on_its_own for each in left) else "unconfirmed"
        return self._texts(f"run.stopped.{why}.{_many(left)}", numbers=numbers)

    def _left_help(self, left: Sequence[HeadsetNow]) -> str:
        return self._texts(f"run.stopped.help.{_many(left)}")

    def _trouble(self, headset: HeadsetNow, desk: FilmDesk) -> Trouble:
        texts = self._texts
        state = texts(f"headset.state.{headset.state.value}").lower()
        cause = texts.explain(headset.problem).what if headset.problem is not None else ""
        if headset.awaited is not None:
            key = f"looks.tile.awaited.{headset.awaited.value}"
            state, cause = texts(f"{key}.word").lower(), texts(f"{key}.step")
        others = texts("run.trouble.others_play" if desk.is_going else "run.trouble.others_can")
        return Trouble(
            fact=texts("run.trouble.headset", number=headset.number, state=state),
            cause=" ".join(part for part in (cause, others) if part),
            is_danger=headset.state is HeadsetState.FAULT,
            buttons=(texts("run.trouble.retry"), texts("run.trouble.without", number=headset.number)),
            number=headset.number,
        )

    def _strip_headset(self, headset: HeadsetNow, kit: KitNow, session_min: int) -> StripHeadset:
        facts = self._facts(headset, kit, session_min)
        words = tile_words(headset.state, facts, self._texts)
        details = (words.cause, words.step)
        if headset.problem is not None:
            said = self._texts.explain(headset.problem)
            details = (said.what, said.next_step)
        return StripHeadset(
            number=headset.number,
            state=headset.state,
            facts=facts,
            details=details,
            set_aside=headset.set_aside,
        )

    def _facts(self, headset: HeadsetNow, kit: KitNow, session_min: int) -> TileFacts:
        own, transfer = headset.facts, headset.transfer
        contact = ""
        if headset.last_contact is not None:
            at = local_of(headset.last_contact, HOME_ZONE)
            contact = clock(at, self._texts)
        return TileFacts(
            battery_percent=None if own is None else own.battery_percent,
            charging=own is not None and bool(own.charging),
            last_contact=contact or "–",
            done_bytes=0 if transfer is None else transfer.done_bytes,
            whole_bytes=0 if transfer is None else transfer.whole_bytes,
            is_program=transfer is not None and transfer.film is None,
            seconds=round(headset.off_s or headset.position_s),
            position_s=headset.position_s,
            length_s=kit.length_s,
            volume_percent=kit.volume_percent,
            session_min=session_min,
            free_bytes=(own.free_bytes or 0) if own is not None else 0,
            on_its_own=headset.on_its_own,
            started_elsewhere=headset.started_elsewhere,
            awaited=headset.awaited,
            play_mode=None if own is None else own.play_mode,
            others_paused=kit.stage is FilmStage.PAUSED,
        )

    def _listed(self, numbers: Iterable[int]) -> str:
        return ", ".join(str(number) for number in numbers)

    def _clock(self, seconds: float) -> str:
        return self._texts("looks.clock", seconds=max(0, math.floor(seconds)))

    def _left(self, seconds: float) -> str:
        """What is left counts as whole until it is over."""
        return self._clock(math.ceil(seconds))


def may_play_on(kit: KitNow) -> tuple[HeadsetNow, ...]:
    """Those that nobody can call dark although the film is over for the group, or was stopped for them."""
    is_on = kit.stage in MOVING
    return tuple(each for each in kit.headsets if each.not_dark or (each.on_its_own and not is_on))


def _is_in_step(headset: HeadsetNow) -> bool:
    """It plays and is led: neither out of contact nor in its own player."""
    alone = headset.on_its_own or (headset.facts is not None and headset.facts.play_mode is PlayMode.MANUAL)
    return headset.state is HeadsetState.PLAYING and not alone


def _both(first: Trouble, second: Trouble) -> Trouble:
    """Two things in one place; a press that waits for a second one has to be answered at once."""
    cause = " ".join(part for part in (first.cause, second.fact, second.cause) if part)
    return replace(first, cause=cause, is_danger=first.is_danger or second.is_danger)


def _is_in_trouble(headset: HeadsetNow) -> bool:
    """Somebody counted on it, and it needs them."""
    return not headset.set_aside and (headset.state in _TROUBLE or headset.awaited is not None)


def _many(some: Sequence[object]) -> str:
    """The ending of a text's key."""
    return "more" if len(some) > 1 else "one"


def _dots(headsets: Iterable[HeadsetNow]) -> Iterable[GazeDot]:
    for headset in headsets:
        gaze, off = headset.gaze, headset.state is HeadsetState.TAKEN_OFF
        if gaze is None or (off and headset.off_s > _OFF_SHOWN_S):
            continue
        if off or headset.state in (HeadsetState.PLAYING, HeadsetState.PAUSED):
            yield GazeDot(number=headset.number, yaw_deg=gaze.yaw_deg, pitch_deg=gaze.pitch_deg, is_off=off)
