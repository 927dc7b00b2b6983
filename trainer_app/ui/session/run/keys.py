"""The keys of the run screen, for pressing and for F1."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.page import KeyHelp

_HELP = (
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
)


def key_help_of(texts: Texts) -> Sequence[KeyHelp]:
    """Every key and what it does."""
    return [KeyHelp(key, texts(f"run.keys.{name}")) for key, name in _HELP]
