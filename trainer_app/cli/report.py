"""``simkoffert report …``."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from trainer_app.cli.breakable import Look, breakable
from trainer_app.cli.output import DONE, Output

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


@breakable
async def _participation(workplace: Workplace, parsed: Namespace, output: Output, look: Look) -> int:
    from trainer_app.reports.participation import participation_csv, participation_pdf
    from trainer_app.reports.saving import require_ending, save_report

    ending = require_ending(parsed.out, "pdf", "csv")
    reporting = workplace.reporting
    scope = reporting.scope(
        first=parsed.first, last=parsed.last, department=parsed.department, theme=parsed.theme
    )
    report = reporting.participation(scope, output.texts.lang)
    if ending == "pdf":
        content = participation_pdf(report, output.texts, reporting.printing())
    else:
        content = participation_csv(report, output.texts)
    look()
    save_report(parsed.out, content)
    document = {"report": "participation", "file": str(parsed.out), "lines": len(report.lines)}
    output.result(document, [output.texts("cli.report.written", file=parsed.out)])
    return DONE


@breakable
async def _protocol(workplace: Workplace, parsed: Namespace, output: Output, look: Look) -> int:
    from trainer_app.reports.protocol import protocol_pdf
    from trainer_app.reports.saving import require_ending, save_report

    require_ending(parsed.out, "pdf")
    reporting = workplace.reporting
    protocol = reporting.protocol(parsed.session)
    content = protocol_pdf(protocol, output.texts, reporting.printing())
    look()
    save_report(parsed.out, content)
    document = {"report": "protocol", "file": str(parsed.out), "session": protocol.session.number}
    output.result(document, [output.texts("cli.report.written", file=parsed.out)])
    return DONE


VERBS = {"participation": _participation, "protocol": _protocol}
