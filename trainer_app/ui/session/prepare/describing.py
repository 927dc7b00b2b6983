"""Puts a session and its suitcase into the words of the page. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.kits import HeadsetCondition
from trainer_app.domain.live_kit import KitNow
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.session_errors import EndBeforeStart
from trainer_app.domain.sessions import Session
from trainer_app.domain.words import Placeholder, Words
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.filling_words import total_in_words
from trainer_app.ui.session.prepare.choosing import choice_of
from trainer_app.ui.session.prepare.counts import sentence_of
from trainer_app.ui.session.prepare.loaded import theme_title
from trainer_app.ui.session.prepare.models import (
    BannerModel,
    EmptyModel,
    FilmOption,
    PrepareModel,
    RoomLine,
    RoomModel,
    TileModel,
    Way,
)
from trainer_app.ui.session.prepare.scene import Scene
from trainer_app.ui.session.prepare.starting import start_of
from trainer_app.ui.session.prepare.tiles import TileScene, tile_of
from trainer_app.ui.session.when import day_words, span_words

_SOON_MIN = 120
"""So long before the start it is said in minutes alone."""


def describe(scene: Scene) -> PrepareModel:
    """Put it into words."""
    tiles = _tiles(scene)
    empty = _empty(scene)
    loaded = scene.loaded
    several = len(loaded.films) > 1
    return PrepareModel(
        facts=_facts(scene),
        sentence=_sentence(scene, () if empty else tiles),
        tiles=() if empty else tiles,
        room=_room(scene),
        start=start_of(scene, tiles, is_empty=empty is not None),
        choice=None if empty else choice_of(scene, scene.counted_on(tiles)),
        banner=scene.refused or _banner(scene),
        empty=empty,
        films=tuple(FilmOption(sha256=film.sha256, title=film.title) for film in loaded.films if several),
        film=loaded.film.sha256 if loaded.film else None,
        can_identify=any(_is_connected(tile) for tile in tiles),
        can_repeat=scene.asked and loaded.film is not None and empty is None,
        total=total_in_words(scene.kit, scene.texts) if tiles and not empty else "",
    )


def _is_connected(tile: TileModel) -> bool:
    return tile.face.facts.play_mode is not None


# --- the head --------------------------------------------------------------------------------------------


def _facts(scene: Scene) -> str:
    session, texts = scene.loaded.session, scene.texts
    parts = [session.title or theme_title(scene.content, session, texts.lang)]
    if session.planned_start is not None:
        today = local_of(scene.now, session.zone).date()
        day = day_words(session.planned_start.date(), today, texts)
        parts.append(f"{day} {span_words(session, texts)}".strip())
    parts += [scene.loaded.room, _until_start(scene)]
    return " · ".join(part for part in parts if part)


def _until_start(scene: Scene) -> str:
    """How long it is until the start; nothing on another day."""
    left = _left(scene.loaded.session, scene.now)
    if left is None:
        return ""
    minutes, texts = math.ceil(left.total_seconds() / 60), scene.texts
    if minutes > _SOON_MIN:
        return texts("prepare.starts.hours", hours=minutes // 60, minutes=minutes % 60)
    if minutes > 0:
        return texts("prepare.starts.minutes", minutes=minutes)
    return texts("prepare.starts.late", minutes=-minutes) if minutes < 0 else texts("prepare.starts.now")


def _left(session: Session, now: datetime) -> timedelta | None:
    try:
        period = session.period
    except EndBeforeStart:
        return None
    if period is None or local_of(now, session.zone).date() != period.start.date():
        return None
    return period.starts_at - now


# --- the headsets ----------------------------------------------------------------------------------------


def _sentence(scene: Scene, tiles: Sequence[TileModel]) -> str:
    if scene.loaded.held is not None:
        return scene.texts("prepare.sentence.held")
    return sentence_of([tile.standing for tile in tiles], scene.texts)


def _tiles(scene: Scene) -> tuple[TileModel, ...]:
    loaded, kit = scene.loaded, scene.kit
    if loaded.held is not None or loaded.kit is None or kit.kit_id != loaded.kit.id:
        return ()
    tile_scene = TileScene(
        texts=scene.texts,
        today=local_of(scene.now, HOME_ZONE),
        minutes=loaded.minutes,
        end=loaded.session.planned_end,
        film_bytes=loaded.film.size_bytes if loaded.film else None,
        volume_percent=kit.volume_percent,
        library=loaded.library,
        defective=frozenset(
            each.id for each in loaded.headsets if each.condition is HeadsetCondition.DEFECTIVE
        ),
    )
    return tuple(tile_of(headset, tile_scene) for headset in kit.headsets)


def _empty(scene: Scene) -> EmptyModel | None:
    texts, loaded = scene.texts, scene.loaded
    if loaded.held is not None:
        return _held_elsewhere(loaded.held, texts)
    if loaded.kit is None:
        return EmptyModel(
            heading=texts("prepare.empty.no_kit.heading"),
            sentence=texts("prepare.empty.no_kit.sentence"),
            button=texts("prepare.empty.no_kit.button"),
            way=Way.PLAN,
        )
    if loaded.headsets or _anybody(scene.kit):
        return None
    return EmptyModel(
        heading=texts("prepare.empty.heading"),
        sentence=texts("prepare.empty.sentence"),
        button=texts("prepare.action.add"),
        way=Way.ADD,
    )


def _held_elsewhere(held: Session, texts: Texts) -> EmptyModel:
    return EmptyModel(
        heading=texts("prepare.empty.held.heading"),
        sentence=texts("prepare.empty.held.sentence", session=held.title or held.number),
        button=texts("prepare.empty.held.button"),
        way=Way.HELD,
    )


def _anybody(kit: KitNow) -> bool:
    """A headset is there, or looked for."""
    return any(
        headset.address is not None or headset.state is not HeadsetState.NOT_CONNECTED
        for headset in kit.headsets
    )


# --- what stands in the way ------------------------------------------------------------------------------


def _banner(scene: Scene) -> BannerModel | None:
    texts, loaded = scene.texts, scene.loaded
    if not loaded.needs_headsets:
        return None
    if loaded.film is None:
        theme = theme_title(scene.content, loaded.session, texts.lang)
        return BannerModel(
            tone=Tone.ATTENTION,
            fact=texts("prepare.banner.no_film.fact", theme=theme.lower()),
            cause=texts("prepare.banner.no_film.cause"),
            button=texts("prepare.banner.no_film.button"),
            way=Way.LIBRARY,
        )
    if loaded.film_problem is not None:
        said = texts.explain(loaded.film_problem)
        return BannerModel(
            tone=Tone.ATTENTION,
            fact=said.what,
            cause=f"{said.why} {said.next_step}",
            button=texts("prepare.banner.library"),
            way=Way.LIBRARY,
        )
    return None


# --- the room --------------------------------------------------------------------------------------------


def _room(scene: Scene) -> RoomModel:
    texts, ticks = scene.texts, scene.loaded.set_up.ticks
    named = scene.loaded.session.aftercare_contact or texts("prepare.room.nobody")
    contact = {Placeholder.AFTERCARE_CONTACT: Words(nb=named, en=named)}
    lines = [
        RoomLine(
            id=item.id, words=item.words.filled(contact).in_language(texts.lang), ticked=item.id in ticks
        )
        for item in scene.content.texts.room_checklist
    ]
    done = sum(line.ticked for line in lines)
    return RoomModel(
        lines=tuple(lines),
        count=texts("prepare.room.count", done=done, all=len(lines)),
        findings=tuple(texts(each.key, **each.params) for each in scene.loaded.findings if not each.blocks),
    )
