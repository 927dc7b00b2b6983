"""The app's type: Segoe UI where the system has it, else Inter, which comes as a package of its own."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

from trainer_app.looks.tokens import TypeStyle, tokens

_PACKAGE = "fontpkg_inter"
_TABULAR = QFont.Tag("tnum")


def install_fonts() -> tuple[str, ...]:
    """Make Inter known to Qt where it is missing, and return the families to use, best first."""
    wanted = tokens().families
    if not _present(wanted[:3]):
        _add_inter()
    return _present(wanted) or ("sans-serif",)


def font(families: Sequence[str], style: TypeStyle, *, tabular: bool = False) -> QFont:
    """Make a font of a style; ``tabular`` gives all digits the same width."""
    made = QFont(list(families))
    made.setPixelSize(style.size)
    made.setWeight(QFont.Weight(style.weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        made.setFeature(_TABULAR, 1)
    return made


def _present(wanted: Sequence[str]) -> tuple[str, ...]:
    known = set(QFontDatabase.families())
    return tuple(family for family in wanted if family in known)


def _add_inter() -> None:
    for entry in (files(_PACKAGE) / "files").iterdir():
        if entry.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(entry.read_bytes())
