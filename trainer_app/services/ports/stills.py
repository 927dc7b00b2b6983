"""What reports need of a film: what it shows at single moments."""

from __future__ import annotations

from typing import Protocol

from trainer_app.domain.films import Film
from trainer_app.services.ports.pictures import FilmPicture


class FilmStills(Protocol):
    """Decodes single pictures of films."""

    def still(self, film: Film, at_s: float) -> FilmPicture | None:
        """Return the picture at a second of the film, of one eye; None: it cannot be decoded here.

        May take a second; not on the screen's thread.
        """
