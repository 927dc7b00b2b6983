"""The least a headset needs behind an ADB daemon: a folder for its files and this machine's /bin/sh."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from headset_agent.virtual.adbd_device import DeviceProcess
from headset_agent.virtual.adbd_terminal import spawn_on_terminal


class LittleRoom:
    """Storage that is full after so many bytes."""

    def __init__(self, free: int) -> None:
        self.free = free

    def make_room(self, size: int) -> None:
        if size > self.free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.free -= size

    def adopt(self, path: Path) -> None:
        pass


class ShellDevice:
    """Accepts every key at once, or (``strict``) only when :attr:`accept` is set."""

    banner: Mapping[str, str] = {
        "ro.product.name": "hollywood",
        "ro.product.model": "Quest 2",
        "ro.product.device": "hollywood",
    }
    localhost = "127.0.0.1"

    def __init__(self, root: Path, *, strict: bool = False) -> None:
        self.root = root
        self.accept = asyncio.Event()
        self.offered: list[bytes] = []
        self._known: list[bytes] = []
        if not strict:
            self.accept.set()

    def resolve(self, path: str) -> Path:
        return self.root / path.lstrip("/")

    async def spawn(self, command: str, *, pty: bool) -> DeviceProcess:
        arguments = ["/bin/sh", "-c", command] if command else ["/bin/sh", "-i"]
        env = {"PATH": os.environ["PATH"], "PS1": "headset$ "}
        if pty:
            return await spawn_on_terminal(arguments, env=env, cwd=self.root)
        return await asyncio.create_subprocess_exec(
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=env,
            cwd=self.root,
            start_new_session=True,
        )

    async def accept_key(self, public_key: bytes) -> None:
        self.offered.append(public_key)
        await self.accept.wait()
        self._known.append(public_key)

    def known_keys(self) -> Iterable[bytes]:
        return self._known
