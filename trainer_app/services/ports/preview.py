"""What a window needs to show the group's film all around, by a player that this laptop has or has not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from trainer_app.domain.films import Film, Projection, Stereo
from trainer_app.services.ports.film_course import FilmCourse

Course = Callable[[], FilmCourse | None]
"""Where the film is; asked from any thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Where a window looks; degrees from the film's centre, positive to the right and upwards.

    Attributes:
        width_deg: How much of the film's horizon is seen.
    """

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    width_deg: float = 80.0


class ViewState(Enum):
    """How it goes with a view of the film."""

    COMING = "coming"
    SHOWN = "shown"
    FAILED = "failed"
    """The player cannot show this film, or does not answer any more; the window shows it in another way."""
    ENDED = "ended"
    """The player has let go of the window."""


class FilmSource(Protocol):
    """The library, as a player needs it; ``FilmLibrary`` has the rest of it."""

    def path_of(self, film: Film) -> Path:
        """Return where the film lies.

        Raises:
            FilmFileGone: it lies there no longer.
        """

    def told_ahead(
        self, film: Film, *, projection: Projection, stereo: Stereo, padding: int = 0
    ) -> bytes | None:
        """Return what is to be read ahead of the film's file so that both say how the picture lies.

        Args:
            film: In the library.
            projection: How the picture lies on the sphere.
            stereo: Where each eye's picture lies in it.
            padding: Bytes that are going to be read behind the file.

        Returns:
            None where nothing that is read ahead of the file could say so.

        Raises:
            FilmFileGone: it lies there no longer.
        """


class FilmView(Protocol):
    """A film that is shown in a window. No call waits for the player."""

    def look(self, where: Looking) -> None:
        """Look somewhere else."""

    def sound(self, *, on: bool) -> None:
        """Let the film be heard here as well, or not."""

    def close(self) -> None:
        """Let go of the window; it must live until ``ENDED`` was told."""


class FilmViewing(Protocol):
    """The player of this laptop."""

    def is_here(self) -> bool:
        """The player is installed; looked for once, which takes a moment."""

    def show(self, film: Film, course: Course, window: int, told: Callable[[ViewState], None]) -> FilmView:
        """Show a film in a native window, silently, as the group sees it.

        Args:
            film: In the library.
            course: Where the group is; while it is None, or in another film, the picture stands.
            window: The system's id of the window.
            told: Called on a thread of the player with each state that begins.
        """
