"""Ctrl-C, or a request to end, while a program gets ready: heard wherever it comes."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Any, Self

from trainer_app.domain.errors import UserCancelled

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class BreakingOff:
    """Raises :class:`UserCancelled` where the main thread is, and once more where it looks.

    What comes out of nowhere can land where nobody hears it, in a finaliser or a library's callback; so
    long work looks from time to time whether it was asked to end. ``KeyboardInterrupt`` will not do: once
    one has passed through ``exec`` (every dataclass is made by it), Python 3.11 ends itself by the signal,
    whatever exit code the program gives.
    """

    def __init__(self) -> None:
        self._is_asked = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._ask) for number in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def look(self) -> None:
        """Go on, unless it was asked to end.

        Raises:
            UserCancelled: it was.
        """
        if self._is_asked:
            raise UserCancelled

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._is_asked = True
        raise UserCancelled
