"""The pictures of a film reach the screen while their film is followed, and no longer."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.fakes.films import a_film
from tests.fakes.office import NoPictures
from trainer_app.domain.films import Projection, Sha256
from trainer_app.services.ports.pictures import FilmPicture
from trainer_app.ui.session.run.pictures import FilmFollower

OLD = a_film()
NEW = replace(OLD, sha256=Sha256("cd" * 32))


def _picture(brightness: int) -> FilmPicture:
    pixels = bytes((brightness, brightness, brightness, 0)) * 8
    return FilmPicture(
        position_s=1.0, width=4, height=2, stride=16, pixels=pixels, projection=Projection.EQUIRECT
    )


def test_late_news_of_the_film_before_are_not_taken_for_the_next(qtbot: QtBot) -> None:
    pictures, seen, said = NoPictures(), [], []
    follower = FilmFollower(pictures, lambda: 0.0)
    follower.shown.connect(lambda image: seen.append(image.pixelColor(0, 0).red()))
    follower.failed.connect(lambda: said.append("failed"))
    follower.follow(OLD)
    assert pictures.shown is not None
    assert pictures.failed is not None
    # Both are on their way to the screen when another film is looked at.
    pictures.shown(_picture(10))
    pictures.failed()
    follower.follow(NEW)

    def new_one_is_seen() -> bool:
        assert pictures.shown is not None
        pictures.shown(_picture(200))
        return bool(seen)

    qtbot.waitUntil(new_one_is_seen)
    assert set(seen) == {200}
    assert said == []
    follower.stop()


def test_a_film_that_cannot_be_decoded_is_said(qtbot: QtBot) -> None:
    pictures = NoPictures()
    follower = FilmFollower(pictures, lambda: 0.0)
    follower.follow(OLD)
    assert pictures.failed is not None
    with qtbot.waitSignal(follower.failed):
        pictures.failed()
    follower.stop()
