"""What the big button says, and why. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from trainer_app.domain.local_time import local_of
from trainer_app.domain.phases import PhaseCode
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.number_words import number_word
from trainer_app.ui.session.prepare.counts import form, headsets_in_a_row
from trainer_app.ui.session.prepare.loaded import Loaded
from trainer_app.ui.session.prepare.models import Hero, Standing, StartModel, TileAction, TileModel
from trainer_app.ui.session.prepare.scene import Scene
from trainer_app.ui.session.when import day_words


def start_of(scene: Scene, tiles: Sequence[TileModel], *, is_empty: bool) -> StartModel:
    """Decide what the button does now."""
    texts, loaded = scene.texts, scene.loaded
    if loaded.held is not None:
        return _nothing("held", texts)
    if not loaded.needs_headsets:
        why = _all_or_room("prepare.start.why.no_headsets", scene)
        return _start(tiles, texts("prepare.start.start"), _with_its_day(why, scene))
    reason = _missing(scene, tiles, is_empty=is_empty)
    if reason:
        return _nothing(reason, texts)
    if _should_get_ready(scene, tiles):
        words, why = texts("prepare.start.get_ready"), texts("prepare.start.why.get_ready")
        return StartModel(hero=Hero.GET_READY, words=words, why=why)
    if not scene.kit.ready_count:
        return _not_yet(tiles, texts)
    return _start(tiles, _start_words(scene, tiles), _with_its_day(_why(loaded, scene, tiles), scene))


def _nothing(reason: str, texts: Texts) -> StartModel:
    why = texts(f"prepare.start.why.{reason}")
    return StartModel(hero=Hero.NOTHING, words=texts("prepare.start.start"), why=why)


def _missing(scene: Scene, tiles: Sequence[TileModel], *, is_empty: bool) -> str:
    loaded = scene.loaded
    if loaded.kit is None:
        return "no_kit"
    if not tiles:
        return "opening"
    if loaded.film is None or loaded.film_problem is not None:
        return "no_film"
    connected = any(tile.face.facts.play_mode is not None for tile in tiles)
    if is_empty or not (connected or scene.kit.ready_count or _count(tiles, Standing.COMING)):
        return "none_connected"
    return ""


def _should_get_ready(scene: Scene, tiles: Sequence[TileModel]) -> bool:
    """Somebody waits for the film whom nothing brings it."""
    waiting = _count(tiles, Standing.WAITING)
    return bool(waiting) and not (scene.asked and scene.taking_part(tiles))


def _not_yet(tiles: Sequence[TileModel], texts: Texts) -> StartModel:
    coming = _count(tiles, Standing.COMING)
    why = texts(f"prepare.start.why.{'first_coming' if coming else 'none_ready'}")
    return StartModel(
        hero=Hero.NOTHING,
        words=texts("prepare.start.start"),
        why=why,
        helps=None if coming else _helped(tiles),
    )


def _start(tiles: Sequence[TileModel], words: str, why: str) -> StartModel:
    return StartModel(hero=Hero.START, words=words, why=why, helps=_helped(tiles))


def _start_words(scene: Scene, tiles: Sequence[TileModel]) -> str:
    """``Start økten`` with all that are needed, else ``Start med fire``."""
    texts = scene.texts
    good = len(scene.taking_part(tiles))
    usable = sum(tile.standing is not Standing.ASIDE for tile in tiles)
    needed = min(usable, scene.loaded.session.participants or usable)
    if good >= needed:
        return texts("prepare.start.start")
    return texts("prepare.start.with", number=number_word(good, texts))


def _with_its_day(why: str, scene: Scene) -> str:
    """A session may be held on another day than was planned; who takes the wrong one is told in time."""
    session = scene.loaded.session
    if session.planned_start is None:
        return why
    today, day = local_of(scene.now, session.zone).date(), session.planned_start.date()
    if day == today:
        return why
    return f"{why} {scene.texts('prepare.start.why.other_day', day=day_words(day, today, scene.texts))}"


def _why(loaded: Loaded, scene: Scene, tiles: Sequence[TileModel]) -> str:
    texts = scene.texts
    coming, needing = _numbers(tiles, Standing.COMING), _numbers(tiles, Standing.NEEDS)
    parts = []
    if coming:
        when = "soon" if _ready_before_film(loaded, tiles) else "underway"
        parts.append(_about(f"prepare.start.why.{when}", coming, texts))
    later = [number for number in needing if not _plays(scene, number)]
    if later:
        parts.append(_about("prepare.start.why.later", later, texts))
    if parts:
        return " ".join(parts)
    if needing or _count(tiles, Standing.WAITING):
        return texts("prepare.start.why.some_ready")
    return _all_or_room("prepare.start.why.headsets_ready", scene)


def _all_or_room(key: str, scene: Scene) -> str:
    """Everything is ready only when the room is; else what is, and how much of the room is left."""
    texts, done = scene.texts, scene.loaded.set_up.ticks
    left = sum(item.id not in done for item in scene.content.texts.room_checklist)
    if not left:
        return texts("prepare.start.why.all_ready")
    return f"{texts(key)} {texts(f'prepare.start.why.room.{form(left)}', number=number_word(left, texts))}"


def _plays(scene: Scene, number: int) -> bool:
    """It needs somebody and takes part all the same: a battery that is low."""
    return any(headset.number == number and headset.is_ready for headset in scene.kit.headsets)


def _ready_before_film(loaded: Loaded, tiles: Sequence[TileModel]) -> bool:
    before = takewhile(lambda phase: phase.code is not PhaseCode.FILM, loaded.plan.phases)
    minutes = sum(phase.planned_min for phase in before)
    seconds = [tile.face.facts.seconds for tile in tiles if tile.standing is Standing.COMING]
    return all(0 < left < minutes * 60 for left in seconds)


def _about(key: str, numbers: Sequence[int], texts: Texts) -> str:
    return texts(f"{key}.{form(len(numbers))}", headsets=headsets_in_a_row(numbers, texts))


def _helped(tiles: Sequence[TileModel]) -> int | None:
    """The first that needs somebody and can be tried again."""
    tried = (TileAction.RETRY, TileAction.CORRECT, None)
    return next(
        (tile.number for tile in tiles if tile.standing is Standing.NEEDS and tile.face.action in tried), None
    )


def _numbers(tiles: Sequence[TileModel], standing: Standing) -> list[int]:
    return [tile.number for tile in tiles if tile.standing is standing]


def _count(tiles: Sequence[TileModel], standing: Standing) -> int:
    return len(_numbers(tiles, standing))
