"""Single pictures of films, for paper."""

from __future__ import annotations

import logging

import av.error

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.library.film_frames import FrameReader
from trainer_app.services.ports import FilmLibrary
from trainer_app.services.ports.pictures import FilmPicture

_logger = logging.getLogger(__name__)


class LibraryStills:
    """Decodes films of the library; implements ``services.ports.stills.FilmStills``."""

    def __init__(self, library: FilmLibrary) -> None:
        self._library = library

    def still(self, film: Film, at_s: float) -> FilmPicture | None:
        """Return the picture at a second of the film; None: it cannot be decoded here."""
        try:
            with FrameReader(self._library.path_of(film), film) as reader:
                return reader.at(at_s)
        except (av.error.FFmpegError, OSError, ValueError, IndexError, TrainerError) as error:
            _logger.warning("no picture of a film for paper: %s", type(error).__name__)
            return None
