"""The page *Hjelp*: topics at the left, the open one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from trainer_app.ui.help.presenter import HelpPresenter
from trainer_app.ui.help.shown import ListShown, TopicShown
from trainer_app.ui.help.topic_list import TopicList
from trainer_app.ui.help.topic_pane import TopicPane
from trainer_app.ui.help.wording import list_groups
from trainer_app.ui.keys import KeyHelp, keys_of
from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import Page
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, by_letter
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.empty_state import EmptyState
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

_PAGE_KEYS = {"PgUp": -1, "PgDown": 1}


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


class HelpPage(Page):
    """Shows the help. Implements ``HelpView``.

    Attributes:
        copy: Puts a text on the clipboard.
        topic: What is open.
        area: What scrolls it.
    """

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        texts = office.texts
        super().__init__(look, texts("help.title"), parent)
        self._texts = texts
        self.copy: Callable[[str], None] = _to_clipboard
        self.presenter = HelpPresenter(office, self)
        self.list = TopicList(look, texts, list_groups(texts))
        self.title = Label(look, "", "title", wrap=True)
        self.back = Button(look, texts("help.back"), icon="arrow-left")
        self.print_button = Button(look, texts("help.print"), icon="printer")
        self.topic: TopicPane | None = None
        self.area: QScrollArea | None = None
        self._body = QStackedWidget()
        self.nothing = EmptyState(
            look,
            "question",
            texts("help.none"),
            texts("help.none.step"),
            texts("help.clear"),
            primary_icon=None,
        )
        self._is_stale = False
        self._lay_out()
        self._connect()
        look.changed.connect(self._on_look_changed)

    # --- Page --------------------------------------------------------------------------------------------

    def enter(self, target: Target) -> None:
        """``detail`` names a topic, ``item`` the place one comes from."""
        self.list.clear()
        self.presenter.open(target.detail, str(target.item or ""))

    def end(self) -> None:
        """Follow the look no longer."""
        self.look.changed.disconnect(self._on_look_changed)

    def key_help(self) -> Sequence[KeyHelp]:
        """Keys of list and page."""
        return keys_of("help", self._texts)

    def first_focus(self) -> QWidget | None:
        """The open topic in the list."""
        return self.list.current

    def regions(self) -> Sequence[QWidget]:
        """List and head; what is read has nothing to be pressed, or little."""
        return (self.list, self._head)

    def search(self) -> None:
        """Ctrl+F."""
        self.list.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.field.selectAll()

    def print(self) -> None:
        """Ctrl+P: the fix cards, where they are looked at and printed."""
        self.presenter.print_cards()

    def escape(self) -> None:
        """First what was searched for goes, then the page."""
        if self.list.field.text():
            self.list.clear()
            self.list.current.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.presenter.go_back()

    # --- HelpView ----------------------------------------------------------------------------------------

    def show_list(self, shown: ListShown) -> None:
        """Show which topics were found, and which is open."""
        self.list.show_list(shown)

    def show_topic(self, shown: TopicShown) -> None:
        """Show a topic from its beginning."""
        if self.topic is None or self._is_stale or self.topic.shown != shown:
            self._make_topic(shown)
        assert self.area is not None
        self._body.setCurrentWidget(self.area)

    def show_nothing_found(self) -> None:
        """No topic has the words."""
        self.title.setText(self._texts("help.title"))
        self._body.setCurrentWidget(self.nothing)

    def show_back(self, *, possible: bool) -> None:
        """There is a page to go back to, or none."""
        self.back.setVisible(possible)

    # --- inside ------------------------------------------------------------------------------------------

    def _on_look_changed(self) -> None:
        """What is read is laid out anew; while nobody looks, not before it is opened again."""
        self._is_stale = True
        if self.topic is not None and self.topic.isVisible():
            self.show_topic(self.topic.shown)

    def _make_topic(self, shown: TopicShown) -> None:
        old = self.area
        self._is_stale = False
        self.topic = TopicPane(self.look, self._texts, shown)
        self.topic.copy_wanted.connect(self._on_copy_wanted)
        self.title.setText(shown.title)
        self.title.updateGeometry()
        self.area = scrolling(self.topic)
        self.area.setAccessibleName(shown.title)
        self._body.addWidget(self.area)
        if old is not None:
            self._body.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _scroll(self, pages: int) -> None:
        """What is read, wherever the keyboard is."""
        if self.area is not None:
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + pages * bar.pageStep())

    def _on_copy_wanted(self, text: str) -> None:
        self.copy(text)
        self.presenter.copied()

    def _connect(self) -> None:
        self.list.chosen.connect(self.presenter.choose)
        self.list.searched.connect(self.presenter.search)
        self.back.clicked.connect(self.presenter.go_back)
        self.print_button.clicked.connect(self.presenter.print_cards)
        self.nothing.primary_pressed.connect(self._on_all_wanted)

        for keys, pages in _PAGE_KEYS.items():
            # A shortcut, as the list would take the key for itself.
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._scroll, pages))

    def _on_all_wanted(self) -> None:
        self.list.clear()
        self.list.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        Spacing(self.look, row, (0, 0, 0, 0), 0)
        row.addWidget(self.list)
        column = QVBoxLayout()
        Spacing(self.look, column, (0, 0, 0, 0), 0)
        self._head = self._make_head()
        column.addWidget(self._head)
        column.addWidget(hairline())
        column.addWidget(self._body, 1)
        self._body.addWidget(self.nothing)
        row.addLayout(column, 1)

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        Spacing(self.look, row, (24, 16, 24, 16), 12)
        row.addWidget(self.title, 1)
        row.addWidget(self.back)
        row.addWidget(self.print_button)
        by_letter(self.back, self.print_button)
        return head
