"""The window: the rail, the pages, the keys that work everywhere, and the notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.keys import keys_everywhere
from trainer_app.ui.office import Target
from trainer_app.ui.page import MakePage, Page
from trainer_app.ui.shell.key_sheet import KeySheet
from trainer_app.ui.shell.lock_screen import ScreenLock, close_what_lies_over
from trainer_app.ui.shell.notice_bar import NoticeBar
from trainer_app.ui.shell.places import AT_FOOT, HELP, HELP_ICON, ICONS, word
from trainer_app.ui.theme.focus_ring import FocusRing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.rail import Place, Rail

SMALLEST = (1280, 680)
"""Of the client area."""


class Window(QMainWindow):
    """The one window of the app. What the pages are, it does not know; each is made when it is first gone to.

    Attributes:
        pages: Those that have been made, by their place.
        may_close: Asked when the user closes the window, after the page has kept what is typed.

    Signals:
        closing: the user closes the window; pages have been left.
        text_size_wanted: by so many steps of 10 %, or 0 for 100 %.
    """

    closing = Signal()
    text_size_wanted = Signal(int)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self.look, self._texts = look, texts
        self.pages: dict[str, Page] = {}
        self.may_close: Callable[[], bool] = lambda: True
        self._makers: Mapping[str, MakePage] = {}
        self._current = ""
        self._key_sheet: KeySheet | None = None
        self._stack = QStackedWidget()
        self._rail_place = QVBoxLayout()
        self._lay_out()
        self._ring = FocusRing(self, look)
        self._shortcuts()
        self.setMinimumSize(*SMALLEST)
        self.resize(1366, 768)
        self._rail: Rail | None = None

    # --- pages -------------------------------------------------------------------------------------------

    def show_pages(self, texts: Texts, makers: Mapping[str, MakePage], current: Target) -> None:
        """Put the pages that these make in the place of those that were there."""
        if self._current:
            self.page.leave()
        old = list(self.pages.values())
        self.pages, self._makers = {}, makers
        self._current = ""
        self._speak(texts)
        self.go(current)
        for page in old:
            page.end()
            self._stack.removeWidget(page)
            page.deleteLater()

    def go(self, target: Target) -> None:
        """Open a page."""
        page = self._page_at(target.place)
        if self._current and self._current != target.place:
            self.notices.forget_said()
            self.page.leave()
        self._current = target.place
        self._stack.setCurrentWidget(page)
        page.enter(target)
        if self._rail is not None:
            self._rail.set_current(target.place)
            self._rail.setVisible(page.wants_rail)
        self.setWindowTitle(f"{page.windowTitle()} – SimKoffert" if page.wants_rail else "SimKoffert")
        self._focus_first(page)

    def carry_on(self, target: Target) -> None:
        """Let a page lead on what one before it has led; it need not be the one that is open."""
        self._page_at(target.place).carry_on(target)

    def unsaved(self) -> Sequence[str]:
        """What was typed and is not stored, on all pages."""
        return [text for page in self.pages.values() for text in page.unsaved()]

    def show_unsaved(self) -> None:
        """Show where something is not stored, if it is not on the page that is open."""
        begun = [place for place, page in self.pages.items() if page.unsaved()]
        if begun and self._current not in begun:
            self.go(Target(place=begun[0]))

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.pages[self._current]

    @property
    def place(self) -> str:
        """The place of the page that is open."""
        return self._current

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        centre = QWidget()
        centre.setProperty("role", "page")
        row = QHBoxLayout(centre)
        Spacing(self.look, row, (0, 0, 0, 0), 0)
        row.addLayout(self._rail_place)
        row.addWidget(self._stack, 1)
        self.notices = NoticeBar(self.look, self._texts, self._stack, centre)
        stack = QStackedWidget()
        self.lock = ScreenLock(self, self.look, self._texts, centre, stack)
        self.lock.screen.unlock_wanted.connect(self._toggle_lock)
        self.lock.wanted = self._toggle_lock
        self.setCentralWidget(stack)

    def _page_at(self, place: str) -> Page:
        if place not in self.pages:
            page = self.pages[place] = self._makers[place]()
            page.rail_wanted.connect(self._on_rail_wanted)
            self._stack.addWidget(page)
        return self.pages[place]

    def _speak(self, texts: Texts) -> None:
        self._texts = texts
        self.notices.speak(texts)
        self.lock.speak(texts)
        if self._rail is not None:
            self._rail_place.removeWidget(self._rail)
            self._rail.hide()
            self._rail.deleteLater()
        self._rail = Rail(self.look, self._rail_entries(), texts("shell.rail"))
        self._rail.place_chosen.connect(self._on_place_chosen)
        self._rail.action_chosen.connect(lambda _help: self._show_keys())
        self._rail_place.addWidget(self._rail)

    def _rail_entries(self) -> list[Place]:
        texts = self._texts
        places = [
            Place(key=key, icon=icon, word=word(texts, key), at_foot=key in AT_FOOT)
            for key, icon in ICONS.items()
            if key in self._makers
        ]
        help_ = Place(
            key=HELP,
            icon=HELP_ICON,
            word=texts("shell.help"),
            hint=texts("shell.help.hint"),
            at_foot=True,
            is_page=HELP in self._makers,
        )
        at = next((at for at, place in enumerate(places) if place.at_foot), len(places))
        return [*places[:at], help_, *places[at:]]

    def _shortcuts(self) -> None:
        for at, place in enumerate(ICONS, start=1):
            self._key(f"Ctrl+{at}", partial(self._go_to_place, place))
        self._key("Ctrl+N", lambda: self.go(Target(place="plan", detail="new")))
        self._key("F1", self._show_help)
        self._key("Ctrl+F", lambda: self.page.search())
        self._key("Ctrl+P", lambda: self.page.print())
        self._key("Ctrl+S", lambda: self.page.save())
        self._key("Ctrl+Z", self._undo)
        self._key("Esc", self._escape, also_locked=True)
        # Held down these two count once: what Ctrl+L has hidden must not come back by itself.
        lock = self._key("Ctrl+L", self._toggle_lock, also_locked=True, repeats=False)
        lock.setContext(Qt.ShortcutContext.ApplicationShortcut)  # also where a menu or a list has the keys
        self._key("F11", self._toggle_full_screen, also_locked=True, repeats=False)
        self._key("F6", self._next_region)
        for keys, steps in ((("Ctrl++", "Ctrl+="), 1), (("Ctrl+-",), -1), (("Ctrl+0",), 0)):
            for key in keys:
                self._key(key, partial(self.text_size_wanted.emit, steps))

    def _key(
        self, keys: str, does: Callable[[], object], *, also_locked: bool = False, repeats: bool = True
    ) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(repeats)
        shortcut.activated.connect(lambda: does() if also_locked or not self.lock.is_locked else None)
        return shortcut

    def _escape(self) -> None:
        if self.lock.is_locked:
            self._toggle_lock()
        else:
            self.page.escape()

    def _toggle_lock(self) -> None:
        """Hide everything but the timer and Stopp alt, or show it again."""
        if self.lock.is_locked:
            self.lock.unlock()
            for page in self.pages.values():
                page.unlock()
            return
        close_what_lies_over()
        kept = [widget for page in self.pages.values() if (widget := page.lock()) is not None]
        self.lock.lock(kept[0] if kept else None)

    def event(self, event: QEvent) -> bool:
        """A dialog over the window must not keep Ctrl+L from hiding both."""
        if event.type() in (QEvent.Type.WindowBlocked, QEvent.Type.WindowUnblocked):
            self.lock.listen_beside_dialogs(listens=event.type() is QEvent.Type.WindowBlocked)
        return super().event(event)

    def _go_to_place(self, place: str) -> None:
        if place in self._makers:
            self.go(Target(place=place))

    def _undo(self) -> None:
        if not self.notices.undo():
            self.page.undo()

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _next_region(self) -> None:
        """Through the parts of the page, where it has some, then to the rail, and from the start."""
        assert self._rail is not None
        places = [(part, _first_in(part)) for part in self.page.regions()]
        places = places or [(self.page, self.page.first_focus())]
        if self._rail.isVisible():
            places.append((self._rail, self._rail.items[self._current]))
        focus = QApplication.focusWidget()
        within = [focus is not None and part.isAncestorOf(focus) for part, _ in places]
        here = within.index(True) if True in within else -1
        for _, first in (*places[here + 1 :], *places[: here + 1]):
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _on_place_chosen(self, place: str) -> None:
        if place == HELP:
            self._show_help()
        else:
            self.go(Target(place=place))

    def _show_help(self) -> None:
        """The help on what one is doing; over a page that wants the whole window, its keys alone."""
        if HELP not in self._makers or not self.page.wants_rail:
            self._show_keys()
        elif self._current != HELP:
            self.go(Target(place=HELP, detail=self.page.help_topic(), item=self._current))

    def _show_keys(self) -> None:
        keys = [*self.page.key_help(), *keys_everywhere(self._texts)]
        self._key_sheet = KeySheet(self.look, self._texts, self.page.windowTitle(), keys, self)
        self._key_sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._key_sheet.open()

    def _on_rail_wanted(self, wanted: bool) -> None:
        if self.sender() is not self._stack.currentWidget() or self._rail is None:
            return
        self._rail.setVisible(wanted)
        self.setWindowTitle(f"{self.page.windowTitle()} – SimKoffert" if wanted else "SimKoffert")

    def _focus_first(self, page: Page) -> None:
        first = page.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self._ring.by_keyboard:
                self._ring.hush()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, then tell whoever ends the app; who stays has the page as it was."""
        if self._current:
            self.page.keep()
        if not self.may_close():
            event.ignore()
            return
        if self._current:
            self.page.leave()
        self.closing.emit()
        event.accept()


def _first_in(part: QWidget) -> QWidget | None:
    """What of a part Tab would come to first."""
    tab = Qt.FocusPolicy.TabFocus
    inside = (each for each in part.findChildren(QWidget) if each.isVisible() and each.isEnabled())
    return next((each for each in inside if each.focusPolicy() & tab == tab), None)
