"""``simkoffert stop``: *Stopp alt* from the command line."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from trainer_app.cli.output import Output, exit_code
from trainer_app.domain.playback_errors import NoHeadsetGiven
from trainer_app.services.stopping import stop_all

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


async def stop(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    """Make every headset silent and dark, whoever leads it."""
    addresses = parsed.at or [h.address for h in workplace.headsets.all() if h.address]
    if not addresses:
        raise NoHeadsetGiven()
    result = await stop_all(workplace.stopper, addresses, by=workplace.holder)
    texts = output.texts
    for address, problem in result.unreached.items():
        output.line(f"{address}:")
        output.problem(problem)
    output.result(
        {
            "headsets": [asdict(outcome) for outcome in result.stopped],
            "unreached": [
                {"address": address, **output.described(problem)}
                for address, problem in result.unreached.items()
            ],
        },
        (
            texts("stop.dark" if outcome.dark else "stop.not_confirmed", headset=outcome.serial)
            for outcome in result.stopped
        ),
    )
    # A headset on which no page is open has nothing to confirm; what counts as failed is one not reached.
    return exit_code(len(result.stopped), len(result.unreached))
