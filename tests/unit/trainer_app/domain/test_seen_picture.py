"""What is said of the picture is what the browser told, and no more."""

from __future__ import annotations

import tracemalloc

from trainer_app.domain.seen_picture import PictureLog, PictureWay, SeenPicture


def test_browser_that_tells_of_frames_is_believed_by_the_middle_one() -> None:
    log = PictureLog()
    for behind_ms in (20.0, 21.0, 400.0):
        log.note(PictureWay.SPHERE, behind_ms)
    assert log.summary() == SeenPicture(ways=(PictureWay.SPHERE,), behind_ms=21.0)


def test_browser_that_tells_of_no_frames_leaves_the_position_alone() -> None:
    log = PictureLog()
    log.note(PictureWay.LAYER, None)
    assert log.summary() == SeenPicture(ways=(PictureWay.LAYER,), behind_ms=None)


def test_layer_that_failed_is_seen_by_the_way_that_followed() -> None:
    log = PictureLog()
    for way in (PictureWay.LAYER, PictureWay.LAYER, None, PictureWay.SPHERE, PictureWay.SPHERE):
        log.note(way, None)
    assert log.summary().ways == (PictureWay.LAYER, PictureWay.SPHERE)


def test_an_hour_of_reports_is_remembered_in_a_few_numbers() -> None:
    log = PictureLog()
    tracemalloc.start()
    try:
        for report in range(36_000):
            log.note(PictureWay.SPHERE, 16.0 + report % 50 / 10)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 20_000
    assert log.summary().behind_ms == 18.4


def test_nonsense_is_bounded() -> None:
    log = PictureLog()
    log.note(PictureWay.SPHERE, -1.7e308)
    assert log.summary().behind_ms == -10_000.0
