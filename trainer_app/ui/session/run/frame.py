"""What lies where on the run screen, and how it follows the window's size."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.ui.office import Office
from trainer_app.ui.session.debrief.recap_card import RecapCard
from trainer_app.ui.session.debrief.view import DebriefContent
from trainer_app.ui.session.run.asking import EndingPanel, QuestionPanel
from trainer_app.ui.session.run.big_times import WIDE, big_times
from trainer_app.ui.session.run.change_panel import ChangePanel
from trainer_app.ui.session.run.film_panel import FilmPanel
from trainer_app.ui.session.run.film_tools import FilmTools
from trainer_app.ui.session.run.locked_run import LockedRun
from trainer_app.ui.session.run.message_card import MessageCard
from trainer_app.ui.session.run.models import Place, Where
from trainer_app.ui.session.run.note_row import NoteRow
from trainer_app.ui.session.run.reading import CurrentStack, side_by_side
from trainer_app.ui.session.run.script_panel import ScriptPanel
from trainer_app.ui.session.run.start_panel import StartPanel
from trainer_app.ui.session.run.strip import Strip
from trainer_app.ui.session.run.time_column import TimeColumn
from trainer_app.ui.session.run.top_bar import TopBar
from trainer_app.ui.session.run.trouble_place import TroublePlace
from trainer_app.ui.session.step_view import StepView
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.phase_band import PhaseBand

_HIGH = 740
"""Lower windows leave out what has its key."""


class RunFrame(StepView):
    """Top bar, band, time at the left, content at the right, headsets below; does nothing by itself."""

    def __init__(self, office: Office, look: Look) -> None:
        super().__init__(look)
        self._where = Where(place=Place.NOTHING)
        self._in_film = False
        self._make_parts(office, look)
        self._panels: dict[Place, QWidget] = {
            Place.QUESTION: self.question,
            Place.SCRIPT: self.said,
            Place.DEBRIEF: self.debrief,
            Place.START: self.start,
            Place.FILM: self.film,
            Place.CHANGE: self.change,
            Place.OVER: self.change,
            Place.ENDING: self.ending,
        }
        self._lay_out()

    def film_s(self) -> float | None:
        """Seconds of film while one shows, for the notes; the frame alone shows none."""
        return None

    def _make_parts(self, office: Office, look: Look) -> None:
        texts = office.texts
        self.top = TopBar(look, texts)
        self.band = PhaseBand(look, texts)
        self.column = TimeColumn(look, texts)
        self.strip = Strip(look, texts)
        self.trouble = TroublePlace(look)
        self.question = QuestionPanel(look, texts)
        self.script = ScriptPanel(look, texts)
        self.recap = RecapCard(office, look)
        self.said = side_by_side(look, self.script, self.recap)
        self.start = StartPanel(look, texts)
        self.film = FilmPanel(look, texts)
        self.change = ChangePanel(look, texts)
        self.ending = EndingPanel(look, texts)
        self.tools = FilmTools(look, texts)
        reminder = office.services.content.texts.free_text_reminder.words
        self.message = MessageCard(look, texts, reminder.in_language(texts.lang))
        self.debrief = DebriefContent(office, look)
        self.notes = NoteRow(office, look, self.film_s)
        self.debrief.set_film_time(self.film_s)
        self.locked = LockedRun(look, texts, self)
        self._nothing = QWidget()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        Spacing(self.look, column, (0, 0, 0, 0), 0)
        column.addWidget(self.top)
        self._band_row = QVBoxLayout()
        self._band_row.addWidget(self.band)
        column.addLayout(self._band_row)
        column.addLayout(self._body(), 1)
        column.addWidget(self.strip)
        self.strip.hide()

    def _body(self) -> QHBoxLayout:
        self._body_row = QHBoxLayout()
        self._body_row.addWidget(self.column)
        right = QVBoxLayout()
        Spacing(self.look, right, (0, 0, 0, 0), 10)
        self._stack = CurrentStack()
        for panel in (self._nothing, *dict.fromkeys(self._panels.values())):
            self._stack.addWidget(panel)
        for part in (self.trouble, self._stack, self.notes, self.message, self.tools):
            right.addWidget(part, 1 if part is self._stack else 0)
        self._body_row.addLayout(right, 1)
        return self._body_row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Big times and margins follow the space."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px, is_wide = self.look.px, self.width() >= WIDE
        margin = px(32 if is_wide else 24)
        self._band_row.setContentsMargins(margin, px(8), margin, 0)
        below = px(14) if self._where.strip else px(20)
        self._body_row.setContentsMargins(margin, px(14), margin, below)
        self._body_row.setSpacing(px(17))
        self.column.set_low(low=self._where.strip or self.height() < px(_HIGH))
        times = big_times(self.width(), in_film=self._in_film)
        self.column.setFixedWidth(max(times.column, self.column.narrowest()))
        self.column.set_times(times)
        self.film.set_wide(is_wide=is_wide)
        self.strip.set_margin(32 if is_wide else 24)
