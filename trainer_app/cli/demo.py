"""``simkoffert demo``: five virtual headsets play a demo film together, and the receipt says how well."""

from __future__ import annotations

import shutil
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from trainer_app.cli.output import Output
from trainer_app.cli.play import perform, report
from trainer_app.headsets.rehearsal import VirtualKit
from trainer_app.services.filling import push_films

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace

SECONDS = 15.0
_FILM_SECONDS = 20.0
_WIDTH = 1280
_IMMERSIVE = 2
"""So many headsets get a real browser, where Chromium is installed: one software-drawn page fills a core."""


async def demo(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    """Everything is thrown away afterwards: database, films and headsets."""
    with (
        tempfile.TemporaryDirectory(prefix="simkoffert-demo-", ignore_cleanup_errors=True) as folder,
        workplace.throw_away(Path(folder)) as stage,
    ):
        return await _demo(stage, parsed, output, Path(folder))


async def _demo(workplace: Workplace, parsed: Namespace, output: Output, folder: Path) -> int:
    browsers = min(_IMMERSIVE, parsed.headsets) if shutil.which("chromium") else 0
    output.say("demo.starting", count=parsed.headsets, browsers=browsers)
    player = f"chromium:{browsers}" if browsers else "simulated"
    async with VirtualKit(
        count=parsed.headsets, player=player, clock_skew=True, root=folder / "headsets"
    ) as kit:
        addresses = [headset.adb for headset in kit.headsets]
        output.say("demo.rendering")
        (film,) = workplace.demo_films(themes=("INN",), seconds=_FILM_SECONDS, width=_WIDTH)
        output.say("demo.filling", title=film.title)
        await push_films(
            workplace.gateway,
            workplace.headsets,
            workplace.library,
            [film],
            [film],
            addresses,
            waiting=lambda _address: None,
            progress=lambda _place, _film, _there: None,
        )
        result = await perform(workplace, output, film, addresses, from_s=0.0, seconds=SECONDS)
    return report(result, output)
