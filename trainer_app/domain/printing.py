"""Printed pages: who printed them and when, and how they look before they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Who printed when. ``at`` is the wall time; ``by`` is empty when nobody has said who they are."""

    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """A page of a paper as a picture.

    Attributes:
        number: From 1.
        count: Of all pages.
        pixels: Three bytes a pixel (red, green, blue), row after row.
    """

    number: int
    count: int
    width: int
    height: int
    pixels: bytes
