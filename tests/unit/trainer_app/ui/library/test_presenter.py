"""The library as its presenter drives it: finding, taking in, refusing, mending, removing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.films import PROBE, LibraryInMemory
from tests.fakes.office import InlineTasks, LateTasks, TestOffice, make_office
from trainer_app.domain.errors import UserCancelled
from trainer_app.domain.film_errors import FilmInRecords, FilmIsPicture, FilmTruncated, LibraryFull
from trainer_app.domain.films import Probe, SphericalMetadata
from trainer_app.domain.playback_records import PlaybackId, PlaybackRecord
from trainer_app.domain.scenario_errors import ScenarioKeyUnknown
from trainer_app.domain.sessions import SessionState
from trainer_app.library.scenarios import ContentFound, find_content
from trainer_app.services.importing import FilmImporting
from trainer_app.services.ports import Cancelled, Progress, StoredFile
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.texts.catalogue import Explanation
from trainer_app.ui.library.presenter import LibraryPresenter
from trainer_app.ui.library.shown import (
    FILMS,
    ImportShown,
    ImportTyped,
    LibraryShown,
    RemoveQuestion,
    ThemeShown,
)
from trainer_app.ui.office import Target

TYPED = ImportTyped(title="Ny film", theme="VOT", projection="equirect", stereo="mono")


class SeenLibrary:
    """Remembers what it was told to show."""

    def __init__(self) -> None:
        self.library: LibraryShown | None = None
        self.theme: ThemeShown | None = None
        self.place = ""
        self.step = "drop"
        self.importing: ImportShown | None = None
        self.refusal: Explanation | None = None
        self.errors: list[tuple[str, str]] = []
        self.question: RemoveQuestion | None = None

    def show_library(self, shown: LibraryShown) -> None:
        self.library = shown

    def show_theme(self, shown: ThemeShown) -> None:
        self.theme, self.place = shown, shown.key

    def show_films(self) -> None:
        self.place = FILMS

    def show_import(self, shown: ImportShown) -> None:
        self.importing, self.step = shown, "form"

    def show_import_error(self, field: str, words: str) -> None:
        self.errors.append((field, words))

    def show_refusal(self, said: Explanation) -> None:
        self.refusal = said

    def show_importing(self, title: str) -> None:
        self.step = f"copying {title}"

    def show_import_failed(self, said: Explanation) -> None:
        self.step, self.refusal = "form", said

    def show_import_done(self) -> None:
        self.step, self.refusal = "drop", None

    def show_film_error(self, field: str, words: str) -> None:
        self.errors.append((field, words))

    def ask_removal(self, question: RemoveQuestion) -> None:
        self.question = question

    @property
    def shown(self) -> LibraryShown:
        assert self.library is not None
        return self.library


def _nothing() -> None:
    """Let the copy go on."""


class SlowLibrary(LibraryInMemory):
    """Tells of a copy half done, and lets itself be given up then."""

    def __init__(self) -> None:
        super().__init__()
        self.at_half: Callable[[], None] = _nothing

    def store(
        self,
        file: Path,
        probe: Probe,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> StoredFile:
        assert progress is not None
        assert cancelled is not None
        progress(500, 1000)
        self.at_half()
        if cancelled():
            raise UserCancelled
        return super().store(file, probe, progress=progress, cancelled=cancelled)


@pytest.fixture
def library() -> SlowLibrary:
    return SlowLibrary()


def _office(stored: SqlRepositories, folder: Path, library: LibraryInMemory, **more: object) -> TestOffice:
    made = make_office(stored, folder, **more)  # type: ignore[arg-type]
    services = dataclasses.replace(
        made.office.services, library=library, importing=FilmImporting(library, stored.films)
    )
    made.office = dataclasses.replace(made.office, services=services)
    return made


@pytest.fixture
def made(example_stored: SqlRepositories, tmp_path: Path, library: SlowLibrary) -> TestOffice:
    return _office(example_stored, tmp_path, library)


@pytest.fixture
def seen() -> SeenLibrary:
    return SeenLibrary()


@pytest.fixture
def presenter(made: TestOffice, seen: SeenLibrary) -> LibraryPresenter:
    presenter = LibraryPresenter(made.office, seen)
    presenter.reload()
    return presenter


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "Kveldsvakt.mp4"
    file.write_bytes(b"film")
    return file


def test_themes_come_with_their_scenario_and_film(seen: SeenLibrary, presenter: LibraryPresenter) -> None:
    assert [entry.key for entry in seen.shown.entries] == ["INN", "VOT", "SEL", "SAM", "TVA", FILMS]
    presenter.select("VOT")
    theme = seen.theme
    assert theme is not None
    assert (theme.title, theme.scenario) == ("Vold og trusler", "Stemmen stiger i fellesrommet")
    assert (theme.badge, theme.version) == ("Ikke klinisk godkjent ennå", "Versjon 1")
    assert theme.usable == "Scenarioet kan brukes; les gjennom det først."
    stops = theme.tabs[0].sections[0].lines
    assert [line.lead for line in stops] == ["2.27", "5.15"]
    assert stops[0].text == "Hvilke tegn ser du nå, og hvem har sett dem?"


def test_no_placeholder_is_left_in_the_texts_for_after_care(
    seen: SeenLibrary, presenter: LibraryPresenter
) -> None:
    presenter.select("SEL")
    assert seen.theme is not None
    said = [line.text for section in seen.theme.tabs[5].sections for line in section.lines]
    assert "handler om selvmordsfare." in said[0]
    assert not any("[" in words for words in said)


def test_the_phase_plan_adds_up_to_the_session_s_length(
    made: TestOffice, seen: SeenLibrary, presenter: LibraryPresenter
) -> None:
    for theme in made.office.services.content.themes:
        presenter.select(theme.code)
        assert seen.theme is not None
        minutes = [int(line.lead.split()[0]) for line in seen.theme.tabs[1].sections[0].lines]
        assert sum(minutes) == theme.scenario.plan.minutes


def test_search_finds_words_of_the_content_and_of_films(
    seen: SeenLibrary, presenter: LibraryPresenter
) -> None:
    presenter.search("  FELLESROMMET ")
    assert [entry.key for entry in seen.shown.entries] == ["VOT", FILMS]
    assert seen.place == "VOT"
    presenter.search("xyzzy")
    assert [entry.key for entry in seen.shown.entries] == [FILMS]
    assert seen.shown.found_nothing
    presenter.search("eksempelfilm: selv")
    assert [film.theme_key for film in seen.shown.films] == ["SEL"]
    presenter.search("")
    assert seen.place == "INN"


def test_a_session_on_the_theme_is_planned(
    made: TestOffice, seen: SeenLibrary, presenter: LibraryPresenter
) -> None:
    presenter.select("SEL")
    presenter.plan()
    assert made.went == [Target(place="plan", detail="new", item="SEL")]


def test_what_is_wrong_with_a_scenario_file_is_said(
    empty_stored: SqlRepositories, tmp_path: Path, seen: SeenLibrary, library: SlowLibrary
) -> None:
    content = find_content().content
    content = dataclasses.replace(content, themes=content.themes[1:])
    problem = ScenarioKeyUnknown(file="themes/INN.toml", place="scenario.tittel", known="title")
    found = ContentFound(content=content, problems=(problem,))
    presenter = LibraryPresenter(_office(empty_stored, tmp_path, library, found=found).office, seen)
    (said,) = presenter.problems()
    assert "themes/INN.toml" in said
    assert "scenario.tittel" in said


# --- taking in -------------------------------------------------------------------------------------------


def test_a_film_is_taken_in_as_it_was_described(
    made: TestOffice, seen: SeenLibrary, presenter: LibraryPresenter, file: Path
) -> None:
    presenter.select("VOT")
    presenter.choose_file(file)
    shown = seen.importing
    assert shown is not None
    assert (shown.title, shown.theme, shown.layout_from) == ("Kveldsvakt", "VOT", "")
    assert (shown.projection, shown.stereo) == ("equirect", "mono")
    presenter.take_in(dataclasses.replace(TYPED, stereo="top-bottom"))
    film = next(film for film in made.stored.films.all() if film.title == "Ny film")
    assert (film.theme, film.stereo.value) == ("VOT", "top-bottom")
    assert seen.step == "drop"
    assert made.notices.said == ["«Ny film» er hentet inn under Vold og trusler."]
    assert "Ny film" in [film.title for film in seen.shown.films]


def test_the_theme_somebody_came_for_is_proposed_for_the_next_film_alone(
    seen: SeenLibrary, presenter: LibraryPresenter, file: Path
) -> None:
    def proposed() -> str:
        presenter.choose_file(file)
        assert seen.importing is not None
        return seen.importing.theme

    presenter.want_film("SEL")
    assert seen.place == FILMS
    assert proposed() == "SEL"
    presenter.take_in(dataclasses.replace(TYPED, theme="SEL"))
    assert proposed() == "INN"
    presenter.select("TVA")
    presenter.select(FILMS)
    assert proposed() == "TVA"
    presenter.want_film("")
    assert proposed() == "INN"


def test_what_the_file_itself_tells_is_not_asked(
    made: TestOffice, seen: SeenLibrary, presenter: LibraryPresenter, library: SlowLibrary, file: Path
) -> None:
    told = SphericalMetadata(version=2, projection="equirect", stereo="left-right")
    library.probe_found = dataclasses.replace(PROBE, spherical=(told,))
    presenter.choose_file(file)
    assert seen.importing is not None
    assert seen.importing.layout_from == "Filen oppgir selv at den er 360°, 3D side ved side."
    presenter.take_in(TYPED)
    film = next(film for film in made.stored.films.all() if film.title == "Ny film")
    assert film.stereo.value == "left-right"


def test_the_same_film_again_keeps_its_title(
    made: TestOffice, presenter: LibraryPresenter, file: Path
) -> None:
    for title in ("Ny film", "Enda en"):
        presenter.choose_file(file)
        presenter.take_in(dataclasses.replace(TYPED, title=title))
    assert made.notices.said[-1] == "Filmen var her fra før: «Ny film» under Vold og trusler."
    assert "Enda en" not in [film.title for film in made.stored.films.all()]


@pytest.mark.parametrize("title", ["   ", "x" * 100_000])
def test_a_title_that_is_none_is_said_before_anything_is_copied(
    made: TestOffice,
    seen: SeenLibrary,
    presenter: LibraryPresenter,
    library: SlowLibrary,
    file: Path,
    title: str,
) -> None:
    presenter.choose_file(file)
    presenter.take_in(dataclasses.replace(TYPED, title=title))
    assert seen.errors[-1][0] == "title"
    assert (seen.step, library.stored) == ("form", set())


def test_a_copy_tells_how_far_it_is_and_can_be_given_up(
    made: TestOffice, seen: SeenLibrary, presenter: LibraryPresenter, library: SlowLibrary, file: Path
) -> None:
    told: list[tuple[float, str]] = []

    def half() -> None:
        progress = presenter.progress()
        told.append((progress.part, progress.words))
        presenter.cancel_import()

    library.at_half = half
    before = made.stored.films.all()
    presenter.choose_file(file)
    presenter.take_in(TYPED)
    assert told == [(0.5, "50 % · 500 byte av 1,0 kB")]
    assert seen.step == "drop"
    assert made.stored.films.all() == before
    assert made.notices.said == []


def test_a_copy_given_up_in_its_last_moment_leaves_no_file(
    example_stored: SqlRepositories, tmp_path: Path, seen: SeenLibrary, library: SlowLibrary, file: Path
) -> None:
    tasks = LateTasks()
    made = _office(example_stored, tmp_path, library, tasks=tasks)
    presenter = LibraryPresenter(made.office, seen)
    presenter.reload()
    tasks.finish()
    presenter.choose_file(file)
    tasks.finish()
    presenter.take_in(TYPED)
    copy = tasks.waiting.pop(0)
    original = LibraryInMemory.store

    def stored(*given: object, **named: object) -> StoredFile:
        done = original(*given, **named)  # type: ignore[arg-type]
        presenter.cancel_import()
        return done

    library.store = lambda *given, **named: stored(library, *given, **named)  # type: ignore[method-assign]
    copy()
    tasks.finish()
    assert library.stored == set()
    assert "Ny film" not in [film.title for film in example_stored.films.all()]


class HeldCopy(LateTasks):
    """Copies when it is told to, and does all other work at once."""

    stored = heavy = InlineTasks.stored


def test_what_else_is_asked_for_does_not_wait_for_a_copy(
    example_stored: SqlRepositories, tmp_path: Path, seen: SeenLibrary, library: SlowLibrary, file: Path
) -> None:
    tasks = HeldCopy()
    made = _office(example_stored, tmp_path, library, tasks=tasks)
    presenter = LibraryPresenter(made.office, seen)
    presenter.choose_file(file)
    presenter.take_in(TYPED)
    papers: list[bytes] = []
    made.office.tasks.heavy(lambda: made.papers.protocol_pdf("EV-1", "nb"), papers.append)
    assert (len(papers), library.stored) == (1, set())
    tasks.finish()
    assert len(library.stored) == 1


@pytest.fixture
def tasks() -> LateTasks:
    return LateTasks()


@pytest.fixture
def late(
    example_stored: SqlRepositories, tmp_path: Path, seen: SeenLibrary, library: SlowLibrary, tasks: LateTasks
) -> LibraryPresenter:
    """A presenter whose work waits."""
    made = _office(example_stored, tmp_path, library, tasks=tasks)
    presenter = LibraryPresenter(made.office, seen)
    presenter.reload()
    tasks.finish()
    return presenter


def test_a_second_film_waits_until_the_first_is_taken_in(
    seen: SeenLibrary, late: LibraryPresenter, tasks: LateTasks, file: Path, tmp_path: Path
) -> None:
    late.choose_file(file)
    tasks.finish()
    late.take_in(TYPED)
    second = tmp_path / "andre.mp4"
    second.write_bytes(b"2")
    late.choose_file(second)
    tasks.finish()
    assert (seen.step, seen.refusal) == ("drop", None)
    assert "Ny film" in [row.title for row in seen.shown.films]
    assert seen.importing is not None
    assert seen.importing.file_name == file.name
    late.choose_file(second)
    tasks.finish()
    assert (seen.step, seen.importing.file_name) == ("form", "andre.mp4")


def test_of_two_files_chosen_in_a_row_the_second_counts(
    seen: SeenLibrary, late: LibraryPresenter, library: SlowLibrary, tasks: LateTasks, tmp_path: Path
) -> None:
    first, second = tmp_path / "borte.mp4", tmp_path / "andre.mp4"
    second.write_bytes(b"2")

    def probe(file: Path) -> Probe:
        if file == first:
            raise FilmIsPicture(file=first.name)
        return PROBE

    library.probe = probe  # type: ignore[method-assign]
    late.choose_file(second)
    late.choose_file(first)
    late.choose_file(second)
    tasks.finish()
    assert seen.importing is not None
    assert (seen.step, seen.importing.file_name, seen.refusal) == ("form", "andre.mp4", None)
    late.choose_file(second)
    late.choose_file(first)
    tasks.finish()
    assert seen.step == "drop"
    assert seen.refusal is not None


def test_a_copy_that_was_given_up_takes_nothing_from_the_next(
    seen: SeenLibrary, late: LibraryPresenter, library: SlowLibrary, tasks: LateTasks, file: Path
) -> None:
    def full() -> None:
        raise LibraryFull(file="film.mp4", size=1, free=0, folder="films")

    library.at_half = full
    late.choose_file(file)
    tasks.finish()
    late.take_in(TYPED)
    tasks.work()
    late.cancel_import()
    library.at_half = _nothing
    late.choose_file(file)
    tasks.finish()
    assert (seen.step, seen.refusal) == ("form", None)
    late.take_in(TYPED)
    tasks.finish()
    assert "Ny film" in [row.title for row in seen.shown.films]


@pytest.mark.parametrize(
    ("problem", "what"),
    [
        (FilmIsPicture(file="a.jpg"), "«a.jpg» er et stillbilde, ikke en film."),
        (FilmTruncated(file="a.mp4", size=10, expected=20), "a.mp4"),
    ],
)
def test_a_refused_file_is_explained_beside_the_place(
    seen: SeenLibrary,
    presenter: LibraryPresenter,
    library: SlowLibrary,
    file: Path,
    problem: Exception,
    what: str,
) -> None:
    def refuse(file: Path) -> Probe:
        raise problem

    library.probe = refuse  # type: ignore[method-assign]
    presenter.choose_file(file)
    assert seen.refusal is not None
    assert what in seen.refusal.what
    assert seen.refusal.next_step
    presenter.take_in(TYPED)
    assert library.stored == set()


# --- one film --------------------------------------------------------------------------------------------


def test_a_film_is_mended_and_that_is_taken_back(
    made: TestOffice, seen: SeenLibrary, presenter: LibraryPresenter
) -> None:
    film = seen.shown.films[0]
    presenter.change_film(film.sha256, "Mottak", "SAM")
    assert [row.theme for row in seen.shown.films if row.title == "Mottak"] == ["Den nødvendige samtalen"]
    assert made.notices.undo is not None
    made.notices.undo()
    assert film in seen.shown.films
    presenter.change_film(film.sha256, "  ", "SAM")
    assert seen.errors == [("title", "Feltet er tomt. Fyll ut feltet.")]


def test_a_film_is_removed_after_a_question_that_names_its_sessions(
    made: TestOffice, seen: SeenLibrary, presenter: LibraryPresenter, file: Path
) -> None:
    ahead = made.stored.sessions.in_state(SessionState.PLANNED)[0]
    presenter.choose_file(file)
    presenter.take_in(dataclasses.replace(TYPED, theme=str(ahead.theme)))
    film = next(film for film in seen.shown.films if film.title == "Ny film")
    presenter.ask_removal(film.sha256)
    assert seen.question is not None
    assert seen.question.title == "Fjerne «Ny film»?"
    assert ahead.number is not None
    assert ahead.number in seen.question.cause
    presenter.remove(film.sha256)
    assert film not in seen.shown.films
    assert made.notices.said[-1] == "«Ny film» er fjernet."


def test_a_film_that_protocols_name_is_not_asked_about(
    made: TestOffice, seen: SeenLibrary, presenter: LibraryPresenter
) -> None:
    film = seen.shown.films[0]
    session = made.stored.sessions.in_state(SessionState.HELD)[0]
    record = PlaybackRecord(
        id=PlaybackId(uuid4()),
        session_id=session.id,
        film_sha256=film.sha256,
        wave=1,
        started_at=made.office.now(),
    )
    made.stored.playbacks.save(record)
    presenter.ask_removal(film.sha256)
    assert seen.question is None
    assert [type(problem) for problem in made.tasks.problems] == [FilmInRecords]
    assert film in seen.shown.films
