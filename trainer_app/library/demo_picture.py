"""Draws the frames of a demo film: a room, four hanging signs with clock and compass, markers all around.

All that stays is drawn once into a base picture per plate; per frame only digits, lamp and the bar that runs
through each second are pasted, already in the encoder's own format. Lengths are in degrees of the sphere.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont
from PIL.Image import Image as Picture

from trainer_app.domain.films import Stereo
from trainer_app.library.demo_recipe import Direction, FilmRecipe
from trainer_app.library.planes import Planes

_FONTS = Path(str(files("font_source_sans_pro"))) / "files"
_REGULAR = _FONTS / "SourceSansPro-Regular.ttf"
_SEMIBOLD = _FONTS / "SourceSansPro-Semibold.ttf"

# The sign: wide enough for the longest title, and above the heads of the people in the room.
_SIGN_WIDTH, _SIGN_HEIGHT, _SIGN_TOP = 48.0, 19.0, 28.5
_PADDING = 2.0
_CHIP = 9.0
_CLOCK_TEXT, _FRAME_TEXT, _TITLE_TEXT = 9.2, 5.0, 3.6
_CLOCK_CELL, _COLON_CELL, _FRAME_CELL = 4.8, 2.6, 2.7
_LAMP = 3.2
_BAR_HEIGHT = 0.9
_CLOCK_ROW = 6.2
_LAMP_LIT_S = 0.1
_LONGEST_FADE_S = 2.0
_SHARPER = 4
"""Shapes are drawn so many times larger and scaled down, for smooth edges."""


class DemoPicture:
    """The pictures of one demo film at one size."""

    def __init__(self, recipe: FilmRecipe, *, width: int, seconds: float, lang: str, stereo: Stereo) -> None:
        """Draw all that stays.

        Args:
            recipe: The film.
            width: Pixels, a multiple of 16; the height of each eye is half of it.
            seconds: Running time; the plates share it equally.
            lang: Language of title and compass.
            stereo: Mono or top-bottom.
        """
        self._recipe = recipe
        self._degree = width / 360
        self._lang = lang
        self._width = width
        self._seconds = seconds
        self._stereo = stereo is Stereo.TOP_BOTTOM
        self._bases = {plate: self._base(plate) for plate in dict.fromkeys(recipe.plates)}
        self._draw_tiles()

    def frame(self, number: int) -> Planes:
        """Return frame ``number``, counted from 0."""
        rate = self._recipe.picture.frame_rate
        second, in_second = divmod(number, rate)
        picture = self._room_at(number / rate)
        eye_height = self._width // 2
        for top in (0, eye_height) if self._stereo else (0,):
            for direction in self._recipe.directions:
                self._paste_clock(picture, direction, top, second, in_second)
        return picture

    # --- what stays -----------------------------------------------------------------------------------

    def _base(self, plate: Path) -> Planes:
        with Image.open(plate) as opened:
            room = opened.convert("RGB").resize((self._width, self._width // 2), Image.Resampling.LANCZOS)
        tint = Image.new("RGB", room.size, self._recipe.tint)
        room = Image.blend(room, ImageChops.multiply(room, tint), self._recipe.tint_strength)
        for direction in self._recipe.directions:
            sign = self._sign(direction)
            x, y = self._corner(direction)
            _paste_round(room, sign[0], sign[1], x, y)
        if not self._stereo:
            return Planes.of(self._with_markers(room, None))
        both = Image.new("RGB", (self._width, self._width))
        for index, colour in enumerate(self._recipe.eyes):
            both.paste(self._with_markers(room.copy(), colour), (0, index * room.height))
        return Planes.of(both)

    def _with_markers(self, room: Picture, eye: str | None) -> Picture:
        side = self._px(self._recipe.picture.marker_deg)
        self._draw_poles(room)
        for direction in self._recipe.directions:
            centre = round((direction.yaw_deg / 360 + 0.5) * self._width)
            left, top = centre - side // 2, room.height // 2 - side // 2
            edge = max(2, self._px(0.5))
            frame = Image.new("RGB", (side + 2 * edge, side + 2 * edge), self._recipe.picture.panel)
            frame.paste(direction.colour, (edge, edge, edge + side, edge + side))
            _paste_round(room, frame, None, left - edge, top - edge)
            if eye is not None:
                chip = Image.new("RGB", (side, side), eye)
                _paste_round(room, chip, None, left, top + side + 2 * edge)
        return room

    def _draw_poles(self, room: Picture) -> None:
        poles = self._recipe.poles
        height, edge = self._px(poles.radius_deg), max(2, self._px(0.5))
        pen = ImageDraw.Draw(room)
        for colour, first, last in (
            (poles.up, 0, height - 1),
            (poles.down, room.height - height, room.height - 1),
        ):
            pen.rectangle((0, first - edge, room.width, last + edge), fill=self._recipe.picture.panel)
            pen.rectangle((0, first, room.width, last), fill=colour)

    def _sign(self, direction: Direction) -> tuple[Picture, Picture]:
        """Draw what stays of a sign, and its outline as a mask."""
        size = (self._px(_SIGN_WIDTH), self._px(_SIGN_HEIGHT))
        picture = self._recipe.picture
        sign = Image.new("RGB", size, picture.panel)
        title = self._recipe.title[self._lang]
        room_for_title = size[0] - 2 * self._px(_PADDING)
        font = _fitting(title, _REGULAR, self._px(_TITLE_TEXT), room_for_title)
        draw = ImageDraw.Draw(sign)
        draw.text(
            (self._px(_PADDING), self._px(3.1)), title, fill=picture.panel_text_muted, font=font, anchor="lm"
        )
        chip = self._chip(direction)
        sign.paste(chip, (self._px(_PADDING), self._px(_CLOCK_ROW)))
        return sign, _rounded(size, self._degree * 1.6)

    def _chip(self, direction: Direction) -> Picture:
        side = self._px(_CHIP)
        chip = Image.new("RGB", (side, side), self._recipe.picture.panel)
        chip.paste(direction.colour, mask=_rounded((side, side), self._degree * 1.2))
        letter = direction.letter[self._lang]
        font = _font(_SEMIBOLD, self._px(7.5))
        # Centred by its ink: the ring and stroke of Ø would otherwise sit too low.
        left, top, right, bottom = font.getbbox(letter)
        at = ((side - left - right) / 2, (side - top - bottom) / 2)
        ImageDraw.Draw(chip).text(at, letter, fill=direction.ink, font=font)
        return chip

    # --- what changes ---------------------------------------------------------------------------------

    def _draw_tiles(self) -> None:
        text, rate = self._recipe.picture.panel_text, self._recipe.picture.frame_rate
        muted = self._recipe.picture.panel_text_muted
        large = {digit: self._glyph(digit, _CLOCK_CELL, _CLOCK_TEXT, text) for digit in "0123456789"}
        self._large = large | {":": self._glyph(":", _COLON_CELL, _CLOCK_TEXT, text)}
        self._small = {digit: self._glyph(digit, _FRAME_CELL, _FRAME_TEXT, muted) for digit in "0123456789"}
        self._bars = [self._bar((frame + 1) / rate) for frame in range(rate)]
        picture = self._recipe.picture
        self._lamps = {
            name: self._lamp(colour)
            for name, colour in (("off", "#2C363A"), ("on", picture.lamp), ("ten", picture.lamp_ten))
        }

    def _glyph(self, text: str, cell: float, size: float, colour: str) -> Planes:
        picture = Image.new("RGB", (self._px(cell), self._px(_CHIP)), self._recipe.picture.panel)
        font = _font(_SEMIBOLD, self._px(size))
        # All on one line: the baseline under the compass chip's middle by half the height of a digit.
        digit_height = -font.getbbox("0", anchor="ls")[1]
        baseline = (self._px(_CHIP) + digit_height) / 2
        if size != _CLOCK_TEXT:
            baseline += (
                -_font(_SEMIBOLD, self._px(_CLOCK_TEXT)).getbbox("0", anchor="ls")[1] - digit_height
            ) / 2
        ImageDraw.Draw(picture).text((picture.width / 2, baseline), text, fill=colour, font=font, anchor="ms")
        return Planes.of(picture)

    def _bar(self, share: float) -> Planes:
        picture = Image.new(
            "RGB", (self._px(_SIGN_WIDTH - 2 * _PADDING), max(2, self._px(_BAR_HEIGHT))), "#2C363A"
        )
        picture.paste(
            self._recipe.picture.panel_text_muted, (0, 0, round(picture.width * share), picture.height)
        )
        return Planes.of(picture)

    def _lamp(self, colour: str) -> Planes:
        side = self._px(_LAMP)
        picture = Image.new("RGB", (side, side), self._recipe.picture.panel)
        picture.paste(colour, mask=_rounded((side, side), side / 2))
        return Planes.of(picture)

    def _paste_clock(
        self, picture: Planes, direction: Direction, top: int, second: int, in_second: int
    ) -> None:
        left, y = self._corner(direction)
        y += top
        x = left + self._px(_PADDING) + self._px(_CHIP) + self._px(1.6)
        row = y + self._px(_CLOCK_ROW)
        for tiles, text in ((self._large, _clock(second)), (self._small, f"{in_second:02d}")):
            for letter in text:
                picture.paste(tiles[letter], x, row)
                x += tiles[letter].y.width
            x += self._px(0.8)
        lamp_x = left + self._px(_SIGN_WIDTH - _PADDING) - self._px(_LAMP)
        lamp_y = row + (self._px(_CHIP) - self._px(_LAMP)) // 4 * 2
        picture.paste(self._lamps[self._lamp_at(second, in_second)], lamp_x, lamp_y)
        picture.paste(self._bars[in_second], left + self._px(_PADDING), y + self._px(_SIGN_HEIGHT - 2.2))

    def _lamp_at(self, second: int, in_second: int) -> str:
        if in_second >= _LAMP_LIT_S * self._recipe.picture.frame_rate:
            return "off"
        return "ten" if second % 10 == 0 else "on"

    def _room_at(self, time_s: float) -> Planes:
        """Return the room to paste into: one plate, or two while they fade into each other."""
        plates = self._recipe.plates
        share = self._seconds / len(plates)
        fade = min(_LONGEST_FADE_S, share / 2)
        index = min(int(time_s / share), len(plates) - 1)
        into_next = (time_s - (index + 1) * share + fade) / fade
        here = self._bases[plates[index]]
        if into_next <= 0 or index + 1 == len(plates):
            return here.copy()
        return here.blend(self._bases[plates[index + 1]], into_next)

    def _corner(self, direction: Direction) -> tuple[int, int]:
        """Return a sign's upper left corner; even, and left of 0 where it crosses the seam."""
        centre = (direction.yaw_deg / 360 + 0.5) * self._width
        left = _even(centre - self._px(_SIGN_WIDTH) / 2)
        return left, _even(self._width / 4 - _SIGN_TOP * self._degree)

    def _px(self, degrees: float) -> int:
        return _even(degrees * self._degree)


def _even(pixels: float) -> int:
    return 2 * round(pixels / 2)


def _clock(second: int) -> str:
    return f"{second // 60:02d}:{second % 60:02d}"


def _paste_round(room: Picture, tile: Picture, mask: Picture | None, left: int, top: int) -> None:
    """Paste; what leaves the sphere's picture at one side comes in at the other."""
    left %= room.width
    room.paste(tile, (left, top), mask)
    if left + tile.width > room.width:
        room.paste(tile, (left - room.width, top), mask)


def _rounded(size: tuple[int, int], radius: float) -> Picture:
    large = Image.new("L", (size[0] * _SHARPER, size[1] * _SHARPER))
    box = (0, 0, large.width - 1, large.height - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, radius * _SHARPER, fill=255)
    return large.resize(size, Image.Resampling.LANCZOS)


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout engine is the same everywhere; the other depends on what the machine has installed.
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _fitting(text: str, path: Path, size: int, width: int) -> ImageFont.FreeTypeFont:
    """Return the largest font up to ``size`` in which the text is no wider than ``width``."""
    while size > 4 and _font(path, size).getlength(text) > width:
        size -= 1
    return _font(path, size)
