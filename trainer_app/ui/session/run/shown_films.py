"""Which films a session has shown: noticed while they are on, and known again after a crash. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.sessions import Session
from trainer_app.services.live.playback import Playback
from trainer_app.services.live_control import LiveControl
from trainer_app.services.showing import Shown


class ShownFilms:
    """Of one session."""

    def __init__(self, live: LiveControl, keep: Callable[[Shown], None]) -> None:
        """Know of none yet; ``keep`` is called with every showing that is to be written."""
        self._live, self._keep = live, keep
        self._session: Session | None = None
        self._stored: tuple[PlaybackRecord, ...] = ()
        self._shown: Shown | None = None

    def begin(self, session: Session, stored: Iterable[PlaybackRecord]) -> None:
        """Another session, or the same on a screen made anew; ``stored``: what was written of it before."""
        self._session, self._stored = session, tuple(stored)

    def note(self, wave: int) -> None:
        """What is to be written of the film: that it began, who was in it, how it ended."""
        playback = self._live.playback()
        if playback is None or self._session is None:
            return
        shown = self._shown
        if shown is None or shown.playback.id != playback.id:
            known = [each for each in self._stored if each.id == playback.id]
            if not known and not _is_new(playback, self._session):
                return
            wave = known[0].wave if known else wave
            shown = Shown(session_id=self._session.id, wave=wave, playback=playback)
        elif shown.playback == playback:
            return
        self._shown = replace(shown, playback=playback)
        self._keep(self._shown)

    def note_end(self) -> None:
        """The session is over, and its film with it."""
        playback = self._live.playback()
        if playback is not None and self._shown is not None and playback.id == self._shown.playback.id:
            self.note(self._shown.wave)

    def left_open(self) -> PlaybackRecord | None:
        """What was shown last, where nobody has written its end: the program ended while it went on."""
        last = max(self._stored, key=lambda each: each.started_at, default=None)
        return last if last is not None and last.ended_at is None else None

    def records(self, wave: int) -> Iterable[PlaybackRecord]:
        """All that is known; the last one is ``wave``'s, and known also where a full disk has refused it."""
        yield from self._stored
        playback = self._live.playback()
        if playback is not None and self._session is not None:
            yield playback.record(self._session.id, wave)


def _is_new(playback: Playback, session: Session) -> bool:
    """The suitcase remembers its last film, also that of another session or an earlier wave."""
    began = session.actual_start
    return playback.ended_at is None and (began is None or playback.started_at >= began)
