"""``simkoffert cards``: the ten fix cards on paper."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from trainer_app.cli.breakable import Look, breakable
from trainer_app.cli.output import DONE, Output

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


@breakable
async def cards(_workplace: Workplace, parsed: Namespace, output: Output, look: Look) -> int:
    """Write them in the language of the command."""
    from trainer_app.domain.fix_cards import FixCard
    from trainer_app.reports.fix_cards import fix_cards_pdf
    from trainer_app.reports.saving import require_ending, save_report

    require_ending(parsed.out, "pdf")
    content = fix_cards_pdf(output.texts)
    look()
    save_report(parsed.out, content)
    document = {"report": "cards", "file": str(parsed.out), "cards": [card.value for card in FixCard]}
    output.result(document, [output.texts("cli.cards.written", file=parsed.out)])
    return DONE
