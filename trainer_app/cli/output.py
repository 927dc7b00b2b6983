"""Where a command's words go: the result to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from trainer_app.domain.errors import TrainerError
from trainer_app.runtime.terminal import has_terminal, tell
from trainer_app.texts.catalogue import Texts

if TYPE_CHECKING:
    from trainer_app.domain.headset_state import Awaited

DONE = 0
FAILED = 1
WRONG_USE = 2
PARTLY = 3


class Output:
    """One command's output, for people or as one JSON document."""

    def __init__(self, texts: Texts, *, as_json: bool) -> None:
        self.texts = texts
        self._as_json = as_json
        self._progress_shown = False

    def result(self, document: dict[str, Any], lines: Iterable[str]) -> None:
        """Print the result: the document as JSON, or the lines for people."""
        self._end_progress()
        if self._as_json:
            sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
        else:
            for line in lines:
                sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def say(self, key: str, **params: object) -> None:
        """Tell people what goes on."""
        self.line(self.texts(key, **params))

    def line(self, text: str) -> None:
        """Write a line for people."""
        self._end_progress()
        tell(text + "\n")

    def progress(self, line: Callable[[], str]) -> None:
        """Show one line that the next writes over; it is put into words only where somebody watches."""
        if has_terminal() and sys.stderr.isatty():
            tell(f"\r\x1b[K{line()}")
            self._progress_shown = True

    def awaited(self, number: int, what: Awaited) -> None:
        """Tell people that a headset waits for whoever wears it."""
        name = self.texts("headset.name", number=number)
        self.line(f"{name}: {self.texts(f'looks.tile.awaited.{what.value}.step')}")

    def problem(self, error: TrainerError) -> None:
        """Explain an error to people."""
        self.line(self.texts.explain(error).lines())

    def described(self, error: TrainerError) -> dict[str, str]:
        """An error for the JSON document."""
        words = self.texts.explain(error)
        return {
            "key": error.key,
            "what": words.what,
            "why": words.why,
            "next": words.next_step,
            "detail": error.detail,
        }

    def failure(self, error: TrainerError) -> int:
        """Report an error that ends the command."""
        self.problem(error)
        if self._as_json:
            sys.stdout.write(json.dumps({"error": self.described(error)}, ensure_ascii=False) + "\n")
        return FAILED

    def _end_progress(self) -> None:
        if self._progress_shown:
            tell("\r\x1b[K")
            self._progress_shown = False


def exit_code(good: int, bad: int) -> int:
    """0 when all went well, 3 when some did, 1 when none did."""
    if not bad:
        return DONE
    return PARTLY if good else FAILED
