"""The film window of a session that is held: made when it is first wanted, gone with the run screen."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from trainer_app.ui.office import Office
from trainer_app.ui.preview.window import FilmWindow
from trainer_app.ui.session.run.presenter import RunPresenter
from trainer_app.ui.theme.look import Look


class Projection:
    """Opens the window, and tells it which film the session has.

    Attributes:
        window: None until it was wanted.
    """

    def __init__(self, office: Office, look: Look, does: RunPresenter) -> None:
        self._office, self._look, self._does = office, look, does
        self._tasks = office.tasks.page()
        self.window: FilmWindow | None = None

    def open(self, *, full: bool = False) -> None:
        """Show the film in a window of its own; ``full``: on the other screen, where there are two."""
        window = self.window = self.window or self._make()
        self.follow()
        stored = self._office.services.stored
        self._tasks.stored(stored.films.all, window.reel.know)  # a playlist goes on to others
        focus = QGuiApplication.focusWindow()
        window.open(full=full, beside=focus.screen() if focus is not None else None)

    def follow(self) -> None:
        """The session has this film, or another than before."""
        if self.window is not None:
            self.window.show_film(self._does.desk.film)

    def end(self) -> None:
        """The run screen goes away."""
        self._tasks.close()
        if self.window is not None:
            self.window.end()
            self.window = None

    def _make(self) -> FilmWindow:
        services, does = self._office.services, self._does
        window = FilmWindow(
            self._look, self._office.texts, services.viewing, services.pictures, services.live.film_course
        )
        window.stop_wanted.connect(does.stop_all)
        window.pause_wanted.connect(does.pause_or_go_on)
        window.here_wanted.connect(does.stop_here_or_go_on)
        return window
