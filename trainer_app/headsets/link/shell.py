"""Runs a command on a headset and gives its output and exit code."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass

from headset_agent.protocol.adb.banner import SHELL_V2
from headset_agent.protocol.adb.errors import RemoteProtocolError
from headset_agent.protocol.adb.framing import Payload
from headset_agent.protocol.adb.shell import FrameKind, FrameReader, encode_frame
from trainer_app.domain.link_errors import AnswerTooLong, CommandTimedOut, LinkLost, ServiceEnded
from trainer_app.headsets.link.interface import HeadsetLink, Stream

OUTPUT_LIMIT = 16 << 20
"""Bytes; a command that says more than that is none of ours, or has gone mad."""

_STDIN_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class ShellResult:
    """What a command said and how it ended.

    Attributes:
        stderr: Empty on headsets that mix it into ``stdout`` (without the feature ``shell_v2``).
        exit_code: 0 for success; 128 + n when signal n ended it.
    """

    stdout: bytes
    stderr: bytes
    exit_code: int


async def run(link: HeadsetLink, command: str, *, stdin: bytes = b"", timeout_s: float) -> ShellResult:
    """Run a shell command on the headset.

    It reads ``stdin`` and then end of file. When this is cancelled or the time is up, it gets SIGHUP.

    Raises:
        CommandTimedOut: It did not end within ``timeout_s``.
        ServiceEnded: It ended without an exit code.
        AnswerTooLong: It said more than :data:`OUTPUT_LIMIT`.
        LinkLost: The connection is gone.
    """
    run_it = _run_framed if SHELL_V2 in link.features else _run_plain
    try:
        async with asyncio.timeout(timeout_s):
            return await run_it(link, command, stdin)
    except TimeoutError as error:
        raise CommandTimedOut(headset=link.headset, seconds=timeout_s, detail=command[:200]) from error


async def _run_framed(link: HeadsetLink, command: str, stdin: bytes) -> ShellResult:
    async with await link.open_service(f"shell,v2,raw:{command}") as stream, _fed(stream, _frames_of(stdin)):
        return await _collect_frames(link, stream)


def _frames_of(stdin: bytes) -> Iterator[bytes]:
    for start in range(0, len(stdin), _STDIN_PIECE):
        yield encode_frame(FrameKind.STDIN, stdin[start : start + _STDIN_PIECE])
    yield encode_frame(FrameKind.CLOSE_STDIN)


@contextlib.asynccontextmanager
async def _fed(stream: Stream, pieces: Iterable[bytes]) -> AsyncIterator[None]:
    """Write beside the reading: a command may wait for its output to be read before it reads on."""

    async def feed() -> None:
        with contextlib.suppress(LinkLost):  # the reading side says what happened
            for piece in pieces:
                await stream.write(piece)

    feeding = asyncio.create_task(feed())
    try:
        yield
    finally:
        feeding.cancel()
        await asyncio.gather(feeding, return_exceptions=True)


async def _collect_frames(link: HeadsetLink, stream: Stream) -> ShellResult:
    output = {FrameKind.STDOUT: bytearray(), FrameKind.STDERR: bytearray()}
    reader = FrameReader()
    while chunk := await stream.read_some():
        try:
            frames = reader.feed(chunk)
        except RemoteProtocolError as error:
            raise ServiceEnded(headset=link.headset, service="shell", detail=str(error)) from error
        for frame in frames:
            if frame.kind is FrameKind.EXIT and frame.data:
                stdout, stderr = output.values()
                return ShellResult(bytes(stdout), bytes(stderr), frame.data[0])
            if frame.kind in output:
                _add(link, output[frame.kind], frame.data)
    raise ServiceEnded(headset=link.headset, service="shell", detail="no exit code")


async def _run_plain(link: HeadsetLink, command: str, stdin: bytes) -> ShellResult:
    """For headsets without shell protocol 2: the exit code is echoed behind a mark that nobody can guess."""
    mark = secrets.token_hex(8)
    # There is no way to say "end of input" here, so the headset counts it.
    source = f"head -c {len(stdin)} |" if stdin else ""
    end = "" if stdin else " </dev/null"
    # In a shell of its own, so that a command that ends with "exit" does not take the mark with it.
    script = f"{source} ({command}\n){end} 2>&1; echo {mark}$?"
    output = bytearray()
    pieces = [stdin] if stdin else []
    async with await link.open_service(f"exec:{script}") as stream, _fed(stream, pieces):
        while chunk := await stream.read_some():
            _add(link, output, chunk)
    found = re.search(rb"%s(\d+)\r?\n\Z" % mark.encode(), output)
    if found is None:
        raise ServiceEnded(headset=link.headset, service="exec", detail="no exit code")
    return ShellResult(bytes(output[: found.start()]), b"", int(found[1]))


def _add(link: HeadsetLink, output: bytearray, data: Payload) -> None:
    if len(output) + len(data) > OUTPUT_LIMIT:
        raise AnswerTooLong(headset=link.headset, megabytes=OUTPUT_LIMIT >> 20)
    output += data
