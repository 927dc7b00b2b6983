"""How a headset of the suitcase is shown before the start. Knows no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime

from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import HeadsetFacts, PlayMode
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.link_errors import NotAHeadset
from trainer_app.domain.live_kit import HeadsetNow
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.playback_errors import SameHeadset
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock
from trainer_app.ui.clearing import foreign_films
from trainer_app.ui.headset_address import short_address
from trainer_app.ui.help.finding import topic_for
from trainer_app.ui.session.prepare.models import Standing, TileAction, TileFace, TileModel
from trainer_app.ui.session.when import short_day_words
from trainer_app.ui.widgets.tile_words import Sign, TileFacts, TileWords, tile_words

_NEEDS = frozenset({S.FAULT, S.NOT_CONNECTED, S.NOT_AUTHORISED, S.STORAGE_FULL, S.LOW_BATTERY})
_SAY_MORE = (NotAHeadset, SameHeadset)
"""Something answers at the address; what it is says more than that the headset is not there."""

_MINUTES_FROM_S = 100
"""From here on the time left is said in minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TileScene:
    """What a tile has to know beside its headset.

    Attributes:
        today: The day it is, and the time (wall time).
        minutes: The session is booked for so long; 0: not known.
        end: When it is planned to end; None: not known.
        film_bytes: Of the session's film; None: none is chosen.
        defective: Headsets of which people say so.
        library: All films; what else lies on a full headset can go.
    """

    texts: Texts
    today: datetime
    minutes: int
    end: datetime | None
    film_bytes: int | None
    volume_percent: int = 60
    defective: frozenset[HeadsetId] = frozenset()
    library: tuple[Film, ...] = ()


def tile_of(headset: HeadsetNow, scene: TileScene) -> TileModel:
    """Put a headset into words."""
    state = _shown_state(headset, scene)
    face = _face(headset, state, scene)
    small = face
    if face.facts.shows_how:
        facts = replace(face.facts, shows_how=False)
        words = tile_words(state, facts, scene.texts)
        small = TileFace(words=words, facts=facts, action=TileAction.SHOW_HOW)
    return TileModel(
        number=headset.number,
        standing=_standing(headset, state),
        face=face,
        small=small,
        help_topic=topic_for(state, headset.problem, headset.awaited),
    )


def _shown_state(headset: HeadsetNow, scene: TileScene) -> S:
    """A battery that will not last is said before anybody has pressed *Klargjør*."""
    lasts = headset.lasts_min
    if headset.state in (S.READY, S.ASLEEP) and lasts is not None and lasts < scene.minutes:
        return S.LOW_BATTERY
    return headset.state


def _standing(headset: HeadsetNow, state: S) -> Standing:
    if headset.set_aside:
        return Standing.ASIDE
    if state in _NEEDS:
        return Standing.NEEDS
    if state is S.GETTING_READY:
        return Standing.COMING
    return Standing.READY if headset.is_ready else Standing.WAITING


def _face(headset: HeadsetNow, state: S, scene: TileScene) -> TileFace:
    facts = _facts(headset, state, scene)
    words = tile_words(state, facts, scene.texts)
    if headset.set_aside:
        return _aside(headset, words, facts, scene)
    if state is S.READY:
        return _ready(headset, words, facts, scene)
    if state is S.GETTING_READY:
        return TileFace(words=_getting_ready(headset, words, scene), facts=facts, action=None)
    if state is S.NOT_CONNECTED:
        return _not_connected(headset, words, facts, scene)
    if state is S.STORAGE_FULL:
        return _full(headset, words, facts, scene)
    return _other(headset, state, words, facts, scene.texts)


