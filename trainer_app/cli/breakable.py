"""Commands that work on the main thread, where the loop hears of no signal meanwhile."""

from __future__ import annotations

import functools
from argparse import Namespace
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from trainer_app.cli.output import Output
from trainer_app.runtime.breaking_off import BreakingOff

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace

Command = Callable[["Workplace", Namespace, Output], Awaitable[int]]

Look = Callable[[], None]
"""Raises ``UserCancelled`` when the command was asked to end, and nobody has heard it."""

BreakableCommand = Callable[["Workplace", Namespace, Output, Look], Awaitable[int]]


def breakable(command: BreakableCommand) -> Command:
    """Make a command end where it is when it is interrupted or asked to end.

    What reaches it within a library's callback is lost there: so the command looks as well, while it works or
    before it keeps what it has made.
    """

    @functools.wraps(command)
    async def broken_off(workplace: Workplace, parsed: Namespace, output: Output) -> int:
        with BreakingOff() as breaking:
            return await command(workplace, parsed, output, breaking.look)

    return broken_off
