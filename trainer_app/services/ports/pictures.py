"""What the run screen needs of a film that plays elsewhere: its pictures, as the group sees them now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from trainer_app.domain.films import Film, Projection

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmPicture:
    """A decoded picture of one eye.

    Attributes:
        position_s: Where in the film.
        width: In pixels.
        height: In pixels.
        stride: Bytes from one line to the next.
        pixels: Blue, green, red and an unused byte each, line after line from the top.
        projection: How the picture lies on the sphere.
    """

    position_s: float
    width: int
    height: int
    stride: int
    pixels: bytes
    projection: Projection


class PictureFollowing(Protocol):
    """A film that is being followed."""

    def close(self) -> None:
        """Stop; no more pictures come after this. Waits for no picture that is being decoded or prepared."""


class FilmPictures(Protocol):
    """Decodes films for looking at."""

    def follow(
        self,
        film: Film,
        position: Callable[[], float],
        prepared: Callable[[FilmPicture], T | None],
        shown: Callable[[T], None],
        failed: Callable[[], None],
        *,
        smooth: bool = False,
    ) -> PictureFollowing:
        """Decode, on a thread of its own, the picture at ``position`` (seconds) again and again.

        Args:
            film: In the library.
            position: Where the film is; asked from the thread.
            prepared: Makes of each new picture what is shown, on the thread, and may take its time; None:
                nobody needs this one. It may still be called while the film is let go of.
            shown: Gets what was prepared, on the thread; has to be quick.
            failed: Called once, on the thread, when the film cannot be decoded; no more pictures come.
            smooth: Every picture at its time, for those who watch; else some pictures, as they come.
        """
