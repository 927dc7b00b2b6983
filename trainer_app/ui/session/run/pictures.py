"""Brings a film's pictures from their thread to the screen; never more than one is under way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from trainer_app.domain.films import Film, Projection
from trainer_app.services.ports.pictures import FilmPicture, FilmPictures, PictureFollowing

_PANORAMA = (1280, 640)


class FilmFollower(QObject):
    """Follows a film while it is looked at.

    Signals:
        shown: a new picture, as a whole panorama.
        failed: the film cannot be decoded here.
    """

    shown = Signal(QImage)
    failed = Signal()
    _came = Signal(QImage, int)
    _broke = Signal(int)

    def __init__(
        self,
        pictures: FilmPictures,
        position: Callable[[], float],
        parent: QObject | None = None,
        *,
        smooth: bool = False,
    ) -> None:
        """Follow no film yet; ``smooth``: show every picture of it at its time."""
        super().__init__(parent)
        self._smooth = smooth
        self._pictures, self._position = pictures, position
        self._following: PictureFollowing | None = None
        self._film: Film | None = None
        self._generation = 0
        self._under_way = False
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)
        self._broke.connect(self._on_broke, Qt.ConnectionType.QueuedConnection)

    def follow(self, film: Film | None) -> None:
        """Follow this film; None: none."""
        if film == self._film:
            return
        self.stop()
        self._film = film
        if film is not None:
            which = self._generation
            self._following = self._pictures.follow(
                film,
                self._position,
                self._prepared,
                partial(self._on_prepared, which),
                partial(self._broke.emit, which),
                smooth=self._smooth,
            )

    def stop(self) -> None:
        """No more pictures."""
        if self._following is not None:
            self._following.close()
        self._following, self._film = None, None
        # What is on its way to the screen already is of a film that nobody follows any more.
        self._generation += 1

    def _prepared(self, picture: FilmPicture) -> QImage | None:
        """On the thread of the pictures: one that the screen has no time for is dropped."""
        return None if self._under_way else panorama_of(picture)

    def _on_prepared(self, which: int, image: QImage) -> None:
        """On the thread of the pictures."""
        self._under_way = True
        self._came.emit(image, which)

    def _on_came(self, image: QImage, which: int) -> None:
        self._under_way = False
        if which == self._generation:
            self.shown.emit(image)

    def _on_broke(self, which: int) -> None:
        if which == self._generation:
            self.failed.emit()


def panorama_of(picture: FilmPicture) -> QImage:
    """Put a picture where it lies on the whole sphere."""
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    if picture.projection is Projection.EQUIRECT:
        return image.copy()
    width, height = _PANORAMA
    whole = QImage(width, height, QImage.Format.Format_RGB32)
    whole.fill(0)
    across = min(float(width), height * picture.width / picture.height)
    painter = QPainter(whole)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF((width - across) / 2, 0, across, height), image)
    painter.end()
    return whole
