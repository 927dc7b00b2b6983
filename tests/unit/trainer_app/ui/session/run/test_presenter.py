"""A session is led from its first phase to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.fakes.office import LateTasks, make_office
from tests.fakes.ready_session import READY_ID
from tests.unit.trainer_app.ui.session.run.conftest import MakeRoom, Room, SeenScreen
from trainer_app.domain.films import Sha256
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.phases import PhaseCode, PhaseGroup
from trainer_app.domain.running import Run
from trainer_app.domain.session_errors import AnotherSessionHeld
from trainer_app.domain.sessions import AbortReason, SessionId, SessionState
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.services.setting_up import SettingUp
from trainer_app.ui.session.run.models import Place, TickKind
from trainer_app.ui.session.run.presenter import RunPresenter


def _stored_session(room: Room) -> object:
    return room.test.stored.sessions.by_id(READY_ID)


def test_a_session_begins_with_its_first_phase_and_hidden_notes(room: Room) -> None:
    screen = room.screen
    assert screen.where.place is Place.SCRIPT
    assert (screen.head.title, screen.head.aside) == ("Vold og trusler", "Film med stoppunkter")
    assert screen.head.notes_hidden
    assert screen.script.heading == "Velkommen og hensikt"
    assert (screen.times.name, screen.times.group) == ("Velkommen", PhaseGroup.BRIEF)
    assert (screen.times.left_s, screen.times.session_min, screen.times.clock) == (360, 88, "10.20")
    assert screen.steps.next == "Neste fase: Trygghet"
    session = room.test.stored.sessions.by_id(READY_ID)
    assert session is not None
    assert session.state is SessionState.IN_PROGRESS


def test_time_passes_pauses_and_is_given(room: Room) -> None:
    room.pass_(2)
    assert room.screen.times.left_s == 240
    room.presenter.pause_or_go_on()
    assert room.screen.steps.pause == "Fortsett"
    room.pass_(5)
    assert room.screen.times.left_s == 240
    room.presenter.pause_or_go_on()
    room.presenter.add_minutes(5)
    assert room.screen.times.left_s == 540
    assert room.screen.times.clock == "10.27"


def test_phases_go_forward_back_and_may_be_left_out(room: Room) -> None:
    assert not room.screen.steps.can_go_back
    room.presenter.next_phase()
    assert room.screen.script.heading == "Trygghetskontrakt"
    assert not room.screen.steps.can_skip
    room.presenter.skip_phase()
    assert room.screen.script.heading == "Trygghetskontrakt"
    room.presenter.previous_phase()
    assert room.screen.script.heading == "Velkommen og hensikt"
    room.presenter.skip_phase()
    assert room.screen.script.heading == "Trygghetskontrakt"
    assert "Velkommen og hensikt" not in [phase.name for phase in room.screen.times.band]


@pytest.mark.parametrize(
    ("code", "kind", "field"),
    [
        (PhaseCode.SAFETY_CONTRACT, TickKind.CONTRACT, "contract_reviewed"),
        (PhaseCode.EQUIPMENT_BRIEF, TickKind.SAFETY, "safety_info_given"),
        (PhaseCode.SUMMARY, TickKind.AFTERCARE, "aftercare_offered"),
    ],
)
def test_what_was_said_is_ticked_off_and_can_be_taken_back(
    room: Room, code: PhaseCode, kind: TickKind, field: str
) -> None:
    room.to(code)
    for done in (True, False):
        room.presenter.tick(kind, done=done)
        assert room.screen.script.tick is not None
        assert (room.screen.script.tick.kind, room.screen.script.tick.done) == (kind, done)
        assert getattr(_stored_session(room), field) is done


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (PhaseCode.SAFETY_CONTRACT, TickKind.CONTRACT, "trygghetskontrakten er gjennomgått"),
        (PhaseCode.EQUIPMENT_BRIEF, TickKind.SAFETY, "sikkerhetsinformasjonen er gitt"),
        (PhaseCode.SUMMARY, TickKind.AFTERCARE, "ivaretakelse er tilbudt"),
    ],
)
def test_what_was_not_ticked_off_is_said_once_before_one_goes_on(
    room: Room, code: PhaseCode, kind: TickKind, said: str
) -> None:
    room.to(code)
    before = _stored_session(room)
    room.presenter.next_phase()
    assert room.presenter.phase is code
    fact, next_step = room.said() or ("", "")
    assert said in fact
    assert next_step.startswith("Trykk én gang til for å gå videre uten.")
    room.presenter.next_phase()
    assert (room.presenter.phase is code, room.said(), _stored_session(room)) == (False, None, before)
    room.presenter.previous_phase()
    room.presenter.next_phase()
    assert room.said() is not None  # said again to who has come back
    room.presenter.tick(kind, done=True)
    assert room.said() is None
    room.presenter.next_phase()
    assert room.presenter.phase is not code


def test_a_phase_that_was_left_out_can_be_held_all_the_same(room: Room) -> None:
    room.presenter.skip_phase()
    assert room.test.notices.said == ["Fasen Velkommen og hensikt er utelatt, og teller ikke som holdt."]
    assert room.test.notices.undo is not None
    room.test.notices.undo()
    assert room.screen.script.heading == "Velkommen og hensikt"
    assert "Velkommen" in [phase.short for phase in room.screen.times.band]
    assert "stop_all" not in room.asked


def test_who_goes_back_to_a_phase_that_was_left_out_leaves_no_film_behind(room: Room) -> None:
    room.presenter.skip_phase()
    room.to(PhaseCode.FILM)
    room.play()
    assert room.test.notices.undo is not None
    room.test.notices.undo()
    assert room.place() is Place.SCRIPT
    assert room.asked[-1] == "stop_all"


def test_the_debrief_names_its_model(room: Room) -> None:
    room.to(PhaseCode.ANALYSIS)
    assert room.place() is Place.DEBRIEF
    assert room.screen.where.phase is not None
    assert room.screen.head.aside == "Debrief, trefasemodellen"


def test_notes_are_hidden_again_when_a_film_starts_and_stay_as_left_in_the_debrief(room: Room) -> None:
    room.presenter.toggle_notes()
    assert not room.screen.head.notes_hidden
    room.to(PhaseCode.FILM)
    assert room.screen.notes_hidden is False
    room.kit(FilmStage.STARTING, starts_in_s=2.0)
    assert room.screen.head.notes_hidden
    assert room.screen.notes_hidden is True
    room.play()
    room.kit(FilmStage.ENDED)
    room.to(PhaseCode.REACTIONS)
    room.presenter.toggle_notes()
    room.to(PhaseCode.ANALYSIS)
    assert room.screen.notes_hidden is False


def test_the_end_says_first_what_is_missing(room: Room) -> None:
    room.to(PhaseCode.EVALUATION)
    assert (room.screen.steps.next, room.screen.steps.is_last) == ("Avslutt økten", True)
    room.presenter.next_phase()
    assert room.place() is Place.ENDING
    assert "Økten har ingen læringspunkter." in room.screen.ending.findings
    room.presenter.stay()
    assert room.place() is Place.SCRIPT
    room.presenter.ask_to_end()
    room.presenter.finish()
    assert room.screen.went == ["close"]
    session = room.test.stored.sessions.by_id(READY_ID)
    assert session is not None
    assert session.state is SessionState.HELD


def test_ending_stops_a_film_that_still_plays(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    room.presenter.ask_to_end()
    room.presenter.finish()
    assert room.asked[-2:] == ["stop_all", "session_over"]
    playback = room.test.live.a_playback
    assert playback is not None
    room.test.live.a_playback = replace(playback, ended_at=room.test.clock[0])
    room.kit(FilmStage.STOPPED)
    (record,) = room.test.stored.playbacks.where(session_id=READY_ID)
    assert record.ended_at is not None


def test_breaking_off_stops_the_film_first(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    room.presenter.abort(AbortReason.CARE_FOR_PARTICIPANTS)
    assert "stop_all" in room.asked
    session = room.test.stored.sessions.by_id(READY_ID)
    assert session is not None
    assert (session.state, session.abort_reason) == (
        SessionState.ABORTED,
        AbortReason.CARE_FOR_PARTICIPANTS,
    )


def test_going_on_to_the_landing_ends_a_film_that_still_plays(room: Room) -> None:
    # «Brillene av» is said now: a film that goes on is seen by nobody but its wearers.
    room.to(PhaseCode.FILM)
    room.play()
    room.presenter.next_phase()
    assert room.asked[-1] == "stop_all"


def test_a_session_whose_end_is_pressed_twice_ends_once(make_room: MakeRoom) -> None:
    tasks = LateTasks()
    room = make_room(tasks=tasks)
    room.open()
    tasks.finish()
    room.presenter.finish()
    room.presenter.finish()
    tasks.finish()
    assert room.screen.went == ["close"]
    assert (room.test.notices.problems, tasks.problems) == ([], [])


def test_a_session_that_is_over_leads_back_to_the_list(room: Room) -> None:
    room.presenter.finish()
    again = SeenScreen()
    RunPresenter(room.test.office, again).open(READY_ID)
    assert again.went == ["list"]
    assert room.test.notices.problems


def test_a_suitcase_that_is_open_stays_as_it_is(room: Room) -> None:
    assert "open" not in room.asked


def test_a_suitcase_that_lies_open_without_the_film_gets_it(make_room: MakeRoom) -> None:
    # So it is after every start of the program: the department's suitcase is laid out, with no film.
    room = make_room()
    room.test.kit_is(replace(room.ready.kit(FilmStage.NONE), film=None))
    room.open()
    assert ("choose_film", room.ready.film.sha256) in room.test.live.asked


def test_coming_back_the_session_has_its_film_again(room: Room) -> None:
    room.test.kit_is(replace(room.ready.kit(FilmStage.NONE), film=Sha256("0" * 64)))
    room.open()
    assert ("choose_film", room.ready.film.sha256) in room.test.live.asked


def test_another_session_takes_nothing_from_the_one_that_is_held(room: Room) -> None:
    other = replace(room.ready.session, id=SessionId(UUID(int=999)), number="EV-2026-A041", rev=0)
    room.test.stored.sessions.save(other)
    room.to(PhaseCode.FILM)
    room.play()
    asked = list(room.asked)
    room.presenter.open(other.id)
    (problem,) = room.test.notices.problems
    assert isinstance(problem, AnotherSessionHeld)
    assert (problem.params["session"], room.screen.went) == ("Vold og trusler", ["list"])
    assert room.asked == asked
    # Its time goes on and is still written, whatever is looked at.
    room.pass_(1)
    room.presenter.on_heartbeat()
    room.presenter.open(READY_ID)
    assert room.place() is Place.FILM
    assert len(room.test.stored.playbacks.where(session_id=READY_ID)) == 1


def test_a_screen_made_anew_goes_on_without_a_question(room: Room) -> None:
    room.to(PhaseCode.SCENARIO_BRIEF)
    room.presenter.end()
    again = SeenScreen()
    RunPresenter(room.test.office, again).open(READY_ID)
    assert again.place() is Place.SCRIPT
    assert again.script.heading == "Scenariobrief"


@pytest.mark.parametrize(("gap_counts", "left_s"), [(False, 240), (True, 60)])
def test_after_a_crash_it_is_asked_how_the_time_counts(
    room: Room, *, gap_counts: bool, left_s: float
) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    room.presenter.desk.add_stop(60.0)
    room.presenter.desk.drop_stop(1)
    while room.presenter.phase is not PhaseCode.SAFETY_CONTRACT:
        room.presenter.previous_phase()
    room.pass_(1)
    room.presenter.on_heartbeat()
    room.presenter.end()
    # Another run of the program: nothing is known of the session but what the database holds.
    test = make_office(room.test.stored, room.test.office.services.data_folder)
    later = SeenScreen()
    presenter = RunPresenter(test.office, later)
    test.at(room.test.clock[0] + timedelta(minutes=3))
    presenter.open(READY_ID)
    assert later.place() is Place.QUESTION
    assert later.question.fact == "Fortsett økten i fasen Trygghetskontrakt?"
    assert "kl. 10.21, for 3 min siden" in later.question.cause
    presenter.go_on(gap_counts=gap_counts)
    assert later.place() is Place.SCRIPT
    assert [each[0] for each in test.live.asked] == ["open", "choose_film", "stay_awake"]
    assert later.times.left_s == left_s
    assert [stop.at_s for stop in presenter.desk.stops] == [60.0, 300.0]


@contextmanager
def _full_disk(room: Room, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The journal takes nothing more."""

    def refuse(_session_id: SessionId, _run: object) -> None:
        raise DatabaseFull(database="simkoffert.db")

    journal = room.test.stored.journal
    with monkeypatch.context() as patch:
        for name in ("record", "record_step", "heartbeat"):
            patch.setattr(journal, name, refuse)
        patch.setattr(type(room.test.stored.settings), "set", lambda _settings, *_: refuse(READY_ID, None))
        yield


