"""The places of the rail, and which page belongs to each; above the last one, help. Knows no Qt."""

from __future__ import annotations

from trainer_app.texts.catalogue import Texts

ICONS = {
    "today": "house",
    "plan": "calendar-blank",
    "session": "play-circle",
    "kit": "suitcase",
    "library": "film-strip",
    "reports": "chart-bar",
    "settings": "gear-six",
}
"""In the order of the rail and of Ctrl+1 to Ctrl+7; Phosphor's names."""

HELP = "help"
"""In the rail, above the places at its foot: what F1 shows."""

HELP_ICON = "question"

AT_FOOT = frozenset({"settings"})


def word(texts: Texts, place: str) -> str:
    """What people call a place."""
    return texts(f"shell.place.{place}")
