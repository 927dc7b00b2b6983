"""Hands VLC a film, and tells it how the picture lies where the film's own file does not.

VLC 3 draws the view all around, and shows one eye of two, only where the file says so, and has no option for
either. So it is given what says so and the film as if they were one file: its own "concat" reads one after
the other, and leaps as quickly. It knows no half of a sphere: that is padded with black.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from trainer_app.domain.films import Film, Projection, Stereo, tells_its_layout
from trainer_app.services.ports.preview import FilmSource

_PADDING = 8 * 1024 * 1024
"""Bytes of zero behind the film, for VLC to read ahead: it must not pause behind the last part."""


class ToldFilm:
    """A film for VLC to open; to be closed when VLC has let go of it.

    Attributes:
        options: For VLC itself; it takes no filter with a film.
    """

    def __init__(self, library: FilmSource, film: Film) -> None:
        """Find out what is to be told.

        Raises:
            FilmFileGone: the film is not in the library any more.
            OSError: there is no room for what is to be told.
        """
        self._parts = [library.path_of(film)]
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.options: tuple[str, ...] = ()
        half = film.projection is Projection.EQUIRECT_180
        if not half and tells_its_layout(film):
            return
        ahead = library.told_ahead(
            film,
            projection=Projection.EQUIRECT if half else film.projection,
            stereo=Stereo.MONO if half else film.stereo,
            padding=_PADDING,
        )
        if ahead is not None:
            self._lay_out(ahead)
            self.options = _half_sphere(film) if half else ()

    def _lay_out(self, ahead: bytes) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="simkoffert-film-", ignore_cleanup_errors=True)
        head, tail = Path(self._folder.name, "head"), Path(self._folder.name, "tail")
        head.write_bytes(ahead)
        with tail.open("wb") as file:
            file.truncate(_PADDING)
        self._parts = [head, *self._parts, tail]

    @property
    def is_here(self) -> bool:
        """VLC can read all of it; it opens the parts anew with each leap."""
        return all(part.is_file() for part in self._parts)

    @property
    def is_told(self) -> bool:
        """VLC gets more than the film's own file."""
        return len(self._parts) > 1

    def tell_nothing(self) -> None:
        """VLC does not take it so; then the film as it is."""
        self._parts, self.options = self._parts[1:2], ()

    def open(self, instance: Any) -> Any:
        """Return it as VLC's media."""
        if not self.is_told:
            return instance.media_new_path(str(self._parts[0]))
        media = instance.media_new("concat://")
        # As addresses they have no commas, which part them here.
        media.add_option(f":concat-list={','.join(part.absolute().as_uri() for part in self._parts)}")
        return media

    def close(self) -> None:
        """Clear away what was told."""
        if self._folder is not None:
            self._folder.cleanup()


def _half_sphere(film: Film) -> tuple[str, ...]:
    """Cut one eye out of the picture, and put it in the middle of a whole sphere's."""
    width, height = film.probe.width, film.probe.height
    crop = {
        Stereo.MONO: "",
        Stereo.LEFT_RIGHT: f"cropright={width // 2},",
        Stereo.TOP_BOTTOM: f"cropbottom={height // 2},",
    }[film.stereo]
    side = (width // 2 if film.stereo is Stereo.LEFT_RIGHT else width) // 4 * 2
    # The filter takes pictures in the laptop's memory only.
    return f"--video-filter=croppadd{{{crop}paddleft={side},paddright={side}}}", "--avcodec-hw=none"
