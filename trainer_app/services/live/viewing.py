"""What people see of a place of the suitcase: one state of eleven, the first that applies."""

from __future__ import annotations

from dataclasses import replace

from trainer_app.domain.battery import minutes_left
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState, Showing, state_of
from trainer_app.domain.link_errors import KeyUnusable, NotAccepted
from trainer_app.domain.live_kit import FilmStage, HeadsetNow
from trainer_app.domain.playback_errors import HeadsetStorageFull, HeadsetVanished, PlaybackStopped
from trainer_app.services.live.slot import Slot

_NO_FAULT = (HeadsetStorageFull, HeadsetVanished, PlaybackStopped)
"""A full storage has a state of its own, the others heal by themselves or were meant."""

_UNDER_WAY = (FilmStage.STARTING, FilmStage.PLAYING)


def headset_now(slot: Slot, film: Film | None, stage: FilmStage, at_ns: int) -> HeadsetNow:
    """The picture of one place at a laptop instant."""
    part = slot.in_film
    return HeadsetNow(
        number=slot.number,
        state=headset_state(slot, film, stage, at_ns),
        serial=slot.known.serial if slot.known else "",
        model=slot.known.model if slot.known else "",
        headset_id=slot.known.id if slot.known else None,
        address=_address(slot),
        address_is_new=slot.address_is_new,
        facts=slot.facts,
        problem=slot.problem,
        last_contact=slot.last_contact,
        set_aside=slot.aside,
        has_film=slot.has_film(film),
        film_checked=slot.has_checked(film),
        transfer=slot.outfitting or slot.transfer,
        position_s=_position(slot, film, at_ns),
        off_s=(at_ns - part.off_since_ns) * 1e-9 if part.off_since_ns is not None else 0.0,
        on_its_own=_is_alone(slot, film, at_ns),
        not_dark=_may_play(slot, film, at_ns),
        started_elsewhere=slot.shows_foreign_film,
        gaze=part.gaze,
        awaited=part.player.awaited if part.player is not None else None,
        minutes_a_percent=slot.drain.minutes_a_percent,
        on_wifi=slot.on_wifi,
        rearming=slot.rearming,
        rearmed_at=slot.rearmed_at,
    )


def headset_state(slot: Slot, film: Film | None, stage: FilmStage, at_ns: int) -> HeadsetState:
    """The first state that applies."""
    if _has_fault(slot):
        return HeadsetState.FAULT
    if _is_alone(slot, film, at_ns):
        assert slot.in_film.alone is not None
        return HeadsetState.PLAYING if slot.in_film.alone.moving else HeadsetState.PAUSED
    return _in_film(slot, stage) or _out_of_film(slot, stage)


def is_fault(problem: TrainerError | None) -> bool:
    """Somebody has to do something about it."""
    return problem is not None and not isinstance(problem, _NO_FAULT)


def _is_alone(slot: Slot, film: Film | None, at_ns: int) -> bool:
    """Out of contact, and its film is not over yet."""
    alone = slot.in_film.alone
    return alone is not None and film is not None and alone.position_at(at_ns) < film.probe.duration_s


def _may_play(slot: Slot, film: Film | None, at_ns: int) -> bool:
    """Told to be dark, without a word that it is, and its film is not over yet."""
    part = slot.unconfirmed
    return part is not None and (film is None or part.position_at(at_ns) < film.probe.duration_s)


def _in_film(slot: Slot, stage: FilmStage) -> HeadsetState | None:
    part = slot.in_film
    if slot.headset is None:
        return None
    if part.off_since_ns is not None and stage in _UNDER_WAY:
        return HeadsetState.TAKEN_OFF
    showing = part.player.showing if part.player else slot.found.showing
    return {Showing.FILM: HeadsetState.PLAYING, Showing.PAUSED_FILM: HeadsetState.PAUSED}.get(showing)


def _has_fault(slot: Slot) -> bool:
    if slot.headset is None:
        return isinstance(slot.link_problem, KeyUnusable)
    player = slot.in_film.player
    return is_fault(slot.problem) or (player is not None and player.showing is Showing.FAULT)


def _out_of_film(slot: Slot, stage: FilmStage) -> HeadsetState:
    if slot.headset is None:
        asks = slot.waits or isinstance(slot.link_problem, NotAccepted)
        return HeadsetState.NOT_AUTHORISED if asks else HeadsetState.NOT_CONNECTED
    if isinstance(slot.problem, HeadsetStorageFull):
        return HeadsetState.STORAGE_FULL
    if slot.filling or slot.outfitting is not None:
        return HeadsetState.GETTING_READY
    facts = slot.facts or HeadsetFacts()
    if stage in (*_UNDER_WAY, FilmStage.PAUSED):
        # Once the film has begun a low battery only colours the battery.
        facts = replace(facts, battery_percent=None)
    elif _too_short(slot, facts):
        return HeadsetState.LOW_BATTERY
    return state_of(facts, Showing.NOTHING)


def _too_short(slot: Slot, facts: HeadsetFacts) -> bool:
    lasts = minutes_left(facts, slot.drain.minutes_a_percent)
    return lasts is not None and lasts < slot.needs_min


def _address(slot: Slot) -> str | None:
    if slot.headset is not None:
        return slot.headset.address
    if slot.keeper is not None:
        return slot.keeper.address
    return slot.known.address if slot.known else None


def _position(slot: Slot, film: Film | None, at_ns: int) -> float:
    part = slot.in_film
    if part.player is None and slot.shows_foreign_film:
        return slot.foreign_position_at(at_ns)
    return part.alone.position_at(at_ns) if part.alone and _is_alone(slot, film, at_ns) else part.position_s
