"""Text that wraps and takes exactly the height its lines need, and a stack as high as what it shows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label, Shade


def flowing(
    look: Look,
    text: str = "",
    style: str = "body",
    shade: Shade = "text",
    *,
    weight: int | None = None,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> Label:
    """A label that wraps.

    A wrapping label asks for the height it would have in a narrow column; in a wide one that is too much.
    """
    label = Label(look, text, style, shade, weight=weight, wrap=True, align=align)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def side_by_side(look: Look, first: QWidget, second: QWidget) -> QWidget:
    """Two parts of one page; of what there is to share, the first gets three parts and the second two."""
    both = QWidget()
    row = QHBoxLayout(both)
    Spacing(look, row, (0, 0, 0, 0), 16)
    row.addWidget(first, 3)
    row.addWidget(second, 2)
    return both


class CurrentStack(QStackedWidget):
    """A stack that asks for no more room than the page it shows."""

    def sizeHint(self) -> QSize:
        """As the page that is shown."""
        current = self.currentWidget()
        return QSize() if current is None else current.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As the page that is shown."""
        current = self.currentWidget()
        return QSize() if current is None else current.minimumSizeHint()
