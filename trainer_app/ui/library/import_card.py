"""Taking a film in: the place for a file, what was found in it, and the progress of the copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Explanation, Texts
from trainer_app.ui.library.sections import facts_grid
from trainer_app.ui.library.shown import ImportProgress, ImportShown, ImportTyped
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button, Kind
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.fields import ComboBox, Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.progress_bar import ProgressBar

PROGRESS_MS = 200
_FACTS = 6


class ImportPlace(QWidget):
    """Where films come in; one step at a time.

    Signals:
        choose_wanted: open the chooser for files.
        file_dropped: a file was dropped.
        take_in_wanted: copy the file, with what was typed.
        cancel_wanted: give it up.
        progress_wanted: show how far the copy is.
    """

    choose_wanted = Signal()
    file_dropped = Signal(object)
    take_in_wanted = Signal(object)
    cancel_wanted = Signal()
    progress_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drop = DropArea(look, texts)
        self.form = ImportForm(look, texts)
        self.copying = Copying(look, texts)
        # No stack: that would be as high as its highest page.
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 0, 0, 0), 0)
        for step in (self.drop, self.form, self.copying):
            column.addWidget(step)
        self._show(self.drop)
        self._timer = QTimer(self)
        self._timer.setInterval(PROGRESS_MS)
        self._timer.timeout.connect(self.progress_wanted)
        self.drop.button.clicked.connect(self.choose_wanted)
        self.drop.dropped.connect(self.file_dropped)
        self.form.take_in_wanted.connect(self.take_in_wanted)
        self.form.cancel_wanted.connect(self.cancel_wanted)
        self.copying.cancel.clicked.connect(self.cancel_wanted)

    def show_import(self, shown: ImportShown) -> None:
        """Show what was found in a file."""
        self.form.show_import(shown)
        self._show(self.form)
        self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.title.selectAll()

    def show_failure(self, said: Explanation) -> None:
        """Show the form again, with what was typed, and why the film could not be taken in now."""
        self._timer.stop()
        self.form.show_failure(said)
        self._show(self.form)
        self.form.take_in.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfinished(self) -> list[str]:
        """The film that was chosen and not taken in."""
        return [] if self.form.isHidden() else self.form.unfinished()

    def show_copying(self, title: str) -> None:
        """Show the progress of a copy."""
        self.copying.begin(title)
        self._show(self.copying)
        self.copying.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()

    def show_drop(self) -> None:
        """Show the place for a file."""
        self._timer.stop()
        focus = self.focusWidget()
        had_focus = focus is not None and focus.hasFocus() and not self.drop.isAncestorOf(focus)
        self._show(self.drop)
        if had_focus:
            self.drop.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, step: QWidget) -> None:
        for each in (self.drop, self.form, self.copying):
            each.setVisible(each is step)


class DropArea(PaintedWidget):
    """A place to drop a film, with a button beside; a refusal stands in it.

    Signals:
        dropped: the path of a file.
    """

    dropped = Signal(object)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._over = False
        self.setAcceptDrops(True)
        self.button = Button(look, texts("library.import.choose"), Kind.PRIMARY, icon="download-simple")
        self._refusal = QVBoxLayout()
        self.banner: Banner | None = None
        column = QVBoxLayout(self)
        Spacing(look, column, (20, 16, 20, 16), 12)
        row = QHBoxLayout()
        Spacing(look, row, (0, 0, 0, 0), 16)
        words = QVBoxLayout()
        Spacing(look, words, (0, 0, 0, 0), 0)
        words.addWidget(Label(look, texts("library.import.drop"), "body-strong"))
        words.addWidget(Label(look, texts("library.import.kinds"), "small", "text_muted", wrap=True))
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        column.addLayout(self._refusal)

    def show_refusal(self, said: Explanation | None) -> None:
        """Say why a file was not taken, in three parts; None takes it back."""
        clear(self._refusal)
        self.banner = None
        if said is not None:
            self.banner = Banner(self.look, Tone.DANGER, said.what, f"{said.why} {said.next_step}")
            self._refusal.addWidget(self.banner)
            # Shown at once, so that the page makes room for it.
            self.banner.show()
        self.updateGeometry()

    def draw(self, ink: Ink) -> None:
        """A dashed outline; a tint while a file is held over it."""
        ground = "accent_tint" if self._over else "surface_raised"
        line = self.look.colour("accent_ink" if self._over else "outline_strong")
        radius = self.look.theme.radius("card")
        ink.box(QRectF(self.rect()), radius, self.look.colour(ground), line, style=Qt.PenStyle.DashLine)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._hold(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is held over it any more."""
        self._hold(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file; one film is taken in at a time."""
        self._hold(over=False)
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(Path(files[0]))

    def _hold(self, *, over: bool) -> None:
        self._over = over
        self.update()


class ImportForm(Card):
    """What was found in a file, and what the file does not tell.

    Signals:
        take_in_wanted: copy it, with what was typed.
        cancel_wanted: give it up.
    """

    take_in_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._texts = texts
        self._proposed = ""
        self._head = Label(look, "", "subheading", wrap=True)
        self._facts = QVBoxLayout()
        self.title, self.theme = LineEdit(look), ComboBox(look)
        self.projection, self.stereo = ComboBox(look), ComboBox(look)
        self.fields = {
            "title": Field(look, texts("library.field.title"), self.title),
            "theme": Field(look, texts("library.field.theme"), self.theme),
            "projection": Field(look, texts("library.field.projection"), self.projection),
            "stereo": Field(look, texts("library.field.stereo"), self.stereo),
        }
        self._told = Label(look, "", "small", "text_muted", wrap=True)
        self._failure = QVBoxLayout()
        self.banner: Banner | None = None
        self.take_in = Button(look, texts("library.import.take_in"), Kind.PRIMARY, icon="download-simple")
        self.cancel = Button(look, texts("library.import.cancel"), Kind.QUIET)
        self.take_in.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.cancel_wanted)
        self._lay_out()

    def show_import(self, shown: ImportShown) -> None:
        """Show a file."""
        self.show_failure(None)
        self._head.setText(shown.file_name)
        clear(self._facts)
        self._facts.addLayout(facts_grid(self.look, shown.facts, _FACTS))
        for field in self.fields.values():
            field.set_error("")
        self._proposed = shown.title
        self.title.setText(shown.title)
        fill(self.theme, shown.themes, shown.theme)
        fill(self.projection, shown.projections, shown.projection)
        fill(self.stereo, shown.stereos, shown.stereo)
        for name in ("projection", "stereo"):
            self.fields[name].setVisible(not shown.layout_from)
        self._told.setText(shown.layout_from or self._texts("library.import.confirm"))
        self._told.updateGeometry()

    def show_failure(self, said: Explanation | None) -> None:
        """Say why the film could not be taken in, above the button that tries again; None takes it back."""
        clear(self._failure)
        self.banner = None
        if said is not None:
            self.banner = Banner(self.look, Tone.DANGER, said.what, f"{said.why} {said.next_step}")
            self._failure.addWidget(self.banner)
            self.banner.show()

    def show_error(self, name: str, words: str) -> None:
        """Say beside a field what is wrong with it."""
        self.fields[name].set_error(words)
        self.fields[name].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfinished(self) -> list[str]:
        """A title that was typed."""
        return list(typed(self.title)) if self.title.text() != self._proposed else []

    def submit(self) -> None:
        """Take the film in as it is described."""
        self.show_failure(None)
        typed = ImportTyped(
            title=self.title.text(),
            theme=str(self.theme.currentData() or ""),
            projection=str(self.projection.currentData()),
            stereo=str(self.stereo.currentData()),
        )
        self.take_in_wanted.emit(typed)

    def _lay_out(self) -> None:
        self.body.addWidget(self._head)
        self.body.addLayout(self._facts)
        grid = QGridLayout()
        Spacing(self.look, grid, (0, 4, 0, 0), 8)
        grid.setHorizontalSpacing(self.look.px(16))
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, at // 2, at % 2)
            grid.setColumnStretch(at % 2, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._told)
        self.body.addLayout(self._failure)
        row = QHBoxLayout()
        Spacing(self.look, row, (0, 4, 0, 0), 8)
        row.addWidget(self.take_in)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.body.addLayout(row)


class Copying(Card):
    """How far the copy is, and a way to give it up."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._texts = texts
        self._head = Label(look, "", "subheading", wrap=True)
        self.bar = ProgressBar(look, texts("library.import.name"))
        self.words = Label(look, "", "small", "text_muted", tabular=True)
        self.cancel = Button(look, texts("library.import.cancel"))
        for part in (self._head, self.bar, self.words):
            self.body.addWidget(part)
        row = QHBoxLayout()
        Spacing(look, row, (0, 4, 0, 0), 8)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.body.addLayout(row)

    def begin(self, title: str) -> None:
        """Show the beginning of a copy."""
        self._head.setText(self._texts("library.import.copying", film=title))
        self.show_progress(ImportProgress(part=0.0, words=self._texts("library.import.reading")))

    def show_progress(self, shown: ImportProgress) -> None:
        """Show how far it is."""
        self.bar.set_part(shown.part)
        self.words.setText(shown.words)
        self.words.updateGeometry()


def fill(box: ComboBox, choices: tuple[tuple[str, str], ...], chosen: str) -> None:
    """Put choices into a box, one of them chosen."""
    box.clear()
    for key, words in choices:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
