"""Headsets' own video players: where a film has to lie for them, what it is called, and how it is started.

None of it was tried on a headset of ours. What a maker has published is named beside it; where nothing is
known the film is opened as on any Android: by a VIEW intent for a file of the type ``video/mp4``.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from trainer_app.domain.films import Projection, Stereo

_PICO_TYPES = {
    (Projection.FLAT, Stereo.MONO): 0,
    (Projection.FLAT, Stereo.LEFT_RIGHT): 1,
    (Projection.FLAT, Stereo.TOP_BOTTOM): 7,
    (Projection.EQUIRECT, Stereo.MONO): 2,
    (Projection.EQUIRECT, Stereo.TOP_BOTTOM): 3,
    (Projection.EQUIRECT, Stereo.LEFT_RIGHT): 5,
    (Projection.EQUIRECT_180, Stereo.MONO): 10,
    (Projection.EQUIRECT_180, Stereo.TOP_BOTTOM): 11,
    (Projection.EQUIRECT_180, Stereo.LEFT_RIGHT): 13,
}
"""The extra ``videoType`` of PICO's player, a text: github.com/picoxr/launch-pico-player, README.md and
MainActivity.java. Said there for Pico Goblin, Neo, G2 and G2 4K; without it the picture is flat."""

_PROJECTION_MARKS = {Projection.EQUIRECT: "_360", Projection.EQUIRECT_180: "_180", Projection.FLAT: ""}
"""No maker has written these down; players that many people use read them (skybox.xyz/en/support,
"Add suffix to help recognize the correct format")."""

_STEREO_MARKS = {Stereo.MONO: "", Stereo.TOP_BOTTOM: "_TB", Stereo.LEFT_RIGHT: "_LR"}
"""What a name ends with for Oculus 360 Video and what came after it:
developers.meta.com/horizon/documentation/native/android/mobile-media-overview."""

_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a film's picture lies."""

    projection: Projection = Projection.EQUIRECT
    stereo: Stereo = Stereo.MONO


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlayer:
    """The player of one make of headsets.

    Attributes:
        folder: Where its films lie.
        intents: Options of ``am start`` for a film's path, title and layout, the best first.
    """

    folder: str
    intents: Callable[[str, str, Layout], tuple[str, ...]]


def player_of(maker: str) -> OwnPlayer:
    """The player of a headset, by ``ro.product.manufacturer``."""
    return _PICO if maker.lower() == "pico" else _ANY


def file_name(sha256: str, title: str, layout: Layout, suffix: str) -> str:
    """What a film is called: for people first, for the player at the end. ``suffix``: with the dot."""
    plain = unicodedata.normalize("NFKD", title.translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain)[:_LONGEST_TITLE].strip("-") or "film"
    marks = _PROJECTION_MARKS[layout.projection] + _STEREO_MARKS[layout.stereo]
    return f"{words}-{sha256[:12]}{marks}{suffix}"


_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})


def _view(path: str, _title: str, _layout: Layout) -> tuple[str, ...]:
    uri = shlex.quote(f"file://{path}")
    kind = "webm" if path.endswith(".webm") else "mp4"
    return (f"-a android.intent.action.VIEW -d {uri} -t video/{kind}",)


def _pico(path: str, title: str, layout: Layout) -> tuple[str, ...]:
    kind = _PICO_TYPES[layout.projection, layout.stereo]
    extras = f"--es uri {shlex.quote(f'file://{path}')} --es title {shlex.quote(title)} --es videoType {kind}"
    return (f"-a picovr.intent.action.player {extras}", *_view(path, title, layout))


_PICO = OwnPlayer(folder="/sdcard/Download", intents=_pico)
"""The folder of the maker's own example (github.com/picoxr/launch-pico-player)."""

_ANY = OwnPlayer(folder="/sdcard/Movies", intents=_view)
"""Android's own folder for films (``Environment.DIRECTORY_MOVIES``), which media scanners read."""
