"""A headset of which a test answers the shell, and on which every file is there that anybody looks for."""

from __future__ import annotations

import struct
from collections.abc import Callable

from headset_agent.protocol.adb.banner import SHELL_V2
from headset_agent.protocol.adb.shell import FrameKind, encode_frame
from tests.fuzz.told import HEADSET, ToldLink, ToldStream
from trainer_app.domain.link_errors import ServiceRefused

_SHELL = "shell,v2,raw:"
_A_FILE = b"STAT" + struct.pack("<III", 0o100644, 1, 1)


class ShellLink(ToldLink):
    """A link to it.

    Attributes:
        scripts: What was run, in order.
        takes_files: Off: it does not even talk of files.
    """

    def __init__(self, answer: Callable[[str], str], *, takes_files: bool = True) -> None:
        super().__init__([_A_FILE])
        self.features = frozenset({SHELL_V2})
        self.scripts: list[str] = []
        self.takes_files = takes_files
        self._answer = answer

    async def open_service(self, name: str, *, bulk: bool = False) -> ToldStream:
        if name.startswith(_SHELL):
            self.scripts.append(name.removeprefix(_SHELL))
            said = encode_frame(FrameKind.STDOUT, self._answer(self.scripts[-1]).encode())
            return ToldStream([said, encode_frame(FrameKind.EXIT, b"\0")])
        if not self.takes_files:
            raise ServiceRefused(headset=HEADSET, service=name)
        return await super().open_service(name, bulk=bulk)
