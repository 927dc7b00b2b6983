"""A headset that shows films in its own player only: reached, asked, filled and ended without an agent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_films import StoredFilm
from trainer_app.domain.headset_state import HeadsetFacts, Showing
from trainer_app.domain.playback_errors import (
    HeadsetPlays,
    HeadsetProblem,
    HeadsetVanished,
    SourceUnreadable,
)
from trainer_app.headsets.link import HeadsetLink, LinkLost, run
from trainer_app.headsets.manual import filling, screen
from trainer_app.headsets.manual.players import player_of
from trainer_app.headsets.manual.recognising import Kind
from trainer_app.headsets.manual.shelf import Note, listing, parse_listing
from trainer_app.headsets.telemetry import SCRIPT, parse_facts
from trainer_app.services.headset_port import FilmProgress, Found, Outfitting

log = logging.getLogger(__name__)

_ASK_S = 10.0


class OwnPlayerHeadset:
    """A connected headset whose films its own player shows.

    Nothing is changed on it but its films: it is kept awake by its player while a film is on.

    Attributes:
        link: The connection, for those that speak ADB themselves.
        player: Where films lie on it, and how they are started.
        on_outfitting: Never called: it needs no program of ours.
    """

    def __init__(self, address: str, link: HeadsetLink, serial: str, model: str, kind: Kind) -> None:
        self.address = address
        self.serial = serial
        self.model = model
        self.link = link
        self.player = player_of(kind.maker)
        self.on_outfitting: Callable[[Outfitting | None], None] = lambda _how: None

    async def facts(self) -> HeadsetFacts:
        """Ask it about itself, and which films lie there for its player."""
        try:
            result = await run(self.link, SCRIPT, timeout_s=_ASK_S)
            films = await self.films()
        except LinkLost as error:
            raise self._vanished(error) from error
        return replace(
            parse_facts(result.stdout.decode(errors="replace")),
            own_player=True,
            films={sha: note.title for sha, note in films.items()},
            stored=tuple(_stored(note) for note in films.values()),
            unchecked_films=frozenset(sha for sha, note in films.items() if not note.checked),
        )

    async def films(self) -> dict[str, Note]:
        """The films that lie there in their full size, by sha256. Raises LinkLost."""
        result = await run(self.link, listing(self.player.folder), timeout_s=_ASK_S)
        return parse_listing(result.stdout.decode(errors="replace"))

    async def showing(self) -> Found:
        """What it shows right now, as far as it tells."""
        try:
            played = await screen.playing(self.link)
        except LinkLost as error:
            raise self._vanished(error) from error
        return Found() if played is None else Found(showing=Showing.FILM, position_s=played.since_s)

    async def fill(
        self,
        films: Sequence[FilmToSend],
        *,
        keep: AbstractSet[str] | None,
        label: str,
        progress: FilmProgress,
    ) -> list[Sent | TrainerError]:
        """Bring the films there, one after the other."""
        if keep is not None:
            try:
                await filling.clear_leftovers(self.link, keep)
            except LinkLost as error:
                raise self._vanished(error) from error
        return [await self._send(film, label, progress) for film in films]

    async def _send(self, film: FilmToSend, label: str, progress: FilmProgress) -> Sent | TrainerError:
        try:
            return await filling.send_film(
                self.link, self.player, film, headset=label, progress=lambda there: progress(film, there)
            )
        except (HeadsetProblem, SourceUnreadable) as problem:
            return problem

    async def remove_films(self, films: Collection[str], *, label: str) -> None:
        """Remove films that were brought here, by sha256; none while one is on."""
        if (await self.showing()).showing is Showing.FILM:
            raise HeadsetPlays(headset=label)
        try:
            for sha256 in set(films) & (await self.films()).keys():
                await filling.remove_film(self.link, self.player, sha256)
        except LinkLost as error:
            raise self._vanished(error) from error

    async def wake(self) -> None:
        """Turn its screen on."""
        try:
            await screen.wake(self.link)
        except LinkLost as error:
            raise self._vanished(error) from error

    async def keep_awake(self) -> None:
        """Nothing: without an agent nobody would put back what that changes."""

    async def let_sleep(self) -> None:
        """Nothing was changed."""

    async def darken(self, *, by: str) -> bool:
        """*Stopp alt*: end its player; True when the headset says that it is not in front any more."""
        log.info("headset %s: its player is ended by %s", self.serial, by)
        try:
            return await screen.end_noted(self.link)
        except LinkLost as error:
            raise self._vanished(error) from error

    async def wait_lost(self) -> TrainerError:
        """Wait until the connection is gone."""
        return await self.link.wait_lost()

    async def close(self) -> None:
        """Let go of it; a film goes on."""
        await self.link.close()

    def _vanished(self, error: LinkLost) -> HeadsetVanished:
        return HeadsetVanished(headset=self.serial, detail=str(error))


def _stored(note: Note) -> StoredFilm:
    return StoredFilm(sha256=Sha256(note.sha256), size_bytes=note.size, whole=True, title=note.title)
