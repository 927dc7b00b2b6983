"""Themes and scenario versions as sessions refer to them: by code and number, with the content as it was.

The content itself is written and checked elsewhere; here it is a JSON text that never changes once a session
has used it.
"""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.films import ThemeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeEntry:
    """A theme as lists and reports name it."""

    code: ThemeCode
    title_nb: str
    title_en: str
    sort: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioSnapshot:
    """One version of a scenario. ``content`` is JSON."""

    code: str
    version: int
    theme: ThemeCode
    title_nb: str
    title_en: str
    content: str
