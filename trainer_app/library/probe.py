"""Finds out what a film file holds, and refuses what is no playable film, saying what is wrong."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
import av.error
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from trainer_app.domain.film_errors import (
    CodecUnsupported,
    ContainerUnsupported,
    FileEmpty,
    FileIsFolder,
    FileMissing,
    FileUnreadable,
    FilmDamaged,
    FilmIsPicture,
    FilmIsSound,
    FilmTruncated,
    FilmWithoutIndex,
    NotAFilm,
)
from trainer_app.domain.films import DECODABLE_CODECS, Probe, Sound, SphericalMetadata
from trainer_app.library.boxes import BoxError
from trainer_app.library.ebml import is_matroska, read_segment
from trainer_app.library.moov import media_end, read_layout, read_moov
from trainer_app.library.spherical import read_spherical, video_tracks

# Only formats that are one file by themselves: a play list could name other files, or addresses.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,asf,flv,ogg,mp3,wav,flac,aac,aiff,caf,ac3,amr,"
    "image2,png_pipe,jpeg_pipe,webp_pipe,gif,gif_pipe,bmp_pipe,tiff_pipe,apng,mpegvideo,h264,hevc,ivf"
)
_OPTIONS = {"format_whitelist": _FORMATS, "protocol_whitelist": "file"}

_PICTURE_FORMATS = frozenset({"image2", "gif", "apng"})
_TOP_LEVEL_BOXES = frozenset(
    {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"uuid", b"styp"}
)
_PICTURE_BRANDS = frozenset({b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Container:
    """What our own readers found out before any decoder saw the file."""

    name: str | None
    index_first: bool | None = None
    spherical: tuple[SphericalMetadata, ...] = ()


def probe_film(path: Path) -> Probe:
    """Look into a film file: a matter of its index, not of its length.

    Raises:
        FilmRefused: one of its subclasses says what is wrong with the file.
    """
    with _opened(path) as file:
        container = _check_container(file, path.name)
    try:
        with av.open(str(path), mode="r", options=_OPTIONS, metadata_errors="replace") as opened:
            return _describe(opened, container, path)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        if container.name is not None:
            raise FilmDamaged(file=path.name, detail=str(error)) from error
        raise NotAFilm(file=path.name, detail=str(error)) from error


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        found = path.stat()
        # Opening a pipe would wait for ever, and a folder cannot be opened.
        if not stat.S_ISREG(found.st_mode):
            raise FileIsFolder(file=path.name or str(path))
        if found.st_size == 0:
            raise FileEmpty(file=path.name)
        file = path.open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(file=path.name, detail=str(error)) from error
    except (OSError, ValueError) as error:
        raise FileUnreadable(file=path.name, detail=str(error)) from error
    with file:
        try:
            yield file
        except OSError as error:
            raise FileUnreadable(file=path.name, detail=str(error)) from error


def _check_container(file: BinaryIO, name: str) -> _Container:
    head = file.read(4096)
    if head[4:8] in _TOP_LEVEL_BOXES:
        if head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS:
            raise FilmIsPicture(file=name)
        return _check_mp4(file, name)
    if is_matroska(head):
        return _check_matroska(file, head, name)
    return _Container(name=None)


def _check_mp4(file: BinaryIO, name: str) -> _Container:
    try:
        layout = read_layout(file)
        if layout.needed_bytes > layout.file_bytes:
            raise FilmTruncated(file=name, size=layout.file_bytes, expected=layout.needed_bytes)
        moov = read_moov(file, layout)
        if moov is None:
            raise FilmWithoutIndex(file=name)
        end = media_end(*moov)
        if end > layout.file_bytes:
            raise FilmTruncated(file=name, size=layout.file_bytes, expected=end)
        spherical = tuple(found for trak in video_tracks(*moov) for found in read_spherical(moov[0], trak))
    except BoxError as error:
        raise FilmDamaged(file=name, detail=str(error)) from error
    return _Container(name="mp4", index_first=layout.index_first, spherical=spherical)


def _check_matroska(file: BinaryIO, head: bytes, name: str) -> _Container:
    size = file.seek(0, os.SEEK_END)
    segment = read_segment(head)
    if segment is None:
        raise FilmDamaged(file=name)
    if segment.end is not None and segment.end > size:
        raise FilmTruncated(file=name, size=size, expected=segment.end)
    if segment.doc_type != "webm":
        return _Container(name=None)
    return _Container(name="webm")


def _describe(opened: InputContainer, container: _Container, path: Path) -> Probe:
    video = _film_stream(opened, path.name)
    if container.name is None:
        raise ContainerUnsupported(file=path.name, container=opened.format.name.partition(",")[0])
    context = video.codec_context
    if context.name not in DECODABLE_CODECS and _codec_of(context.name) not in DECODABLE_CODECS:
        raise CodecUnsupported(file=path.name, codec=context.name, codecs=", ".join(sorted(DECODABLE_CODECS)))
    duration_s = _duration_s(opened, video)
    if not (video.width > 0 and video.height > 0 and duration_s > 0):
        raise FilmDamaged(file=path.name, detail="no picture size or no duration")
    rate = video.average_rate or video.guessed_rate
    return Probe(
        container=container.name,
        video_codec=_codec_of(context.name),
        profile=context.profile,
        width=video.width,
        height=video.height,
        frame_rate=float(rate) if rate else None,
        duration_s=duration_s,
        bit_rate=round(path.stat().st_size * 8 / duration_s),
        pixel_format=context.pix_fmt,
        index_first=container.index_first,
        spherical=container.spherical,
        sound=_sound(opened),
    )


def _film_stream(opened: InputContainer, name: str) -> VideoStream:
    """Return the moving picture, or say what there is instead."""
    format_name = opened.format.name
    if format_name in _PICTURE_FORMATS or format_name.endswith("_pipe"):
        raise FilmIsPicture(file=name)
    covers = Disposition.attached_pic | Disposition.still_image
    films = [stream for stream in opened.streams.video if not stream.disposition & covers]
    if films:
        return films[0]
    if opened.streams.audio:
        raise FilmIsSound(file=name)
    raise NotAFilm(file=name)


def _codec_of(decoder: str) -> str:
    """Name the codec of a decoder (``libdav1d`` decodes ``av1``)."""
    return av.codec.Codec(decoder, "r").canonical_name


def _duration_s(opened: InputContainer, video: VideoStream) -> float:
    if opened.duration is not None:
        return float(opened.duration / av.time_base)
    if video.duration is not None and video.time_base is not None:
        return float(video.duration * video.time_base)
    return 0.0


def _sound(opened: InputContainer) -> Sound | None:
    stream = next(iter(opened.streams.audio), None)
    if stream is None:
        return None
    context = stream.codec_context
    return Sound(
        codec=_codec_of(context.name), channels=context.channels, sample_rate=context.sample_rate or 0
    )
