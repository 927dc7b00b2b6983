"""A screen made anew in the middle of the film knows what the one before it knew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.ready_session import FILM_S, READY_ID
from tests.unit.trainer_app.ui.session.run.conftest import MakeRoom, Room
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.playback import LEAD_S, Receipt
from trainer_app.ui.session.run.models import Place


@pytest.fixture
def shown(make_room: MakeRoom) -> Room:
    """A minute after the phase has begun, the film has."""
    room = make_room()
    room.open()
    room.to(PhaseCode.FILM)
    room.pass_(1)
    room.play()
    return room


def _over(room: Room, stage: FilmStage, at_s: float, *, paused_s: float = 0.0) -> None:
    """The film has come so far, and ends there."""
    room.pass_((LEAD_S + at_s + paused_s) / 60)
    playback = room.test.live.a_playback
    assert playback is not None
    receipt = Receipt(
        film_sha256=playback.film.sha256,
        start_spread_ms=4.0,
        spread_ms=None,
        instants=1,
        headsets=(),
        pauses_s=((1.0, 1.0 + paused_s),),
    )
    room.test.live.a_playback = replace(playback, ended_at=room.test.clock[0], receipt=receipt)
    room.kit(stage, at_s)


def test_a_film_that_has_ended_is_over_for_a_new_screen_too(shown: Room) -> None:
    _over(shown, FilmStage.ENDED, FILM_S)
    for begin in (shown.anew, shown.restart):
        begin()
        assert shown.place() is Place.OVER
        assert shown.screen.change.heading == "Filmen er ferdig"
        assert shown.screen.steps.next == "Neste fase: Landing"


def test_a_film_that_was_stopped_can_be_gone_on_with_on_a_new_screen(shown: Room) -> None:
    shown.kit(FilmStage.PLAYING, 95.0)
    shown.presenter.stop_all()
    _over(shown, FilmStage.STOPPED, 95.0, paused_s=600.0)
    shown.anew()
    assert (shown.place(), shown.screen.film.is_stopped) == (Place.FILM, True)
    assert shown.screen.film.stopped_cause == "Brillene er mørke og stille. Økten går videre."
    shown.restart()
    assert (shown.place(), shown.screen.film.is_stopped) == (Place.FILM, True)
    # Nobody has asked the headsets since: they are not called dark.
    assert shown.screen.film.stopped_cause == "Filmen ble stoppet på 1.35. Økten går videre."
    shown.presenter.desk.go_on_from_here()
    assert shown.test.live.asked[-1] == ("start_film", 95.0)
    shown.kit(FilmStage.PREPARING, 95.0)
    shown.play(95.0)
    assert (shown.place(), shown.screen.film.is_stopped) == (Place.FILM, False)


def test_the_question_of_a_stop_point_stays_on_a_new_screen(shown: Room) -> None:
    shown.kit(FilmStage.PAUSED, 140.0, at_stop_s=140.0)
    before = shown.screen.film.stop
    assert before.caption == "Stopp 1"
    shown.anew()
    assert shown.screen.film.stop == before
    shown.presenter.stop_here_or_go_on()
    assert shown.asked[-1] == "resume"
    shown.kit(FilmStage.PLAYING, 141.0)
    assert shown.screen.film.stop.caption == "Stopp 2 om"


def test_a_pause_near_a_stop_point_is_no_stop_on_a_new_screen_either(shown: Room) -> None:
    shown.kit(FilmStage.PLAYING, 138.0)
    shown.presenter.pause_or_go_on()
    shown.kit(FilmStage.PAUSED, 138.2)
    assert shown.screen.film.stop.caption == "På pause"
    shown.anew()
    assert shown.screen.film.stop.caption == "På pause"


def test_a_new_screen_leaves_the_stop_points_as_they_are(shown: Room) -> None:
    shown.kit(FilmStage.PLAYING, 200.0)
    shown.anew()
    assert shown.place() is Place.FILM
    assert shown.test.live.stops_s == (140.0, 300.0)
    assert "pause" not in shown.asked


def test_film_that_goes_on_when_the_program_ends_is_led_on_by_its_next_run(shown: Room) -> None:
    shown.pass_(2)
    shown.restart()
    (record,) = shown.test.live.recognised
    assert record.ended_at is None
    assert shown.test.live.stops_s == (140.0, 300.0)
    shown.kit(FilmStage.PAUSED, 140.0, at_stop_s=140.0)
    assert (shown.place(), shown.screen.film.stop.caption) == (Place.FILM, "Stopp 1")
    shown.presenter.stop_here_or_go_on()
    shown.kit(FilmStage.STARTING, 140.0)
    assert shown.place() is Place.FILM


def test_film_that_has_ended_is_not_looked_for_by_the_next_run(shown: Room) -> None:
    _over(shown, FilmStage.ENDED, FILM_S)
    shown.restart()
    assert shown.test.live.recognised == []


def test_who_comes_back_to_the_film_later_starts_it_anew(shown: Room) -> None:
    _over(shown, FilmStage.ENDED, FILM_S)
    shown.presenter.next_phase()
    shown.pass_(1)
    shown.presenter.previous_phase()
    assert shown.place() is Place.START
    for begin in (shown.anew, shown.restart):
        begin()
        assert shown.place() is Place.START


def test_what_nobody_knows_the_end_of_waits_for_its_start(shown: Room) -> None:
    shown.pass_(2)
    shown.restart()
    assert shown.place() is Place.START


def test_a_film_that_is_over_is_shown_again_on_the_word(shown: Room) -> None:
    shown.presenter.desk.show_again()
    assert shown.place() is Place.FILM  # it plays
    _over(shown, FilmStage.ENDED, FILM_S)
    shown.presenter.desk.show_again()
    assert shown.place() is Place.START
    assert shown.asked[-1] == "open_players"
    shown.presenter.start_film()
    assert shown.test.live.asked[-1] == ("start_film", 0.0)


def test_how_the_film_ended_is_written_though_no_screen_saw_it(shown: Room) -> None:
    shown.presenter.end()
    _over(shown, FilmStage.ENDED, FILM_S)
    shown.open_anew()
    (record,) = shown.test.stored.playbacks.where(session_id=READY_ID)
    assert (record.ended_at, record.receipt is None) == (shown.test.clock[0], False)