def test_a_full_disk_holds_up_neither_session_nor_film(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.to(PhaseCode.SCENARIO_BRIEF)
    with _full_disk(room, monkeypatch):
        room.presenter.next_phase()
        assert room.place() is Place.START
        assert room.screen.trouble is not None
        assert room.screen.trouble.fact == "Det som skjer nå, blir ikke lagret."
        room.presenter.start_film()
        room.play()
        room.presenter.pause_or_go_on()
        assert room.asked[-2:] == ["start_film", "pause"]
        room.presenter.desk.add_stop(60.0)
        room.presenter.on_heartbeat()
        assert room.screen.trouble is not None
    assert SettingUp(room.test.stored.settings).read(READY_ID).stops is None
    room.presenter.on_heartbeat()
    stops = SettingUp(room.test.stored.settings).read(READY_ID).stops
    assert stops is not None
    assert stops.places[-1].at_s == 60.0
    assert room.screen.trouble is None
    assert room.test.notices.said == ["Alt er lagret igjen."]
    run: Run = room.test.stored.journal.load(READY_ID)
    assert (run.phase.code, run.is_paused) == (PhaseCode.FILM, True)


def test_a_theme_that_was_chosen_for_the_room_is_kept(room: Room) -> None:
    room.presenter.want_theme("dark")
    assert room.test.office.own().theme == "dark"


def test_english_is_spoken_throughout(make_room: MakeRoom) -> None:
    room = make_room(lang="en")
    room.open()
    assert room.screen.steps.next == "Next phase: Safety"
    assert room.screen.head.title == "Violence and threats"
    assert room.screen.times.clock == "10:20"


def test_nothing_is_done_before_a_session_is_open(make_room: MakeRoom) -> None:
    room = make_room()
    presenter = room.presenter
    acts: tuple[Callable[[], None], ...] = (
        presenter.pause_or_go_on,
        presenter.next_phase,
        presenter.previous_phase,
        presenter.skip_phase,
        presenter.start_film,
        presenter.ask_to_end,
        presenter.finish,
        presenter.on_second,
        presenter.on_heartbeat,
    )
    for act in acts:
        act()
    assert room.test.live.asked == []
    assert room.ready.session == room.test.stored.sessions.by_id(READY_ID)
