"""Films: what one is, how its picture lies on the sphere, and how people refer to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NewType

from trainer_app.domain.film_errors import FilmAmbiguous, FilmUnknown, LayoutUnsupported, ThemeUnknown

Sha256 = NewType("Sha256", str)
"""Lower-case hex digest of a film's bytes; it is the film's identity."""

ThemeCode = NewType("ThemeCode", str)
"""Three capital letters, as the scenario files name the theme."""

THEMES: tuple[ThemeCode, ...] = tuple(ThemeCode(code) for code in ("INN", "VOT", "SEL", "SAM", "TVA"))
"""The themes that are shipped, in the order they are shown."""

DECODABLE_CODECS = frozenset({"h264", "hevc", "vp9", "av1"})
"""Video codecs for which stand-alone headsets have decoders."""

SHORTEST_PREFIX = 6
"""Hex digits; a shorter prefix of a sha256 is taken as a title only."""


class Projection(Enum):
    """How the picture lies on the sphere. The values are those of the agent's messages."""

    EQUIRECT = "equirect"
    EQUIRECT_180 = "equirect180"
    FLAT = "flat"


class Stereo(Enum):
    """Where the picture of each eye lies in the frame. The values are those of the agent's messages."""

    MONO = "mono"
    TOP_BOTTOM = "top-bottom"
    LEFT_RIGHT = "left-right"


class Evidence(Enum):
    """What a film's projection or stereo layout was concluded from, the strongest first."""

    USER = "user"
    SPHERICAL_V2 = "v2"
    SPHERICAL_V1 = "v1"
    NAME = "name"
    ASPECT_RATIO = "ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The part of the frame's sphere that is cut away at each side, as fractions from 0 to 1."""

    top: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SphericalMetadata:
    """What a file says of its own projection.

    Attributes:
        version: 1 (XML in a uuid box) or 2 (boxes st3d and sv3d).
        projection: ``equirect``, ``cubemap``, ``mesh``, or another word as the file has it; None: not said.
        stereo: ``mono``, ``top-bottom``, ``left-right``, or another word; None: not said.
        bounds: For equirectangular pictures of less than the whole sphere.
    """

    version: int
    projection: str | None = None
    stereo: str | None = None
    bounds: Bounds = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A film's first sound track. ``sample_rate`` in hertz."""

    codec: str
    channels: int
    sample_rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What was found in a film file.

    Attributes:
        container: ``mp4`` (MP4 and QuickTime) or ``webm``.
        profile: The video codec's profile as the decoder names it, or None.
        frame_rate: Frames per second, or None when the file does not tell.
        duration_s: Seconds.
        bit_rate: Bits per second of the whole file.
        index_first: The index (moov) lies before the media; None where the container has none.
        spherical: All that is found, version 2 before version 1.
    """

    container: str
    video_codec: str
    profile: str | None
    width: int
    height: int
    frame_rate: float | None
    duration_s: float
    bit_rate: int
    pixel_format: str | None
    index_first: bool | None
    spherical: tuple[SphericalMetadata, ...] = ()
    sound: Sound | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A film in the library. ``file_name`` is the one it was imported from; ``imported_at`` is UTC.

    ``blake3`` is what a headset verifies it by, 64 hexadecimal digits; empty: taken in before that was kept.
    """

    sha256: Sha256
    title: str
    theme: ThemeCode
    file_name: str
    size_bytes: int
    probe: Probe
    projection: Projection
    stereo: Stereo
    imported_at: datetime
    blake3: str = ""

    @property
    def suffix(self) -> str:
        """File name ending on laptop and headset, with the dot."""
        return f".{self.probe.container}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Projection and stereo layout, each with what it was concluded from."""

    projection: Projection
    projection_from: Evidence
    stereo: Stereo
    stereo_from: Evidence


def decide_layout(
    probe: Probe,
    file_name: str,
    *,
    projection: Projection | None = None,
    stereo: Stereo | None = None,
) -> Layout:
    """Conclude how the picture lies: what the user said > V2 > V1 > name > aspect ratio.

    Raises:
        LayoutUnsupported: the strongest evidence names a layout that the player cannot show.
    """
    shape, shape_from = _decide_projection(probe, file_name, projection)
    eyes, eyes_from = _decide_stereo(probe, file_name, stereo, shape)
    return Layout(projection=shape, projection_from=shape_from, stereo=eyes, stereo_from=eyes_from)


def _decide_projection(probe: Probe, file_name: str, said: Projection | None) -> tuple[Projection, Evidence]:
    if said is not None:
        return said, Evidence.USER
    for found in _strongest_first(probe.spherical):
        if found.projection is not None:
            return _projection_of(found, file_name), _version_of(found)
    named = _projection_in_name(file_name)
    if named is not None:
        return named, Evidence.NAME
    spherical = any(_near(probe.width / probe.height, ratio) for ratio in (1.0, 2.0, 4.0))
    return (Projection.EQUIRECT if spherical else Projection.FLAT), Evidence.ASPECT_RATIO


