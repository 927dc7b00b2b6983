"""The keys of pages and steps, for F1 and for the help. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from trainer_app.texts.catalogue import Texts


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """A key and what it does."""

    key: str
    does: str


_OF_PAGES: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType(
    {
        "plan": (
            ("← ↑ → ↓", "arrows"),
            ("Enter", "open"),
            ("Ctrl + ← ↑ → ↓", "move"),
            ("Shift + ↑ ↓", "length"),
            ("PgUp, PgDn", "weeks"),
            ("Home", "today"),
        ),
        "kit": (("1 … 4", "answer"), ("Enter", "enter"), ("0 … 9", "count"), ("Esc", "close")),
        "library": (("↑ ↓", "choose"), ("Esc", "escape")),
        "reports": (("↑ ↓", "choose"), ("PgUp PgDn", "turn"), ("Ctrl+P", "print"), ("Ctrl+S", "save")),
        "settings": (("↑ ↓", "choose"), ("Enter", "enter"), ("Esc", "close")),
        "prepare": (
            ("Alt+1 … 9", "tile"),
            ("Enter", "details"),
            ("Ctrl+K", "again"),
            ("Ctrl+I", "identify"),
            ("Ctrl+Enter", "start"),
        ),
        "run": (
            ("F8", "pause"),
            ("Shift+Esc", "stop_all"),
            ("Ctrl+Enter", "start"),
            ("F12", "stop_here"),
            ("PgUp PgDn", "prompt"),
            ("Ctrl+PgUp Ctrl+PgDn", "phase"),
            ("Ctrl+E", "minute"),
            ("Ctrl+Shift+E", "five_minutes"),
            ("Ctrl+R", "recentre"),
            ("Ctrl+I", "numbers"),
            ("Ctrl+M", "message"),
            ("Ctrl+↑ Ctrl+↓", "volume"),
            ("Alt+1 … 9", "headset"),
            ("← → Shift+← Shift+→", "line_move"),
            ("Ctrl+← Ctrl+→ Home End", "line_jump"),
            ("S Del", "line_stops"),
            ("Enter", "line_go"),
            ("F9", "notes"),
            ("Shift+F11", "projector"),
        ),
        "help": (("Ctrl+F", "search"), ("↑ ↓", "choose"), ("PgUp PgDn", "scroll"), ("Esc", "back")),
    }
)
"""Key and name, by the first word of their texts' keys."""

_EVERYWHERE = (
    ("Ctrl+1 … 7", "places"),
    ("Ctrl+N", "new"),
    ("Ctrl+F", "search"),
    ("Ctrl+P", "print"),
    ("Ctrl+S", "save"),
    ("Ctrl+Z", "undo"),
    ("Esc", "escape"),
    ("Ctrl+L", "lock"),
    ("F6", "region"),
    ("F11", "full_screen"),
    ("Ctrl + − 0", "text_size"),
)

_ATTENDANCE = ("attended", "partly", "absent", "vr", "screen", "observer")


def keys_of(page: str, texts: Texts) -> list[KeyHelp]:
    """The keys of a page or step, and what they do."""
    return [KeyHelp(key, texts(f"{page}.keys.{name}")) for key, name in _OF_PAGES[page]]


def keys_of_closing(texts: Texts) -> list[KeyHelp]:
    """Letters answer in a row of the attendance; which ones, the language says."""
    keys = [KeyHelp(texts(f"closing.key.{name}"), texts(f"closing.keys.{name}")) for name in _ATTENDANCE]
    return [*keys, KeyHelp("↑ ↓", texts("closing.keys.rows"))]


def keys_everywhere(texts: Texts) -> list[KeyHelp]:
    """The keys that work on every page."""
    keys = [KeyHelp(key, texts(f"shell.keys.{name}")) for key, name in _EVERYWHERE]
    return [*keys, KeyHelp(texts("shell.keys.letter.key"), texts("shell.keys.letter"))]
