"""The film phase: start, stop-points, pause, stop, waves, and headsets that fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from tests.fakes.office import InlineTasks, LateTasks
from tests.fakes.ready_session import NAMES, READY_ID
from tests.fakes.slow_tasks import SlowDisk, SlowHeadsets
from tests.unit.trainer_app.ui.session.run.conftest import MakeRoom, Room, SeenScreen
from trainer_app.domain.app_errors import ProgramMistake
from trainer_app.domain.headset_state import Awaited, HeadsetFacts, HeadsetState
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.playback import Receipt
from trainer_app.domain.running import RunEventKind
from trainer_app.domain.session_formats import FormatCode
from trainer_app.domain.sessions import AbortReason
from trainer_app.runtime.background import Failed, ignored
from trainer_app.ui.session.run.models import Place
from trainer_app.ui.session.run.presenter import RunPresenter

T = TypeVar("T")


def _in_film(room: Room) -> Room:
    room.open()
    room.to(PhaseCode.FILM)
    return room


def test_before_the_film_there_is_one_thing_to_do(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    assert room.place() is Place.START
    start = room.screen.start
    assert (start.hero, start.can_start, start.state) == ("Start filmen", True, "Fem briller er klare.")
    assert start.say == "Klar på tre: én – to – tre – start."
    assert [wearer.name for wearer in start.wearers] == list(NAMES[:5])
    assert "open_players" in room.asked


def test_with_a_headset_missing_it_says_so_and_starts_with_four(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.kit(FilmStage.READY, states={4: HeadsetState.NOT_CONNECTED})
    assert room.screen.start.hero == "Start med fire"
    assert "brille 4" in room.screen.start.state
    assert room.screen.trouble is not None
    assert room.screen.trouble.fact == "Brille 4: ikke tilkoblet."
    room.kit(FilmStage.READY, states=dict.fromkeys(range(1, 6), HeadsetState.NOT_CONNECTED))
    assert not room.screen.start.can_start


def test_headset_that_waits_for_its_wearer_says_what_to_do(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    kit = room.ready.kit(FilmStage.PREPARING)
    waits = tuple(
        replace(each, awaited=Awaited.CONSENT) if each.number == 2 else each for each in kit.headsets
    )
    room.test.kit_is(replace(kit, headsets=waits))
    trouble = room.screen.trouble
    assert trouble is not None
    assert (trouble.fact, trouble.is_danger, trouble.number) == ("Brille 2: venter.", False, 2)
    assert trouble.cause.startswith("Ta på brillen, og velg «Tillat».")


def test_the_count_follows_the_spoken_words(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.presenter.start_film()
    assert room.test.live.asked[-1] == ("start_film", 0.0)
    counts = []
    for left in (2.0, 1.2, 0.5):
        room.kit(FilmStage.STARTING, starts_in_s=left)
        room.presenter.on_second()
        counts.append(room.screen.times.count)
        assert room.place() is Place.START
    assert counts == [3, 2, 1]
    room.play()
    room.presenter.on_second()
    assert room.screen.times.count is None


def test_the_film_starts_once_however_often_it_is_asked(make_room: MakeRoom) -> None:
    tasks = LateTasks()
    room = make_room(tasks=tasks)
    room.open()
    tasks.finish()
    while room.presenter.phase is not PhaseCode.FILM:
        room.presenter.next_phase()
        tasks.finish()
    room.presenter.start_film()
    room.presenter.start_film()
    room.kit(FilmStage.STARTING, starts_in_s=2.0)
    room.presenter.start_film()
    tasks.finish()
    assert room.asked.count("start_film") == 1


@pytest.mark.parametrize(
    ("leave", "more"),
    [
        (RunPresenter.next_phase, []),
        (RunPresenter.previous_phase, []),
        (lambda presenter: presenter.abort(AbortReason.EQUIPMENT), ["session_over"]),
        (RunPresenter.finish, ["session_over"]),
    ],
    ids=["next", "previous", "abort", "finish"],
)
def test_a_film_that_was_asked_for_does_not_begin_once_it_is_left(
    make_room: MakeRoom, leave: Callable[[RunPresenter], None], more: list[str]
) -> None:
    tasks = SlowHeadsets()
    room = _in_film(make_room(tasks=tasks))
    room.presenter.start_film()
    leave(room.presenter)
    tasks.finish()
    assert room.asked[room.asked.index("start_film") :] == ["start_film", "stop_all", *more]


def test_players_that_are_still_coming_up_are_stopped_with_the_phase(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.kit(FilmStage.PREPARING)
    room.presenter.next_phase()
    assert room.asked[-1] == "stop_all"


class TellingTasks(InlineTasks):
    """Tells who asked of our own mistakes as well, as the real ones do."""

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        try:
            super().stored(work, then, failed)
        except ValueError:
            (failed or self.problems.append)(ProgramMistake())
            raise


def test_a_start_that_breaks_down_can_be_asked_for_again(
    make_room: MakeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = _in_film(make_room(tasks=TellingTasks()))

    async def broken(*, from_s: float = 0.0) -> None:
        raise ValueError("a mistake of ours")

    with monkeypatch.context() as mistake:
        mistake.setattr(room.test.live, "start_film", broken)
        with pytest.raises(ValueError, match="mistake"):
            room.presenter.start_film()
    room.presenter.start_film()
    assert room.asked[-1] == "start_film"


def test_while_it_plays_the_next_stop_is_shown_with_its_question(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 100.0)
    film = room.screen.film
    assert room.place() is Place.FILM
    assert (film.stop.caption, film.stop.digits) == ("Stopp 1 om", "0.40")
    assert film.stop.prompt.startswith("Hvilke tegn ser du nå")
    assert film.line.stops_s == (140.0, 300.0)
    assert film.together == "Alle fem i takt · 6 ms"
    assert len(film.dots) == 5
    assert room.screen.steps.pause_is_primary


def test_format_b_pauses_at_its_stop_points_by_itself(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    # The headsets know it beforehand: no order would reach all of them at the same picture.
    assert room.test.live.stops_s == (140.0, 300.0)
    room.kit(FilmStage.PLAYING, 139.9)
    room.kit(FilmStage.PAUSED, 140.0, at_stop_s=140.0)
    assert "pause" not in room.asked
    stop = room.screen.film.stop
    assert (stop.caption, stop.is_at_stop, stop.button) == ("Stopp 1", True, "Fortsett filmen")
    assert stop.prompt.startswith("Hvilke tegn ser du nå")
    # The talk belongs to the phase: its clock goes on.
    left = room.screen.times.left_s
    room.pass_(1)
    assert room.screen.times.left_s == left - 60
    room.presenter.stop_here_or_go_on()
    assert room.asked[-1] == "resume"
    room.kit(FilmStage.PLAYING, 141.0)
    assert room.screen.film.stop.caption == "Stopp 2 om"


def test_other_formats_show_stop_points_and_do_not_stop(make_room: MakeRoom) -> None:
    room = _in_film(make_room(format_code=FormatCode.FILM_AND_DEBRIEF))
    room.play()
    assert room.test.live.stops_s == ()
    room.kit(FilmStage.PLAYING, 130.0)
    assert room.screen.film.stop.note == "Filmen stopper ikke av seg selv."
    room.kit(FilmStage.PLAYING, 150.0)
    assert "pause" not in room.asked


@pytest.mark.parametrize("at_s", [137.5, 142.0])
@pytest.mark.parametrize("format_code", [FormatCode.FILM_AND_DEBRIEF, FormatCode.FILM_WITH_STOP_POINTS])
def test_who_stops_by_hand_at_a_stop_point_gets_its_question_once(
    make_room: MakeRoom, format_code: FormatCode, at_s: float
) -> None:
    room = _in_film(make_room(format_code=format_code))
    room.play()
    stands_by_itself = at_s > 140.0 and format_code is FormatCode.FILM_WITH_STOP_POINTS
    if stands_by_itself:
        room.kit(FilmStage.PAUSED, 140.0, at_stop_s=140.0)
    else:
        room.kit(FilmStage.PLAYING, at_s)
        room.presenter.stop_here_or_go_on()
        room.kit(FilmStage.PAUSED, at_s)
    stop = room.screen.film.stop
    assert stop.caption == "Stopp 1"
    assert stop.prompt.startswith("Hvilke tegn ser du nå")
    room.presenter.stop_here_or_go_on()
    assert 140.0 not in room.test.live.stops_s
    room.kit(FilmStage.PLAYING, at_s + 1)
    assert room.screen.film.stop.caption == ("Stopp 1 om" if at_s < 139 else "Stopp 2 om")


def test_a_stop_that_was_gone_on_from_stops_again_the_next_time_round(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 138.0)
    room.presenter.stop_here_or_go_on()
    room.kit(FilmStage.PAUSED, 138.0)
    room.presenter.stop_here_or_go_on()
    assert room.test.live.stops_s == (300.0,)
    room.presenter.desk.choose(100.0)
    room.presenter.go_to_place()
    assert list(room.test.live.stops_s) == [140.0, 300.0]


def test_the_facilitator_stops_anywhere(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 60.0)
    room.presenter.stop_here_or_go_on()
    room.kit(FilmStage.PAUSED, 60.4)
    assert room.asked[-1] == "pause"
    assert (room.screen.film.stop.caption, room.screen.film.stop.digits) == ("På pause", "1.00")


def test_pause_halts_film_and_clock(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.presenter.pause_or_go_on()
    room.kit(FilmStage.PAUSED, 10.0)
    left = room.screen.times.left_s
    room.pass_(2)
    assert room.screen.times.left_s == left
    assert room.screen.steps.pause == "Fortsett"
    room.presenter.pause_or_go_on()
    assert room.asked[-1] == "resume"
    room.pass_(1)
    assert room.screen.times.left_s == left - 60


def test_stop_all_stops_first_and_is_undone_where_it_was(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 95.0)
    room.presenter.stop_all()
    assert room.asked[-1] == "stop_all"
    events = [event.kind for event in room.test.stored.journal.load(READY_ID).events]
    assert events[-1] is RunEventKind.STOPPED_ALL
    room.kit(FilmStage.STOPPED)
    assert room.screen.film.is_stopped
    assert room.place() is Place.FILM
    room.presenter.desk.go_on_from_here()
    assert room.test.live.asked[-1] == ("start_film", 95.0)


def test_nobody_is_told_that_a_headset_out_of_contact_is_dark(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()

    def alone(stage: FilmStage) -> None:
        kit = room.ready.kit(stage, 95.0)
        headsets = (replace(each, on_its_own=each.number == 3) for each in kit.headsets)
        room.test.kit_is(replace(kit, headsets=tuple(headsets)))

    alone(FilmStage.PLAYING)
    assert room.screen.film.together == "Fire briller i takt · 6 ms"
    room.presenter.stop_all()
    alone(FilmStage.STOPPED)
    assert room.screen.film.stopped_cause.startswith("Brille 3 er uten kontakt og kan spille videre.")
    room.kit(FilmStage.STOPPED)
    assert room.screen.film.stopped_cause == "Brillene er mørke og stille. Økten går videre."


def test_who_has_not_said_that_it_is_dark_is_named(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.presenter.stop_all()

    def stopped(*left: int, stopping: bool = False, alone: int = 0) -> str:
        kit = room.ready.kit(FilmStage.STOPPED, 95.0)
        headsets = tuple(
            replace(each, not_dark=each.number in left, on_its_own=each.number == alone)
            for each in kit.headsets
        )
        room.test.kit_is(replace(kit, headsets=headsets, stopping=stopping))
        return room.screen.film.stopped_cause

    assert stopped(2, 4, stopping=True) == "Venter på svar fra brille 2, 4."
    assert stopped(2).startswith("Brille 2 har ikke svart og kan spille videre. Hjelp deltakeren")
    assert stopped(2, 3, alone=3).startswith("Brille 2, 3 har ikke svart og kan spille videre.")
    assert stopped(3, alone=3).startswith("Brille 3 er uten kontakt")
    assert stopped() == "Brillene er mørke og stille. Økten går videre."


def test_stop_all_does_not_wait_for_the_database(make_room: MakeRoom) -> None:
    tasks = SlowDisk()
    room = make_room(tasks=tasks)
    room.open()
    tasks.finish()
    room.presenter.next_phase()
    room.presenter.stop_all()
    assert room.asked[-1] == "stop_all"
    assert tasks.waiting


def test_seven_people_see_it_in_two_waves_with_a_clean_change(make_room: MakeRoom) -> None:
    room = _in_film(make_room(people=7))
    assert room.screen.start.wave == "Pulje 1 av 2"
    room.play()
    room.kit(FilmStage.ENDED, 400.0)
    assert room.place() is Place.CHANGE
    change = room.screen.change
    assert (change.go_on, change.cleaned) == ("Gjør pulje 2 klar", False)
    assert [wearer.name for wearer in change.wearers] == list(NAMES[4:7])
    for cleaned in (True, False, True):
        room.presenter.mark_cleaned(cleaned=cleaned)
        assert room.screen.change.cleaned is cleaned
    room.presenter.next_wave()
    assert room.place() is Place.START
    assert room.screen.start.wave == "Pulje 2 av 2"
    listed = [(wearer.number, wearer.name) for wearer in room.screen.start.wearers]
    assert listed == [*enumerate(NAMES[4:7], start=1), (4, "Ledig"), (5, "Ledig")]  # they play as well
    room.play()
    room.kit(FilmStage.ENDED, 400.0)
    assert room.place() is Place.OVER
    assert room.screen.steps.next == "Neste fase: Landing"
    assert [record.wave for record in room.test.stored.playbacks.where(session_id=READY_ID)] == [1, 2]


def test_a_screen_made_anew_keeps_the_wave_that_sees_the_film(make_room: MakeRoom) -> None:
    room = _in_film(make_room(people=7))
    room.play()
    room.kit(FilmStage.ENDED, 400.0)
    room.presenter.next_wave()
    room.play()
    room.presenter.end()
    again = RunPresenter(room.test.office, SeenScreen())
    again.open(READY_ID)
    assert again.desk.is_playing
    assert [record.wave for record in room.test.stored.playbacks.where(session_id=READY_ID)] == [1, 2]


def test_what_was_shown_is_kept_with_its_end_and_receipt(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    (record,) = room.test.stored.playbacks.where(session_id=READY_ID)
    assert record.ended_at is None
    playback = room.test.live.a_playback
    assert playback is not None
    receipt = Receipt(
        film_sha256=room.ready.film.sha256, start_spread_ms=4.0, spread_ms=None, instants=1, headsets=()
    )
    room.pass_(7)
    room.test.live.a_playback = replace(playback, ended_at=room.test.clock[0], receipt=receipt)
    room.kit(FilmStage.ENDED, 400.0)
    (record,) = room.test.stored.playbacks.where(session_id=READY_ID)
    assert (record.ended_at, record.receipt) == (room.test.clock[0], receipt)


def test_the_film_of_an_earlier_session_is_not_ours(make_room: MakeRoom) -> None:
    room = make_room()
    room.play()
    room.pass_(10)
    room.open()
    playback = room.test.live.a_playback
    assert playback is not None
    room.test.live.a_playback = replace(playback, ended_at=room.test.clock[0])
    room.kit(FilmStage.ENDED)
    assert room.test.stored.playbacks.where(session_id=READY_ID) == []


def test_going_on_without_a_headset_seats_its_wearer_elsewhere(make_room: MakeRoom) -> None:
    room = _in_film(make_room(people=7))
    room.kit(FilmStage.READY, states={1: HeadsetState.FAULT})
    trouble = room.screen.trouble
    assert trouble is not None
    assert (trouble.number, trouble.is_danger) == (1, True)
    room.presenter.do_without(1)
    assert room.test.live.asked[-1] == ("set_aside", 1, True)
    assert (5, NAMES[0]) in [(wearer.number, wearer.name) for wearer in room.screen.start.wearers]


def test_numbers_are_shown_in_the_headsets_only_while_no_film_plays(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.presenter.desk.identify()
    assert room.asked[-1] == "identify"
    room.play()
    room.presenter.desk.identify()
    assert room.asked.count("identify") == 1


def test_loudness_goes_in_steps_and_stays_possible(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    for steps in (1, -1, 20, -20):
        room.presenter.desk.change_volume(steps)
    volumes = [each[1] for each in room.test.live.asked if each[0] == "set_volume"]
    assert volumes == [65, 55, 100, 0]


def test_a_headset_in_its_own_player_is_not_counted_among_those_in_step(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()

    def with_an_old_one(stage: FilmStage, states: dict[int, HeadsetState]) -> str:
        kit = room.ready.kit(stage, 95.0, states=states)
        headsets = tuple(
            replace(each, facts=replace(each.facts or HeadsetFacts(), own_player=True))
            if each.number == 3
            else each
            for each in kit.headsets
        )
        room.test.kit_is(replace(kit, headsets=headsets))
        (shown,) = [each for each in room.screen.strip if each.number == 3]
        return shown.details[0]

    assert with_an_old_one(FilmStage.PLAYING, {}).endswith("i egen spiller, ikke synkronisert.")
    assert room.screen.film.together == "Fire briller i takt · 6 ms"
    paused = with_an_old_one(FilmStage.PAUSED, {3: HeadsetState.PLAYING})
    assert paused == "Spiller videre i egen spiller. Den kan ikke settes på pause herfra."


def test_a_headset_taken_off_leaves_a_dot_for_a_while(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    kit = room.ready.kit(FilmStage.PLAYING, 20.0, states={4: HeadsetState.TAKEN_OFF})

    def off_for(seconds: float) -> list[int]:
        headsets = tuple(replace(each, off_s=seconds) if each.number == 4 else each for each in kit.headsets)
        room.test.kit_is(replace(kit, headsets=headsets))
        return [dot.number for dot in room.screen.film.dots if dot.is_off]

    assert (off_for(4.0), off_for(42.0)) == ([4], [])
    assert room.screen.film.together == "Fire briller i takt · 6 ms"


def test_a_film_that_goes_on_into_the_next_phase_keeps_its_stop_button(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.presenter.next_phase()
    assert room.place() is Place.SCRIPT
    assert room.screen.where.strip
    room.kit(FilmStage.STOPPED)
    assert not room.screen.where.strip


def _stopped(room: Room, *left: int, stopping: bool = False, stage: FilmStage = FilmStage.STOPPED) -> None:
    """All were told to be dark; these have not said that they are."""
    kit = room.ready.kit(stage, 95.0)
    headsets = tuple(replace(each, not_dark=each.number in left) for each in kit.headsets)
    room.test.kit_is(replace(kit, headsets=headsets, stopping=stopping))


def test_who_may_play_on_is_named_in_every_phase_until_it_is_dark(make_room: MakeRoom) -> None:
    room = _in_film(make_room(people=7))
    room.play()
    room.presenter.next_phase()
    _stopped(room, 2, 4, stopping=True)
    for code in (PhaseCode.LANDING, PhaseCode.ANALYSIS, PhaseCode.EVALUATION):
        room.to(code)
        assert room.screen.where.strip  # Stopp alt stands there
        assert room.said() == ("Venter på svar fra brille 2, 4.", "")
    room.presenter.ask_to_end()
    assert room.screen.where.strip
    _stopped(room, 4)
    assert room.said() == ("Brille 4 har ikke svart og kan spille videre.", "Hjelp deltakeren av med den.")
    _stopped(room)
    assert not room.screen.where.strip
    assert room.said() is None


def test_who_may_play_on_is_named_whatever_else_is_to_be_said(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.presenter.next_phase()
    _stopped(room, 4)
    room.to(PhaseCode.SUMMARY)
    room.presenter.next_phase()
    fact, cause = room.said() or ("", "")
    assert fact == "Brille 4 har ikke svart og kan spille videre."
    assert cause.startswith("Hjelp deltakeren av med den. ")
    assert "ivaretakelse er tilbudt" in cause
    assert "Trykk én gang til" in cause
    assert room.screen.trouble is not None
    assert room.screen.trouble.stays_locked
    _stopped(room)
    assert "ivaretakelse er tilbudt" in (room.said() or ("", ""))[0]


def test_the_next_wave_hears_of_who_may_still_play(make_room: MakeRoom) -> None:
    room = _in_film(make_room(people=7))
    room.play()
    room.kit(FilmStage.ENDED, 400.0)
    room.presenter.next_wave()
    _stopped(room, 2)
    assert room.place() is Place.START
    assert room.said() == ("Brille 2 har ikke svart og kan spille videre.", "Hjelp deltakeren av med den.")


def test_stop_all_shows_what_came_of_it_whatever_place_was_looked_at(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 61.0)
    room.presenter.desk.choose(200.0)
    room.presenter.stop_all()
    _stopped(room, 2)
    assert room.screen.film.line.chosen_s is None
    assert (room.screen.film.is_stopped, room.screen.trouble) == (
        True,
        None,
    )  # the card below the line says it
    room.presenter.desk.choose(30.0)
    assert room.screen.trouble is not None
    assert room.screen.trouble.fact.startswith("Brille 2 har ikke svart")


def test_stopping_here_shows_its_question_whatever_place_was_looked_at(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 138.0)
    room.presenter.desk.choose(200.0)
    room.presenter.stop_here_or_go_on()
    room.kit(FilmStage.PAUSED, 138.0)
    assert room.screen.film.line.chosen_s is None
    assert room.screen.film.stop.caption == "Stopp 1"


def test_a_place_is_only_looked_at_until_it_is_gone_to(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.presenter.desk.choose(200.0)
    assert room.presenter.desk.chosen_s is None  # before the film there is no line to choose on
    room.play()
    room.kit(FilmStage.PLAYING, 61.0)
    room.presenter.desk.choose(200.0)
    assert room.screen.film.line.chosen_s == 200.0
    assert "skip_to" not in room.asked
    room.presenter.go_to_place()
    assert room.test.live.asked[-1] == ("skip_to", 200.0)
    room.presenter.go_to_place()
    assert room.asked.count("skip_to") == 1


def test_going_to_a_place_stops_at_no_stop_point_that_is_jumped_over(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 61.0)
    room.presenter.desk.choose(200.0)  # a stop-point lies at 140 s
    room.presenter.go_to_place()
    for stage, position in (
        (FilmStage.PLAYING, 61.4),
        (FilmStage.STARTING, 200.0),
        (FilmStage.PLAYING, 200.6),
    ):
        room.kit(stage, position)
        assert room.place() is Place.FILM
    assert room.screen.film.stop.caption == "Stopp 2 om"
    room.kit(FilmStage.PAUSED, 300.0, at_stop_s=300.0)
    assert room.screen.film.stop.caption == "Stopp 2"
    assert "pause" not in room.asked


def test_who_goes_on_from_a_place_while_all_is_paused_goes_on_with_the_session_too(
    make_room: MakeRoom,
) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 61.0)
    room.presenter.pause_or_go_on()
    room.kit(FilmStage.PAUSED, 61.0)
    assert room.screen.steps.is_paused
    room.presenter.desk.asked = True
    room.presenter.desk.choose(30.0)
    room.presenter.go_to_place()  # an order is on its way: this one does not go out
    assert room.screen.steps.is_paused
    room.presenter.desk.asked = False
    room.presenter.go_to_place()
    room.kit(FilmStage.STARTING, 30.0)
    assert not room.screen.steps.is_paused


def test_the_end_of_the_line_is_a_place_to_go_on_from(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 61.0)
    room.presenter.desk.choose(400.0)
    room.presenter.go_to_place()
    assert room.test.live.asked[-1] == ("skip_to", 399.0)


def test_while_the_film_gets_ready_to_go_on_it_is_not_called_over(make_room: MakeRoom) -> None:
    tasks = LateTasks()
    room = make_room(tasks=tasks)
    room.open()
    tasks.finish()
    while room.presenter.phase is not PhaseCode.FILM:
        room.presenter.next_phase()
        tasks.finish()
    room.play()
    room.kit(FilmStage.STOPPED, 61.0)
    room.presenter.desk.go_on_from_here()
    room.kit(FilmStage.PREPARING, 61.0)
    assert room.place() is Place.START
    tasks.finish()


def test_stop_points_are_set_and_dropped_for_this_session(make_room: MakeRoom) -> None:
    room = _in_film(make_room())
    room.play()
    room.kit(FilmStage.PLAYING, 10.0)
    desk = room.presenter.desk
    desk.add_stop(60.0)
    desk.add_stop(60.0)
    desk.add_stop(399.9)  # as good as its end
    assert list(room.screen.film.line.stops_s) == [60.0, 140.0, 300.0]
    assert room.screen.film.stop.caption == "Stopp 1 om"
    assert room.test.live.stops_s == (60.0, 140.0, 300.0)
    room.kit(FilmStage.PAUSED, 60.0, at_stop_s=60.0)
    assert room.screen.film.stop.caption == "Stopp 1"
    desk.drop_stop(1)
    assert list(room.screen.film.line.stops_s) == [60.0, 300.0]
    assert list(room.test.live.stops_s) == [60.0, 300.0]
    assert [stop.number for stop in desk.stops] == [1, 2]
