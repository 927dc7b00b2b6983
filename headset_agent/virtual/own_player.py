"""The video player that a headset has from its maker: opened by an intent, ended by ``am force-stop``."""

from __future__ import annotations

from time import perf_counter

OWN_PLAYERS = ("com.pvr.player", "com.oculus.tv")
"""Packages that show films, as makers and others name them."""

HOME = "com.android.launcher3"
"""What is in front when nothing else is (AOSP's launcher)."""

_VIEW = "android.intent.action.VIEW"
_PICO = "picovr.intent.action.player"


class OwnPlayer:
    """One headset's player.

    Attributes:
        package: None where it has none.
        shows: Address of the film; None: it is not open.
        began_s: When it was opened, by this machine's monotonic clock.
    """

    def __init__(self, package: str | None) -> None:
        """Begin closed."""
        self.package = package
        self.shows: str | None = None
        self.began_s: float | None = None

    @property
    def in_front(self) -> str:
        """The package whose window is in front."""
        return self.package if self.package is not None and self.shows is not None else HOME

    def film_of(self, action: str, data: str, kind: str, uri: str) -> str | None:
        """The film that an intent asks it to show; None: the intent is for somebody else."""
        if self.package is None:
            return None
        if action == _PICO and self.package == "com.pvr.player":
            return uri or None
        return data if action == _VIEW and data.startswith("file://") and kind.startswith("video/") else None

    def open(self, film: str) -> None:
        """Show a film from its beginning; one that it shows already goes on."""
        if self.shows != film:
            self.shows, self.began_s = film, perf_counter()

    def close(self) -> None:
        """End it."""
        self.shows = self.began_s = None
