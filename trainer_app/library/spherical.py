"""Spherical metadata of MP4 files, versions 1 and 2: read from a moov box, or written into one."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from uuid import UUID
from xml.etree import ElementTree

from trainer_app.domain.films import Bounds, Projection, SphericalMetadata, Stereo
from trainer_app.library.boxes import SAMPLE_ENTRY_BYTES, Box, BoxError, children, find, make, make_full

V1_UUID = UUID("ffcc8263-f855-4a93-8814-587a02521fdd").bytes
_V1_NAMESPACE = "http://ns.google.com/videos/1.0/spherical/"
_LONGEST_XML = 64 * 1024

_V2_BOXES = frozenset({b"st3d", b"sv3d"})
_V2_STEREO = {0: "mono", 1: "top-bottom", 2: "left-right", 3: "custom", 4: "right-left"}
_V2_PROJECTIONS = {b"equi": "equirect", b"cbmp": "cubemap", b"mshp": "mesh"}
_V1_PROJECTIONS = {"equirectangular": "equirect"}


def video_tracks(moov: bytes, root: Box) -> Iterator[Box]:
    """Yield the ``trak`` boxes whose handler is video."""
    for trak in children(moov, root):
        if trak.type == b"trak":
            handler = find(moov, trak, b"mdia", b"hdlr")
            if handler is not None and moov[handler.body + 8 : handler.body + 12] == b"vide":
                yield trak


def sample_entries(moov: bytes, trak: Box) -> Iterator[Box]:
    """Yield a track's visual sample entries (avc1, hvc1 ...)."""
    stsd = find(moov, trak, b"mdia", b"minf", b"stbl", b"stsd")
    if stsd is not None:
        yield from children(moov, stsd, skip=8)


def read_spherical(moov: bytes, trak: Box) -> tuple[SphericalMetadata, ...]:
    """Return all that a video track says of its projection, version 2 first."""
    found = [metadata for entry in sample_entries(moov, trak) if (metadata := _read_v2(moov, entry))]
    found += [
        metadata
        for box in children(moov, trak)
        if is_spherical_v1(moov, box) and (metadata := _read_v1(moov[box.body + 16 : box.end]))
    ]
    return tuple(found)


def is_spherical_v1(moov: bytes, box: Box) -> bool:
    """This box of a ``trak`` is metadata of version 1."""
    return box.type == b"uuid" and moov[box.body : box.body + 16] == V1_UUID


def with_spherical_v2(moov: bytes, entry: Box, boxes: bytes) -> bytes:
    """Return a visual sample entry whose metadata of version 2 are ``boxes``, in place of what it had."""
    at = min(entry.body + SAMPLE_ENTRY_BYTES, entry.end)
    try:
        kept = [box for box in children(moov, entry, skip=SAMPLE_ENTRY_BYTES) if box.type not in _V2_BOXES]
    except BoxError:
        # Behind padding nobody would find them.
        return make(entry.type, moov[entry.body : at], boxes, moov[at : entry.end])
    return make(entry.type, moov[entry.body : at], *(moov[box.start : box.end] for box in kept), boxes)


def _read_v2(moov: bytes, entry: Box) -> SphericalMetadata | None:
    try:
        boxes = {box.type: box for box in children(moov, entry, skip=SAMPLE_ENTRY_BYTES)}
    except BoxError:
        return None  # some writers leave padding there; that is no reason to refuse their film
    stereo = None
    if b"st3d" in boxes and boxes[b"st3d"].end - boxes[b"st3d"].body >= 5:
        code = moov[boxes[b"st3d"].body + 4]
        stereo = _V2_STEREO.get(code, str(code))
    projection, bounds = None, Bounds()
    if b"sv3d" in boxes and (proj := find(moov, boxes[b"sv3d"], b"proj")):
        projection, bounds = _read_projection(moov, proj)
    if stereo is None and projection is None:
        return None
    return SphericalMetadata(version=2, projection=projection, stereo=stereo, bounds=bounds)


def _read_projection(moov: bytes, proj: Box) -> tuple[str | None, Bounds]:
    for box in children(moov, proj):
        word = _V2_PROJECTIONS.get(box.type)
        if box.type == b"equi" and box.end - box.body >= 20:
            top, bottom, left, right = (
                value / 2**32 for value in struct.unpack_from(">4I", moov, box.body + 4)
            )
            return word, Bounds(top=top, bottom=bottom, left=left, right=right)
        if word is not None:
            return word, Bounds()
    return None, Bounds()


def _read_v1(xml: bytes) -> SphericalMetadata | None:
    # Entities are the one way in which a small XML document can become a large one.
    if len(xml) > _LONGEST_XML or b"<!" in xml:
        return None
    try:
        root = ElementTree.fromstring(xml.rstrip(b"\0"))
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    values = {
        element.tag.removeprefix(f"{{{_V1_NAMESPACE}}}"): (element.text or "").strip() for element in root
    }
    if values.get("Spherical", "").lower() != "true":
        return None
    projection = values.get("ProjectionType", "equirectangular").lower()
    return SphericalMetadata(
        version=1,
        projection=_V1_PROJECTIONS.get(projection, projection),
        stereo=values["StereoMode"].lower() if "StereoMode" in values else None,
        bounds=_v1_bounds(values),
    )


def _v1_bounds(values: dict[str, str]) -> Bounds:
    def number(name: str) -> float:
        return float(int(values[name]))

    try:
        full_width, full_height = number("FullPanoWidthPixels"), number("FullPanoHeightPixels")
        width, height = number("CroppedAreaImageWidthPixels"), number("CroppedAreaImageHeightPixels")
        left, top = number("CroppedAreaLeftPixels"), number("CroppedAreaTopPixels")
        return Bounds(
            top=top / full_height,
            bottom=1 - (top + height) / full_height,
            left=left / full_width,
            right=1 - (left + width) / full_width,
        )
    except (KeyError, ValueError, ZeroDivisionError, OverflowError):
        return Bounds()


def spherical_boxes_v2(stereo: Stereo, projection: Projection) -> bytes:
    """Return ``st3d`` and ``sv3d`` for a visual sample entry; of a flat picture ``st3d`` alone."""
    code = next(code for code, word in _V2_STEREO.items() if word == stereo.value)
    side = 2**30 if projection is Projection.EQUIRECT_180 else 0  # a quarter, as a 0.32 fixed-point number
    eyes = make_full(b"st3d", bytes([code]))
    if projection is Projection.FLAT:
        return eyes
    return eyes + make(
        b"sv3d",
        make_full(b"svhd", b"SimKoffert\0"),
        make(
            b"proj",
            make_full(b"prhd", struct.pack(">3i", 0, 0, 0)),
            make_full(b"equi", struct.pack(">4I", 0, 0, side, side)),
        ),
    )


def spherical_box_v1(stereo: Stereo) -> bytes:
    """Return the ``uuid`` box for a ``trak`` box; version 1 knows the whole sphere only."""
    xml = (
        '<?xml version="1.0"?>'
        '<rdf:SphericalVideo xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:GSpherical="{_V1_NAMESPACE}">'
        "<GSpherical:Spherical>true</GSpherical:Spherical>"
        "<GSpherical:Stitched>true</GSpherical:Stitched>"
        "<GSpherical:StitchingSoftware>SimKoffert</GSpherical:StitchingSoftware>"
        "<GSpherical:ProjectionType>equirectangular</GSpherical:ProjectionType>"
        f"<GSpherical:StereoMode>{stereo.value}</GSpherical:StereoMode>"
        "</rdf:SphericalVideo>"
    )
    return make(b"uuid", V1_UUID, xml.encode())
