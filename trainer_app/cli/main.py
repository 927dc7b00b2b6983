"""Parses the command line and calls what was asked for."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer_app.cli.breakable import Command
from trainer_app.cli.garbage import USUAL_THRESHOLDS
from trainer_app.cli.output import FAILED, WRONG_USE, Output
from trainer_app.cli.parser import WrongUse, make_parser
from trainer_app.domain.errors import TrainerError, UserCancelled
from trainer_app.runtime.terminal import has_terminal, tell
from trainer_app.texts.catalogue import LANGUAGES, Texts
from trainer_app.urgency import give_way

if TYPE_CHECKING:
    from trainer_app.headsets.emergency_call import Call


def main(words: Sequence[str], call: Call | None = None, *, owns_process: bool = False) -> int:
    """Run one command; return its exit code.

    Args:
        words: The command line.
        call: A *Stopp alt* that has been given out already.
        owns_process: Nothing but this command runs in the process, so it may say how urgent the process is.
    """
    texts = Texts(_language(words))
    try:
        parsed = make_parser(texts).parse_args(words)
    except WrongUse as wrong:
        tell(texts("cli.wrong_use", reason=wrong.reason, usage=wrong.usage) + "\n")
        if "--json" in words:
            error = {"key": "cli.wrong_use", "detail": wrong.reason, "usage": wrong.usage}
            sys.stdout.write(json.dumps({"error": error}, ensure_ascii=False) + "\n")
        return WRONG_USE
    _log_to_terminal()
    if parsed.command == "virtual-kit":
        from trainer_app.cli.virtual_kit import become_virtual_kit

        return become_virtual_kit(parsed)
    if owns_process and (parsed.command, getattr(parsed, "verb", None)) == ("film", "push"):
        give_way()
    output = Output(texts, as_json=parsed.json)
    try:
        if parsed.command in (None, "demo"):
            return _open_window(parsed, output)
        return asyncio.run(_run(parsed, output, call))
    except TrainerError as error:
        return output.failure(error)
    except (UserCancelled, KeyboardInterrupt, asyncio.CancelledError):
        output.say("cli.broken_off")
        return FAILED


def _log_to_terminal() -> None:
    """The terminal has a level of its own: the log file beside the data hears more."""
    if has_terminal():
        level = os.environ.get("SIMKOFFERT_LOG", "ERROR")
        terminal = logging.StreamHandler(sys.stderr)
        terminal.setLevel(level)
        logging.basicConfig(level=level, handlers=[terminal])


def _language(words: Sequence[str]) -> str:
    """The language the words ask for, before they are parsed: the parser itself speaks it."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        wanted = word.partition("=")[2] if word.startswith("--lang=") else following
        if (word == "--lang" or word.startswith("--lang=")) and wanted in LANGUAGES:
            return wanted
    return LANGUAGES[0]


def _open_window(parsed: Namespace, output: Output) -> int:
    """The app: its window has the main thread, so this is no command of the loop."""
    from trainer_app.bootstrap import Place, Workplace
    from trainer_app.runtime.breaking_off import BreakingOff

    gc.set_threshold(*USUAL_THRESHOLDS)
    place = Place(data=parsed.data or Place.default_data(), database=parsed.database)
    # Asked to end, it cleans up as after Ctrl-C: virtual headsets must not outlive the demo.
    with BreakingOff() as breaking, Workplace(place, output.texts) as workplace:
        if parsed.command == "demo":
            from trainer_app.cli.demo import demo

            return demo(workplace, parsed, output, breaking.look)
        from trainer_app.desktop.starting import run_app

        return run_app(workplace)


async def _run(parsed: Namespace, output: Output, call: Call | None) -> int:
    from trainer_app.bootstrap import Place, Workplace

    place = Place(data=parsed.data or Place.default_data(), database=parsed.database)
    task = asyncio.current_task()
    assert task is not None
    if sys.platform != "win32":
        # Break off, stop the headsets, clean up; also where a shell script started us in its background,
        # which would have us ignore Ctrl-C: a film must never be left running by that.
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with Workplace(place, output.texts, call) as workplace:
        return await _command(parsed)(workplace, parsed, output)


def _command(parsed: Namespace) -> Command:
    """Import only the command that was asked for: *Stopp alt* must not wait for the others' libraries."""
    if parsed.command == "stop":
        from trainer_app.cli import stop

        return stop.stop
    if parsed.command == "play":
        from trainer_app.cli import play

        return play.play
    if parsed.command == "doctor":
        from trainer_app.cli import doctor

        return doctor.doctor
    if parsed.command == "film":
        from trainer_app.cli import film

        return film.VERBS[parsed.verb]
    if parsed.command == "report":
        from trainer_app.cli import report

        return report.VERBS[parsed.verb]
    if parsed.command == "cards":
        from trainer_app.cli.cards import cards

        return cards
    if parsed.command == "session":
        from trainer_app.cli import sessions

        return sessions.VERBS[parsed.verb]
    if parsed.command == "example-data":
        from trainer_app.cli.example_data import example_data

        return example_data
    if parsed.command == "db":
        from trainer_app.cli import db

        return db.VERBS[parsed.verb]
    from trainer_app.cli import headset

    return headset.VERBS[parsed.verb]
