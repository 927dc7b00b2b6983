"""``simkoffert session …``."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from trainer_app.cli.output import DONE, Output

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace
    from trainer_app.domain.sessions import Session


async def _list(workplace: Workplace, _parsed: Namespace, output: Output) -> int:
    sessions = workplace.stored.sessions.all()
    lines = [_line(session, output) for session in sessions]
    documents = [_document(session) for session in sessions]
    output.result({"sessions": documents}, lines or [output.texts("cli.session.none")])
    return DONE


def _document(session: Session) -> dict[str, Any]:
    start, end = session.planned_start, session.planned_end
    return {
        "number": session.number,
        "state": session.state.value,
        "theme": session.theme,
        "title": session.title,
        "planned_start": None if start is None else start.isoformat(),
        "planned_end": None if end is None else end.isoformat(),
        "zone": session.zone,
    }


def _line(session: Session, output: Output) -> str:
    from trainer_app.reports.wording import Wording

    say, texts = Wording(output.texts), output.texts
    start, end = session.planned_start, session.planned_end
    when = texts("cli.session.without_time") if start is None or end is None else say.span(start, end)
    number = session.number or texts("cli.session.without_number")
    state = texts(f"session.state.{session.state.value}")
    return f"{number:<14} {state:<12} {session.theme or '–':<4} {when:<25} {session.title}".rstrip()


VERBS = {"list": _list}
