"""The system's printer: its dialog, and pages put on its paper."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from trainer_app.domain.printing import PagePicture
from trainer_app.ui.reports.preview_pane import image_of


def choose_printer(parent: QWidget) -> QPrinter | None:
    """Ask which printer; None: the user does not want to print."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if accepted else None


class PaperPrinting:
    """Prints pages one after the other. Implements ``PrintJob``."""

    def __init__(self, printer: QPrinter, title: str) -> None:
        """``title``: what the job is called in the printer's queue."""
        self._printer = printer
        self._painter: QPainter | None = None
        printer.setDocName(title)
        printer.setFullPage(True)  # the paper has margins of its own

    def draw(self, page: PagePicture) -> None:
        """Put a page on a sheet, as large as the sheet allows."""
        wide = page.width > page.height
        way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        self._printer.setPageOrientation(way)
        if self._painter is None:
            self._painter = QPainter(self._printer)
        else:
            self._printer.newPage()
        self._painter.drawImage(self._place(page), image_of(page))

    def finish(self) -> None:
        """The sheets go to the printer."""
        if self._painter is not None:
            self._painter.end()

    def _place(self, page: PagePicture) -> QRectF:
        sheet = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        scale = min(sheet.width() / page.width, sheet.height() / page.height)
        size = QSizeF(page.width * scale, page.height * scale)
        place = QRectF(sheet.topLeft(), size)
        place.moveCenter(sheet.center())
        return place
