"""The headset behind the ADB daemon: paths, shells and the computers it trusts."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from headset_agent.virtual.adbd_device import DeviceProcess
from headset_agent.virtual.adbd_terminal import spawn_on_terminal
from headset_agent.virtual.identity import Identity, save_identity
from headset_agent.virtual.player import Player
from headset_agent.virtual.shell import Shell
from headset_agent.virtual.storage import HeadsetStorage


class VirtualDevice:
    """What the daemon needs of one headset.

    Attributes:
        banner: The properties that a connecting computer is told.
        localhost: The headset's own address.
        asks: Whether an unknown computer has to wait until it is accepted.
    """

    def __init__(
        self,
        *,
        shell: Shell,
        player: Player,
        storage: HeadsetStorage,
        identity: Identity,
        properties: Mapping[str, str],
        authorized: Iterable[bytes],
        asks: bool,
    ) -> None:
        """Bind the parts together.

        Args:
            shell: How commands are run.
            player: Tells where its DevTools are.
            storage: Whether there is room for a file.
            identity: Keys that were accepted before; new ones are kept there.
            properties: All of the headset's properties.
            authorized: Public keys that are known from the start.
            asks: Whether an unknown key has to wait until it is accepted.
        """
        self.banner: Mapping[str, str] = {
            name: properties[name] for name in ("ro.product.name", "ro.product.model", "ro.product.device")
        }
        self.localhost = shell.host
        self._shell = shell
        self._player = player
        self._storage = storage
        self._identity = identity
        self._authorized = [*authorized]
        self.asks = asks
        self._waiting: list[asyncio.Event] = []

    # --- files ---------------------------------------------------------------------------------------

    def resolve(self, path: str) -> Path:
        """Where a path of the headset lies on this machine.

        Raises:
            PermissionError: outside the folders that a shell user may reach.
        """
        return self._shell.folders.resolve(path)

    def make_room(self, size: int) -> None:
        """Refuse bytes of a file for which there is no room.

        Raises:
            OSError: ``ENOSPC``.
        """
        self._storage.check(size)

    def adopt(self, path: Path) -> None:
        """Give what file transfer made to the user of the shell, new folders above it included."""
        user = self._shell.user
        if user is None:
            return
        os.chown(path, user, user, follow_symlinks=False)
        for parent in path.parents:
            if parent.stat().st_uid == user:
                return
            os.chown(parent, user, user)

    # --- commands ------------------------------------------------------------------------------------

    async def spawn(self, command: str, *, pty: bool) -> DeviceProcess:
        """Start a shell command in a session of its own."""
        arguments = self._shell.arguments(command)
        environment = self._shell.environment(self._player.devtools)
        root, user = self._shell.folders.root, self._shell.user
        if pty:
            return await spawn_on_terminal(arguments, env=environment, cwd=root, user=user)
        return await asyncio.create_subprocess_exec(
            *arguments,
            env=environment,
            cwd=root,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )

    # --- trust ---------------------------------------------------------------------------------------

    def known_keys(self) -> Iterable[bytes]:
        """The public keys that need not ask."""
        return [*self._authorized, *(key.encode() for key in self._identity.keys)]

    async def accept_key(self, public_key: bytes) -> None:
        """Wait until the wearer accepts this computer, then remember it."""
        accepted = asyncio.Event()
        self._waiting.append(accepted)
        try:
            await accepted.wait()
        finally:
            self._waiting.remove(accepted)
        self._keep(public_key)

    def accept_waiting(self) -> bool:
        """The wearer accepts every computer that waits; False: none does."""
        for accepted in self._waiting:
            accepted.set()
        return bool(self._waiting)

    def _keep(self, public_key: bytes) -> None:
        key = public_key.rstrip(b"\0").decode(errors="replace")
        if key not in self._identity.keys:
            self._identity.keys.append(key)
            save_identity(self._shell.folders.identity, self._identity)
