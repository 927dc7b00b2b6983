"""A program of its own: films whose files do not say what the library knows, in the film window.

Prints as JSON what is seen of each in the middle of the window, looking in each direction. A fault in X or
VLC ends the whole process, which must not be that of the tests.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication

from benchmarks._frame_numbers import VirtualScreen
from headset_agent.protocol.playing import Action
from tests.fakes.films import a_film
from tests.fakes.office import NoPictures
from tests.integration.page import films
from tests.integration.preview.showing import course, until
from trainer_app.domain.films import Film, Projection, Sha256, Stereo
from trainer_app.library.films import FilmFolder
from trainer_app.library.moov import mark_spherical
from trainer_app.library.probe import probe_film
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.preview.viewing import VlcViewing
from trainer_app.services.ports.preview import Looking
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.preview.window import FilmWindow
from trainer_app.ui.theme.look import Look

SECONDS = 4.0
SEES_WITHIN_S = 5.0

DIRECTIONS = {
    "N": Looking(),
    "E": Looking(yaw_deg=75.0),
    "S": Looking(yaw_deg=180.0),
    "W": Looking(yaw_deg=-75.0),
    "up": Looking(pitch_deg=80.0),
    "down": Looking(pitch_deg=-80.0),
}


@dataclass(frozen=True)
class Case:
    """What the library knows, how the picture is made, and what the file says of itself (None: nothing)."""

    name: str
    projection: Projection
    stereo: Stereo
    picture: Callable[[], Image.Image]
    says: tuple[Projection, Stereo] | None = None


def whole(colours: dict[str, films.Colour]) -> Image.Image:
    return films.panorama(colours, 320, 160)


def half(colours: dict[str, films.Colour]) -> Image.Image:
    """The half of the sphere that lies in front."""
    return whole(colours).crop((80, 0, 240, 160))


def both(eye: Callable[[dict[str, films.Colour]], Image.Image], *, beside: bool) -> Image.Image:
    """The left eye's picture beside or above the right eye's."""
    left, right = eye(films.LEFT), eye(films.RIGHT)
    at = (left.width, 0) if beside else (0, left.height)
    picture = Image.new("RGB", (left.width + at[0], left.height + at[1]))
    picture.paste(left, (0, 0))
    picture.paste(right, at)
    return picture


CASES = (
    Case("mono", Projection.EQUIRECT, Stereo.MONO, lambda: whole(films.LEFT)),
    Case("top-bottom", Projection.EQUIRECT, Stereo.TOP_BOTTOM, lambda: both(whole, beside=False)),
    Case("left-right", Projection.EQUIRECT, Stereo.LEFT_RIGHT, lambda: both(whole, beside=True)),
    Case("half", Projection.EQUIRECT_180, Stereo.MONO, lambda: half(films.LEFT)),
    Case("half left-right", Projection.EQUIRECT_180, Stereo.LEFT_RIGHT, lambda: both(half, beside=True)),
    Case(
        "says mono",
        Projection.EQUIRECT,
        Stereo.TOP_BOTTOM,
        lambda: both(whole, beside=False),
        (Projection.EQUIRECT, Stereo.MONO),
    ),
    Case(
        "says all around",
        Projection.FLAT,
        Stereo.MONO,
        lambda: whole(films.LEFT),
        (Projection.EQUIRECT, Stereo.MONO),
    ),
)


def import_film(case: Case, number: int, folder: Path) -> Film:
    """Make the film; the library finds it under its digest, as it finds all films."""
    sha256 = Sha256(f"{number:064x}")
    plain, file = folder / "plain.mp4", folder / f"{sha256}.mp4"
    films.make_film(plain, case.picture(), SECONDS, sound=True)
    if case.says is None:
        plain.rename(file)
    else:
        mark_spherical(plain, file, projection=case.says[0], stereo=case.says[1])
    return a_film(sha256=sha256, projection=case.projection, stereo=case.stereo, probe=probe_film(file))


def nearest(seen: films.Colour) -> str:
    """The name of a colour: an eye and a direction, or black."""
    known = {f"left {name}": colour for name, colour in films.LEFT.items()}
    known |= {f"right {name}": colour for name, colour in films.RIGHT.items()} | {"black": (0, 0, 0)}
    far = {name: max(abs(a - b) for a, b in zip(seen, colour, strict=True)) for name, colour in known.items()}
    name = min(far, key=lambda name: far[name])
    return name if far[name] <= 30 else str(seen)


def expected(case: Case) -> dict[str, str]:
    """What is to be seen in each direction: the left eye's colour, and behind half a sphere nothing."""
    if case.projection is Projection.FLAT:
        return dict.fromkeys(DIRECTIONS, "left N")
    behind = "black" if case.projection is Projection.EQUIRECT_180 else "left S"
    return {name: f"left {name}" for name in DIRECTIONS} | {"S": behind}


def look_all_around(
    screen: VirtualScreen, look: Look, case: Case, film: Film, folder: Path
) -> dict[str, str]:
    viewing = VlcViewing(FilmFolder(folder))
    now = course(Action.PAUSE, 1.0, film)
    window = FilmWindow(look, Texts("nb"), viewing, NoPictures(), lambda: now)
    window.show_film(film)
    window.open(full=True)
    until(lambda: window.looks_around)

    def middle() -> str:
        picture = Image.frombytes("RGB", (screen.width, screen.height), screen.picture(), "raw", "BGRX")
        colour = picture.getpixel((screen.width // 2 + 6, screen.height // 2))
        assert isinstance(colour, tuple)
        return nearest((int(colour[0]), int(colour[1]), int(colour[2])))

    found = {}
    for name, where in DIRECTIONS.items():
        window._look(where)
        wanted = expected(case)[name]
        until(lambda wanted=wanted: middle() == wanted, SEES_WITHIN_S)  # type: ignore[misc]
        found[name] = middle()
    window.end()
    viewing.end()
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, VirtualScreen() as screen:
        os.environ.update(DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
        app = QApplication([])
        look = Look(app, Theme(ThemeName.DARK, 1.0))
        found = {}
        for number, case in enumerate(CASES):
            film = import_film(case, number, Path(folder))
            found[case.name] = look_all_around(screen, look, case, film, Path(folder))
        sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
