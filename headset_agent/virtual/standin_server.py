"""Puts Android's commands into a headset's path and answers them in the headset process."""

from __future__ import annotations

import asyncio
import os
import shutil
from importlib.resources import files
from pathlib import Path

from headset_agent.virtual.answer import Answer
from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.folders import Folders
from headset_agent.virtual.local_server import LocalServer
from headset_agent.virtual.standins import StandIns

_FIRST_LINES = "#!{perl}\nmy $socket_path = '{socket}';\n"

# Everything but the question about the file system is answered by the machine's own stat.
_STAT = """#!/bin/sh
for word; do
    case "$word" in
        --) break ;;
        -f*) exec {asking} "$@" ;;
    esac
done
exec /usr/bin/stat "$@"
"""


def install_commands(folders: Folders, names: list[str]) -> None:
    """Write one program for each command.

    Raises:
        HeadsetStartError: this machine has no Perl.
    """
    perl = shutil.which("perl")
    if perl is None:
        raise HeadsetStartError("The virtual headset's commands need Perl (Debian's package perl-base).")
    source = files("headset_agent.virtual").joinpath("standin_client.pl").read_text(encoding="utf-8")
    program = _FIRST_LINES.format(perl=perl, socket=folders.standins_socket) + source
    for name in names:
        if name != "stat":
            _write_program(folders.commands / name, program)
    if "stat" in names:
        asking = folders.root / "system" / "asking" / "stat"
        asking.parent.mkdir(exist_ok=True)
        _write_program(asking, program)
        _write_program(folders.commands / "stat", _STAT.format(asking=asking))


def _write_program(place: Path, text: str) -> None:
    place.write_text(text, encoding="utf-8")
    place.chmod(0o755)


class StandInServer:
    """Answers the commands' questions on a socket in the headset's folder."""

    def __init__(self, socket: Path, standins: StandIns) -> None:
        """Prepare; :meth:`start` listens."""
        self._standins = standins
        self._server = LocalServer(socket, self._answer)

    async def start(self, user: int | None) -> None:
        """Listen; only this process's user and the shell's may ask."""
        await self._server.start(user)

    async def close(self) -> None:
        """Stop listening."""
        await self._server.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.read()
        answer = await self._standins.run(os.fsdecode(asked).split("\0"))
        writer.write(_encode(answer))
        await writer.drain()


def _encode(answer: Answer) -> bytes:
    out = os.fsencode(answer.out)
    return b"%d\n%d\n" % (answer.code, len(out)) + out + os.fsencode(answer.err)
