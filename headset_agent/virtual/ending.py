"""How a virtual headset, or a kit of them, is told to end."""

from __future__ import annotations

import asyncio
import signal


def ends_when_told(ending: asyncio.Event) -> None:
    """Set ``ending`` at Ctrl-C, at a request to end and, without ``nohup``, when the terminal closes."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ending.set)
    if not _outlives_terminal():
        loop.add_signal_handler(signal.SIGHUP, ending.set)


def ignores_nothing_below() -> None:
    """Let what this process starts begin as on a device, where no signal is ignored.

    An ignored signal is handed down to every command, a handled one is not. So a headset that outlives
    its terminal handles the hang-up and does nothing.
    """
    if _outlives_terminal():
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, lambda: None)


def _outlives_terminal() -> bool:
    return signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
