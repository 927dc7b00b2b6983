"""The right column: notes, learning points, actions, and the field for new ones; or, hidden, numbers only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainterPath, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from trainer_app.domain.notes import ActionItem
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.debrief.editors import RowEditor, editor_for
from trainer_app.ui.session.debrief.gathered_section import GatheredSection
from trainer_app.ui.session.debrief.lines import GatheredLine
from trainer_app.ui.session.debrief.presenter import DebriefPresenter, Gathered
from trainer_app.ui.session.notes.note_entry import NoteEntry
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.scrolling import scrolling

WIDE, AT_LEAST, NARROW = 412, 330, 76
_LINE = 1


class GatheredColumn(PaintedWidget):
    """What was gathered, all of it readable.

    Signals:
        action_wanted: *Nytt tiltak* was pressed.
    """

    action_wanted = Signal()

    def __init__(
        self, look: Look, texts: Texts, presenter: DebriefPresenter, today: Callable[[], date]
    ) -> None:
        super().__init__(look)
        self._texts, self._presenter, self._today = texts, presenter, today
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._measure)
        self._measure()
        new = Button(look, texts("debrief.new_action"), Kind.QUIET, scale=Scale.ROW, icon="plus", keycap="F5")
        new.clicked.connect(self.action_wanted)
        self.notes = self._section("notes", None)
        self.points = self._section("points", None)
        self.action_items = self._section("actions", new)
        self.foot = QWidget()
        self._foot_place = QVBoxLayout(self.foot)
        Spacing(look, self._foot_place, (16, 10, 16, 8))
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As wide as the design has it; where there is little room, narrower."""
        return QSize(self.look.px(WIDE), super().sizeHint().height())

    def put_entry(self, entry: NoteEntry) -> None:
        """Put the field for new notes at the foot."""
        self._foot_place.addWidget(entry)

    def show_gathered(self, gathered: Gathered) -> None:
        """Show all of it."""
        self.notes.show_lines(gathered.notes)
        self.points.show_lines(gathered.points)
        self.action_items.show_lines(gathered.actions)

    def close_editors(self) -> bool:
        """End all changes; False while something typed cannot be saved."""
        closed = [section.close_editor() for section in self._sections()]
        return all(closed)

    def unsaved(self) -> Sequence[str]:
        """What was typed and is not stored."""
        return [text for section in self._sections() for text in section.unsaved()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ground of the foot follows."""
        super().resizeEvent(event)
        self.update()

    def draw(self, ink: Ink) -> None:
        """A raised surface with a sunken foot."""
        box, radius = QRectF(self.rect()), self.look.theme.radius("card")
        line = self.look.colour("outline")
        ink.box(box, radius, self.look.colour("surface_raised"))
        shape = QPainterPath()
        shape.addRoundedRect(box, radius, radius)
        foot = QRectF(self.foot.geometry()).adjusted(-_LINE, 0, _LINE, _LINE)
        ink.painter.save()
        ink.painter.setClipPath(shape)
        ink.painter.fillRect(foot, self.look.colour("surface"))
        ink.painter.fillRect(QRectF(foot.left(), foot.top(), foot.width(), 1), line)
        ink.painter.restore()
        ink.box(box, radius, None, line)

    # --- inside ------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        self.setMinimumWidth(self.look.px(AT_LEAST))
        self.setMaximumWidth(self.look.px(WIDE))

    def _sections(self) -> tuple[GatheredSection, ...]:
        return self.notes, self.points, self.action_items

    def _section(self, name: str, aside: QWidget | None) -> GatheredSection:
        heading, empty = self._texts(f"debrief.{name}.heading"), self._texts(f"debrief.{name}.empty")
        section = GatheredSection(self.look, heading, empty, self._make_editor, aside=aside)
        section.opened.connect(self._on_opened)
        section.resized.connect(self._on_resized)
        return section

    def _make_editor(self, line: GatheredLine, parent: QWidget) -> RowEditor:
        return editor_for(
            self.look,
            self._texts,
            self._presenter,
            line,
            owner=self._presenter.owner_of(line.source) if isinstance(line.source, ActionItem) else "",
            today=self._today,
            parent=parent,
        )

    def _on_opened(self) -> None:
        opened = self.sender()
        for section in self._sections():
            if section is not opened:
                section.close_editor()

    def _on_resized(self) -> None:
        """The column learns how far it can scroll a moment after its parts."""
        QTimer.singleShot(0, self, self._show_whole_editor)

    def _show_whole_editor(self) -> None:
        editor = next((each.editor for each in self._sections() if each.editor is not None), None)
        if editor is not None:
            self._scroll.ensureWidgetVisible(editor, 0, 0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_LINE, _LINE, _LINE, _LINE)
        column.setSpacing(0)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        Spacing(self.look, rows, gap=0)
        for section in self._sections():
            rows.addWidget(section)
        rows.addStretch(1)
        self._scroll = scrolling(inside)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.foot)


class HiddenColumn(PaintedWidget):
    """Numbers only: nothing that was written can be read.

    Signals:
        note_wanted: a note is to be written.
    """

    note_wanted = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look)
        self._texts = texts
        FixedSize(look, self, width=NARROW)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._counts = {
            "notes": _Count(look, "note"),
            "points": _Count(look, "lightbulb"),
            "actions": _Count(look, "flag-banner"),
        }
        self.write = Button(
            look, kind=Kind.CHOSEN, scale=Scale.RUN, icon="note-pencil", name=texts("notes.free")
        )
        self.write.clicked.connect(self.note_wanted)
        column = QVBoxLayout(self)
        Spacing(look, column, (8, 16, 8, 14), 16)
        column.addWidget(_Count(look, "eye-slash"), 0, Qt.AlignmentFlag.AlignHCenter)
        for count in self._counts.values():
            column.addWidget(count, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        column.addWidget(self.write, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_gathered(self, gathered: Gathered) -> None:
        """Show how many there are."""
        numbers = {
            "notes": len(gathered.notes),
            "points": len(gathered.points),
            "actions": len(gathered.actions),
        }
        for name, number in numbers.items():
            words = self._texts(f"debrief.{name}.heading")
            self._counts[name].show_number(number, f"{words}: {number}")
        self.setAccessibleName(", ".join(count.accessibleName() for count in self._counts.values()))

    def draw(self, ink: Ink) -> None:
        """A raised surface."""
        box, radius = QRectF(self.rect()), self.look.theme.radius("card")
        ink.box(box, radius, self.look.colour("surface_raised"), self.look.colour("outline"))


class _Count(QWidget):
    """A sign with a number below."""

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        Spacing(look, column, gap=4)
        column.addWidget(_Sign(look, icon), 0, Qt.AlignmentFlag.AlignHCenter)
        self._number = Label(look, "", "subheading", "text_muted", tabular=True)
        self._number.hide()
        column.addWidget(self._number, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_number(self, number: int, name: str) -> None:
        """Show another number."""
        self._number.setText(str(number))
        self._number.show()
        self.setAccessibleName(name)
        self.setToolTip(name)


class _Sign(PaintedWidget):
    """An icon."""

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__(look)
        self._icon = icon
        FixedSize(look, self, width=24, height=24)

    def draw(self, ink: Ink) -> None:
        ink.icon(self._icon, QRectF(self.rect()), self.look.colour("text_muted"))
