"""Reads as much of Matroska and WebM (EBML) as tells the document type and whether the file is whole."""

from __future__ import annotations

from dataclasses import dataclass

_EBML = 0x1A45DFA3
_DOC_TYPE = 0x4282
_SEGMENT = 0x18538067


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The document type (``webm``, ``matroska``) and where its one segment ends; None: written live."""

    doc_type: str
    end: int | None


def is_matroska(head: bytes) -> bool:
    """True when a file begins so."""
    return head.startswith(_EBML.to_bytes(4, "big"))


def read_segment(head: bytes) -> Segment | None:
    """Read the beginning of a file; None when it is malformed."""
    try:
        _, size, body = _element(head, 0)
        if size is None:
            return None
        doc_type = _doc_type(head, body, body + size)
        found, size, body = _element(head, body + size)
        while found != _SEGMENT:
            if size is None:
                return None
            found, size, body = _element(head, body + size)
    except IndexError:
        return None
    return Segment(doc_type=doc_type, end=None if size is None else body + size)


def _doc_type(head: bytes, at: int, end: int) -> str:
    while at < end:
        found, size, body = _element(head, at)
        if size is None:
            break
        if found == _DOC_TYPE:
            return head[body : body + size].rstrip(b"\0").decode("ascii", "replace")
        at = body + size
    return "matroska"


def _element(data: bytes, at: int) -> tuple[int, int | None, int]:
    """Return an element's id, its size (None: unknown) and where its body begins."""
    found, at = _number(data, at, keep_marker=True)
    start = at
    size, at = _number(data, at, keep_marker=False)
    unknown = size == (1 << 7 * (at - start)) - 1
    return found, None if unknown else size, at


def _number(data: bytes, at: int, *, keep_marker: bool) -> tuple[int, int]:
    """Read a variable-length integer: the count of leading zero bits tells its length."""
    first = data[at]
    length = 9 - first.bit_length()
    if length > 8 or at + length > len(data):
        raise IndexError("element header beyond the bytes at hand")
    value = int.from_bytes(data[at : at + length], "big")
    return value if keep_marker else value & ~(1 << 7 * length), at + length
