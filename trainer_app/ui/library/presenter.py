"""What happens in the library: choosing a theme, searching, taking films in, mending and removing them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter_ns

from trainer_app.domain.errors import EnvironmentProblem, TrainerError
from trainer_app.domain.films import (
    Evidence,
    Film,
    Layout,
    Probe,
    Projection,
    Sha256,
    Stereo,
    ThemeCode,
    decide_layout,
)
from trainer_app.domain.kits import FilmPresence
from trainer_app.domain.session_errors import TextMissing, TextTooLong
from trainer_app.domain.typed_texts import clean_line
from trainer_app.runtime.changes import Topic
from trainer_app.services.film_matrix import newest_of
from trainer_app.services.film_shelf import FilmShelf, FilmUse
from trainer_app.services.importing import CopiedFilm
from trainer_app.services.ports import Imported, Repositories
from trainer_app.ui.library.scenario_words import ScenarioWords
from trainer_app.ui.library.shown import (
    FILMS,
    Entry,
    FilmRow,
    ImportProgress,
    ImportShown,
    ImportTyped,
    LibraryShown,
    RemoveQuestion,
)
from trainer_app.ui.library.view import LibraryView
from trainer_app.ui.library.wording import (
    film_facts,
    layout_words,
    length_words,
    probe_facts,
    projection_words,
    resolution_words,
    size_words,
    stereo_words,
)
from trainer_app.ui.office import Office, Target

_TOPICS = frozenset({Topic.FILMS, Topic.KITS})
_SAID_BY_FILE = frozenset({Evidence.SPHERICAL_V1, Evidence.SPHERICAL_V2})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    films: tuple[Film, ...] = ()
    headsets: int = 0
    on_headsets: Mapping[Sha256, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _LookedInto:
    file: Path
    probe: Probe
    layout: Layout
    size: int


@dataclass(slots=True)
class _Run:
    """A copy under way; done and whole are written by the thread that copies."""

    file: Path
    began_ns: int
    stop: threading.Event = field(default_factory=threading.Event)
    amounts: tuple[int, int] = (0, 0)

    def progress(self, done: int, whole: int) -> None:
        self.amounts = (done, whole)


class LibraryPresenter:
    """Knows no Qt."""

    def __init__(self, office: Office, view: LibraryView) -> None:
        self._office, self._view, self._texts = office, view, office.texts
        self._tasks = office.tasks.page()
        self._words = ScenarioWords(office.services.content, office.texts)
        self._shelf = FilmShelf(office.services.stored, office.services.library)
        self._read = _Read()
        themes = office.services.content.themes
        self._current: str = themes[0].code if themes else FILMS
        self._proposed = ""
        self._wanted = ""
        self._chosen: Path | None = None
        self._file: _LookedInto | None = None
        self._run: _Run | None = None
        self._end = office.changes.on(_TOPICS, self.reload)

    def end(self) -> None:
        """The page goes away; a copy that is under way is given up."""
        self._end()
        self.cancel_import()
        self._tasks.close()

    def reload(self) -> None:
        """Read the films anew."""
        stored = self._office.services.stored
        self._tasks.stored(lambda: _read(stored), self._on_read)

    def problems(self) -> tuple[str, ...]:
        """What keeps scenario files out of the library, one a file."""
        said = [self._texts.explain(problem) for problem in self._office.services.content_problems]
        return tuple(f"{one.what} {one.why} {one.next_step}" for one in said)

    def select(self, key: str) -> None:
        """Open a theme, or the films."""
        self._current = key
        self._proposed = key if key != FILMS else self._proposed
        self._show()

    def want_film(self, theme: str) -> None:
        """Open the films; the next one that is taken in is probably of this theme (empty: nobody knows)."""
        self._proposed = theme
        self.select(FILMS)

    def search(self, words: str) -> None:
        """Show only what has these words in it."""
        self._wanted = words.strip().casefold()
        self._show()

    def plan(self) -> None:
        """Plan a session on the theme that is open."""
        self._office.go(Target(place="plan", detail="new", item=self._current))

    # --- taking a film in --------------------------------------------------------------------------------

    def choose_file(self, file: Path) -> None:
        """Look into a file; while another one is being copied, nothing happens."""
        if self._run is not None:
            return
        library = self._office.services.library

        def looked_into() -> _LookedInto:
            probe = library.probe(file)
            layout = decide_layout(probe, file.name)
            return _LookedInto(file=file, probe=probe, layout=layout, size=file.stat().st_size)

        self._chosen = file
        self._tasks.heavy(
            looked_into,
            lambda found: self._on_file(file, found),
            lambda problem: self._refused(file, problem),
        )

    def take_in(self, typed: ImportTyped) -> None:
        """Copy the file that was looked into, and remember it."""
        if self._file is None or self._run is not None:
            return
        try:
            title = clean_line(typed.title, "title")
        except (TextMissing, TextTooLong) as problem:
            self._view.show_import_error("title", self._reason(problem))
            return
        file, layout = self._file.file, self._file.layout
        run = _Run(file, perf_counter_ns())
        importing = self._office.services.importing
        told = _told_by_file(layout)

        def copied() -> CopiedFilm:
            return importing.copy_in(
                file,
                theme=typed.theme,
                title=title,
                projection=None if told else Projection(typed.projection),
                stereo=None if told else Stereo(typed.stereo),
                progress=run.progress,
                cancelled=run.stop.is_set,
            )

        self._run = run
        self._view.show_importing(title)
        self._tasks.copying(
            copied, lambda film: self._remember(run, film), lambda problem: self._not_copied(run, problem)
        )

    def progress(self) -> ImportProgress:
        """How far the copy is."""
        done, whole = (0, 0) if self._run is None else self._run.amounts
        if self._run is None or not whole:
            return ImportProgress(part=0.0, words=self._texts("library.import.reading"))
        words = self._texts("library.import.progress", done=done, whole=whole, percent=done * 100 // whole)
        seconds = (perf_counter_ns() - self._run.began_ns) / 1e9
        if 0 < done < whole and seconds > 1:
            left = round(seconds / done * (whole - done))
            words = f"{words} · {self._texts('library.import.left', seconds=left)}"
        return ImportProgress(part=done / whole, words=words)

    def cancel_import(self) -> None:
        """Give up taking a film in; nothing of it stays."""
        if self._run is not None:
            self._run.stop.set()
        self._put_away()

    # --- one film ----------------------------------------------------------------------------------------

    def change_film(self, sha256: Sha256, title: str, theme: str) -> None:
        """Give a film another title or theme."""
        before = self._film(sha256)
        self._tasks.stored(
            lambda: self._shelf.change(before, title=title, theme=theme),
            lambda after: self._film_changed(before, after),
            lambda problem: self._view.show_film_error("title", self._reason(problem)),
        )

    def ask_removal(self, sha256: Sha256) -> None:
        """Ask whether a film is to go; what it is needed for is said."""
        film = self._film(sha256)
        self._tasks.stored(lambda: self._shelf.use_of(film), lambda use: self._ask(film, use))

    def remove(self, sha256: Sha256) -> None:
        """Remove a film for good."""
        film = self._film(sha256)
        self._tasks.stored(lambda: self._shelf.remove(film), lambda _: self._removed(film))

    # --- inside ------------------------------------------------------------------------------------------

    def _on_read(self, read: _Read) -> None:
        self._read = read
        self._show()

    def _show(self) -> None:
        entries = self._entries()
        keys = [entry.key for entry in entries]
        open_key = self._current if self._current in keys else keys[0]
        films = tuple(self._row(film) for film in self._read.films if self._is_wanted_film(film))
        nothing = self._wanted and keys == [FILMS] and not films
        self._view.show_library(
            LibraryShown(
                entries=entries,
                current=open_key,
                films=films,
                themes=self._themes(),
                films_total=self._films_total(),
                found_nothing=self._texts("library.found_nothing") if nothing else "",
            )
        )
        theme = self._office.services.content.theme(ThemeCode(open_key))
        if theme is None:
            self._view.show_films()
        else:
            self._view.show_theme(self._words.shown(theme, newest_of(self._read.films, theme.code)))

    def _entries(self) -> tuple[Entry, ...]:
        themes = [
            Entry(
                key=theme.code,
                title=self._words.say(theme.title.words),
                second=self._second(theme.code, self._words.say(theme.scenario.title)),
            )
            for theme in self._office.services.content.themes
            if self._wanted in self._words.searched(theme).casefold()
        ]
        total = self._films_total()
        return (*themes, Entry(key=FILMS, title=self._texts("library.films"), second=total))

    def _second(self, theme: ThemeCode, scenario: str) -> str:
        film = newest_of(self._read.films, theme)
        if film is None:
            return self._texts("library.entry.no_film", scenario=scenario)
        return self._texts("library.entry.film", scenario=scenario, length=film.probe.duration_s)

    def _films_total(self) -> str:
        films = self._read.films
        if not films:
            return self._texts("library.films.none")
        key = "library.films.one" if len(films) == 1 else "library.films.several"
        return self._texts(key, count=len(films), size=sum(film.size_bytes for film in films))

    def _is_wanted_film(self, film: Film) -> bool:
        words = (film.title, film.file_name, self._theme_title(film.theme))
        return self._wanted in " ".join(words).casefold()

    def _themes(self) -> tuple[tuple[str, str], ...]:
        themes = self._office.services.content.themes
        return tuple((theme.code, self._words.say(theme.title.words)) for theme in themes)

    def _theme_title(self, code: str) -> str:
        return dict(self._themes()).get(code, code)

    def _row(self, film: Film) -> FilmRow:
        texts, count = self._texts, self._read.on_headsets.get(film.sha256, 0)
        return FilmRow(
            sha256=film.sha256,
            title=film.title,
            theme_key=film.theme,
            theme=self._theme_title(film.theme),
            length=length_words(film.probe, texts),
            size=size_words(film.size_bytes, texts),
            resolution=resolution_words(film.probe),
            layout=layout_words(film.projection, film.stereo, texts),
            headsets=texts("library.on_headsets", count=count, total=self._read.headsets),
            facts=film_facts(film, texts),
        )

    def _film(self, sha256: Sha256) -> Film:
        return next(film for film in self._read.films if film.sha256 == sha256)

    def _on_file(self, chosen: Path, found: _LookedInto) -> None:
        if not self._is_waited_for(chosen):
            return
        self._file = found
        file, probe, layout = found.file, found.probe, found.layout
        texts, told = self._texts, _told_by_file(layout)
        said = layout_words(layout.projection, layout.stereo, texts)
        themes = self._themes()
        theme = self._proposed if self._proposed in dict(themes) else (themes[0][0] if themes else "")
        self._view.show_import(
            ImportShown(
                file_name=file.name,
                facts=(
                    *probe_facts(probe, texts),
                    (texts("library.fact.size"), size_words(found.size, texts)),
                ),
                title=file.stem,
                theme=theme,
                themes=themes,
                layout_from=texts("library.import.told", layout=said) if told else "",
                projection=layout.projection.value,
                stereo=layout.stereo.value,
                projections=tuple((one.value, projection_words(one, texts)) for one in Projection),
                stereos=tuple((one.value, stereo_words(one, texts)) for one in Stereo),
            )
        )

    def _is_waited_for(self, chosen: Path) -> bool:
        """Neither another file was chosen since, nor has a copy begun. Each choice is a path of its own."""
        return self._run is None and self._chosen is chosen

    def _refused(self, chosen: Path, problem: TrainerError) -> None:
        if self._is_waited_for(chosen):
            self._show_refusal(problem)

    def _not_copied(self, run: _Run, problem: TrainerError) -> None:
        # Nobody waits for what was given up any more.
        if self._run is not run:
            return
        # What is wrong with the file needs another file; what is wrong with our disk can be mended.
        if self._file is None or not isinstance(problem, EnvironmentProblem):
            self._show_refusal(problem)
            return
        self._run = None
        self._view.show_import_failed(self._texts.explain(problem))

    def _show_refusal(self, problem: TrainerError) -> None:
        self._put_away()
        self._view.show_refusal(self._texts.explain(problem))

    def _put_away(self) -> None:
        """No film is being taken in."""
        self._run = self._file = self._chosen = None
        self._view.show_import_done()

    def _remember(self, run: _Run, copied: CopiedFilm) -> None:
        services = self._office.services
        importing, film = services.importing, copied.film
        if run.stop.is_set():
            # Given up in the very moment in which the copy was complete.
            if not copied.was_there:
                self._tasks.copying(lambda: services.library.discard(film.sha256, film.suffix))
            return
        self._tasks.stored(
            lambda: importing.remember(copied),
            lambda imported: self._imported(run, imported),
            lambda problem: self._not_copied(run, problem),
        )

    def _imported(self, run: _Run, imported: Imported) -> None:
        if self._run is run:
            self._proposed = ""
            self._put_away()
        key = "library.import.known" if imported.was_known else "library.import.done"
        self._changed()
        self._office.notices.say(
            self._texts(key, film=imported.film.title, theme=self._theme_title(imported.film.theme))
        )

    def _film_changed(self, before: Film, after: Film) -> None:
        self._changed()
        self._office.notices.offer_undo(
            self._texts("library.film.saved", film=after.title), lambda: self._restore(before)
        )

    def _restore(self, film: Film) -> None:
        stored = self._office.services.stored
        self._tasks.stored(lambda: stored.films.change(film), lambda _: self._changed())

    def _ask(self, film: Film, use: FilmUse) -> None:
        texts = self._texts
        if use.showings:
            # Said at once: a question whose answer would be refused is no question.
            self.remove(film.sha256)
            return
        cause = texts("library.remove.cause", size=film.size_bytes)
        if use.ahead:
            names = ", ".join(session.number or session.title for session in use.ahead)
            cause = f"{texts('library.remove.ahead', count=len(use.ahead), sessions=names)} {cause}"
        self._view.ask_removal(
            RemoveQuestion(
                sha256=film.sha256,
                title=texts("library.remove.title", film=film.title),
                cause=cause,
                yes=texts("library.remove.yes"),
                no=texts("library.remove.no"),
            )
        )

    def _removed(self, film: Film) -> None:
        self._changed()
        self._office.notices.say(self._texts("library.removed", film=film.title))

    def _changed(self) -> None:
        self._office.changes.announce(Topic.FILMS, by=self.reload)
        self.reload()

    def _reason(self, problem: TrainerError) -> str:
        said = self._texts.explain(problem)
        return f"{said.what} {said.next_step}"


def _told_by_file(layout: Layout) -> bool:
    return layout.projection_from in _SAID_BY_FILE and layout.stereo_from in _SAID_BY_FILE


def _read(stored: Repositories) -> _Read:
    kits = stored.kits.where()
    headsets = [headset for kit in kits for headset in stored.headsets.of_kit(kit.id)]
    here = {headset.id for headset in headsets}
    counts: dict[Sha256, int] = {}
    for cell in stored.headset_films.where(presence=FilmPresence.YES):
        if cell.headset_id in here:
            counts[cell.film_sha256] = counts.get(cell.film_sha256, 0) + 1
    return _Read(films=tuple(stored.films.all()), headsets=len(headsets), on_headsets=counts)
