"""The buttons below the panel: what the first one does, why it cannot be pressed. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer_app.domain.sessions import SessionState
from trainer_app.services.planning import EDITABLE, Review
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import long_day
from trainer_app.texts.number_words import listed
from trainer_app.ui.plan.editing import Editing
from trainer_app.ui.plan.form import FormRead


@dataclass(frozen=True, slots=True, kw_only=True)
class FootShown:
    """The buttons, and the line above them.

    Attributes:
        reason: Why the first button cannot be pressed, or what is to be known before it is.
        primary: The words of the first button; ``action`` is what it does.
        second: The words of the button beside it, or nothing; ``second_action`` is what it does.
        away: The words of what closes the panel and saves nothing; nothing where nothing can be saved.
        away_hint: What it does with what is typed, or nothing where its words say it.
    """

    reason: str
    primary: str
    action: str
    can_primary: bool
    second: str
    second_action: str
    away: str
    away_hint: str


def foot_shown(
    editing: Editing, read: FormRead, review: Review | None, now: datetime, texts: Texts
) -> FootShown:
    """Describe the foot; ``now`` is the wall time, ``review`` None while it is not known."""
    state, action = editing.base.session.state, _action(editing, now)
    blocked = _blocked(read, review, state, texts) if action in _NEEDS_REVIEW else ""
    known = (_locked(state, texts), _beforehand(action, read, now, texts))
    second = _SECONDS.get(state, "")
    return FootShown(
        reason=blocked or " ".join(words for words in known if words),
        primary=texts(f"plan.primary.{action}"),
        action=action,
        can_primary=action not in _NEEDS_REVIEW or (not blocked and review is not None),
        second=texts(f"plan.second.{second}") if second else "",
        second_action=second,
        away=texts(f"plan.away.{_away(editing)}") if editing.can_change else "",
        away_hint=texts("plan.away.draft.hint") if _away(editing) == "draft" else "",
    )


_ACTIONS = {SessionState.DRAFT: "plan", SessionState.READY: "ready"}
"""What the first button does; of a session that has begun: open it."""

_NEEDS_REVIEW = frozenset({"plan", "save", "register"})
"""What is done only where nothing stands in its way."""

_SECONDS = {SessionState.DRAFT: "draft", SessionState.READY: "take_up"}
"""What the second button does, where there is one."""

_LOCKED = {SessionState.READY: "ready", SessionState.IN_PROGRESS: "begun"}
"""Why a plan is locked; of all others, because the session is over."""

_MISSING = (
    ("session.guard.theme_missing", "plan.thing.theme"),
    ("session.guard.date_missing", "plan.thing.date"),
    ("session.guard.lead_missing", "plan.thing.lead"),
)


def _action(editing: Editing, now: datetime) -> str:
    """A plan of which something was changed is saved; else it is set up, or said to have taken place."""
    session = editing.base.session
    if session.state is not SessionState.PLANNED:
        return _ACTIONS.get(session.state, "open")
    if editing.is_changed:
        return "save"
    is_over = session.planned_end is not None and session.planned_end < now
    return "register" if is_over else "prepare"


def _away(editing: Editing) -> str:
    """A draft is given up; of a plan it has to be plain that the session stays as it is."""
    if editing.base.session.state is SessionState.DRAFT:
        return "draft"
    return "unsaved" if editing.is_changed else "close"


def _blocked(read: FormRead, review: Review | None, state: SessionState, texts: Texts) -> str:
    """Why the first button cannot be pressed."""
    goal = "save" if state is SessionState.PLANNED else "plan"
    if read.errors:
        return texts("plan.reason.fields")
    keys = set() if review is None else {finding.key for finding in review.findings}
    missing = [texts(words) for key, words in _MISSING if key in keys]
    if missing:
        return texts(f"plan.reason.missing.{goal}", things=listed(missing, texts))
    if "session.guard.end_before_start" in keys:
        return texts("plan.reason.end")
    if "session.guard.too_many" in keys:
        return texts("plan.reason.too_many")
    if "session.guard.conflict" in keys:
        return texts(f"plan.reason.conflict.{goal}")
    return ""


def _locked(state: SessionState, texts: Texts) -> str:
    """Why nothing can be changed."""
    if state in EDITABLE:
        return ""
    return texts(f"plan.locked.{_LOCKED.get(state, 'over')}", button=texts("plan.second.take_up"))


def _beforehand(action: str, read: FormRead, now: datetime, texts: Texts) -> str:
    """Said of setting up a session that is not today's."""
    start = read.plan.session.planned_start
    if action not in ("prepare", "ready") or start is None or start.date() <= now.date():
        return ""
    if start.date() == now.date() + timedelta(days=1):
        return texts("plan.beforehand.tomorrow")
    return texts("plan.beforehand.later", day=long_day(start, texts))
