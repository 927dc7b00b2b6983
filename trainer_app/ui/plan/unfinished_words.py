"""A plan that is not stored as it was edited, in one line. Knows no Qt."""

from __future__ import annotations

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.plan.editing import Editing

_TYPED = ("day", "start", "end", "participants", "contact")
"""Fields of which the text is said."""

_NAMES = {
    "people": "plan.participants_named",
    "objectives": "plan.objectives",
    "phases": "plan.phases",
}
"""What lists are called; fields have words of their own."""


def unfinished_words(editing: Editing, texts: Texts) -> str:
    """``SI-2026-A031 Selvmordsfare. Start: 13.15, Rom``; nothing where all is stored."""
    fields = [_field(name, editing, texts) for name in editing.changes() if name != "phases_own"]
    if not fields:
        return ""
    session = editing.read().plan.session
    title = session.title or texts("plan.no_theme")
    number = texts("plan.new") if editing.is_new else session.number
    return f"{' '.join(part for part in (number, title) if part)}. {', '.join(fields)}"


def _field(name: str, editing: Editing, texts: Texts) -> str:
    label = texts(_NAMES.get(name, f"plan.field.{name}"))
    if name in _TYPED:
        return f"{label}: {getattr(editing.form, name)}"
    if name == "objectives":
        own = [line.text for line in editing.form.objectives if line.chosen and not line.source]
        return f"{label}: {'; '.join(own)}" if own else label
    return label
