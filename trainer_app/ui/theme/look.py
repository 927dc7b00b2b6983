"""The look of the app at this moment: theme, fonts, icons; every widget has it and hears when it changes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from trainer_app.looks.colours import Colour
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import Tone, TypeStyle
from trainer_app.ui.theme.fonts import font, install_fonts
from trainer_app.ui.theme.icons import Icons
from trainer_app.ui.theme.stylesheet import style_sheet


class Look(QObject):
    """Theme and text size in use.

    Attributes:
        sheet: The style sheet that :class:`Dressed` gives to what lies in no page.

    Signals:
        changed: another theme or text size; widgets measure and paint anew.
    """

    changed = Signal()

    def __init__(self, app: QApplication, theme: Theme | None = None, parent: QObject | None = None) -> None:
        """Give the whole app this look."""
        super().__init__(parent)
        self._app = app
        self._families = install_fonts()
        self._fonts: dict[tuple[str, bool, int | None], QFont] = {}
        self.icons = Icons()
        app.setStyle(QStyleFactory.create("Fusion"))
        self._use(theme or Theme())

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Change to another theme or text size."""
        if theme != self._theme:
            self._use(theme)
            self.changed.emit()

    def px(self, pixels: float) -> int:
        """Pixels at the text size in use."""
        return self._theme.px(pixels)

    def font(self, style: str, *, tabular: bool = False, weight: int | None = None) -> QFont:
        """The font of a style of tokens.json, in another weight where one is given."""
        key = (style, tabular, weight)
        if key not in self._fonts:
            wanted = self._theme.style(style)
            wanted = replace(wanted, weight=weight or wanted.weight)
            self._fonts[key] = font(self._families, wanted, tabular=tabular)
        return self._fonts[key]

    def sized_font(self, pixels: int, weight: int, *, tabular: bool = False) -> QFont:
        """A font of any size, for what follows the space (big times, chips)."""
        return font(self._families, TypeStyle(size=pixels, weight=weight, line=pixels), tabular=tabular)

    def colour(self, name: str) -> QColor:
        """A plain colour by its name in the palette."""
        return as_qt(getattr(self._theme.palette, name))

    def ink(self, tone: Tone) -> QColor:
        """The colour of icons and outlines in a tone."""
        return as_qt(self._theme.palette.ink(tone))

    def tint(self, tone: Tone) -> QColor:
        """The background in a tone."""
        return as_qt(self._theme.palette.tint(tone))

    def _use(self, theme: Theme) -> None:
        self._theme = theme
        self._fonts = {}
        self._app.setFont(self.font("body"))
        self._app.setPalette(self._qt_palette())
        self.sheet = style_sheet(theme)

    def _qt_palette(self) -> QPalette:
        roles = QPalette.ColorRole
        palette = QPalette()
        for role, name in (
            (roles.Window, "surface"),
            (roles.Base, "surface_raised"),
            (roles.AlternateBase, "surface"),
            (roles.Button, "surface_raised"),
            (roles.WindowText, "text"),
            (roles.Text, "text"),
            (roles.ButtonText, "text"),
            (roles.PlaceholderText, "text_muted"),
            (roles.Highlight, "selection"),
            (roles.HighlightedText, "text"),
            (roles.Link, "accent_ink"),
            (roles.ToolTipBase, "surface_inverse"),
            (roles.ToolTipText, "text_inverse"),
        ):
            palette.setColor(role, self.colour(name))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text_disabled"))
        return palette


def as_qt(colour: Colour) -> QColor:
    """A colour of the tokens as Qt's."""
    made = QColor(colour.red, colour.green, colour.blue)
    made.setAlphaF(colour.alpha)
    return made
