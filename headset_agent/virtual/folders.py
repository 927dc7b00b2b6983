"""The folders that stand for a virtual headset's file system.

One folder holds everything::

    ROOT/sdcard            stands for /sdcard and /storage/emulated/0
    ROOT/data/local/tmp    stands for /data/local/tmp
    ROOT/system/bin        Android's own commands, as stand-ins
    ROOT/standins.sock     where the stand-ins ask
    ROOT/observe.sock      where tests ask what the player does
    ROOT/clock             how its clock differs from this machine's
    ROOT/identity.json     serial number and accepted keys; they outlive a restart
    ROOT/memory.json       settings and persistent properties, which do as well

A path on the headset is translated in two places: in the text of a shell command (:meth:`Folders.localise`),
and in file transfer (:meth:`Folders.resolve`). Programs started by a shell command see this machine's
file system as it is.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from headset_agent.virtual.errors import HeadsetStartError

SDCARD_NAMES = ("/sdcard", "/storage/emulated/0", "/storage/self/primary", "/mnt/sdcard")
SCRATCH = "/data/local/tmp"

_SHELL_SAFE = re.compile(r"[\w@%+=:,./-]+")
# A device path begins where no other path or name is being written ("x/sdcard", "file:///sdcard" and
# "$A/sdcard" are none of ours) and ends before "/" or anything that cannot be part of a name.
_DEVICE_PATH = re.compile(
    r"(?<![\w./)}-])(?:" + "|".join(map(re.escape, (*SDCARD_NAMES, SCRATCH))) + r")(?=/|$|[^\w.-])"
)
_LONGEST_SOCKET_PATH = 107


class Folders:
    """The folders of one virtual headset."""

    def __init__(self, root: Path) -> None:
        """Name the folders; :meth:`create` makes them.

        Raises:
            HeadsetStartError: the path would need quoting in a shell, or is too long for a socket.
        """
        self.root = root.absolute()
        self.sdcard = self.root / "sdcard"
        self.scratch = self.root / "data" / "local" / "tmp"
        self.commands = self.root / "system" / "bin"
        self.standins_socket = self.root / "standins.sock"
        self.observe_socket = self.root / "observe.sock"
        self.clock = self.root / "clock"
        self.identity = self.root / "identity.json"
        self.memory = self.root / "memory.json"
        self._check_root()

    def _check_root(self) -> None:
        if not _SHELL_SAFE.fullmatch(str(self.root)):
            raise HeadsetStartError(
                f"The folder {self.root} has a character in its path that a shell would read as something "
                "else (such as a space). Choose another folder."
            )
        if len(os.fsencode(self.standins_socket)) > _LONGEST_SOCKET_PATH:
            raise HeadsetStartError(f"The path {self.root} is too long for a socket. Choose a shorter one.")

    def create(self) -> None:
        """Make what is missing; keep what is there, and clear away what a killed run left."""
        for folder in (self.sdcard, self.scratch, self.commands):
            folder.mkdir(parents=True, exist_ok=True)
        for socket in (self.standins_socket, self.observe_socket):
            socket.unlink(missing_ok=True)

    def localise(self, command: str) -> str:
        """Return a shell command with the headset's paths written as this machine's.

        This is the one trick of the virtual headset. It reaches the text of the command only: neither a
        script that was pushed as a file nor what is typed into an interactive shell is translated.
        """
        return _DEVICE_PATH.sub(lambda match: str(self._home_of(match[0])), command)

    def resolve(self, device_path: str) -> Path:
        """Return where a path of the headset lies on this machine.

        Raises:
            PermissionError: outside the folders that a shell user may reach, also by ``..`` or by a link.
            OSError: no file can be called that.
        """
        if "\0" in device_path:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), device_path)
        path = PurePosixPath(os.path.normpath("/" + device_path.lstrip("/")))
        for place in self._candidates(path):
            if self._is_ours(place):
                return place
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), device_path)

    def _candidates(self, path: PurePosixPath) -> Iterator[Path]:
        yield Path(path)  # what a command printed is one of this machine's paths, and comes back as one
        for name in (*SDCARD_NAMES, SCRATCH):
            if path.is_relative_to(name):
                yield self._home_of(name) / path.relative_to(name)

    def _is_ours(self, place: Path) -> bool:
        """Inside the headset's own folders, links followed."""
        real = Path(os.path.realpath(place))
        return any(real.is_relative_to(os.path.realpath(home)) for home in (self.sdcard, self.scratch))

    def _home_of(self, device_name: str) -> Path:
        return self.scratch if device_name == SCRATCH else self.sdcard

    def used_bytes(self) -> int:
        """Bytes of all files that lie on the headset."""
        return sum(_size_below(home) for home in (self.sdcard, self.scratch))

    def give_to(self, user: int, group: int) -> None:
        """Hand all folders to another user, who must also be able to walk down to them."""
        self.root.chmod(0o755)
        for folder in (self.commands.parent, *self.commands.parent.iterdir()):
            folder.chmod(0o755)
        for folder in (
            self.root,
            self.root / "data",
            self.root / "data" / "local",
            self.sdcard,
            self.scratch,
        ):
            os.chown(folder, user, group)
        for home in (self.sdcard, self.scratch):
            for parent, folders, files in os.walk(home):
                for name in (*folders, *files):
                    os.chown(Path(parent, name), user, group, follow_symlinks=False)


def _size_below(folder: Path) -> int:
    total = 0
    for parent, _, files in os.walk(folder):
        for name in files:
            try:
                found = os.lstat(Path(parent, name))
            except FileNotFoundError:
                continue  # deleted meanwhile
            if stat.S_ISREG(found.st_mode):
                total += found.st_size
    return total
