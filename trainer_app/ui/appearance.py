"""Theme and text size as the person and the system want them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from trainer_app.looks.theme import LARGEST_SCALE, SMALLEST_SCALE, Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.ui.theme.look import Look

THEMES = {"light": ThemeName.LIGHT, "dark": ThemeName.DARK, "contrast": ThemeName.HIGH_CONTRAST}


class Appearance(QObject):
    """Keeps the look as it was chosen, and with the system where that was chosen."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._wanted, self._scale = "system", SMALLEST_SCALE
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._apply)
        hints.accessibility().contrastPreferenceChanged.connect(self._apply)

    def want(self, theme: str, text_percent: int) -> None:
        """Change to what was chosen: ``system`` or one of :data:`THEMES`, and 100 to 200 percent."""
        self._wanted = theme
        self._scale = min(max(text_percent / 100, SMALLEST_SCALE), LARGEST_SCALE)
        self._apply()

    def _apply(self) -> None:
        self._look.set_theme(Theme(THEMES.get(self._wanted) or _of_the_system(), self._scale))


def _of_the_system() -> ThemeName:
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return ThemeName.HIGH_CONTRAST
    return ThemeName.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else ThemeName.LIGHT
