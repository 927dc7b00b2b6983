"""What a tile says before the start, and what its one button does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes.preparing import BEFORE_START, FILM, a_headset, sending, told
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.link_errors import HeadsetUnreachable, NotAHeadset
from trainer_app.domain.live_kit import HeadsetNow, Transfer
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.playback_errors import HeadsetStorageFault, HeadsetStorageFull
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.headset_address import short_address
from trainer_app.ui.session.prepare.models import Standing, TileAction, TileModel
from trainer_app.ui.session.prepare.tiles import TileScene, tile_of

SCENE = TileScene(
    texts=Texts("nb"),
    today=local_of(BEFORE_START, HOME_ZONE),
    minutes=90,
    end=local_of(BEFORE_START, HOME_ZONE).replace(hour=14, minute=30),
    film_bytes=FILM.size_bytes,
)


def said(headset: HeadsetNow) -> TileModel:
    return tile_of(headset, SCENE)


def words(headset: HeadsetNow) -> tuple[str, str, str, str | None]:
    face = said(headset).face.words
    return face.word, face.cause, face.step, face.button


def test_a_ready_headset_says_what_was_checked() -> None:
    tile = said(a_headset(1))
    assert tile.standing is Standing.READY
    assert tile.face.facts.checks == ("Filmen er verifisert", "Nok batteri til kl. 14.30", "Lyd 60 %")
    assert (
        said(a_headset(1, facts=told(1, 71, charging=True))).face.facts.checks[1]
        == "Nok batteri, lader fortsatt"
    )
    assert said(a_headset(1, facts=told(1, 12, charging=True))).face.facts.checks[1] == "Lader"


def test_a_headset_with_its_own_player_promises_neither_what_was_not_verified_nor_a_volume() -> None:
    facts = replace(told(1), own_player=True)
    tile = said(a_headset(1, facts=facts, film_checked=False))
    assert tile.standing is Standing.READY
    assert tile.face.facts.checks == (
        "Filmen er overført, ikke kontrollert",
        "Nok batteri til kl. 14.30",
        "Lyden stilles på brillen",
    )
    assert tile.face.words.foot is not None
    assert tile.face.words.foot.words == "Egen spiller, ikke synkronisert"


def test_a_battery_that_will_not_last_is_said_before_anybody_has_pressed_anything() -> None:
    tile = said(a_headset(1, facts=told(1, 40)))
    assert tile.standing is Standing.NEEDS
    assert tile.face.words.word == "Lavt batteri"
    assert tile.face.words.cause == "Holder ca. 60 min. Økten varer 90 min."
    assert tile.face.action is TileAction.SET_ASIDE
    assert said(a_headset(1, facts=told(1, 40, charging=True))).standing is Standing.READY


def test_a_connected_headset_without_the_film_is_not_called_ready() -> None:
    tile = said(a_headset(1, has_film=False, facts=told(1, films={})))
    assert tile.standing is Standing.WAITING
    assert words(a_headset(1, has_film=False))[:2] == ("Tilkoblet", "Filmen er ikke på brillen ennå.")


def test_one_that_vanished_says_since_when_and_one_of_another_day_says_the_day() -> None:
    gone = a_headset(1, S.NOT_CONNECTED, facts=None)
    assert words(gone)[1] == "Ingen kontakt siden kl. 12.38."
    assert said(gone).face.action is TileAction.RETRY
    earlier = a_headset(1, S.NOT_CONNECTED, last_contact=BEFORE_START - timedelta(days=2))
    assert words(earlier)[1] == "Ingen kontakt siden Søn. 15. nov. kl. 12.38."
    assert said(earlier).standing is Standing.NEEDS


def test_a_place_that_was_never_filled_asks_for_an_address() -> None:
    nobody = a_headset(5, S.NOT_CONNECTED, headset_id=None, address=None, facts=None, last_contact=None)
    assert words(nobody)[1:] == (
        "Har ikke vært koblet til ennå.",
        "Legg til brillen med adressen dens.",
        "Legg til brille",
    )
    assert said(nobody).face.action is TileAction.ADD


UNREACHED = HeadsetUnreachable(headset="192.168.1.55:5555")


def test_a_mistyped_address_is_named_and_can_be_corrected() -> None:
    typed = {"headset_id": None, "facts": None, "last_contact": None, "address_is_new": True}
    looking = a_headset(5, S.NOT_CONNECTED, address="192.168.1.55:5555", **typed)
    assert words(looking)[1:] == (
        "Leter etter brillen på 192.168.1.55.",
        "Slå på brillen, eller rett adressen.",
        "Rett adressen",
    )
    gone = a_headset(5, S.NOT_CONNECTED, address="192.168.1.55:5556", problem=UNREACHED, **typed)
    assert words(gone)[1] == "Får ikke kontakt på 192.168.1.55:5556."
    assert said(gone).face.action is TileAction.CORRECT
    assert said(gone).standing is Standing.NEEDS


def test_an_address_that_was_right_on_another_day_is_named_one_of_today_is_not_doubted() -> None:
    earlier = BEFORE_START - timedelta(days=2)
    moved = a_headset(1, S.NOT_CONNECTED, facts=None, last_contact=earlier, problem=UNREACHED)
    assert words(moved)[1] == "Får ikke kontakt på 192.168.1.21."
    vanished = a_headset(1, S.NOT_CONNECTED, facts=None, problem=UNREACHED)
    assert words(vanished)[1] == "Ingen kontakt siden kl. 12.38."
    assert said(vanished).face.action is TileAction.RETRY
    changed = a_headset(1, S.NOT_CONNECTED, facts=None, problem=UNREACHED, address_is_new=True)
    assert said(changed).face.action is TileAction.CORRECT


def test_what_answers_there_instead_is_said() -> None:
    printer = a_headset(2, S.NOT_CONNECTED, facts=None, address_is_new=True, problem=NotAHeadset(headset="x"))
    assert words(printer)[1:3] == (
        "Det som svarer på x, er ikke en VR-brille.",
        "Kontroller adressen til brillen.",
    )


def test_a_long_address_keeps_its_ends() -> None:
    assert short_address("10.0.0.1:5555") == "10.0.0.1"
    assert short_address(f"{'a' * 30}.sykehuset.no:5555") == "aaaaaaaaa…kehuset.no"


def test_one_that_is_not_authorised_shows_the_question_or_offers_to_where_there_is_little_room() -> None:
    tile = said(a_headset(4, S.NOT_AUTHORISED, facts=None))
    assert tile.face.facts.shows_how
    assert tile.face.words.button is None
    assert not tile.small.facts.shows_how
    assert (tile.small.words.button, tile.small.action) == ("Vis hvordan", TileAction.SHOW_HOW)


def test_a_full_storage_names_the_two_amounts_and_can_be_tried_again() -> None:
    full = HeadsetStorageFull(headset="3", film="Uro", needed=FILM.size_bytes, free=800_000_000)
    tile = a_headset(3, S.STORAGE_FULL, facts=told(3, free_bytes=800_000_000), problem=full, has_film=False)
    word, cause, step, button = words(tile)
    assert (word, cause.replace("\N{NO-BREAK SPACE}", " ")) == (
        "Fullt lager",
        "Filmen trenger 2,1 GB. 0,8 GB er ledig.",
    )
    assert (step, button) == ("Fjern filmer som ikke er i bruk, og prøv igjen.", "Prøv igjen")


def test_a_fault_says_what_went_wrong_and_the_next_step() -> None:
    fault = HeadsetStorageFault(headset="2", film="Uro i korridoren")
    assert words(a_headset(2, S.FAULT, problem=fault)) == (
        "Feil",
        "Brille 2 kan ikke lagre Uro i korridoren.",
        "Start brillen på nytt, og prøv igjen.",
        "Prøv igjen",
    )


@pytest.mark.parametrize(
    ("transfer", "step"),
    [
        (sending(), "Klar om ca. 40 s. Du trenger ikke gjøre noe."),
        (Transfer(film=FILM.sha256, done_bytes=0, whole_bytes=10**9, bytes_per_s=5e6), "Klar om ca. 4 min."),
        (Transfer(film=FILM.sha256, done_bytes=0, whole_bytes=10**9), "Måler hvor fort det går."),
        (sending(FILM.size_bytes), "Kontrollerer at filmen er hel."),
        (None, "Du trenger ikke gjøre noe."),
    ],
)
def test_while_the_film_is_sent_the_time_left_is_said_as_far_as_it_is_known(
    transfer: Transfer | None, step: str
) -> None:
    tile = a_headset(3, S.GETTING_READY, has_film=False, transfer=transfer)
    assert words(tile)[2] == step
    assert said(tile).standing is Standing.COMING
    assert (said(tile).face.words.progress is None) == (transfer is None)


def test_the_program_that_a_headset_needs_once_has_its_own_words_and_percent() -> None:
    program = Transfer(film=None, done_bytes=9_400_000, whole_bytes=14_700_000, bytes_per_s=5e6)
    headset = a_headset(3, S.GETTING_READY, has_film=False, transfer=program)
    assert words(headset) == (
        "Klargjøres 63 %",
        "Overfører programmet: 9 av 15\N{NO-BREAK SPACE}MB.",
        "Bare første gang. Så kommer filmen.",
        None,
    )
    whole = replace(headset, transfer=replace(program, done_bytes=14_700_000))
    assert words(whole)[2] == "Pakkes ut og prøves."


def test_one_set_aside_is_quiet_whatever_its_state_and_can_be_taken_back() -> None:
    for state in S:
        tile = said(a_headset(2, state, set_aside=True))
        assert tile.standing is Standing.ASIDE
        assert (tile.face.words.word, tile.face.words.button) == ("Satt til side", "Ta med igjen")
        assert tile.face.action is TileAction.TAKE_BACK


def test_a_button_stands_only_where_it_does_something() -> None:
    for state in S:
        for face in (said(a_headset(1, state)).face, said(a_headset(1, state)).small):
            assert (face.words.button is None) == (face.action is None)


def test_one_set_aside_because_it_failed_leads_to_being_marked_and_then_says_so() -> None:
    failed = a_headset(2, S.FAULT, set_aside=True, problem=HeadsetStorageFault(headset="2", film="Uro"))
    assert words(failed)[2] == "Virker den ikke? Trykk Enter for å merke den som defekt."
    assert failed.headset_id is not None
    marked = tile_of(failed, replace(SCENE, defective=frozenset({failed.headset_id})))
    assert marked.face.words.cause == "Brillen er merket som defekt."
    assert marked.face.words.button == "Ta med igjen"
