"""The system's printer: its dialog, and pages put on its paper."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from trainer_app.domain.printing import PagePicture
from trainer_app.domain.report_errors import PrintingFailed
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
        """Put a page on a sheet, as large as the sheet allows.

        Raises:
            PrintingFailed: the printer does not take it.
        """
        wide = page.width > page.height
        way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        self._printer.setPageOrientation(way)
        self._next_sheet().drawImage(self._place(page), image_of(page))

    def finish(self) -> None:
        """The sheets go to the printer.

        Raises:
            PrintingFailed: it does not take them.
        """
        painter, self._painter = self._painter, None
        if painter is not None and not painter.end():
            raise PrintingFailed()

    def give_up(self) -> None:
        """What has not reached the printer stays away from it."""
        painter, self._painter = self._painter, None
        if painter is not None:
            self._printer.abort()
            painter.end()

    def _next_sheet(self) -> QPainter:
        if self._painter is None:
            painter = QPainter()
            if not painter.begin(self._printer):
                raise PrintingFailed()
            self._painter = painter
        elif not self._printer.newPage():
            raise PrintingFailed()
        return self._painter

    def _place(self, page: PagePicture) -> QRectF:
        sheet = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        scale = min(sheet.width() / page.width, sheet.height() / page.height)
        size = QSizeF(page.width * scale, page.height * scale)
        place = QRectF(sheet.topLeft(), size)
        place.moveCenter(sheet.center())
        return place
