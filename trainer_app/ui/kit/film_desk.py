"""The films on the headsets of the suitcase: what is on each, and removing what the library does not have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trainer_app.domain.headset_films import FilmOnHeadset, FilmStanding, compare
from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.live_kit import HeadsetNow, KitNow
from trainer_app.runtime.background import Tasks
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.headset_film_words import film_name, film_note
from trainer_app.ui.clearing import Clearing, ClearQuestion, foreign_films, question_of
from trainer_app.ui.kit.reading import KitRead
from trainer_app.ui.kit.shown import FilmLine, FilmsShown
from trainer_app.ui.kit.view import KitView
from trainer_app.ui.office import Office

_COMING = (FilmStanding.MISSING, FilmStanding.PARTIAL)
_ODD = (FilmStanding.OLDER, FilmStanding.FOREIGN)


class FilmDesk:
    """Knows whose films the side panel shows. Knows no Qt."""

    def __init__(self, office: Office, view: KitView, tasks: Tasks) -> None:
        self._office, self._view = office, view
        self._clearing = Clearing(office, tasks)
        self._open: HeadsetId | None = None
        self._shown = FilmsShown()

    def open(self, headset_id: HeadsetId, read: KitRead, now: KitNow) -> FilmsShown:
        """The panel shows this headset from now on."""
        self._open = headset_id
        self._shown = self._films(read, now)
        return self._shown

    def hear(self, read: KitRead, now: KitNow) -> None:
        """The suitcase is like this now."""
        if self._open is None:
            return
        films = self._films(read, now)
        if films != self._shown:
            self._shown = films
            self._view.show_films(films)

    def ask_one(self, read: KitRead, now: KitNow) -> None:
        """Ask whether the films may go from the headset that is open."""
        self._ask(read, [one for one in now.headsets if one.headset_id == self._open])

    def ask_all(self, read: KitRead, now: KitNow) -> None:
        """Ask whether they may go from all headsets."""
        self._ask(read, now.headsets)

    def remove(self, question: ClearQuestion) -> None:
        """Somebody has said yes."""
        self._clearing.remove(question)

    def _ask(self, read: KitRead, headsets: Sequence[HeadsetNow]) -> None:
        foreign = foreign_films(read.films, headsets)
        if foreign:
            self._view.ask_clearing(question_of(foreign, self._office.texts))

    def _films(self, read: KitRead, now: KitNow) -> FilmsShown:
        headset = next((one for one in now.headsets if one.headset_id == self._open), None)
        if headset is None or headset.facts is None or self._open is None:
            return FilmsShown()
        films = compare(read.films, headset.facts.stored)
        today, texts = self._office.local_now().date(), self._office.texts
        lines = tuple(_line(film, today, texts) for film in films)
        lacks = any(film.standing in _COMING for film in films)
        hint = texts("headset_film.what_comes") if lacks else ""
        return FilmsShown(lines=lines, hint=hint, clear=_clear(films, texts))


def _line(film: FilmOnHeadset, today: date, texts: Texts) -> FilmLine:
    note = film_note(film, today, texts)
    return FilmLine(name=film_name(film, texts), note=note, is_odd=film.standing in _ODD)


def _clear(films: tuple[FilmOnHeadset, ...], texts: Texts) -> str:
    count = sum(film.is_removable for film in films)
    if not count:
        return ""
    return texts(f"headset_film.button.{'one' if count == 1 else 'several'}", count=count)
