"""How many notes there are, and whether they are hidden; nothing of what they say: the group may see it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.changes import Topic
from trainer_app.ui.office import Office
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedWidget

_PADDING, _ICON, _GAP, _HEIGHT = 14, 19, 7, 44


class NoteCount(PaintedWidget):
    """The number of what was written in a session, on a sunken field; counts anew when more is."""

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._office = office
        self._tasks = office.tasks.page()
        self._session_id: SessionId | None = None
        self.words = ""
        self._number, self._is_hidden = 0, True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._forget = office.changes.on({Topic.NOTES}, self._count)
        self._show(0)

    def show_session(self, session_id: SessionId) -> None:
        """Count the notes of this session."""
        self._session_id = session_id
        self._count()

    def set_hidden(self, *, hidden: bool) -> None:
        """Say whether the notes are hidden, or shown where there is a place for them."""
        self._is_hidden = hidden
        self._show(self._number)

    def end(self) -> None:
        """Count no more."""
        self._forget()
        self._tasks.close()

    def sizeHint(self) -> QSize:
        """Sign and words."""
        words = QFontMetricsF(self.look.font("small", weight=600, tabular=True)).horizontalAdvance(self.words)
        width = words + self.look.px(2 * _PADDING + _ICON + _GAP) + 1
        return QSize(round(width), self.look.px(_HEIGHT))

    def draw(self, ink: Ink) -> None:
        """An eye, struck out while they are hidden, and the number in words."""
        px, muted = self.look.px, self.look.colour("text_muted")
        ink.box(QRectF(self.rect()), self.look.theme.radius("control"), self.look.colour("surface_sunken"))
        side = px(_ICON)
        eye = "eye-slash" if self._is_hidden else "eye"
        ink.icon(eye, QRectF(px(_PADDING), (self.height() - side) / 2, side, side), muted)
        left = px(_PADDING + _ICON + _GAP)
        box = QRectF(left, 0, self.width() - left - px(_PADDING), self.height())
        ink.text(box, self.words, self.look.font("small", weight=600, tabular=True), muted)

    def _count(self) -> None:
        own, noting = self._session_id, self._office.services.noting
        if own is not None:
            self._tasks.stored(lambda: noting.count_of(own), self._show)

    def _show(self, count: int) -> None:
        self._number, texts = count, self._office.texts
        number = texts("notes.count.one" if count == 1 else "notes.count.many", count=count)
        self.words = number if self._is_hidden else texts("notes.count.shown", number=number)
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()
