"""The suitcase's page as its presenter drives it: what is said, what is kept, what can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.full_disk import full_disk
from tests.fakes.office import TUESDAY, LateTasks, TestOffice, make_office
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_films import StoredFilm
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState
from trainer_app.domain.inventory import CheckResult, LineResult
from trainer_app.domain.kits import HeadsetCondition, Kit
from trainer_app.domain.link_errors import AddressMalformed, HeadsetUnreachable
from trainer_app.domain.live_kit import FilmStage, HeadsetNow, KitNow
from trainer_app.domain.playback_errors import HeadsetPlays
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.services.film_matrix import FilmMark
from trainer_app.services.live.clearing import ClearedKit
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.clearing import ClearQuestion
from trainer_app.ui.film_news import FilmNews
from trainer_app.ui.kit.presenter import KitPresenter
from trainer_app.ui.kit.shown import (
    CheckShown,
    FilmsShown,
    HeadsetShown,
    KitForm,
    KitFormChoices,
    KitShown,
)


class SeenKit:
    """Remembers what it was last told to show."""

    def __init__(self) -> None:
        self.kit: KitShown | None = None
        self.check: CheckShown | None = None
        self.headset: HeadsetShown | None = None
        self.form: KitForm | None = None
        self.choices: KitFormChoices | None = None
        self.errors: list[tuple[str, str]] = []
        self.closed = 0
        self.unsaved = ""
        self.films: FilmsShown | None = None
        self.question: ClearQuestion | None = None

    def show_kit(self, shown: KitShown) -> None:
        self.kit = shown

    def show_nothing(self) -> None:
        self.kit = None

    def show_check(self, shown: CheckShown) -> None:
        self.check = shown

    def show_check_error(self, words: str) -> None:
        self.errors.append(("check", words))

    def show_check_unsaved(self, words: str) -> None:
        self.unsaved = words

    def show_headset(self, shown: HeadsetShown) -> None:
        self.headset = shown

    def show_form(self, form: KitForm, choices: KitFormChoices) -> None:
        self.form, self.choices = form, choices

    def show_form_error(self, field: str, words: str) -> None:
        self.errors.append((field, words))

    def show_headset_error(self, words: str) -> None:
        self.errors.append(("headset", words))

    def show_address_error(self, words: str) -> None:
        self.errors.append(("address", words))

    def show_films(self, films: FilmsShown) -> None:
        self.films = films

    def ask_clearing(self, question: ClearQuestion) -> None:
        self.question = question

    def close_panel(self) -> None:
        self.closed += 1

    @property
    def shown(self) -> KitShown:
        assert self.kit is not None
        return self.kit

    @property
    def asked(self) -> CheckShown:
        assert self.check is not None
        return self.check


@pytest.fixture
def made(example_stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    """On a Friday after all checks of the example data."""
    made = make_office(example_stored, tmp_path)
    made.at(TUESDAY + timedelta(days=3))
    return made


@pytest.fixture
def seen() -> SeenKit:
    return SeenKit()


@pytest.fixture
def presenter(made: TestOffice, seen: SeenKit) -> KitPresenter:
    presenter = KitPresenter(made.office, seen)
    presenter.reload()
    assert made.tasks.problems == []
    return presenter


def _kit(made: TestOffice, seen: SeenKit) -> Kit:
    kit = made.stored.kits.get(seen.shown.id)
    assert kit is not None
    return kit


def _answer_all(presenter: KitPresenter, seen: SeenKit) -> None:
    while seen.asked.answers:
        presenter.answer("1")


def test_the_own_department_s_suitcase_comes_first(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    assert _kit(made, seen).department_id == made.office.own().department_id
    assert seen.shown.films_count == "25 av 25 filmer på plass"
    assert "5 av 5 briller klare" in seen.shown.second
    other = next(choice for choice in seen.shown.kits if choice.key != str(seen.shown.id))
    presenter.choose(other.key)
    assert seen.shown.title == f"Koffert {other.words}"


def test_a_quick_check_from_the_first_question_to_the_headsets_conditions(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.begin_check()
    assert seen.asked.place == "Brille 1 · punkt 1 av 4"
    assert seen.shown.headsets[0].checked == "pågår nå"
    for key in ("1", "2", "1", "1"):  # headset 1: battery low
        presenter.answer(key)
    presenter.answer("2")  # headset 2 is not there: nothing more is asked about it
    assert seen.asked.place == "Brille 3 · punkt 1 av 4"
    for key in ("1", "1", "2"):  # headset 3: the film does not play
        presenter.answer(key, "Svart bilde" if key == "2" else "")
    _answer_all(presenter, seen)
    assert (seen.asked.done, seen.asked.total) == (20, 20)
    presenter.finish_check()
    conditions = [one.condition for one in made.stored.headsets.of_kit(seen.shown.id)]
    assert conditions == [
        HeadsetCondition.CHARGING,
        HeadsetCondition.MISSING,
        HeadsetCondition.DEFECTIVE,
        HeadsetCondition.READY,
        HeadsetCondition.READY,
    ]
    assert made.stored.headsets.of_kit(seen.shown.id)[2].condition_note == "Svart bilde"
    assert seen.shown.check.last == "I dag 10.20: 6 svar som ikke var i orden"
    assert [row.checked for row in seen.shown.headsets] == ["i dag 10.20"] * 5
    assert "2 av 5 briller klare" in seen.shown.second


def test_a_check_is_gone_on_with_where_it_was_left(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.begin_check()
    for key in ("1", "4", "1"):
        presenter.answer(key)
    presenter.later()
    assert seen.shown.check.under_way.endswith("2 av 20 besvart")
    again = KitPresenter(made.office, seen)
    again.reload()
    again.begin_check()
    assert seen.asked.place == "Brille 1 · punkt 4 av 4"
    again.back()
    again.back()
    assert seen.asked.item == "Batteri"
    assert not any(answer.chosen for answer in seen.asked.answers)
    assert len(made.stored.checks.where(kit_id=seen.shown.id, finished_at=None)) == 1


def test_a_check_that_was_left_days_ago_is_begun_anew(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.begin_check()
    presenter.answer("1")
    presenter.later()
    made.at(made.clock[0] + timedelta(hours=25))
    presenter.reload()
    assert seen.shown.check.under_way == ""
    presenter.begin_check()
    assert (seen.asked.place, seen.asked.done) == ("Brille 1 · punkt 1 av 4", 0)
    begun = made.stored.checks.where(kit_id=seen.shown.id, finished_at=None)
    assert begun[-1].started_at == made.clock[0]


def test_another_suitcase_than_the_one_shown_is_checked_once_it_is_there(
    example_stored: SqlRepositories, tmp_path: Path, seen: SeenKit
) -> None:
    tasks = LateTasks()
    made = make_office(example_stored, tmp_path, tasks=tasks)
    presenter = KitPresenter(made.office, seen)
    presenter.reload()
    tasks.finish()
    other = next(choice for choice in seen.shown.kits if choice.key != str(seen.shown.id))
    presenter.reload()  # on its way when the other one is asked for
    presenter.choose_to_check(other.key)
    tasks.finish()
    assert seen.shown.title == f"Koffert {other.words}"
    asked = seen.asked.headset_id
    assert asked in [one.id for one in made.stored.headsets.of_kit(seen.shown.id)]
    begun = made.stored.checks.where(finished_at=None)
    assert [check.kit_id for check in begun] == [seen.shown.id]


def test_a_check_that_was_left_before_it_was_there_does_not_come_up(
    example_stored: SqlRepositories, tmp_path: Path, seen: SeenKit
) -> None:
    tasks = LateTasks()
    presenter = KitPresenter(make_office(example_stored, tmp_path, tasks=tasks).office, seen)
    presenter.reload()
    tasks.finish()
    other = next(choice for choice in seen.shown.kits if choice.key != str(seen.shown.id))
    presenter.begin_check()
    presenter.choose(other.key)
    tasks.finish()
    assert seen.shown.title == f"Koffert {other.words}"
    assert seen.check is None


def test_a_headset_that_turned_up_after_all_is_asked_about_again(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.begin_check()
    presenter.answer("2")
    assert seen.asked.done == 4
    presenter.back()
    assert seen.asked.place == "Brille 1 · punkt 1 av 4"
    presenter.answer("1")
    assert (seen.asked.done, seen.asked.item) == (1, "Batteri")
    check = made.stored.checks.where(kit_id=seen.shown.id)[-1]
    kept = [line.result for line in made.stored.check_lines.where(check_id=check.id)][:4]
    assert kept == [LineResult.IN_ORDER, *[LineResult.NOT_CHECKED] * 3]


def test_skipped_questions_leave_the_check_unfinished(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.begin_check()
    presenter.answer("4")
    _answer_all(presenter, seen)
    assert seen.asked.question == "1 spørsmål er hoppet over."
    presenter.finish_check()
    assert made.stored.checks.where(kit_id=seen.shown.id)[-1].result is CheckResult.UNFINISHED
    assert made.notices.said[-1] == "Kontrollen er lagret: ikke fullført."


def test_a_note_without_an_end_stays_in_its_field(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.begin_check()
    presenter.answer("1", "x" * 100_000)
    assert seen.errors[-1][0] == "check"
    assert (seen.asked.done, seen.asked.place) == (0, "Brille 1 · punkt 1 av 4")


def test_answers_on_a_full_disk_are_told_and_saved_with_the_next_one(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.begin_check()
    with full_disk(made.stored):
        presenter.answer("1")
        assert seen.unsaved.startswith("Ett svar er ikke lagret ennå.")
        presenter.answer("3", "Strikken er slitt")
        presenter.finish_check()
        assert seen.unsaved.startswith("2 svar er ikke lagret ennå.")
        assert {type(problem) for problem in made.notices.problems} == {DatabaseFull}
        assert (seen.closed, seen.asked.done) == (0, 2)
        presenter.later()  # what waits is not thrown away with the panel
    presenter.begin_check()
    assert (seen.unsaved, seen.asked.done) == ("", 2)
    check = made.stored.checks.where(kit_id=seen.shown.id)[-1]
    kept = [(line.result, line.note) for line in made.stored.check_lines.where(check_id=check.id)]
    assert kept[:2] == [(LineResult.IN_ORDER, ""), (LineResult.DEFECTIVE, "Strikken er slitt")]


def test_an_answer_that_can_never_be_saved_keeps_no_other_suitcase_from_its_check(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    first = seen.shown.id
    presenter.begin_check()
    with full_disk(made.stored):
        presenter.answer("1")
    begun = made.stored.checks.where(kit_id=first, finished_at=None)
    other = next(one for one in made.stored.kits.where() if one.id != first)
    presenter.choose(str(other.id))
    presenter.begin_check()
    presenter.answer("1")
    assert (seen.unsaved, seen.asked.done) == ("", 1)
    (theirs,) = made.stored.checks.where(kit_id=other.id, finished_at=None)
    answered = [line.result for line in made.stored.check_lines.where(check_id=theirs.id)]
    assert answered[0] is LineResult.IN_ORDER
    kept = [line.result for line in made.stored.check_lines.where(check_id=begun[-1].id)]
    assert set(kept) == {LineResult.NOT_CHECKED}
    presenter.choose(str(first))
    presenter.begin_check()
    assert seen.asked.done == 1


def test_a_headset_that_went_to_another_suitcase_is_not_asked_about(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    kit = seen.shown.id
    presenter.begin_check()
    presenter.later()
    other = next(one for one in made.stored.kits.where() if one.id != kit)
    made.stored.headsets.place(made.stored.headsets.of_kit(kit)[0].id, other.id)
    presenter.reload()
    presenter.begin_check()
    assert (seen.asked.place, seen.asked.total) == ("Brille 2 · punkt 1 av 4", 16)


@pytest.mark.parametrize("press", ["answer", "back", "finish", "come back"])
def test_a_check_that_stood_open_for_a_day_is_begun_anew(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter, press: str
) -> None:
    presenter.begin_check()
    presenter.answer("1")
    presenter.answer("1")
    made.at(made.clock[0] + timedelta(hours=25))
    if press == "answer":
        presenter.answer("2")
    elif press == "back":
        presenter.back()
    elif press == "finish":
        presenter.finish_check()
    else:
        presenter.look()
    assert (seen.asked.place, seen.asked.done) == ("Brille 1 · punkt 1 av 4", 0)
    assert made.notices.said == ["Kontrollen var mer enn et døgn gammel og begynner på nytt."]
    begun = made.stored.checks.where(kit_id=seen.shown.id, finished_at=None)
    assert begun[-1].started_at == made.clock[0]


def test_a_check_that_cannot_be_concluded_is_still_there(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.begin_check()
    _answer_all(presenter, seen)
    with full_disk(made.stored):
        presenter.finish_check()
    assert [type(problem) for problem in made.notices.problems] == [DatabaseFull]
    presenter.finish_check()
    assert made.stored.checks.where(kit_id=seen.shown.id)[-1].result is CheckResult.OK


def _connected(made: TestOffice, seen: SeenKit, **facts: object) -> KitNow:
    headsets = made.stored.headsets.of_kit(seen.shown.id)
    first = HeadsetNow(
        number=1,
        state=HeadsetState.READY,
        headset_id=headsets[0].id,
        facts=HeadsetFacts(battery_percent=92, **facts),  # type: ignore[arg-type]
    )
    second = HeadsetNow(number=2, state=HeadsetState.NOT_CONNECTED, headset_id=headsets[1].id)
    return KitNow(kit_id=seen.shown.id, headsets=(first, second))


FOREIGN = StoredFilm(
    sha256=Sha256("ee" * 32),
    size_bytes=3_400_000_000,
    whole=True,
    since=datetime(2026, 10, 2, 9, 0, tzinfo=UTC),
)


def _with_films(
    made: TestOffice, seen: SeenKit, *stored: StoredFilm, stage: FilmStage = FilmStage.NONE
) -> None:
    """The second headset has these files, the first one none."""
    known = made.stored.headsets.of_kit(seen.shown.id)
    headsets = tuple(
        HeadsetNow(
            number=one.number,
            state=HeadsetState.READY,
            headset_id=one.id,
            facts=HeadsetFacts(stored=stored if one.number == 2 else ()),
        )
        for one in known[:2]
    )
    made.kit_is(KitNow(kit_id=seen.shown.id, headsets=headsets, stage=stage))


def test_films_of_a_headset_stand_against_the_library(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    first, *others = (film for film in made.stored.films.all())
    half = StoredFilm(sha256=others[0].sha256, size_bytes=1_200_000, whole=False)
    whole = StoredFilm(sha256=first.sha256, size_bytes=first.size_bytes, whole=True)
    presenter.open_headset(made.stored.headsets.of_kit(seen.shown.id)[1].id)
    assert seen.headset is not None
    assert seen.headset.films == FilmsShown(), "it has not told yet"
    _with_films(made, seen, whole, half, FOREIGN)
    assert seen.films is not None
    notes = {line.name: line.note for line in seen.films.lines}
    assert notes[first.title].startswith("På plass · ")
    assert notes[others[0].title].startswith("1,2 MB av ")
    assert notes[others[1].title].startswith("Mangler · ")
    assert seen.films.hint == "Det som mangler, kommer når en økt med filmen klargjøres."
    assert notes["Ukjent film"] == "Ikke i biblioteket · 3,4 GB · siden 2. oktober"
    assert seen.films.clear == "Fjern filmen som ikke er i biblioteket"


def test_foreign_films_go_once_it_was_asked_and_never_while_a_film_plays(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    _with_films(made, seen, FOREIGN, stage=FilmStage.PLAYING)
    assert seen.shown.foreign == ""
    _with_films(made, seen)
    assert seen.shown.foreign == ""
    _with_films(made, seen, FOREIGN)
    assert seen.shown.foreign == "Brille 2 har en film som ikke er i biblioteket: 3,4 GB."
    presenter.ask_to_clear()
    question = seen.question
    assert question is not None
    assert question.title == "Fjerne én film fra brille 2?"
    assert question.cause == (
        "Brille 2: Ukjent film (3,4 GB).\n"
        "Filmen er ikke i biblioteket. 3,4 GB blir ledig. Det kan ikke angres."
    )
    assert made.live.asked == [], "nobody has said yes"
    made.live.cleared = ClearedKit(cleared=[2], problems={3: HeadsetPlays(headset="3")})
    presenter.clear(question)
    assert made.live.asked == [("remove_films", {2: [FOREIGN.sha256]})]
    assert made.notices.said[-1] == "Brille 2: det som ikke er i biblioteket, er fjernet."
    assert [type(problem) for problem in made.notices.problems] == [HeadsetPlays]


def test_headsets_that_are_connected_speak_for_themselves(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    headsets = made.stored.headsets.of_kit(seen.shown.id)
    made.stored.headsets.set_condition(headsets[0].id, HeadsetCondition.DEFECTIVE, TUESDAY, "Stropp")
    made.kit_is(_connected(made, seen))
    presenter.reload()
    states = [row.state for row in seen.shown.headsets]
    assert states[:3] == ["Defekt", "Ikke tilkoblet", "Klar"]
    assert [row.battery for row in seen.shown.headsets] == [92, None, None, None, None]


def test_another_suitcase_that_is_open_says_nothing_of_this_one(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    made.kit_is(replace(_connected(made, seen), kit_id=None))
    presenter.reload()
    assert {row.state for row in seen.shown.headsets} == {"Klar"}
    assert {row.battery for row in seen.shown.headsets} == {None}


def test_what_a_headset_tells_of_its_films_is_shown(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    office, films = made.office, made.stored.films.all()
    FilmNews(
        made.stored, office.tasks, office.changes, office.kit_now, office.now, made.tasks.problems.append
    )
    made.kit_is(_connected(made, seen, films={film.sha256: film.title for film in films[:3]}))
    assert seen.shown.headsets[0].films == (*[FilmMark.ON_PLACE] * 3, *[FilmMark.MISSING] * 2)
    assert seen.shown.films_count == "23 av 25 filmer på plass"


def test_a_page_that_is_hidden_is_not_drawn_anew_with_every_movement(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.look_away()
    before = seen.shown
    made.kit_is(_connected(made, seen))
    assert seen.shown is before
    presenter.look()
    presenter.reload()
    assert seen.shown.headsets[0].battery == 92


def test_a_connected_headset_s_battery_is_read_and_not_asked_for(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    made.kit_is(_connected(made, seen))
    presenter.begin_check()
    presenter.answer("1")
    assert (seen.asked.done, seen.asked.item) == (2, "Filmen spiller")
    assert (seen.asked.points[1].words, seen.asked.points[1].aside) == ("Batteri 92 %", "lest av")


def test_the_suitcase_and_its_things_are_called_what_people_call_them(
    seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.reload()
    assert seen.shown.title.split(" ")[0] == "Koffert"
    named = {(row.name, row.needed_words) for row in seen.shown.accessories}
    assert {("Ladekabler", "av 5"), ("Ladestasjon", "av 1"), ("Hodetelefoner", "av 5")} <= named


def test_counting_is_saved_and_can_be_taken_back(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    row = next(row for row in seen.shown.accessories if row.note == "én savnet")
    presenter.count(row.id, 5)
    now = next(each for each in seen.shown.accessories if each.id == row.id)
    assert (now.found_words, now.needed_words, now.note) == ("5", "av 5", "")
    assert made.notices.undo is not None
    made.notices.undo()
    assert next(each for each in seen.shown.accessories if each.id == row.id) == row


def test_a_condition_is_saved_and_can_be_taken_back(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    headset = seen.shown.headsets[4]
    presenter.open_headset(headset.id)
    presenter.set_condition(headset.id, HeadsetCondition.MISSING, "")
    assert seen.shown.headsets[4].state == "Savnet"
    assert made.notices.undo is not None
    made.notices.undo()
    assert seen.shown.headsets[4].state == "Klar"


def test_a_suitcase_is_added_and_shown_at_once(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.open_new()
    assert seen.form is not None
    presenter.save_form(replace(seen.form, label="Koffert SI-2"))
    assert seen.shown.title == "Koffert SI-2"
    assert seen.shown.headsets == ()
    assert seen.shown.check.last == "Kofferten er ikke kontrollert ennå."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"label": "   "}, "label"),
        ({"label": "x" * 100_000}, "label"),
        ({"location": "x" * 100_000}, "location"),
        ({"department": ""}, "department"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter, change: dict[str, str], field: str
) -> None:
    before = made.stored.kits.where()
    presenter.open_edit()
    assert seen.form is not None
    presenter.save_form(replace(seen.form, **change))  # type: ignore[arg-type]
    assert seen.errors[-1][0] == field
    assert made.stored.kits.where() == before


def test_the_name_of_another_suitcase_is_taken(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    presenter.open_new()
    assert seen.form is not None
    label = seen.shown.kits[0].words
    presenter.save_form(replace(seen.form, label=label))
    assert seen.errors == [("label", f"En annen koffert heter «{label}». Velg et annet navn.")]


def test_a_new_user_has_no_suitcase(empty_stored: SqlRepositories, tmp_path: Path) -> None:
    made, seen = make_office(empty_stored, tmp_path), SeenKit()
    seen.kit = object()  # type: ignore[assignment]
    presenter = KitPresenter(made.office, seen)
    presenter.reload()
    assert seen.kit is None
    presenter.open_new()
    assert seen.form is not None
    presenter.save_form(replace(seen.form, label="EV-1", department=""))
    assert seen.errors[-1][0] == "department"


def _lost(made: TestOffice, seen: SeenKit, **changes: object) -> HeadsetNow:
    headset = made.stored.headsets.of_kit(seen.shown.id)[0]
    values: dict[str, object] = {
        "number": 1,
        "state": HeadsetState.NOT_CONNECTED,
        "headset_id": headset.id,
        "address": "10.0.0.99:5555",
        "problem": HeadsetUnreachable(headset="10.0.0.99:5555"),
    }
    return HeadsetNow(**{**values, **changes})  # type: ignore[arg-type]  # the dataclass checks its fields' names


def test_a_headset_that_is_not_reached_says_at_which_address_and_gets_another(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    made.kit_is(KitNow(kit_id=seen.shown.id, headsets=(_lost(made, seen),)))
    row = seen.shown.headsets[0]
    assert (row.state, row.state_note) == ("Ikke tilkoblet", "på 10.0.0.99")
    presenter.open_headset(row.id)
    assert seen.headset is not None
    assert seen.headset.address == "10.0.0.99"
    assert seen.headset.unreached == "Får ikke kontakt på 10.0.0.99. Slå på brillen, eller rett adressen."
    made.live.refuses = AddressMalformed(address="x y")
    presenter.change_address(row.id, "x y")
    assert seen.errors == [("address", "«x y» er ikke en adresse. Skriv adressen på nytt.")]
    made.live.refuses = None
    presenter.change_address(row.id, "10.0.0.98 ")
    assert made.live.asked[-1] == ("change_address", 1, "10.0.0.98 ")
    assert made.stored.headsets.of_kit(seen.shown.id)[0].address == "10.0.0.98:5555"
    assert made.notices.said == ["Leter etter brille 1 på 10.0.0.98."]
    assert seen.closed == 1


def test_an_address_can_be_put_right_while_the_suitcase_is_closed(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    row = seen.shown.headsets[0]
    presenter.open_headset(row.id)
    assert seen.headset is not None
    assert (seen.headset.address is not None, seen.headset.unreached) == (True, "")
    presenter.change_address(row.id, "a b")
    presenter.change_address(row.id, "10.0.0.98")
    assert [field for field, _ in seen.errors] == ["address"]
    assert made.live.asked == []
    assert made.stored.headsets.of_kit(seen.shown.id)[0].address == "10.0.0.98:5555"


def test_the_address_of_a_connected_headset_is_told_and_not_asked_for(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter
) -> None:
    ready = _lost(made, seen, state=HeadsetState.READY, problem=None)
    made.kit_is(KitNow(kit_id=seen.shown.id, headsets=(ready,)))
    presenter.open_headset(seen.shown.headsets[0].id)
    assert seen.headset is not None
    assert seen.headset.address is None
    assert ("Adresse", "10.0.0.99") in seen.headset.facts
    assert seen.shown.headsets[0].state_note == ""


@pytest.mark.parametrize(
    ("state", "is_offered"),
    [
        (HeadsetState.READY, True),
        (HeadsetState.NOT_AUTHORISED, False),
        (HeadsetState.NOT_CONNECTED, False),
    ],
)
def test_wifi_is_offered_to_headsets_on_a_cable_that_are_reached(
    made: TestOffice, seen: SeenKit, presenter: KitPresenter, state: HeadsetState, is_offered: bool
) -> None:
    headset = HeadsetNow(number=1, state=state, address="usb:S1")
    made.kit_is(KitNow(kit_id=seen.shown.id, headsets=(headset,)))
    assert bool(seen.shown.wired) is is_offered
    for done in (replace(headset, on_wifi=True), replace(headset, rearming=True)):
        made.kit_is(KitNow(kit_id=seen.shown.id, headsets=(done,)))
        assert seen.shown.wired == "", "there is nothing left to press"
