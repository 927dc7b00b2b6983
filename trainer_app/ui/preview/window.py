"""The film all around, in a window that can go to a projector. Nothing but the film is seen there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter_ns
from typing import ClassVar

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QScreen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from trainer_app.domain.films import Film
from trainer_app.services.ports.pictures import FilmPictures
from trainer_app.services.ports.preview import Course, FilmView, FilmViewing, Looking, ViewState
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.preview.plain_picture import PlainPicture
from trainer_app.ui.preview.reel import Reel
from trainer_app.ui.preview.turning import STRAIGHT, dragged, turned, zoomed
from trainer_app.ui.session.run.pictures import FilmFollower
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Scale

_LOOK_MS = 50
_WHEEL_STEP = 120
_SIZE = (960, 640)
_TURNS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ZOOMS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class FilmWindow(QWidget):
    """Shows the group's film through VLC, or flat where there is none; black while no film is on.

    Attributes:
        reel: Which film that is.

    Signals:
        stop_wanted: *Stopp alt*, which has its key here as well.
        pause_wanted: pause the group, or let it go on.
        here_wanted: stop at this place, or go on after a stop.
    """

    stop_wanted = Signal()
    pause_wanted = Signal()
    here_wanted = Signal()
    _told = Signal(object, object)

    _leaving: ClassVar[set[FilmWindow]] = set()
    """VLC draws in them until it says that it has ended; a window that is gone would end the program."""

    def __init__(
        self, look: Look, texts: Texts, viewing: FilmViewing, pictures: FilmPictures, course: Course
    ) -> None:
        """Make it; it is shown by :meth:`open`."""
        super().__init__()
        self._texts, self._viewing, self._course = texts, viewing, course
        self.reel = Reel(course)
        self._film: Film | None = None
        self._view: FilmView | None = None
        self._stage: QWidget | None = None
        self._stages: dict[QWidget, FilmView] = {}
        self._failed, self._shown, self._flat, self._sound, self._ends = False, False, False, False, False
        self._looking, self._mouse_at, self._usual = STRAIGHT, QPoint(), QRect()
        self._follower = FilmFollower(pictures, self._position_s, self, smooth=True)
        self.setWindowTitle(texts("preview.title"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        Dressed(look, self)
        self._make_parts(look, texts)
        self._follower.shown.connect(self.plain.show_picture)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._arrange)

    def _make_parts(self, look: Look, texts: Texts) -> None:
        self.plain = PlainPicture()
        self._area = QWidget()
        self._pages = QStackedLayout(self._area)
        self._pages.addWidget(self.plain)
        self.hint = flowing(look, "", "small", "text_muted")
        self.flat = Button(look, texts("preview.flat"), scale=Scale.ROW, keycap="F")
        self.straight = Button(look, texts("preview.straight"), scale=Scale.ROW, keycap="Home")
        self.sound_button = Button(look, texts("preview.sound_on"), scale=Scale.ROW, keycap="M")
        self.full = Button(look, texts("preview.full"), scale=Scale.ROW, keycap="F11")
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        Spacing(look, row, (16, 12, 16, 12), 8)
        row.addWidget(self.hint, 1)
        for button in (self.flat, self.straight, self.sound_button, self.full):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(self._bar)
        self.flat.clicked.connect(self._toggle_flat)
        self.straight.clicked.connect(self._look_straight)
        self.sound_button.clicked.connect(self._toggle_sound)
        self.full.clicked.connect(self._toggle_full)

    # --- what the run screen asks ------------------------------------------------------------------------

    def show_film(self, film: Film | None) -> None:
        """The film of the session; it is shown while the group sees it."""
        if film != self.reel.chosen:
            self.reel.chosen = film
            self._take(film)
            self._arrange()

    def open(self, *, full: bool = False, beside: QScreen | None = None) -> None:
        """Come up; ``full``: fill a screen, another one than ``beside`` where there are two."""
        if full:
            self._fill(other_screen(beside))
        elif not self.isVisible():
            self.showNormal()
        self._timer.start()
        self._arrange()
        self.raise_()
        self.activateWindow()

    def end(self) -> None:
        """It goes away for good, as soon as VLC has let go of it."""
        self._ends = True
        self._leaving.add(self)
        self.close()
        self._delete_when_left()

    @property
    def looks_around(self) -> bool:
        """VLC's picture is seen."""
        return self._stage is not None and self._pages.currentWidget() is self._stage

    # --- mouse and keys ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look around; the keys of the film that matter most work here as well."""
        key, shift = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Escape and shift:
            self.stop_wanted.emit()
        elif key in _TURNS:
            self._look(turned(self._looking, *_TURNS[key]))
        elif key in _ZOOMS:
            self._look(zoomed(self._looking, _ZOOMS[key]))
        elif key in self._keys and not event.isAutoRepeat():
            self._keys[key](self)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The film is taken hold of."""
        self._mouse_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The film goes along with the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            at = event.position().toPoint()
            moved, self._mouse_at = at - self._mouse_at, at
            self._look(dragged(self._looking, moved.x(), moved.y(), self._area.width()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Full screen, and back."""
        self._toggle_full()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Closer, or wider."""
        self._look(zoomed(self._looking, event.angleDelta().y() / _WHEEL_STEP))

    def closeEvent(self, event: QCloseEvent) -> None:
        """It is closed, or put away until it is wanted again."""
        self._timer.stop()
        self._follower.stop()
        self._let_go()
        super().closeEvent(event)

    # --- inside ------------------------------------------------------------------------------------------

    def _look(self, where: Looking) -> None:
        if where != self._looking:
            self._looking = where
            if self._view is not None:
                self._view.look(self._looking)

    def _look_straight(self) -> None:
        self._look(STRAIGHT)

    def _toggle_flat(self) -> None:
        if self._around_possible:
            self._flat = not self._flat
            self.flat.set_words(self._texts("preview.around" if self._flat else "preview.flat"))
            self._arrange()

    def _toggle_sound(self) -> None:
        if self._view is not None:
            self._sound = not self._sound
            self._view.sound(on=self._sound)
            self.sound_button.set_words(
                self._texts("preview.sound_off" if self._sound else "preview.sound_on")
            )

    def _toggle_full(self) -> None:
        if self.isFullScreen():
            self._leave_full()
        else:
            self._fill(self.screen())

    def _fill(self, screen: QScreen | None) -> None:
        if not self.isFullScreen():
            self._usual = self.geometry()
        self._bar.hide()
        if screen is not None:
            # It fills the screen on which it lies, and by itself where nothing manages windows.
            self.setGeometry(screen.geometry())
        self.showFullScreen()

    def _leave_full(self) -> None:
        self._bar.show()
        self.showNormal()
        self.setGeometry(self._usual)

    def _escape(self) -> None:
        if self.isFullScreen():
            self._leave_full()
        else:
            self.close()

    _keys: ClassVar[dict[Qt.Key, Callable[[FilmWindow], None]]] = {
        Qt.Key.Key_Escape: _escape,
        Qt.Key.Key_F11: _toggle_full,
        Qt.Key.Key_F: _toggle_flat,
        Qt.Key.Key_M: _toggle_sound,
        Qt.Key.Key_Home: _look_straight,
        Qt.Key.Key_F8: lambda self: self.pause_wanted.emit(),
        Qt.Key.Key_F12: lambda self: self.here_wanted.emit(),
    }

    @property
    def _around_possible(self) -> bool:
        return self._film is not None and not self._failed and self._viewing.is_here()

    def _take(self, film: Film | None) -> None:
        if film != self._film:
            self._film = film
            self._let_go()
            self._failed = False

    def _position_s(self) -> float:
        """On the thread of the pictures."""
        course = self._course()
        return 0.0 if course is None else course.at(perf_counter_ns()).position_s

    def _arrange(self) -> None:
        """Show what is to be seen now: VLC's picture, the flat one, or black."""
        if not self.isVisible():
            return
        on = self.reel.on()
        self._take(on or self.reel.chosen)
        is_on = on is not None
        if self._around_possible and self._view is None:
            self._begin_view()
        around = self._around_possible and not self._flat
        self._follower.follow(self._film if is_on and not around else None)
        if not is_on or around:
            self.plain.show_picture(None)
        seen = self._stage if is_on and around and self._shown else self.plain
        if seen is not None and self._pages.currentWidget() is not seen:
            self._pages.setCurrentWidget(seen)
        self._show_words(is_on=is_on)

    def _show_words(self, *, is_on: bool) -> None:
        here = self._viewing.is_here()
        for button in (self.flat, self.straight, self.sound_button):
            button.setVisible(here and not self._failed)
        if not here:
            words = f"{self._texts('preview.missing')} {self._texts(f'preview.install.{_system()}')}"
        elif self._failed:
            words = self._texts("preview.failed")
        else:
            words = self._texts("preview.hint" if is_on else "preview.waits")
        if words != self.hint.text():
            self.hint.setText(words)

    def _begin_view(self) -> None:
        assert self._film is not None
        stage = QWidget()
        stage.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        stage.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self._pages.addWidget(stage)
        self._stage, self._shown = stage, False
        view = self._viewing.show(
            self._film, self._course, int(stage.winId()), lambda state: self._told.emit(stage, state)
        )
        self._view = self._stages[stage] = view
        view.look(self._looking)
        view.sound(on=self._sound)

    def _let_go(self) -> None:
        """Nobody waits for VLC: its part of the window is put away until it says that it has ended."""
        if self._view is not None:
            self._view.close()
        self._view = self._stage = None
        self._pages.setCurrentWidget(self.plain)
        self.plain.show_picture(None)

    def _on_told(self, stage: QWidget, state: ViewState) -> None:
        if state is ViewState.ENDED:
            self._stages.pop(stage, None)
            if stage is self._stage:
                self._view = self._stage = None
            self._pages.removeWidget(stage)
            stage.deleteLater()
            self._delete_when_left()
        elif stage is self._stage and state is ViewState.SHOWN:
            self._shown = True
        elif stage is self._stage and state is ViewState.FAILED:
            self._failed = True
            self._let_go()
        self._arrange()

    def _delete_when_left(self) -> None:
        if self._ends and not self._stages:
            self._leaving.discard(self)
            self.deleteLater()


def other_screen(beside: QScreen | None) -> QScreen | None:
    """The first screen that is not ``beside``, else that one."""
    return next((screen for screen in QGuiApplication.screens() if screen is not beside), beside)


def _system() -> str:
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
