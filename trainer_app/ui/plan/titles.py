"""What a session is called on the screen. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.domain.content_snapshots import ThemeEntry
from trainer_app.domain.sessions import Session


def title_of(session: Session, themes: Sequence[ThemeEntry], lang: str) -> str:
    """Return the session's own title; one that is only its theme's, in the language of the screen."""
    theme = next((one for one in themes if one.code == session.theme), None)
    if theme is None or session.title not in ("", theme.title_nb, theme.title_en):
        return session.title
    return theme.title_nb if lang == "nb" else theme.title_en
