"""``simkoffert stop``: *Stopp alt* from the command line."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from trainer_app.cli.output import Output, exit_code
from trainer_app.domain.playback_errors import NoHeadsetGiven
from trainer_app.services.stopping import StopResult, stop_all

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


async def stop(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    """Make every headset silent and dark, whoever leads it."""
    call = workplace.stop_call(parsed.at or None)
    # Without addresses: first those that are led, which is known at once, then all that were ever seen.
    result = await stop_all(
        workplace.stopper(call),
        parsed.at or list(call.known),
        by=workplace.holder,
        others=None if parsed.at else lambda: [h.address for h in workplace.headsets.all() if h.address],
    )
    if not result.stopped and not result.unreached:
        raise result.others_unknown or NoHeadsetGiven()
    _report(result, output)
    # A headset on which no page is open has nothing to confirm; what counts as failed is one not reached.
    return exit_code(len(result.stopped), len(result.unreached) + (result.others_unknown is not None))


def _report(result: StopResult, output: Output) -> None:
    for address, problem in result.unreached.items():
        output.line(f"{address}:")
        output.problem(problem)
    if result.others_unknown is not None:
        output.problem(result.others_unknown)
    output.result(
        _document(result, output),
        (
            output.texts("stop.dark" if outcome.dark else "stop.not_confirmed", headset=outcome.serial)
            for outcome in result.stopped
        ),
    )


def _document(result: StopResult, output: Output) -> dict[str, Any]:
    document: dict[str, Any] = {
        "headsets": [asdict(outcome) for outcome in result.stopped],
        "unreached": [
            {"address": address, **output.described(problem)} for address, problem in result.unreached.items()
        ],
    }
    if result.others_unknown is not None:
        document["error"] = output.described(result.others_unknown)
    return document