def _facts(headset: HeadsetNow, state: S, scene: TileScene) -> TileFacts:
    told = headset.facts or HeadsetFacts()
    transfer = headset.transfer
    connected = state not in (S.NOT_CONNECTED, S.NOT_AUTHORISED)
    return TileFacts(
        battery_percent=told.battery_percent if connected else None,
        charging=bool(told.charging),
        play_mode=told.play_mode if connected and headset.facts is not None else None,
        last_contact=_contact_time(headset, scene),
        done_bytes=transfer.done_bytes if transfer else 0,
        whole_bytes=transfer.whole_bytes if transfer else scene.film_bytes or 0,
        is_program=transfer is not None and transfer.film is None,
        seconds=math.ceil(transfer.seconds_left or 0) if transfer else 0,
        volume_percent=scene.volume_percent,
        lasts_min=headset.lasts_min or 0,
        session_min=scene.minutes,
        free_bytes=told.free_bytes or 0,
        on_its_own=headset.on_its_own,
        started_elsewhere=headset.started_elsewhere,
        awaited=headset.awaited,
        position_s=headset.position_s,
        shows_how=state is S.NOT_AUTHORISED and not headset.set_aside,
    )


def _contact_time(headset: HeadsetNow, scene: TileScene) -> str:
    if headset.last_contact is None:
        return ""
    return clock(local_of(headset.last_contact, HOME_ZONE), scene.texts)


def _aside(headset: HeadsetNow, words: TileWords, facts: TileFacts, scene: TileScene) -> TileFace:
    texts, cause, step = scene.texts, "cause", "step"
    if headset.headset_id in scene.defective:
        cause = "defective"
    elif headset.headset_id is not None and headset.problem is not None:
        step = "faulty"
    said = replace(
        words,
        word=texts("prepare.tile.aside.word"),
        cause=texts(f"prepare.tile.aside.{cause}"),
        step=texts(f"prepare.tile.aside.{step}"),
        button=texts("prepare.tile.aside.button"),
        progress=None,
        sign=Sign(icon="minus", tone=Tone.NEUTRAL),
    )
    return TileFace(words=said, facts=facts, action=TileAction.TAKE_BACK)


def _ready(headset: HeadsetNow, words: TileWords, facts: TileFacts, scene: TileScene) -> TileFace:
    texts = scene.texts
    if headset.has_film:
        return TileFace(words=words, facts=replace(facts, checks=_checks(headset, scene)), action=None)
    missing = "cause" if scene.film_bytes is not None else "no_film"
    said = replace(
        words,
        word=texts("prepare.tile.connected.word"),
        cause=texts(f"prepare.tile.connected.{missing}"),
        step=texts("prepare.tile.connected.step") if scene.film_bytes is not None else "",
        sign=Sign(icon="broadcast", tone=Tone.NEUTRAL),
    )
    return TileFace(words=said, facts=facts, action=None)


def _checks(headset: HeadsetNow, scene: TileScene) -> tuple[str, ...]:
    texts = scene.texts
    film = texts("prepare.tile.verified" if headset.film_checked else "prepare.tile.unchecked")
    battery = _battery_check(headset, scene)
    volume = texts("prepare.tile.volume", percent=scene.volume_percent)
    if headset.facts is not None and headset.facts.play_mode is PlayMode.MANUAL:
        volume = texts("prepare.tile.volume_there")
    return tuple(line for line in (film, battery, volume) if line)


def _battery_check(headset: HeadsetNow, scene: TileScene) -> str:
    told = headset.facts or HeadsetFacts()
    if told.charging:
        lasts = (told.battery_percent or 0) * headset.minutes_a_percent
        return scene.texts(f"prepare.tile.{'enough_charging' if lasts >= scene.minutes else 'charging'}")
    if told.battery_percent is None or scene.end is None:
        return ""
    return scene.texts("prepare.tile.enough_battery", time=clock(scene.end, scene.texts))


def _getting_ready(headset: HeadsetNow, words: TileWords, scene: TileScene) -> TileWords:
    texts, transfer = scene.texts, headset.transfer
    if transfer is None:
        return replace(
            words,
            word=texts("prepare.tile.waking.word"),
            cause=texts("prepare.tile.waking.cause"),
            step=texts("prepare.tile.waking.step"),
            progress=None,
        )
    if transfer.done_bytes >= transfer.whole_bytes:
        return replace(words, step=texts(f"prepare.tile.{'verifying' if transfer.film else 'unpacking'}"))
    if transfer.film is None:
        return replace(words, step=texts("prepare.tile.outfitting"))
    left = transfer.seconds_left
    if left is None:
        return replace(words, step=texts("prepare.tile.unknown_left"))
    if left >= _MINUTES_FROM_S:
        return replace(words, step=texts("prepare.tile.minutes_left", minutes=math.ceil(left / 60)))
    return replace(words, step=f"{words.step} {texts('prepare.tile.waking.step')}")


