"""``python -m trainer_app.ui.gallery --out DIR``: every widget in its states, as PNG, without a display."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.texts.catalogue import LANGUAGES, Texts
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.gallery.sheets import SHEETS
from trainer_app.ui.theme.look import Look

_THEMES = {"light": ThemeName.LIGHT, "dark": ThemeName.DARK, "contrast": ThemeName.HIGH_CONTRAST}


def main(arguments: Sequence[str] | None = None) -> int:
    """Render the sheets and print where they are; 1 when a text was cut."""
    args = _parse(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    look = Look(app, Theme(_THEMES[args.theme], args.scale))
    args.out.mkdir(parents=True, exist_ok=True)
    cut: list[str] = []
    for name, build in SHEETS.items():
        sheet = build(look, Texts(args.lang))
        image = render(sheet, args.pixel_ratio)
        cut += sheet.cut_texts_within()
        path = args.out / f"{name}-{args.theme}-{args.lang}-{round(args.scale * 100)}.png"
        image.save(str(path))
        sys.stdout.write(f"{path}\n")
    for text in cut:
        sys.stderr.write(f"cut: {text}\n")
    return 1 if cut else 0


def render(widget: QWidget, pixel_ratio: float = 1.0) -> QImage:
    """Paint a widget into a picture, as a screen with this device pixel ratio shows it."""
    size = QSize(round(widget.width() * pixel_ratio), round(widget.height() * pixel_ratio))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(pixel_ratio)
    image.fill(0)
    widget.render(image, QPoint(0, 0))
    return image


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m trainer_app.ui.gallery", description=Sheet.__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the pictures")
    parser.add_argument("--theme", choices=_THEMES, default="light")
    parser.add_argument("--lang", choices=LANGUAGES, default="nb")
    parser.add_argument("--scale", type=float, default=1.0, help="text size, 1.0 to 2.0")
    parser.add_argument("--pixel-ratio", type=float, default=1.0, help="of the screen")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
