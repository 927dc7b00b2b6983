"""What the window says at its lower edge: confirmations, *Angre* for ten seconds, problems until put away.

It lies over the page and moves nothing of it: who is about to press something presses that, not *Angre*.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from trainer_app.domain.errors import TrainerError
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.shell.notice_place import COVERS, controls_of, covered, place_over
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner

SAID_MS = 6_000
UNDO_MS = 10_000
_LOOK_AGAIN_MS = 300
"""The page is scrolled, or gets a row more: what is needed may come to lie below the notice."""

_SIDE, _BELOW = 24, 16
_WIDEST = 640


class NoticeBar(QWidget):
    """Shows one notice at a time; a problem is not pushed away by a confirmation."""

    def __init__(self, look: Look, texts: Texts, pages: QWidget, parent: QWidget) -> None:
        """Make it; ``pages`` is what it lies over, within ``parent``."""
        super().__init__(parent)
        Dressed(look, self)
        self._look, self._texts, self._pages, self._around = look, texts, pages, parent
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, (0, 0, 0, 0), 0)
        self._banner: Banner | None = None
        self._is_problem = self._is_said = False
        self._undo: Callable[[], None] | None = None
        self._before: QWidget | None = None
        self._timer = self._timed(self.clear)
        self._timer.setSingleShot(True)
        self._again = self._timed(self._step_aside)
        pages.installEventFilter(self)
        look.changed.connect(self._stay_in_place)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        self.hide()

    @property
    def words(self) -> str:
        """What it says now, or nothing."""
        return "" if self._banner is None else self._banner.accessibleName()

    def speak(self, texts: Texts) -> None:
        """Use another language from now on."""
        self._texts = texts

    def say(self, words: str) -> None:
        """Confirm something for some seconds."""
        if not self._is_problem:
            self._put(Banner(self._look, Tone.OK, words), SAID_MS)
            self._is_said = True

    def forget_said(self) -> None:
        """Another page is opened: what was confirmed belonged to the last one. *Angre* and problems stay."""
        if self._is_said:
            self.clear()

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """Say what was done and offer to undo it for ten seconds."""
        buttons = [self._texts("shell.undo")]
        self._put(Banner(self._look, Tone.NEUTRAL, words, buttons=buttons, beside=True), UNDO_MS)
        self._undo = undo

    def problem(self, error: TrainerError) -> None:
        """Show what is wrong, why, and the next step, until it is put away."""
        said = self._texts.explain(error)
        banner = Banner(
            self._look,
            Tone.DANGER,
            said.what,
            f"{said.why} {said.next_step}",
            buttons=[self._texts("shell.put_away")],
        )
        self._put(banner, None)
        self._is_problem = True

    def undo(self) -> bool:
        """Undo what is offered; False when nothing is."""
        if self._undo is None:
            return False
        undo = self._undo
        self.clear()
        undo()
        return True

    def clear(self) -> None:
        """Put away what is shown; the keyboard goes back to where it came from."""
        self._timer.stop()
        self._again.stop()
        self._undo = None
        self._is_problem = self._is_said = False
        if self._banner is not None:
            self._give_focus_back()
            self._banner.hide()
            self._column.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page has got another size: so the notice finds another place."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._stay_in_place()
        return super().eventFilter(watched, event)

    # --- inside ------------------------------------------------------------------------------------------

    def _timed(self, does: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.timeout.connect(does)
        return timer

    def _put(self, banner: Banner, lasts_ms: int | None) -> None:
        self.clear()
        self._banner = banner
        banner.chosen.connect(self._on_chosen)
        self._column.addWidget(banner)
        self._find_place()
        self.show()
        self.raise_()
        self._again.start(_LOOK_AGAIN_MS)
        if lasts_ms is not None:
            self._timer.start(lasts_ms)

    def _stay_in_place(self) -> None:
        if self._banner is not None:
            self._find_place()

    def _find_place(self) -> None:
        size, margins = self._size(), QSize(self._look.px(_SIDE), self._look.px(_BELOW))
        at = self._pages.mapTo(self._around, place_over(self._pages, size, margins))
        self.setGeometry(QRect(at, size))

    def _size(self) -> QSize:
        """As wide as its words need, within what the page has."""
        assert self._banner is not None
        widest = min(self._look.px(_WIDEST), self._pages.width() - 2 * self._look.px(_SIDE))
        width = min(self._banner.width_in_one_line(), widest)
        return QSize(width, self._banner.heightForWidth(width))

    def _step_aside(self) -> None:
        """Go elsewhere when it has come to cover what can be pressed; not while the mouse is on it."""
        if self.underMouse() or self.isAncestorOf(QApplication.focusWidget() or self._pages):
            return
        mine = QRect(self._pages.mapFrom(self._around, self.pos()), self.size())
        if covered(mine, controls_of(self._pages)) >= COVERS:
            self._find_place()

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now) and old is not None and not self.isAncestorOf(old):
            self._before = old

    def _give_focus_back(self) -> None:
        focus, before = QApplication.focusWidget(), self._before
        self._before = None
        if focus is None or not self.isAncestorOf(focus) or before is None:
            return
        if isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self) -> None:
        if not self.undo():
            self.clear()
