"""Klargjøring as it is seen: five tiles, the room, who waits, and one big button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from trainer_app.domain.films import Sha256
from trainer_app.domain.sessions import SessionId
from trainer_app.ui.clearing import ClearQuestion
from trainer_app.ui.keys import keys_of
from trainer_app.ui.office import Office
from trainer_app.ui.page import KeyHelp
from trainer_app.ui.session.announcer import Announcer
from trainer_app.ui.session.prepare.body import PrepareBody
from trainer_app.ui.session.prepare.models import BannerModel, DetailsModel, EmptyModel, PrepareModel, Way
from trainer_app.ui.session.prepare.presenter import PreparePresenter
from trainer_app.ui.session.step_head import StepHead
from trainer_app.ui.session.step_view import PREPARE, RUN, StepView
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.confirm import Confirm
from trainer_app.ui.widgets.empty_state import EmptyState

_TICK_MS = 10_000
"""The minutes to the start are never older than this."""


class PrepareView(StepView):
    """Shows what its presenter says."""

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = office.texts
        self._model: PrepareModel | None = None
        self._opener: QWidget | None = None
        self.question: Confirm | None = None
        self._is_fresh = False
        self._head = StepHead(look, office.texts, PREPARE)
        self.body = PrepareBody(look, office.texts)
        self._announcer = Announcer(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self.presenter = PreparePresenter(office, self)
        self._lay_out()
        self._connect()
        self._shortcuts()

    # --- what the presenter asks -------------------------------------------------------------------------

    def show_page(self, model: PrepareModel) -> None:
        """Show the page; what has not changed is not touched."""
        before, self._model = self._model, model
        body = self.body
        self._head.show_facts(model.facts)
        if before is None or before.banner != model.banner:
            self._show_banner(model.banner)
        if before is None or before.empty != model.empty:
            self._show_empty(model.empty)
        body.bar.show_bar(model)
        body.tiles.setVisible(bool(model.tiles))
        body.tiles.show_tiles(model.tiles)
        body.room.show_room(model.room)
        body.start.show_start(model.start)
        body.show_middle(model)
        if before is not None and before.sentence != model.sentence:
            self._announcer.say(model.sentence)
        self._take_focus(model)

    def show_details(self, details: DetailsModel | None) -> None:
        """Show what is known of a headset; None: no longer."""
        card = self.body.details
        if details is not None:
            card.show_details(details)
            if card.isHidden():
                self.body.show_beside_start(card)
                card.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not card.isHidden():
            self._show_room()

    def show_add(self) -> None:
        """Ask for the address of a headset."""
        self._remember_opener()
        self.presenter.show_details(None)
        self.body.show_beside_start(self.body.add)
        self.body.add.ask_new()

    def show_correction(self, number: int, address: str) -> None:
        """Ask for the right address of a headset; afterwards the keyboard goes back to its tile."""
        self._opener = self.body.tiles.tiles.get(number)
        self.presenter.show_details(None)
        self.body.show_beside_start(self.body.add)
        self.body.add.ask_correction(number, address)

    def ask_clearing(self, question: ClearQuestion) -> None:
        """Ask whether films are to go from a headset that is full."""
        asked = Confirm(self.look, question.title, question.cause, question.yes, question.no, self)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.accepted.connect(lambda: self.presenter.clear(question))
        self.question = asked
        asked.open()

    def address_corrected(self) -> None:
        """The headset is looked for there."""
        self._close_card()

    def address_added(self) -> None:
        """The address was taken."""
        self.body.add.taken()

    def address_refused(self, words: str) -> None:
        """Say beside the field what is wrong with the address."""
        self.body.add.refused(words)

    def go_on(self) -> None:
        """The session is ready: on to the run."""
        self.step_wanted.emit(RUN)

    # --- what the page asks ------------------------------------------------------------------------------

    def open(self, session_id: SessionId, detail: str = "") -> None:
        """Show a session."""
        self._is_fresh = True
        self._show_room()
        self.presenter.open(session_id)
        self._timer.start()

    def leave(self) -> None:
        """It is hidden; the suitcase stays open."""
        self._timer.stop()
        self._announcer.stop()
        self.presenter.leave()
        self._model = None

    def end(self) -> None:
        """It goes away for good."""
        self._timer.stop()
        self._announcer.stop()
        self.presenter.end()

    def unsaved(self) -> Sequence[str]:
        """An address that was typed and not given."""
        return self.body.add.unfinished()

    def key_help(self) -> Sequence[KeyHelp]:
        """The keys of klargjøring."""
        return keys_of("prepare", self._texts)

    def help_topic(self) -> str:
        """That of the headset whose details are shown, or whose tile has the keyboard."""
        details, tiles = self.body.details, self.body.tiles.tiles
        if details.details is not None and not details.isHidden():
            return details.details.help_topic
        focus = self.window().focusWidget()
        models = () if self._model is None else self._model.tiles
        of_tile = (each.help_topic for each in models if _holds(tiles.get(each.number), focus))
        return next(of_tile, "")

    def first_focus(self) -> QWidget | None:
        """The first tile that needs somebody, else the big button."""
        if self._model is None:
            return None
        if isinstance(self._empty, EmptyState):
            return self._empty.primary
        return self.body.tiles.first_in_need() or self._first_at_start()

    def escape(self) -> None:
        """Put what is to be thought of, the details, or the question for an address, away."""
        if self.body.room.isHidden() or not self.body.findings.isHidden():
            self._close_card()

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._banner: Banner | None = None
        self._empty: EmptyState | None = None
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(scroll, 1)

    def _connect(self) -> None:
        body, presenter, case = self.body, self.presenter, self.presenter.suitcase
        self._timer.timeout.connect(presenter.tick)
        body.bar.film_chosen.connect(lambda sha256: presenter.choose_film(Sha256(sha256)))
        body.bar.add_wanted.connect(self.show_add)
        body.bar.identify_wanted.connect(case.identify)
        body.bar.again_wanted.connect(presenter.get_ready)
        body.tiles.pressed.connect(self._on_tile_pressed)
        body.tiles.details_wanted.connect(self._on_details_wanted)
        body.room.ticked.connect(lambda line, done: presenter.tick_room(line, done=done))
        body.room.findings_wanted.connect(self._on_findings_wanted)
        body.findings.closed.connect(self._close_card)
        body.choice.chosen.connect(lambda on_screen: presenter.choose_on_screen(on_screen=on_screen))
        body.start.pressed.connect(presenter.press_hero)
        body.start.retry_wanted.connect(case.retry)
        body.start.aside_wanted.connect(lambda number: case.set_aside(number, aside=True))
        body.details.retry_wanted.connect(case.retry)
        body.details.aside_wanted.connect(lambda number, aside: case.set_aside(number, aside=aside))
        body.details.correction_wanted.connect(presenter.correct_address)
        body.details.defective_wanted.connect(presenter.mark_defective)
        body.details.help_wanted.connect(presenter.show_help)
        body.details.closed.connect(self._close_card)
        body.add.address_given.connect(presenter.add_address)
        body.add.address_corrected.connect(presenter.change_address)
        body.add.closed.connect(self._close_card)

    def _shortcuts(self) -> None:
        for number in range(1, 10):
            self._key(f"Alt+{number}", partial(self.body.tiles.focus_tile, number))
        self._key("Ctrl+K", self.presenter.get_ready)
        self._key("Ctrl+I", self.presenter.suitcase.identify)
        for enter in ("Return", "Enter"):
            self._key(f"Ctrl+{enter}", self.presenter.press_hero)

    def _key(self, keys: str, does: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(does)

    def _show_banner(self, model: BannerModel | None) -> None:
        _forget(self._banner)
        self._banner = None
        if model is None:
            return
        buttons = [model.button] if model.button else []
        self._banner = Banner(self.look, model.tone, model.fact, model.cause, buttons)
        if model.way is not None:
            self._banner.chosen.connect(partial(self._on_way, model.way))
        self.body.message.addWidget(self._banner)

    def _show_empty(self, model: EmptyModel | None) -> None:
        _forget(self._empty)
        self._empty = None
        if model is None:
            return
        self._empty = EmptyState(
            self.look, "suitcase", model.heading, model.sentence, model.button, primary_icon=None
        )
        self._empty.primary_pressed.connect(partial(self.presenter.go, model.way))
        self.body.empty_place.addWidget(self._empty)

    def _on_way(self, way: Way, _at: int) -> None:
        self.presenter.go(way)

    def _on_tile_pressed(self, number: int) -> None:
        self._remember_opener()
        self.presenter.press(number)

    def _on_details_wanted(self, number: int) -> None:
        self._opener = self.body.tiles.tiles[number]
        self.presenter.show_details(number)

    def _on_findings_wanted(self) -> None:
        self._remember_opener()
        self.body.show_findings(shown=True)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._scroll.ensureWidgetVisible(self.body.findings)
        self.body.findings.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember_opener(self) -> None:
        focus = self.window().focusWidget()
        self._opener = focus if focus is not None and self.isAncestorOf(focus) else None

    def _close_card(self) -> None:
        self.presenter.show_details(None)
        self._show_room()
        if self._opener is not None and isValid(self._opener) and self._opener.isVisibleTo(self):
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
        self._opener = None

    def _show_room(self) -> None:
        self.body.show_beside_start(self.body.room)
        self.body.show_findings(shown=False)

    def _take_focus(self, model: PrepareModel) -> None:
        """Once, when there is something to focus; never away from where the user has gone meanwhile."""
        if not self._is_fresh or not (model.tiles or model.empty):
            return
        self._is_fresh = False
        focus, first = self.window().focusWidget(), self.first_focus()
        elsewhere = focus is not None and self.isAncestorOf(focus)
        if first is not None and self.isVisible() and not elsewhere:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_at_start(self) -> QWidget | None:
        hero = self.body.start.hero
        return hero if hero.isEnabled() else self.body.bar.add


def _holds(tile: QWidget | None, focus: QWidget | None) -> bool:
    return tile is not None and focus is not None and (tile is focus or tile.isAncestorOf(focus))


def _forget(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
