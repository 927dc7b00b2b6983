"""Klargjøring step by step: the suitcase is opened, headsets get ready, the session is made ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes.films import a_film
from tests.fakes.office import LateTasks
from tests.fakes.preparing import FILM, a_headset, sending, told
from tests.fakes.ready_session import READY_ID, store_ready
from tests.fakes.records import KIT
from tests.unit.trainer_app.ui.session.prepare.conftest import OpenedPrepare, OpenPrepare
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_films import StoredFilm
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.kits import HeadsetCondition
from trainer_app.domain.link_errors import AddressAnswers
from trainer_app.domain.live_kit import FilmStage, HeadsetNow
from trainer_app.domain.playback_errors import HeadsetStorageFault, HeadsetStorageFull
from trainer_app.domain.sessions import SessionState
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.looks.tokens import Tone
from trainer_app.runtime.changes import Topic
from trainer_app.services.running import SessionRunning
from trainer_app.ui.office import Target
from trainer_app.ui.session.prepare.models import Hero, Way

OTHER = replace(FILM, sha256=Sha256("cd" * 32), title="Døren")


def missing(number: int) -> HeadsetNow:
    """A headset that is there, without the film."""
    return a_headset(number, has_film=False, facts=told(number, films={}))


# --- coming in -------------------------------------------------------------------------------------------


def test_coming_in_opens_the_suitcase_with_the_film_of_the_theme(open_prepare: OpenPrepare) -> None:
    page = open_prepare(films=(FILM, a_film(sha256=Sha256("ef" * 32)))).open()
    assert page.made.live.asked == [("open", KIT.id, 5, 5), ("choose_film", FILM.sha256)]
    assert page.model.facts == "Vold og trusler · i dag 13.00–14.30 · Møterom Lauv · 22 min til start"
    assert page.model.start.hero is Hero.NOTHING
    assert page.model.start.why == "Kofferten åpnes."


def test_a_suitcase_that_is_open_keeps_its_connections(open_prepare: OpenPrepare) -> None:
    page = open_prepare()
    page.prepared.kit_is(a_headset(1))
    page.open()
    page.presenter.leave()
    page.open()
    page.made.office.changes.announce(Topic.KITS)
    assert page.made.live.asked == []


def test_headsets_that_were_made_ready_may_sleep_when_the_session_is_left(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    page.prepared.kit_is(*(a_headset(number) for number in range(1, 6)))
    page.presenter.leave()
    assert page.asked("session_left") == [], "nothing was made ready"
    page.open()
    page.presenter.get_ready()
    page.presenter.leave()
    assert page.asked("session_left") == [("session_left",)]
    page.open()
    page.made.office.changes.announce(Topic.KITS)
    assert page.asked("stay_awake") == [("stay_awake",)]


def test_full_headset_offers_to_remove_what_the_library_does_not_have(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    foreign = StoredFilm(sha256=Sha256("ee" * 32), size_bytes=900_000_000, whole=True, title="Ballong")
    full = HeadsetStorageFull(headset="3", film=FILM.title, needed=FILM.size_bytes, free=800_000_000)
    facts = told(3, free_bytes=800_000_000, stored=(foreign,))
    page.prepared.kit_is(a_headset(3, S.STORAGE_FULL, facts=facts, problem=full, has_film=False))
    words = page.tile(3).face.words
    assert (words.step, words.button) == ("Fjern filmer som ikke er i bruk.", "Rydd plass")
    page.presenter.press(3)
    question = page.view.question
    assert question is not None
    assert "Ballong (900 MB)" in question.cause
    assert page.asked("remove_films") == []
    page.presenter.clear(question)
    assert page.asked("remove_films") == [("remove_films", {3: [foreign.sha256]})]


def test_headsets_of_a_session_that_is_held_are_left_to_it(open_prepare: OpenPrepare) -> None:
    page = open_prepare(headsets=0, films=(OTHER,))
    office, holding = page.made.office, page.made.office.services.holding
    held = store_ready(page.made.stored, office.services.content)
    running = holding.open(READY_ID)
    assert isinstance(running, SessionRunning)
    page.made.kit_is(held.kit(FilmStage.PLAYING, 100.0))
    page.open()
    empty = page.model.empty
    assert empty is not None
    assert empty.sentence.startswith("Brillene brukes i økten «Vold og trusler».")
    assert (page.model.start.hero, page.model.tiles) == (Hero.NOTHING, ())
    assert page.model.sentence == "Brillene er i bruk"
    page.presenter.go(empty.way)
    assert page.made.went == [Target(place="session", session_id=READY_ID)]
    page.presenter.get_ready()
    page.presenter.suitcase.identify()
    page.presenter.suitcase.set_aside(1, aside=True)
    page.presenter.add_address("192.168.1.29")
    assert page.made.live.asked == []
    assert "Avslutt eller avbryt den økten først." in page.view.happened[-1]
    holding.finish(running)
    office.changes.announce(Topic.SESSIONS)
    assert page.made.live.asked == [("open", KIT.id, 5, 5), ("choose_film", OTHER.sha256)]


@pytest.mark.parametrize(
    ("utc", "words"),
    [((9, 50), "2 t 10 min til start"), ((12, 0), "starter nå"), ((12, 5), "5 min over starttiden")],
)
def test_the_time_to_the_start_goes_on(open_prepare: OpenPrepare, utc: tuple[int, int], words: str) -> None:
    page = open_prepare().open()
    page.made.at(page.made.clock[0].replace(hour=utc[0], minute=utc[1]))
    page.presenter.tick()
    assert page.model.facts.endswith(f" · {words}")


def test_a_session_of_another_day_can_be_started_but_says_so(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    page.prepared.kit_is(*(a_headset(number) for number in range(1, 6)))
    assert "planlagt" not in page.model.start.why
    page.made.at(page.made.clock[0] - timedelta(days=3))
    page.presenter.tick()
    assert page.model.start.hero is Hero.START
    assert page.model.start.why.startswith(
        "Brillene er klare. I rommet gjenstår fire ting. Merk: Økten er planlagt "
    )
    assert page.model.start.why.endswith(", ikke i dag.")


# --- the headsets ----------------------------------------------------------------------------------------


def test_the_sentence_and_the_button_follow_the_headsets_to_the_start(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    page.prepared.kit_is(*(missing(number) for number in range(1, 6)))
    assert page.model.sentence == "Fem ikke klargjort ennå"
    assert (page.model.start.hero, page.model.start.words) == (Hero.GET_READY, "Klargjør alle")
    page.presenter.press_hero()
    assert page.asked("get_ready") == [("get_ready", 90)]
    coming = [a_headset(n, S.GETTING_READY, has_film=False, transfer=sending()) for n in range(1, 6)]
    page.prepared.kit_is(*coming)
    assert page.model.sentence == "Fem på vei"
    assert page.model.total == "0 av 5 klare · 96 MB/s · 40 s igjen"
    assert page.model.start.hero is Hero.NOTHING
    page.prepared.kit_of_the_picture()
    assert page.model.sentence == "Tre klare, én på vei, én trenger deg"
    assert (page.model.start.hero, page.model.start.words) == (Hero.START, "Start med fire")
    assert page.model.start.why == (
        "Brille 3 blir klar i god tid før filmen. Brille 4 kan komme med senere, da på riktig sted i filmen."
    )
    assert page.model.start.helps == 4
    page.prepared.kit_is(*(a_headset(number) for number in range(1, 6)))
    assert page.model.sentence == "Fem klare"
    assert page.model.start.words == "Start økten"
    assert page.model.start.helps is None
    assert page.model.start.why == "Brillene er klare. I rommet gjenstår fire ting."
    *lines, last = page.model.room.lines
    for line in lines:
        page.presenter.tick_room(line.id, done=True)
    assert page.model.start.why == "Brillene er klare. I rommet gjenstår én ting."
    page.presenter.tick_room(last.id, done=True)
    assert page.model.start.why == "Alt er klart."


def test_one_that_vanishes_and_comes_back_is_said_in_words(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    page.presenter.get_ready()
    page.prepared.kit_is(*(a_headset(number) for number in range(1, 6)))
    page.prepared.kit_is(
        *(a_headset(number) for number in range(1, 5)),
        a_headset(5, S.NOT_CONNECTED, has_film=False, facts=None),
    )
    assert page.model.sentence == "Fire klare, én trenger deg"
    assert page.tile(5).face.words.cause == "Ingen kontakt siden kl. 12.38."
    assert page.model.start.words == "Start med fire"
    page.prepared.kit_is(*(a_headset(number) for number in range(1, 6)))
    assert page.model.sentence == "Fem klare"


def test_the_button_of_a_tile_does_what_it_says(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    nobody = a_headset(5, S.NOT_CONNECTED, headset_id=None, address=None, facts=None, last_contact=None)
    page.prepared.kit_is(
        a_headset(1, S.NOT_CONNECTED),
        a_headset(2, facts=told(2, 15)),
        a_headset(3, set_aside=True),
        a_headset(4, S.NOT_AUTHORISED, facts=None),
        nobody,
    )
    for number in range(1, 6):
        page.presenter.press(number)
    assert page.asked("retry") == [("retry", 1)]
    assert page.asked("set_aside") == [("set_aside", 2, True), ("set_aside", 3, False)]
    assert page.view.details is not None
    assert (page.view.details.number, page.view.details.shows_how) == (4, True)
    assert page.view.happened == ["add"]


def test_details_follow_the_headset_until_they_are_put_away(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    page.prepared.kit_of_the_picture()
    page.presenter.show_details(1)
    assert page.view.details is not None
    assert dict(page.view.details.lines)["Serienummer"] == "PA7L101"
    assert dict(page.view.details.lines)["Ledig lager"] == "40 GB"
    page.prepared.kit_is(a_headset(1, facts=told(1, free_bytes=10**9)))
    assert dict(page.view.details.lines)["Ledig lager"] == "1,0 GB"
    page.presenter.show_details(None)
    assert page.view.details is None


def test_a_suitcase_without_headsets_says_how_to_connect_them(open_prepare: OpenPrepare) -> None:
    page = open_prepare(headsets=0).open()
    page.prepared.kit_is(
        *(a_headset(n, S.NOT_CONNECTED, headset_id=None, address=None, facts=None) for n in range(1, 6))
    )
    assert page.model.empty is not None
    assert page.model.empty.heading == "Ingen briller er koblet til ennå"
    assert page.model.tiles == ()
    assert page.model.start.hero is Hero.NOTHING
    page.presenter.go(page.model.empty.way)
    page.presenter.add_address(" 192.168.1.21 ")
    assert page.view.happened == ["add", "added"]
    assert page.made.live.asked[-1] == ("add_address", " 192.168.1.21 ")
    page.prepared.kit_is(a_headset(1, S.NOT_AUTHORISED, headset_id=None, facts=None))
    assert page.model.empty is None


def test_the_address_of_a_known_headset_is_put_right_here_and_for_next_time(
    open_prepare: OpenPrepare,
) -> None:
    page = open_prepare().open()
    lost = {"facts": None, "has_film": False, "address_is_new": True}
    page.prepared.kit_is(a_headset(1, S.NOT_CONNECTED, **lost), a_headset(2))
    page.presenter.press(1)
    assert page.view.happened == ["correct 1 192.168.1.21"]
    page.presenter.change_address(1, " 192.168.1.31 ")
    assert page.asked("change_address") == [("change_address", 1, " 192.168.1.31 ")]
    assert page.view.happened[-1] == "corrected"
    assert page.made.notices.said == ["Leter etter brille 1 på 192.168.1.31."]
    assert page.made.stored.headsets.of_kit(KIT.id)[0].address == "192.168.1.31:5555"


def test_a_wrong_correction_is_said_and_changes_nothing(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    page.prepared.kit_is(a_headset(1, S.NOT_CONNECTED, facts=None))
    page.made.live.refuses = AddressAnswers(address="192.168.1.22:5555", number=2)
    page.presenter.change_address(1, "192.168.1.22")
    assert page.view.happened == [
        "Brille 2 er tilkoblet på 192.168.1.22:5555. Skriv adressen til den brillen som mangler kontakt."
    ]
    assert page.made.stored.headsets.of_kit(KIT.id)[0].address == "192.168.1.21:5555"


def test_a_headset_nobody_has_seen_is_looked_for_at_the_corrected_address(open_prepare: OpenPrepare) -> None:
    page = open_prepare(headsets=0).open()
    page.prepared.kit_is(a_headset(1, S.NOT_CONNECTED, headset_id=None, facts=None, last_contact=None))
    page.presenter.change_address(1, "10.0.0.4")
    assert page.asked("change_address") == [("change_address", 1, "10.0.0.4")]
    assert page.view.happened == ["corrected"]


def test_a_session_without_a_suitcase_leads_to_its_plan(open_prepare: OpenPrepare) -> None:
    page = open_prepare(kit_id=None).open()
    assert page.model.empty is not None
    page.presenter.go(page.model.empty.way)
    assert page.made.went == [Target(place="plan", session_id=page.prepared.session.id)]
    assert page.made.live.asked == []


# --- the film --------------------------------------------------------------------------------------------


def test_without_a_film_of_the_theme_the_library_is_the_way_out(open_prepare: OpenPrepare) -> None:
    page = open_prepare(films=(a_film(),)).open()
    page.prepared.kit_is(missing(1))
    banner = page.model.banner
    assert banner is not None
    assert (banner.fact, banner.way) == ("Det er ingen film om vold og trusler i biblioteket", Way.LIBRARY)
    page.presenter.press_hero()
    page.presenter.get_ready()
    assert page.asked("get_ready") == []
    page.presenter.go(Way.LIBRARY)
    assert page.made.went == [Target(place="library", detail="films", item="VOT")]


def test_a_film_whose_file_is_gone_is_said_before_anybody_waits_for_it(open_prepare: OpenPrepare) -> None:
    page = open_prepare()
    (page.made.office.services.data_folder / "films" / f"{FILM.sha256}.mp4").unlink()
    page.open()
    page.prepared.kit_is(missing(1))
    assert page.model.banner is not None
    assert FILM.title in page.model.banner.fact
    page.presenter.get_ready()
    assert page.asked("get_ready") == []


def test_of_several_films_one_is_chosen_and_stays_chosen(open_prepare: OpenPrepare) -> None:
    page = open_prepare(films=(FILM, OTHER)).open()
    assert [film.title for film in page.model.films] == ["Døren", "Uro i korridoren"]
    page.presenter.choose_film(FILM.sha256)
    assert page.asked("choose_film")[-1] == ("choose_film", FILM.sha256)
    page.presenter.leave()
    page.open()
    assert page.model.film == FILM.sha256


def test_the_newest_film_of_a_theme_is_the_one_until_another_is_chosen(open_prepare: OpenPrepare) -> None:
    newer = replace(OTHER, title="Åpen dør", imported_at=FILM.imported_at + timedelta(days=1))
    page = open_prepare(films=(FILM, newer)).open()
    assert page.model.film == newer.sha256
    assert page.asked("choose_film") == [("choose_film", newer.sha256)]


def test_another_film_has_to_be_brought_to_the_headsets_first(open_prepare: OpenPrepare) -> None:
    page = open_prepare(films=(FILM, OTHER)).open()
    page.presenter.choose_film(FILM.sha256)
    page.prepared.kit_is(*(a_headset(number) for number in range(1, 6)))
    page.presenter.get_ready()
    page.presenter.choose_film(OTHER.sha256)
    page.prepared.kit_is(*(missing(number) for number in range(1, 6)))
    assert page.model.start.hero is Hero.GET_READY


# --- the room, and who waits -----------------------------------------------------------------------------


def test_ticks_are_kept_for_the_session(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    assert page.model.room.lines[2].words == "Kontaktperson for ivaretakelse: Siv Testmoen"
    page.presenter.tick_room("RO-1", done=True)
    page.presenter.tick_room("RO-2", done=True)
    page.presenter.tick_room("RO-1", done=False)
    page.presenter.leave()
    page.open()
    assert [line.id for line in page.model.room.lines if line.ticked] == ["RO-2"]
    assert page.model.room.count == "1 av 4"


def test_a_tick_that_cannot_be_kept_is_taken_back_and_said(
    open_prepare: OpenPrepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_prepare().open()
    with monkeypatch.context() as full:
        full.setattr(type(page.made.stored.settings), "set", _disk_full)
        page.presenter.tick_room("RO-1", done=True)
    assert page.model.room.count == "0 av 4"
    assert [type(problem) for problem in page.made.notices.problems] == [DatabaseFull]


def _disk_full(*_: object, **__: object) -> None:
    raise DatabaseFull


def choice_page(open_prepare: OpenPrepare, **changes: object) -> OpenedPrepare:
    page = open_prepare(**changes).open()
    page.presenter.get_ready()
    page.prepared.kit_of_the_picture()
    return page


def test_with_a_headset_too_few_it_is_chosen_who_waits(open_prepare: OpenPrepare) -> None:
    page = choice_page(open_prepare)
    choice = page.model.choice
    assert choice is not None
    assert choice.heading == "Fem deltakere, fire briller"
    assert choice.screen == ("Én ser på skjermen", "Deltakerne velger selv hvem. Slutt kl. 14.30.")
    assert choice.waves == ("To puljer", "Tre og to. Tar 13 min mer, slutt kl. 14.43.")
    assert choice.on_screen
    page.presenter.choose_on_screen(on_screen=False)
    page.presenter.leave()
    page.open()
    assert page.model.choice is not None
    assert not page.model.choice.on_screen


def test_waves_that_were_planned_take_no_more_time(open_prepare: OpenPrepare) -> None:
    choice = choice_page(open_prepare, participants=7).model.choice
    assert choice is not None
    assert not choice.on_screen
    assert choice.screen == ("Tre ser på skjermen", "Deltakerne velger selv hvem.")
    assert choice.waves == ("To puljer", "Fire og tre. Det er satt av tid til det.")


@pytest.mark.parametrize(("on_screen", "seats"), [(True, [(1, 4)]), (False, [(1, 3), (2, 2)])])
def test_the_choice_becomes_the_sessions_waves(
    open_prepare: OpenPrepare, on_screen: bool, seats: list[tuple[int, int]]
) -> None:
    page = choice_page(open_prepare)
    page.presenter.choose_on_screen(on_screen=on_screen)
    page.presenter.press_hero()
    dealt = page.made.office.services.assigning.seats_of(page.prepared.session.id)
    assert [(wave, len(dealt.of_wave(wave))) for wave in range(1, dealt.waves + 1)] == seats
    assert {seat.number for seat in dealt.of_wave(1)} <= {1, 2, 3, 5}


# --- the start -------------------------------------------------------------------------------------------


def test_the_start_makes_the_session_ready_and_goes_on_to_the_run(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    page.prepared.kit_is(*(a_headset(number) for number in range(1, 6)))
    assert "Kofferten er ikke kontrollert det siste døgnet." in page.model.room.findings
    page.presenter.press_hero()
    assert page.view.happened == ["on"]
    session = page.made.stored.sessions.by_id(page.prepared.session.id)
    assert session is not None
    assert session.state is SessionState.READY
    assert session.plan_snapshot is not None


def test_the_film_it_was_made_ready_with_is_shown_whatever_comes_later(
    open_prepare: OpenPrepare,
) -> None:
    page = open_prepare().open()
    page.prepared.kit_is(*(a_headset(number) for number in range(1, 6)))
    page.presenter.press_hero()
    page.made.stored.films.add(replace(OTHER, imported_at=FILM.imported_at + timedelta(days=1)))
    session = page.made.stored.sessions.by_id(page.prepared.session.id)
    assert session is not None
    assert page.made.office.services.holding.material_of(session).film == FILM


def test_one_that_is_ready_already_goes_on_as_it_is(open_prepare: OpenPrepare) -> None:
    page = open_prepare(state=SessionState.READY).open()
    page.prepared.kit_is(a_headset(1))
    page.presenter.press_hero()
    assert page.view.happened == ["on"]


def test_what_blocks_is_named_with_the_way_to_the_plan(open_prepare: OpenPrepare) -> None:
    page = open_prepare(scenario_code=None, scenario_version=None).open()
    page.prepared.kit_is(a_headset(1), a_headset(2))
    page.presenter.press_hero()
    banner = page.model.banner
    assert banner is not None
    assert (banner.tone, banner.cause, banner.way) == (Tone.DANGER, "Velg et scenario.", Way.PLAN)
    assert page.view.happened == []


def test_a_start_that_cannot_be_written_changes_nothing(
    open_prepare: OpenPrepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = choice_page(open_prepare)
    with monkeypatch.context() as full:
        full.setattr(type(page.made.stored.assignments), "replace", _disk_full)
        page.presenter.press_hero()
    assert [type(problem) for problem in page.made.notices.problems] == [DatabaseFull]
    session = page.made.stored.sessions.by_id(page.prepared.session.id)
    assert session is not None
    assert session.state is SessionState.PLANNED
    page.presenter.press_hero()
    assert page.view.happened == ["on"]


def test_headsets_that_are_on_their_way_count_for_the_size_of_the_group(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    page.presenter.get_ready()
    coming = (a_headset(n, S.GETTING_READY, has_film=False, transfer=sending()) for n in (2, 3))
    page.prepared.kit_is(a_headset(1), *coming)
    assert page.model.start.words == "Start økten"
    page.presenter.press_hero()
    assert page.view.happened == ["on"]


def test_two_presses_start_once(open_prepare: OpenPrepare) -> None:
    late = LateTasks()
    page = open_prepare(tasks=late).open()
    late.finish()
    page.prepared.kit_is(*(a_headset(number) for number in range(1, 6)))
    late.finish()
    page.presenter.press_hero()
    page.presenter.press_hero()
    late.finish()
    assert page.view.happened == ["on"]


def test_a_session_left_before_it_was_read_is_not_shown(open_prepare: OpenPrepare) -> None:
    late = LateTasks()
    page = open_prepare(tasks=late).open()
    page.presenter.leave()
    late.finish()
    assert page.view.model is None


def test_a_headset_that_failed_and_was_set_aside_is_marked_as_defective(open_prepare: OpenPrepare) -> None:
    page = open_prepare().open()
    fault = HeadsetStorageFault(headset="2", film=FILM.title)
    page.prepared.kit_is(a_headset(1), a_headset(2, S.FAULT, problem=fault))
    page.presenter.show_details(2)
    assert page.view.details is not None
    assert not page.view.details.can_mark_defective
    page.prepared.kit_is(a_headset(1), a_headset(2, S.FAULT, problem=fault, set_aside=True))
    assert page.view.details.can_mark_defective
    heard: list[str] = []
    page.made.office.changes.on({Topic.KITS}, lambda: heard.append("kits"))
    page.presenter.mark_defective(2)
    known = page.made.stored.headsets.of_kit(KIT.id)[1]
    assert (known.condition, known.condition_note) == (
        HeadsetCondition.DEFECTIVE,
        "Brille 2 kan ikke lagre Uro i korridoren.",
    )
    assert (heard, page.made.notices.said) == (["kits"], ["Brille 2 er merket som defekt."])
    assert not page.view.details.can_mark_defective
    assert ("Tilstand", "defekt") in page.view.details.lines
    assert page.tile(2).face.words.cause == "Brillen er merket som defekt."
    assert page.made.notices.undo is not None
    page.made.notices.undo()
    assert page.made.stored.headsets.of_kit(KIT.id)[1].condition is HeadsetCondition.READY
    assert page.view.details.can_mark_defective
