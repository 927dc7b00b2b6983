"""Finds VLC on this laptop, and shows films in it."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable
from typing import Any

from trainer_app.domain.films import Film
from trainer_app.preview.steering import Learned
from trainer_app.preview.told_film import ToldFilm
from trainer_app.preview.vlc_view import VlcView
from trainer_app.services.ports.preview import Course, FilmSource, ViewState

_OLDEST = (3, 0)
"""Version of VLC; older ones know no sphere."""

_ENDS_WITHIN_S = 2.0

_logger = logging.getLogger(__name__)


def find_vlc() -> Any | None:
    """python-vlc's module, or None where VLC itself is missing or too old."""
    try:
        vlc = importlib.import_module("vlc")
        version = vlc.libvlc_get_version().decode("ascii", "replace")
        found = tuple(int(part) for part in version.split()[0].split(".")[:2])
    except (ImportError, OSError, NameError, AttributeError, ValueError, IndexError, SystemExit) as error:
        # What python-vlc raises where the library is missing differs from system to system; it even exits.
        _logger.info("no VLC on this laptop: %s", type(error).__name__)
        return None
    return vlc if found >= _OLDEST else None


class VlcViewing:
    """Implements ``services.ports.preview.FilmViewing``."""

    def __init__(self, library: FilmSource, find: Callable[[], Any | None] = find_vlc) -> None:
        self._library, self._find = library, find
        self._looking = threading.Lock()
        self._looked, self._vlc = False, None
        self._learned = Learned()
        self._views: list[VlcView] = []

    def is_here(self) -> bool:
        """VLC is installed; looked for once."""
        with self._looking:
            if not self._looked:
                self._looked, self._vlc = True, self._find()
            return self._vlc is not None

    def show(self, film: Film, course: Course, window: int, told: Callable[[ViewState], None]) -> VlcView:
        """Show a film in a native window, silently, as the group sees it.

        Raises:
            RuntimeError: VLC is not here; ask first.
        """
        if not self.is_here():
            raise RuntimeError("there is no VLC on this laptop")
        view = VlcView(
            self._vlc, lambda: ToldFilm(self._library, film), film, course, window, told, self._learned
        )
        self._views = [each for each in self._views if each.thread.is_alive()] + [view]
        return view

    def end(self) -> None:
        """The app ends: let go of all films; a VLC that is stuck is left behind."""
        for view in self._views:
            view.close()
        for view in self._views:
            if not view.wait(_ENDS_WITHIN_S):
                _logger.warning("VLC has not let go of the film")
