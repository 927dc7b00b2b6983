"""``simkoffert report …``."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from trainer_app.cli.breakable import Look, breakable
from trainer_app.cli.output import DONE, Output

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace
    from trainer_app.reports.protocol_heat import Still


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
    from trainer_app.reports.protocol_heat import no_still
    from trainer_app.reports.saving import require_ending, save_report

    require_ending(parsed.out, "pdf")
    reporting = workplace.reporting
    protocol = reporting.protocol(parsed.session, heat=parsed.heat_map)
    still = _still(workplace) if protocol.heat else no_still
    content = protocol_pdf(protocol, output.texts, reporting.printing(), still)
    look()
    save_report(parsed.out, content)
    document = {"report": "protocol", "file": str(parsed.out), "session": protocol.session.number}
    output.result(document, [output.texts("cli.report.written", file=parsed.out)])
    return DONE


def _still(workplace: Workplace) -> Still:
    from trainer_app.library.film_stills import LibraryStills

    return LibraryStills(workplace.library).still


VERBS = {"participation": _participation, "protocol": _protocol}