def _decide_stereo(
    probe: Probe, file_name: str, said: Stereo | None, projection: Projection
) -> tuple[Stereo, Evidence]:
    if said is not None:
        return said, Evidence.USER
    for found in _strongest_first(probe.spherical):
        if found.stereo is not None:
            return _stereo_of(found.stereo, file_name), _version_of(found)
    named = _stereo_in_name(file_name)
    if named is not None:
        return _stereo_of(named, file_name), Evidence.NAME
    return _stereo_by_ratio(probe.width / probe.height, projection), Evidence.ASPECT_RATIO


def tells_its_layout(film: Film) -> bool:
    """The film's own file says of its picture what the library says, and nothing else.

    Whoever reads such a file needs not be told; a file that says nothing is taken for flat and mono.
    """
    try:
        shapes = {_projection_of(found, film.file_name) for found in film.probe.spherical if found.projection}
    except LayoutUnsupported:
        return False
    eyes = {found.stereo for found in film.probe.spherical if found.stereo is not None}
    return (shapes or {Projection.FLAT}) == {film.projection} and (eyes or {"mono"}) == {film.stereo.value}


def _strongest_first(found: Iterable[SphericalMetadata]) -> list[SphericalMetadata]:
    return sorted(found, key=lambda metadata: -metadata.version)


def _version_of(found: SphericalMetadata) -> Evidence:
    return Evidence.SPHERICAL_V2 if found.version == 2 else Evidence.SPHERICAL_V1


def _projection_of(found: SphericalMetadata, file_name: str) -> Projection:
    if found.projection != Projection.EQUIRECT.value:
        raise LayoutUnsupported(file=file_name, layout=found.projection or "")
    left, right = found.bounds.left, found.bounds.right
    if left + right < 0.02:
        return Projection.EQUIRECT
    # Some writers give VR180 a pixel more on one side; half the sphere is what counts.
    if abs(left - 0.25) < 0.02 and abs(right - 0.25) < 0.02:
        return Projection.EQUIRECT_180
    raise LayoutUnsupported(file=file_name, layout="partial equirect")


def _stereo_of(word: str, file_name: str) -> Stereo:
    try:
        return Stereo(word)
    except ValueError:
        raise LayoutUnsupported(file=file_name, layout=word) from None


_PROJECTION_WORDS = {
    "360": Projection.EQUIRECT,
    "180": Projection.EQUIRECT_180,
    "180x180": Projection.EQUIRECT_180,
}
_STEREO_WORDS = {
    **dict.fromkeys(("tb", "ou", "3dv"), "top-bottom"),
    **dict.fromkeys(("lr", "sbs", "3dh"), "left-right"),
    "bt": "bottom-top",
    "rl": "right-left",
}


def _words_of(file_name: str) -> list[str]:
    stem = file_name.rpartition(".")[0] or file_name
    # The first word is the name proper ("TB er friskt.mp4" says nothing of the layout).
    return re.split(r"[\W_]+", stem.lower())[1:]


def _projection_in_name(file_name: str) -> Projection | None:
    return next((_PROJECTION_WORDS[word] for word in _words_of(file_name) if word in _PROJECTION_WORDS), None)


def _stereo_in_name(file_name: str) -> str | None:
    return next((_STEREO_WORDS[word] for word in _words_of(file_name) if word in _STEREO_WORDS), None)


_STEREO_BY_RATIO: dict[Projection, tuple[tuple[float, Stereo], ...]] = {
    Projection.EQUIRECT: ((1.0, Stereo.TOP_BOTTOM), (4.0, Stereo.LEFT_RIGHT)),
    Projection.EQUIRECT_180: ((0.5, Stereo.TOP_BOTTOM), (2.0, Stereo.LEFT_RIGHT)),
    Projection.FLAT: (),
}


def _stereo_by_ratio(ratio: float, projection: Projection) -> Stereo:
    for expected, stereo in _STEREO_BY_RATIO[projection]:
        if _near(ratio, expected):
            return stereo
    return Stereo.MONO


def _near(value: float, expected: float) -> bool:
    return abs(value / expected - 1) < 0.02


def theme_code(text: str, known: Sequence[ThemeCode] = THEMES) -> ThemeCode:
    """Return the theme that ``text`` names, in any case.

    Raises:
        ThemeUnknown: none of ``known``.
    """
    code = ThemeCode(text.strip().upper())
    if code not in known:
        raise ThemeUnknown(theme=text, themes=", ".join(known))
    return code


def choose_film(films: Iterable[Film], reference: str) -> Film:
    """Return the one film that ``reference`` names: a sha256, six or more digits of its beginning, a title.

    Raises:
        FilmUnknown: no film has this title or digest.
        FilmAmbiguous: more than one has.
    """
    films, reference = list(films), unicodedata.normalize("NFC", reference).strip()
    matches = [film for film in films if film.title == reference]
    if not matches and re.fullmatch(rf"[0-9a-fA-F]{{{SHORTEST_PREFIX},64}}", reference):
        matches = [film for film in films if film.sha256.startswith(reference.lower())]
    if not matches:
        raise FilmUnknown(reference=reference)
    if len(matches) > 1:
        raise FilmAmbiguous(reference=reference, count=len(matches), films=_listed(matches))
    return matches[0]


def _listed(films: Sequence[Film]) -> str:
    return ", ".join(f"{film.title} ({film.sha256[:12]})" for film in films)
