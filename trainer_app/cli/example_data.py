"""``simkoffert example-data``."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from trainer_app.cli.breakable import Look, breakable
from trainer_app.cli.output import DONE, Output

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


@breakable
async def example_data(workplace: Workplace, parsed: Namespace, output: Output, look: Look) -> int:
    """Fill the empty database with fictional data."""
    from trainer_app.services.example_data import ExampleSize

    made = workplace.fill_with_examples(
        ExampleSize(sessions=parsed.sessions, participants=parsed.participants, seed=parsed.seed), look=look
    )
    counts = {"departments": made.departments, "people": made.people, "sessions": made.sessions}
    output.result(counts, [output.texts("cli.example_data.done", **counts)])
    return DONE
