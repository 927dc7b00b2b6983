"""Which films of the folder were stored and not yet remembered by a database: what a killed import leaves.

A note lies beside the folder from before the film gets its name until it is remembered. Only what has a note
may ever be swept away: the same folder may serve another database, or one that was restored.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from trainer_app.domain.films import Sha256
from trainer_app.library.programs import is_running, this_program

_NOTE = re.compile(r"(?P<program>\d+-\d+)-(?P<sha256>[0-9a-f]{64})(?P<suffix>\.\w+)")


class Unclaimed:
    """The notes.

    Args:
        films: The folder of the films.
    """

    def __init__(self, films: Path) -> None:
        self._folder = films.with_name(f"{films.name}-unclaimed")

    def note(self, sha256: Sha256, suffix: str) -> None:
        """A film is about to get its name.

        Raises:
            OSError: it cannot be noted.
        """
        self._folder.mkdir(exist_ok=True)
        (self._folder / f"{this_program()}-{sha256}{suffix}").touch()

    def claim(self, sha256: Sha256) -> None:
        """It is remembered, or gone; a note that stays behind does no harm to what is remembered."""
        for path in tuple(self._folder.glob(f"*-{sha256}.*")):
            with contextlib.suppress(OSError):
                path.unlink()
        with contextlib.suppress(OSError):
            self._folder.rmdir()  # unless there are more

    def of_ended_programs(self) -> Iterator[tuple[Sha256, str]]:
        """Digest and file ending of each film that is noted; those of running programs are not told."""
        names = sorted(path.name for path in self._folder.glob("*"))
        for match in filter(None, map(_NOTE.fullmatch, names)):
            if not is_running(match["program"]):
                yield Sha256(match["sha256"]), match["suffix"]
