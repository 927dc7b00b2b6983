"""Pictures of the suitcase: what is news comes at once, what only moves comes now and then."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.waiting import until
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage, HeadsetNow, KitNow
from trainer_app.services.live.publishing import Publisher


class Scene:
    """What there is to see, and what was handed on."""

    def __init__(self, interval_s: float) -> None:
        self.there = KitNow(headsets=(HeadsetNow(number=1, state=HeadsetState.PLAYING),))
        self.seen: list[KitNow] = []
        self.publisher = Publisher(lambda: self.there, interval_s)
        self.publisher.on_change = self.seen.append

    def moves(self, position_s: float) -> None:
        self.there = replace(self.there, position_s=position_s)
        self.publisher.changed()


async def test_movement_is_gathered_and_the_last_of_it_is_seen() -> None:
    scene = Scene(0.25)  # a busy machine takes its time for the steps
    for step in range(100):
        scene.moves(step / 10)
    assert len(scene.seen) == 1
    await until(lambda: len(scene.seen) == 2)
    assert scene.seen[-1].position_s == 9.9
    assert scene.publisher.now is scene.seen[-1]


async def test_news_is_not_held_back() -> None:
    scene = Scene(3600.0)
    scene.moves(1.0)
    scene.there = replace(scene.there, stage=FilmStage.PAUSED)
    scene.publisher.changed()
    scene.there = replace(scene.there, headsets=(HeadsetNow(number=1, state=HeadsetState.TAKEN_OFF),))
    scene.publisher.changed()
    assert len(scene.seen) == 3


async def test_what_has_not_changed_is_not_told() -> None:
    scene = Scene(0.0)
    scene.moves(1.0)
    scene.publisher.changed()
    assert len(scene.seen) == 1


async def test_closed_publisher_says_nothing_more() -> None:
    scene, control = Scene(0.001), Scene(0.002)
    for each in (scene, control):
        each.moves(1.0)
        each.moves(2.0)
    scene.publisher.close()
    told = len(scene.seen)
    scene.moves(3.0)
    await until(lambda: len(control.seen) == 2)
    assert len(scene.seen) == told
