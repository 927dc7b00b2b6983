"""The suitcase itself: header, table of headsets, legend, accessories, the last check."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.services.film_matrix import FilmMark
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.kit.accessory_table import AccessoryTable
from trainer_app.ui.kit.headset_table import MARK_ICONS, HeadsetTable
from trainer_app.ui.kit.shown import CheckCard as CheckCardShown
from trainer_app.ui.kit.shown import KitShown
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.fields import ComboBox
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.scrolling import BarInMargin, scrolling

_LEGEND = (FilmMark.ON_PLACE, FilmMark.OLDER, FilmMark.MISSING)


class OverviewPane(QWidget):
    """Shows a suitcase.

    Signals:
        kit_chosen: another suitcase, by its key.
        new_wanted: add a suitcase.
        edit_wanted: change this one.
        check_wanted: begin a check, or go on with it.
        take_in_wanted: put the headsets without a suitcase into this one.
        arming_wanted: make the headsets that are on a cable ready for Wi-Fi.
        clear_wanted: ask whether the films may go that the library does not have.
    """

    kit_chosen = Signal(str)
    new_wanted = Signal()
    edit_wanted = Signal()
    check_wanted = Signal()
    take_in_wanted = Signal()
    arming_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self.shown: KitShown | None = None
        self.title = Label(look, "", "title")
        self.second = Label(look, "", "body", "text_muted", wrap=True)
        self.kits = ComboBox(look)
        self.kits.setAccessibleName(texts("kit.choose"))
        self.kits.view().setAccessibleName(texts("kit.choose"))
        self.new_button = Button(look, texts("kit.new"), icon="plus")
        self.edit_button = Button(look, texts("kit.edit"), icon="pencil-simple")
        self.table = HeadsetTable(look, texts)
        self.none = Label(look, texts("kit.table.none"), "body", wrap=True)
        self.legend = Legend(look, texts)
        self.films_count = Label(look, "", "small", "text_muted", tabular=True)
        self.accessories = AccessoryTable(look, texts)
        self.check_card = CheckCard(look, texts)
        self._homeless = Announcement(look)
        self._homeless.chosen.connect(self.take_in_wanted)
        self._foreign = Announcement(look, beside=True)
        self._foreign.chosen.connect(self.clear_wanted)
        self._wired = Announcement(look, beside=True)
        self._wired.chosen.connect(self.arming_wanted)
        self._lay_out()
        self.kits.activated.connect(lambda at: self.kit_chosen.emit(self.kits.itemData(at)))
        self.new_button.clicked.connect(self.new_wanted)
        self.edit_button.clicked.connect(self.edit_wanted)
        self.check_card.button.clicked.connect(self.check_wanted)
        by_letter(self.new_button, self.edit_button, self.check_card.button)

    def show_kit(self, shown: KitShown) -> None:
        """Show a suitcase; nothing that has the keyboard is made anew."""
        self.shown = shown
        self.title.setText(shown.title)
        self.title.updateGeometry()
        self.second.setText(shown.second)
        self.second.updateGeometry()
        self._show_choices(shown)
        self.table.show_kit(shown)
        self.none.setVisible(not shown.headsets)
        self.films_count.setText(shown.films_count)
        self.films_count.updateGeometry()
        self.accessories.show_rows(shown.accessories)
        self.check_card.show_card(shown.check)
        self._homeless.announce(shown.homeless, self._texts("kit.homeless.take_in"))
        self._foreign.announce(shown.foreign, self._texts("headset_film.announced.button"))
        self._wired.announce(shown.wired, self._texts("kit.wired.arm") if shown.can_arm else "")

    def set_panel_open(self, is_open: bool) -> None:
        """While a panel is open, its own actions are the ones that count."""
        for button in (self.new_button, self.edit_button):
            button.setVisible(not is_open)
        self.check_card.button.setVisible(not is_open)
        self.check_card.under_way.setVisible(not is_open and bool(self.check_card.under_way.text()))

    def _lay_out(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 16, 0, 0), 12)
        column.addLayout(self._header())
        content = QWidget()
        inside = QVBoxLayout(content)
        Spacing(look, inside, (24, 0, 24, 12), 12)
        inside.addWidget(self._homeless)
        inside.addWidget(self._foreign)
        inside.addWidget(self._wired)
        inside.addWidget(self.table)
        inside.addWidget(self.none)
        inside.addLayout(self._legend_row())
        inside.addLayout(self._cards())
        inside.addStretch(1)
        area = scrolling(content)
        BarInMargin(look, area, inside)
        column.addWidget(area, 1)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self._look, row, (24, 0, 24, 0), 12)
        words = QVBoxLayout()
        Spacing(self._look, words, (0, 0, 0, 0), 0)
        words.addWidget(self.title)
        words.addWidget(self.second)
        row.addLayout(words, 1)
        for part in (self.kits, self.new_button, self.edit_button):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _legend_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self._look, row, (4, 0, 4, 0), 12)
        row.addWidget(self.legend)
        row.addStretch(1)
        row.addWidget(self.films_count)
        return row

    def _cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self._look, row, (0, 0, 0, 0), 16)
        card = Card(self._look, self._texts("kit.accessories"), aside=self._texts("kit.found_of_expected"))
        card.body.addWidget(self.accessories)
        card.body.addStretch(1)
        row.addWidget(card, 6)
        row.addWidget(self.check_card, 5)
        return row

    def _show_choices(self, shown: KitShown) -> None:
        self.kits.setVisible(len(shown.kits) > 1)
        now = [(self.kits.itemData(at), self.kits.itemText(at)) for at in range(self.kits.count())]
        if now != [(choice.key, choice.words) for choice in shown.kits]:
            self.kits.clear()
            for choice in shown.kits:
                self.kits.addItem(choice.words, choice.key)
        self.kits.setCurrentIndex(self.kits.findData(str(shown.id)))


class Announcement(QWidget):
    """Something about the suitcase that somebody may act on, above its table; nothing most of the time.

    Signals:
        chosen: the button was pressed.
    """

    chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None, *, beside: bool = False) -> None:
        """``beside``: the button stands beside the words."""
        super().__init__(parent)
        self._look, self._beside = look, beside
        self._said = ("", "")
        self._inside = QVBoxLayout(self)
        Spacing(look, self._inside, (0, 0, 0, 0), 0)
        self.hide()

    def announce(self, words: str, button: str) -> None:
        """Say this, with a button or without one; no words: say nothing. The same again changes nothing."""
        if (words, button) == self._said:
            return
        self._said = (words, button)
        clear(self._inside)
        if words:
            buttons = [button] if button else []
            banner = Banner(self._look, Tone.NEUTRAL, words, buttons=buttons, beside=self._beside)
            banner.chosen.connect(lambda _: self.chosen.emit())
            self._inside.addWidget(banner)
        self.setVisible(bool(words))


class CheckCard(Card):
    """The last check, when the next is due, and the button that begins it."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("kit.check.card"), parent=parent)
        self.last = Label(look, "", "body", wrap=True)
        self.due = Label(look, "", "small", "text_muted", wrap=True)
        self.under_way = Label(look, "", "body-strong", "accent_ink", wrap=True)
        self.explained = Label(look, texts("kit.check.explained"), "small", "text_muted", wrap=True)
        self.button = Button(look, texts("kit.check.begin"), Kind.PRIMARY, icon="clipboard-text")
        for label in (self.last, self.due, self.under_way, self.explained):
            self.body.addWidget(label)
        row = QHBoxLayout()
        Spacing(look, row, (0, 8, 0, 0), 8)
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_card(self, shown: CheckCardShown) -> None:
        """Show the words."""
        for label, words in (
            (self.last, shown.last),
            (self.due, shown.due),
            (self.under_way, shown.under_way),
        ):
            label.setText(words)
            label.setVisible(bool(words) and (label is not self.under_way or not self.button.isHidden()))
            label.updateGeometry()
        self.due.set_shade("attention_ink" if shown.overdue else "text_muted")
        self.button.set_words(shown.button, icon="clipboard-text")


class Legend(PaintedWidget):
    """What the signs of the film matrix mean."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._parts = [(*MARK_ICONS[mark], texts(f"kit.mark.{mark.value}")) for mark in _LEGEND]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(words for _, _, words in self._parts))

    def sizeHint(self) -> QSize:
        """All on a line."""
        return QSize(round(sum(self._width(words) for _, _, words in self._parts)), self.look.px(22))

    def draw(self, ink: Ink) -> None:
        """Sign, word, sign, word."""
        x, side = 0.0, self.look.px(18)
        for icon, tone, words in self._parts:
            neutral = tone is Tone.NEUTRAL
            colour = self.look.colour("text_muted") if neutral else self.look.ink(tone)
            ink.icon(icon, QRectF(x, (self.height() - side) / 2, side, side), colour)
            left = x + side + self.look.px(4)
            box = QRectF(left, 0, self._width(words) - side - self.look.px(4), self.height())
            ink.text(box, words, self.look.font("small"), self.look.colour("text_muted"))
            x += self._width(words)

    def _width(self, words: str) -> float:
        return QFontMetricsF(self.look.font("small")).horizontalAdvance(words) + self.look.px(18 + 4 + 20)
