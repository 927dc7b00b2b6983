"""Where the group looked, in the protocol: only if it is wanted, in its place, readable without colour."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
from PIL import Image

from tests.fakes.films import PROBE, a_film
from tests.fakes.records import wall
from tests.unit.trainer_app.reports.test_protocol import EMPTY
from trainer_app.domain.films import Film, Projection
from trainer_app.domain.heat_map import HeatBin, HeatMap, cell_of
from trainer_app.domain.heat_print import FilmHeat, film_heat
from trainer_app.domain.live_kit import Gaze
from trainer_app.domain.printing import Printing
from trainer_app.reports.protocol import protocol_pdf
from trainer_app.reports.protocol_heat import Still, no_still
from trainer_app.services.ports.pictures import FilmPicture
from trainer_app.texts.catalogue import Texts

FILM = a_film(probe=replace(PROBE, duration_s=60.0))
RIGHT = cell_of(Gaze(yaw_deg=92.5, pitch_deg=2.5))
HEAT = HeatMap(bins={number: HeatBin(headsets=4, looks={RIGHT: 9}) for number in range(5, 30)})
SCALE = 2.0


def grey(film: Film, at_s: float) -> FilmPicture:
    pixels = bytes((120, 120, 120, 0)) * (64 * 32)
    return FilmPicture(
        position_s=at_s, width=64, height=32, stride=256, pixels=pixels, projection=Projection.EQUIRECT
    )


def wanted(*stops_s: float) -> FilmHeat:
    found = film_heat(FILM, HEAT, stops_s)
    assert found is not None
    return found


def printed(heat: FilmHeat | None, still: Still = grey, lang: str = "nb") -> tuple[str, Image.Image]:
    """The words of the first page, and its picture."""
    protocol = replace(EMPTY, heat=() if heat is None else (heat,))
    pdf = protocol_pdf(protocol, Texts(lang), Printing(at=wall("2026-11-25T15:00")), still)
    with pypdfium2.PdfDocument(pdf) as paper:
        words = "\n".join(page.get_textpage().get_text_range() for page in paper)
        return words, paper[0].render(scale=SCALE).to_pil().convert("RGB")


def coloured(page: Image.Image) -> tuple[int, int, int, int] | None:
    """The box of all that is not grey."""
    red, green, blue = page.split()
    most = Image.merge("RGB", (red, green, blue)).convert("HSV").getchannel("S")
    return most.point([0] * 60 + [255] * 196).getbbox()


def test_nobody_who_does_not_ask_for_it_gets_it() -> None:
    words, page = printed(None)
    assert "Hvor gruppen så" not in words
    assert coloured(page) is None


def test_the_moments_before_the_stops_of_which_something_is_kept() -> None:
    asked: list[float] = []

    def still(film: Film, at_s: float) -> FilmPicture:
        asked.append(at_s)
        return grey(film, at_s)

    words, _ = printed(wanted(4.0, 20.0, 44.0, 60.0), still)
    assert "Hvor gruppen så" in words
    assert "før stopp 2: 4 briller, 0.10–0.20" in words
    assert "før stopp 3: 4 briller, 0.34–0.44" in words
    assert "stopp 1" not in words  # nothing is kept of the film's first seconds
    assert "stopp 4" not in words  # the film is over there
    assert asked == [20.0, 44.0]


def test_without_stops_there_is_one_picture() -> None:
    words, _ = printed(wanted(), lang="en")
    assert "4 headsets, 0:26–0:36" in words
    assert "stop" not in words.split("Where the group looked")[1].split("headsets,")[0]


def test_nothing_is_printed_of_a_film_of_which_nothing_is_kept() -> None:
    assert film_heat(FILM, HeatMap(), (20.0,)) is None


def test_the_shades_lie_to_the_right_where_they_looked_and_lines_go_round_them() -> None:
    _, page = printed(wanted(20.0))
    box = coloured(page)
    assert box is not None
    left, top, right, bottom = box
    # The picture is half of the page between margins of 16 mm, less half of the 6 mm between two.
    margin, width = 16 / 25.4 * 72 * SCALE, (210 - 32 - 6) / 2 / 25.4 * 72 * SCALE
    middle = (left + right) / 2
    assert abs((middle - margin) / width - (92.5 + 180) / 360) < 0.01
    assert 0.05 < (right - left) / width < 0.2
    across = [page.getpixel((x, (top + bottom) // 2)) for x in range(left - 6, right + 6)]
    assert max(min(pixel) for pixel in across if isinstance(pixel, tuple)) > 225  # a white line is crossed


def test_a_film_that_cannot_be_decoded_still_shows_where() -> None:
    _, page = printed(wanted(20.0), no_still)
    assert coloured(page) is not None
