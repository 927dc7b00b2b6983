"""The shell of a virtual headset: a real ``/bin/sh`` with Android's commands first in its path.

As on Android it runs as the user ``shell`` (2000) wherever it can: when this process is root, and that user
can reach the interpreter, its packages and the headset's folders. Otherwise it runs as whoever started the
headset, with the same rights; a headset that is only reachable from this machine can afford that.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from headset_agent.virtual.folders import Folders
from headset_agent.virtual.runtime import base_interpreter, bundled_files
from headset_agent.virtual.skew import SKEW_VARIABLE

SHELL_USER = 2000
"""Android's user and group ``shell``."""

SYSTEM_PATH = "/usr/bin:/bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """How the headset runs a command.

    Attributes:
        host: What the headset's localhost is.
        clock: How programs get the headset's own clock; None: it is this machine's.
        user: User and group of the shell; None leaves them as they are.
        emulator: What runs programs of a headset's own kind on this machine.
    """

    folders: Folders
    host: str
    clock: str | None = None
    user: int | None = None
    emulator: str | None = None
    shell: str = field(default="/bin/sh")

    def arguments(self, command: str) -> list[str]:
        """Return the process arguments for one command; an empty one is a shell that reads what is typed."""
        if not command:
            return [self.shell]
        return [self.shell, "-c", self.folders.localise(command)]

    def environment(self, devtools: str | None) -> dict[str, str]:
        """Return the whole environment; nothing of this process's own gets in.

        The variables named SIMKOFFERT_* exist on virtual headsets only.
        """
        scratch = str(self.folders.scratch)
        variables = {
            "PATH": f"{self.folders.commands}:{SYSTEM_PATH}",
            "HOME": scratch,
            "TMPDIR": scratch,
            "EXTERNAL_STORAGE": str(self.folders.sdcard),
            "HOSTNAME": "headset",
            "USER": "shell",
            "LOGNAME": "shell",
            "SHELL": self.shell,
            "LANG": "C.UTF-8",
            "SIMKOFFERT_HOST": self.host,
            "SIMKOFFERT_DEVTOOLS": f"tcp:{devtools}" if devtools else "none",
        }
        if self.emulator:
            variables["SIMKOFFERT_EMULATOR"] = self.emulator
        if self.clock:
            variables[SKEW_VARIABLE] = self.clock
        return variables


def choose_user(folders: Folders) -> int | None:
    """Return the user to run shells as: Android's, or None for the one who runs this."""
    if os.geteuid() != 0:
        return None
    # The headset's own folder will be handed over; only the way to it matters.
    can_reach = _others_can_walk_to(folders.root.resolve())
    can_run = all(_others_can_read(place) for place in (Path(base_interpreter()), *bundled_files()))
    return SHELL_USER if can_reach and can_run else None


def _others_can_walk_to(place: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in place.parents)


def _others_can_read(place: Path) -> bool:
    real = place.resolve()
    needed = stat.S_IROTH | stat.S_IXOTH if real.is_dir() else stat.S_IROTH
    return _others_can_walk_to(real) and real.stat().st_mode & needed == needed
