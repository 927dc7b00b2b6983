"""The app as a process of its own, without a screen: what it says, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from tests.fakes.waiting import until
from tests.integration.desktop.disks import alone

_WITHIN_S = 90.0
"""A machine that does other things as well; seconds are usual."""


class App:
    """``python -m trainer_app`` on a data folder; a context that ends it.

    ``within``: makes of a command one that runs it in other surroundings.
    """

    def __init__(
        self,
        *words: str,
        data: Path,
        environment: dict[str, str] | None = None,
        within: Callable[..., list[str]] | None = None,
    ) -> None:
        self._command = [sys.executable, "-m", "trainer_app", *words, "--data", str(data)]
        if within is not None:
            self._command = within(*self._command)
        self._environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **(environment or {})}
        self.said = ""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self._command, env=self._environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stderr is not None
        self.process.stderr.close()

    @property
    def is_running(self) -> bool:
        """It has not ended."""
        return self.process.poll() is None

    async def says(self, words: str) -> None:
        """Wait until it has said this."""
        try:
            await until(lambda: words in self.said, within_s=_WITHIN_S)
        except TimeoutError:
            raise AssertionError(self.said) from None

    def interrupt(self, number: signal.Signals = signal.SIGINT) -> int:
        """Press Ctrl-C; return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=_WITHIN_S)

    def children(self) -> list[psutil.Process]:
        """The processes it has started, and theirs."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line


def played(scene: str, folder: Path, within: Callable[..., list[str]] = alone) -> dict[str, object]:
    """Play a scene of ``scenes.py`` in surroundings of its own; return what was seen."""
    folder.mkdir()
    done = subprocess.run(
        within(sys.executable, "-m", "tests.integration.desktop.scenes", scene, str(folder)),
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    seen: dict[str, object] = json.loads(done.stdout)
    return seen
