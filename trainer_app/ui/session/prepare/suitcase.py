"""What klargjøring asks of the suitcase. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from trainer_app.domain.films import Sha256
from trainer_app.domain.kits import KitId
from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.background import Failed, Tasks, ignored
from trainer_app.services.holding import SessionHolding
from trainer_app.services.laying_out import lay_out
from trainer_app.services.live_control import LiveControl
from trainer_app.ui.session.prepare.loaded import Loaded

Subject = tuple[KitId, Sha256]
"""What is made ready: this film in this suitcase."""


class Suitcase:
    """Everything is done on the loop; how it goes stands in the picture of the suitcase.

    Nothing is asked of headsets that belong to another session, which is being held.
    """

    def __init__(self, live: LiveControl, holding: SessionHolding, tasks: Tasks) -> None:
        self._live, self._holding, self._tasks = live, holding, tasks
        self._session_id: SessionId | None = None
        self._told: tuple[KitId, Sha256 | None] | None = None
        self._asked: Subject | None = None
        self._left = False

    def look_anew(self) -> None:
        """Another page may have opened another suitcase meanwhile, or chosen another film."""
        self._told = None

    def open_for(self, loaded: Loaded) -> None:
        """Open the session's suitcase with its film; one that is open already keeps its connections."""
        self._session_id = loaded.session.id
        kit, film, now = loaded.kit, loaded.film, self._live.now
        if kit is None:
            return
        if loaded.held is not None:
            self._told = None
            return
        wanted = (kit.id, None if film is None else film.sha256)
        # What was told a moment ago may not show in the picture yet.
        if wanted in ((now.kit_id, now.film), self._told):
            self._come_back(loaded)
            return
        self._told, self._asked = wanted, None
        self._ask(lambda: lay_out(self._live, kit, loaded.headsets, film))

    def leave(self) -> None:
        """Nobody looks; where nobody comes back and the session is not held its headsets may sleep."""
        if self._asked is not None and self._holding.held is None:
            self._left = True
            self._tasks.live(self._live.session_left)

    def _come_back(self, loaded: Loaded) -> None:
        if self._left and self.was_asked(loaded):
            self._left = False
            self._ask(self._live.stay_awake)

    def get_ready(self, loaded: Loaded) -> None:
        """Bring the film to all headsets, also to those that come later."""
        subject = _subject(loaded)
        if subject is not None and loaded.film_problem is None:
            self._asked = subject
            self._ask(lambda: self._live.get_ready(minutes=loaded.minutes))

    def was_asked(self, loaded: Loaded) -> bool:
        """The headsets have been told to get this session's film."""
        return self._asked is not None and self._asked == _subject(loaded)

    def identify(self) -> None:
        """Let every headset show its number."""
        self._ask(self._live.identify)

    def retry(self, number: int) -> None:
        """Try a headset again at once."""
        self._ask(lambda: self._live.retry(number))

    def set_aside(self, number: int, *, aside: bool) -> None:
        """Go on without a headset, or with it again."""
        self._ask(lambda: self._live.set_aside(number, aside))

    def add(self, address: str, then: Callable[[None], None], failed: Failed) -> None:
        """Look for a headset at an address as well; ``failed`` hears when it is no address."""
        self._ask(lambda: self._live.add_address(address), then, failed)

    def _ask(
        self,
        what: Callable[[], Coroutine[Any, Any, None]],
        then: Callable[[None], None] = ignored,
        failed: Failed | None = None,
    ) -> None:
        session_id = self._session_id

        async def if_free() -> None:
            if session_id is not None:
                self._holding.require_free(session_id)
            await what()

        self._tasks.live(if_free, then, failed)


def _subject(loaded: Loaded) -> Subject | None:
    if loaded.kit is None or loaded.film is None:
        return None
    return loaded.kit.id, loaded.film.sha256