def _not_connected(headset: HeadsetNow, words: TileWords, facts: TileFacts, scene: TileScene) -> TileFace:
    texts = scene.texts
    if headset.headset_id is None and headset.address is None:
        never = replace(
            words,
            cause=texts("prepare.tile.never.cause"),
            step=texts("prepare.tile.never.step"),
            button=texts("prepare.tile.never.button"),
        )
        return TileFace(words=never, facts=facts, action=TileAction.ADD)
    if headset.address is not None and _is_wanted_elsewhere(headset, scene):
        return _unreached(headset, headset.address, words, facts, scene)
    contact = None if headset.last_contact is None else local_of(headset.last_contact, HOME_ZONE)
    if contact is None:
        words = replace(words, cause=texts("prepare.tile.never.cause"))
    elif contact.date() != scene.today.date():
        day = short_day_words(contact.date(), scene.today.date(), texts)
        cause = texts("prepare.tile.lost_day.cause", day=day, time=clock(contact, texts))
        words = replace(words, cause=cause)
    return TileFace(words=words, facts=facts, action=TileAction.RETRY)


def _is_wanted_elsewhere(headset: HeadsetNow, scene: TileScene) -> bool:
    """The address may be wrong: it was typed and never right, or was right on another day only."""
    if headset.problem is None:
        return headset.address_is_new
    contact = headset.last_contact
    today = contact is not None and local_of(contact, HOME_ZONE).date() == scene.today.date()
    return headset.address_is_new or not today


def _unreached(
    headset: HeadsetNow, address: str, words: TileWords, facts: TileFacts, scene: TileScene
) -> TileFace:
    """Says where it is looked for, and lets that be put right."""
    texts, problem = scene.texts, headset.problem
    step, button = texts("prepare.tile.unreached.step"), texts("prepare.tile.correct")
    if problem is None:
        cause = texts("prepare.tile.looking.cause", address=short_address(address))
    elif isinstance(problem, _SAY_MORE):
        said = texts.explain(problem)
        cause, step = said.what, said.next_step
    else:
        cause = texts("prepare.tile.unreached.cause", address=short_address(address))
    words = replace(words, cause=cause, step=step, button=button)
    return TileFace(words=words, facts=facts, action=TileAction.CORRECT)


def _full(headset: HeadsetNow, words: TileWords, facts: TileFacts, scene: TileScene) -> TileFace:
    """What can be removed from here is offered; else it is somebody's with the headset in hand."""
    if foreign_films(scene.library, [headset]):
        words = replace(words, button=scene.texts("headset_film.free_space"))
        return TileFace(words=words, facts=facts, action=TileAction.CLEAR)
    step, button = scene.texts("prepare.tile.storage.step"), scene.texts("prepare.tile.retry")
    return TileFace(words=replace(words, step=step, button=button), facts=facts, action=TileAction.RETRY)


def _other(headset: HeadsetNow, state: S, words: TileWords, facts: TileFacts, texts: Texts) -> TileFace:
    """A button stands only where it does something before the start."""
    if state is S.FAULT:
        words = replace(words, cause=texts("prepare.tile.fault.cause"), button=texts("prepare.tile.retry"))
        if headset.problem is not None:
            said = texts.explain(headset.problem)
            words = replace(words, cause=said.what, step=said.next_step)
        return TileFace(words=words, facts=facts, action=TileAction.RETRY)
    if state is S.LOW_BATTERY:
        button = texts("prepare.tile.set_aside")
        return TileFace(words=replace(words, button=button), facts=facts, action=TileAction.SET_ASIDE)
    return TileFace(words=replace(words, button=None), facts=facts, action=None)
