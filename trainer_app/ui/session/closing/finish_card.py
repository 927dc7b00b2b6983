"""Closing itself: what stands in its way, the button, and opening a closed record again."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.closing.papers import Papers
from trainer_app.ui.session.closing.shown import ClosingState
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button, Kind, Scale, by_letter
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget


class FinishCard(Card):
    """The end of the work.

    Signals:
        close_wanted: close the record, and print.
        later_wanted: not now.
        protocol_wanted: show the protocol.
        done_wanted: it is closed, and nothing is left to do here.
        register_wanted: the session took place, though not with the program.
        reopen_wanted: open the record again, for this reason.
    """

    close_wanted = Signal()
    later_wanted = Signal()
    protocol_wanted = Signal()
    done_wanted = Signal()
    register_wanted = Signal()
    reopen_wanted = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look)
        self._texts = texts
        self._banner: Banner | None = None
        self._said: tuple[str, str, Tone] | None = None
        self._state: ClosingState | None = None
        self._closed_here = False
        self._make_buttons(look, texts)
        self._warnings = QVBoxLayout()
        Spacing(look, self._warnings, gap=6)
        self.papers = Papers(look, texts)
        self._banner_place = QVBoxLayout()
        Spacing(look, self._banner_place, gap=0)
        self.reason = LineEdit(look)
        self._reason_field = Field(look, texts("closing.reopen.reason"), self.reason)
        self._reason_field.hide()
        self._connect()
        self._lay_out(look)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What should be thought of, and may be passed over."""
        return () if self._state is None else self._state.warnings

    def show_state(self, state: ClosingState) -> None:
        """Show where closing stands."""
        if state == self._state:
            return
        had_keyboard = self.close_record.hasFocus()
        was_closed = self._state is not None and self._state.can_reopen
        self._closed_here = state.can_reopen and (self._closed_here or self._can_close())
        self._state = state
        self._show_banner(state)
        self._show_warnings(state.warnings)
        is_open = not state.can_reopen and not state.can_register
        self.close_record.setVisible(is_open and state.can_show_protocol)
        self.close_record.setEnabled(state.can_close)
        self.close_record.setAccessibleDescription(f"{state.fact} {state.cause}".strip())
        self.register.setVisible(state.can_register)
        self.later.setVisible(not state.can_reopen)
        self.protocol.setVisible(state.can_show_protocol)
        self.reopen.setVisible(state.can_reopen)
        self._show_done(had_keyboard=had_keyboard)
        if was_closed != state.can_reopen:
            self.ask_reason(asked=False)

    def begin(self) -> None:
        """Another session is opened."""
        self._state, self._closed_here = None, False

    def show_reason_error(self, words: str) -> None:
        """Say what is wrong with the reason."""
        self._reason_field.set_error(words)
        if words:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_wanted(self, *, papers: bool) -> None:
        """Closing saves papers as well, or nothing but the record."""
        key = "closing.close" if papers else "closing.close_only"
        self.close_record.set_words(self._texts(key), icon="lock-simple")

    def ask_reason(self, *, asked: bool) -> bool:
        """Ask why the record is opened again, or no longer; False when nothing was asked before."""
        was_asked = not self._reason_field.isHidden()
        self._reason_field.setVisible(asked)
        self.cancel.setVisible(asked)
        self.done.setVisible(self._closed_here and not asked)
        self.protocol.setVisible(not asked and self._state is not None and self._state.can_show_protocol)
        if asked:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.reason.clear()
            self.show_reason_error("")
        return was_asked

    # --- inside ------------------------------------------------------------------------------------------

    def _make_buttons(self, look: Look, texts: Texts) -> None:
        self.close_record = Button(
            look, texts("closing.close"), Kind.PRIMARY, scale=Scale.RUN, icon="lock-simple"
        )
        self.done = Button(look, texts("closing.finish"), Kind.PRIMARY, scale=Scale.RUN, icon="check")
        self.register = Button(look, texts("closing.register"), Kind.PRIMARY, scale=Scale.RUN)
        self.later = Button(look, texts("closing.later"))
        self.protocol = Button(look, texts("closing.show_protocol"), icon="file-pdf")
        self.reopen = Button(look, texts("closing.reopen"))
        self.cancel = Button(look, texts("closing.cancel"))
        self.cancel.hide()
        by_letter(
            self.close_record, self.done, self.register, self.later, self.protocol, self.reopen, self.cancel
        )

    def _connect(self) -> None:
        self.close_record.clicked.connect(self.close_wanted)
        self.done.clicked.connect(self.done_wanted)
        self.register.clicked.connect(self.register_wanted)
        self.later.clicked.connect(self.later_wanted)
        self.protocol.clicked.connect(self.protocol_wanted)
        self.reopen.clicked.connect(self._on_reopen)
        self.cancel.clicked.connect(lambda: self.ask_reason(asked=False))
        self.reason.returnPressed.connect(self._on_reopen)

    def _lay_out(self, look: Look) -> None:
        self.body.addLayout(self._banner_place)
        self.body.addWidget(self.papers)
        self.body.addLayout(self._warnings)
        self.body.addWidget(self._reason_field)
        self.body.addWidget(self.close_record)
        self.body.addWidget(self.done)
        self.body.addWidget(self.register)
        row = QHBoxLayout()
        Spacing(look, row, (0, 4, 0, 0), 8)
        for button in (self.later, self.cancel, self.reopen, self.protocol):
            row.addWidget(button, 1)
        self.body.addLayout(row)

    def _can_close(self) -> bool:
        return self._state is not None and self._state.can_close

    def _show_done(self, *, had_keyboard: bool) -> None:
        """Who has closed it here goes on; who looks it up later came from somewhere else."""
        self.done.setVisible(self._closed_here)
        if self._closed_here and had_keyboard:
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_banner(self, state: ClosingState) -> None:
        said = _said_of(state)
        if said == self._said:
            return
        self._said = said
        if self._banner is not None:
            self._banner_place.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if said is not None:
            fact, cause, tone = said
            self._banner = Banner(self.look, tone, fact, cause, parent=self)
            self._banner_place.addWidget(self._banner)

    def _show_warnings(self, warnings: tuple[str, ...]) -> None:
        clear(self._warnings)
        for words in warnings:
            self._warnings.addWidget(_Warning(self.look, words, self))

    def _on_reopen(self) -> None:
        if self._reason_field.isHidden():
            self.ask_reason(asked=True)
        else:
            self.reopen_wanted.emit(self.reason.text())


def _said_of(state: ClosingState) -> tuple[str, str, Tone] | None:
    """Fact, cause and tone of the banner."""
    if state.fact:
        tone = Tone.NEUTRAL if state.can_reopen or state.can_register else Tone.ATTENTION
        return state.fact, state.cause, tone
    fact, cause = state.ready
    return (fact, cause, Tone.OK) if fact else None


class _Warning(PaintedWidget):
    """Something to think of, which does not block."""

    def __init__(self, look: Look, words: str, parent: QWidget) -> None:
        super().__init__(look, parent)
        row = QHBoxLayout(self)
        Spacing(look, row, (26, 0, 0, 0))
        row.addWidget(Label(look, words, "small", wrap=True))

    def draw(self, ink: Ink) -> None:
        side = self.look.px(17)
        top = (self.look.theme.style("small").line - side) / 2
        ink.icon("info", QRectF(1, max(0.0, top), side, side), self.look.colour("text_muted"))
