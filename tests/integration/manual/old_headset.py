"""A virtual headset from before WebXR, and a film for it."""

from __future__ import annotations

import hashlib
import json
import random
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.virtual.kits import VirtualProcess
from trainer_app.domain.filling import FilmToSend
from trainer_app.headsets.link import AdbKey, DirectLink, Terms, connect, run
from trainer_app.headsets.manual.filling import CHUNK

SIZE = 2 * CHUNK + 12_345
CONTENT = random.Random(23).randbytes(SIZE)
SHA = hashlib.sha256(CONTENT).hexdigest()


@dataclass(frozen=True, slots=True)
class OldHeadset:
    """A headset process that runs.

    Attributes:
        storage: The folder that stands for its /sdcard.
        observe: Where to ask what it shows.
    """

    process: VirtualProcess
    adb: str
    storage: Path
    observe: Path
    key: AdbKey

    async def connect(self) -> DirectLink:
        host, _, port = self.adb.rpartition(":")
        return await connect(host, int(port), key=self.key, terms=Terms(headset="5"))

    async def wipe(self, link: DirectLink) -> None:
        """No film, no note, nothing in front."""
        await run(link, "input keyevent KEYCODE_HOME; rm -rf /sdcard/*", timeout_s=20)

    def names(self, folder: str) -> set[str]:
        """What lies in a folder of its /sdcard."""
        place = self.storage / folder
        return {path.name for path in place.iterdir()} if place.is_dir() else set()

    def shows(self) -> str | None:
        """The film that its own player shows."""
        shown = self._android()["own_player"]["shows"]
        assert shown is None or isinstance(shown, str)
        return shown

    def commands(self) -> list[str]:
        """What it was told so far, the newest last."""
        return [" ".join(command) for command in self._android()["recorded"]]

    def _android(self) -> dict[str, Any]:
        with socket.socket(socket.AF_UNIX) as observer:
            observer.connect(str(self.observe))
            lines = observer.makefile("rwb")
            lines.write(b'{"android": true}\n')
            lines.flush()
            told = json.loads(lines.readline())
        assert isinstance(told, dict)
        return told


def describe(process: VirtualProcess, key: AdbKey) -> OldHeadset:
    said = process.ready()
    return OldHeadset(process, said["adb"], Path(said["storage"]), Path(said["observe"]), key)


def film_at(path: Path, content: bytes = CONTENT) -> FilmToSend:
    """A film whose name promises what it holds, whatever is in the file."""
    path.write_bytes(content)
    return FilmToSend(sha256=SHA, path=path, size=len(content), title="Innkomst på kvelden")
