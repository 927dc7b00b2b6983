"""The daemon's ``shell:`` and ``exec:`` services: a process whose streams go over one ADB stream.

When the host closes the stream, the process group gets SIGHUP; what detached itself lives on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
from dataclasses import dataclass

from headset_agent.protocol.adb.errors import AdbError
from headset_agent.protocol.adb.peer import AdbStream
from headset_agent.protocol.adb.shell import Frame, FrameKind, FrameReader, encode_frame
from headset_agent.protocol.patience import ended_within
from headset_agent.virtual.adbd_device import Device, DeviceProcess
from headset_agent.virtual.adbd_terminal import TerminalProcess

READ_SIZE = 64 * 1024
SPAWN_FAILED = 126
BURY_S = 1.0
"""Seconds a killed process may take to be gone."""

_WINDOW = re.compile(r"(\d+)x(\d+)")


@dataclass(frozen=True, slots=True)
class ShellRequest:
    """A parsed service name.

    Attributes:
        framed: Shell protocol 2: exit code, separate stderr.
        pty: With a terminal.
    """

    command: str
    framed: bool
    pty: bool


def parse_shell_service(service: str) -> ShellRequest | None:
    """Read ``shell:CMD``, ``shell,v2,raw:CMD`` or ``exec:CMD``; None for any other service."""
    head, separator, command = service.partition(":")
    name, *options = head.split(",")
    if not separator or name not in ("shell", "exec"):
        return None
    pty = not command and name == "shell"
    if "raw" in options:
        pty = False
    elif "pty" in options:
        pty = True
    return ShellRequest(command, "v2" in options, pty)


class ShellSessions:
    """All shells of one daemon, with those the host has left but that have not ended yet."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._lingering: set[asyncio.Task[None]] = set()

    async def serve(self, stream: AdbStream, request: ShellRequest) -> None:
        """Run one command from start to end."""
        try:
            process = await self._device.spawn(request.command, pty=request.pty)
        except OSError as error:
            await _report_failure(stream, request, error)
            return
        session = _Session(stream, request, process)
        # A task apart: when the connection is lost, our own is cancelled, but the process must be buried.
        task = asyncio.create_task(session.run())
        self._lingering.add(task)
        task.add_done_callback(self._lingering.discard)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            session.hang_up()
            raise

    async def close(self) -> None:
        """Kill what is left and wait for it."""
        for task in self._lingering:
            task.cancel()
        await asyncio.gather(*self._lingering, return_exceptions=True)


async def _report_failure(stream: AdbStream, request: ShellRequest, error: OSError) -> None:
    text = f"{error}\n".encode()
    if request.framed:
        await stream.write(encode_frame(FrameKind.STDERR, text))
        await stream.write(encode_frame(FrameKind.EXIT, bytes((SPAWN_FAILED,))))
    else:
        await stream.write(text)


class _Session:
    """One process and its stream."""

    def __init__(self, stream: AdbStream, request: ShellRequest, process: DeviceProcess) -> None:
        self._stream = stream
        self._framed = request.framed
        self._process = process
        self._stream_gone = False

    async def run(self) -> None:
        """Carry data both ways until the process has ended and closed its output."""
        feeding = asyncio.create_task(self._feed())
        try:
            await asyncio.gather(
                self._carry(self._process.stdout, FrameKind.STDOUT),
                self._carry(self._process.stderr, FrameKind.STDERR),
            )
            code = await self._process.wait()
            await self._say_exit(code)
        except asyncio.CancelledError:
            _signal_group(self._process, signal.SIGKILL)
            await self._bury_in_time()
            raise
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)
            await self._stream.close()

    async def _bury_in_time(self) -> None:
        """Bury it; let go of pipes that a child which detached itself may hold as long as it lives."""
        if not await ended_within(self._bury(), BURY_S):
            self._let_go()
            await ended_within(self._bury(), BURY_S)

    def _let_go(self) -> None:
        """Close our ends of the pipes."""
        stdin = self._process.stdin
        if stdin is not None and not stdin.is_closing():
            stdin.transport.abort()  # whatever is still to be written
        # The streams that asyncio gives have no way to do it.
        transport = getattr(self._process, "_transport", None)
        if isinstance(transport, asyncio.SubprocessTransport):
            transport.close()

    async def _bury(self) -> None:
        """Wait for the end of a process that was killed, and of its pipes: they are closed a moment later."""
        await self._process.wait()
        for output in (self._process.stdout, self._process.stderr):
            while output is not None and await output.read(READ_SIZE):
                pass
        if self._process.stdin is not None:
            self._process.stdin.close()
            with contextlib.suppress(ConnectionError):
                await self._process.stdin.wait_closed()

    def hang_up(self) -> None:
        """The host is gone."""
        self._stream_gone = True
        _signal_group(self._process, signal.SIGHUP)

    async def _feed(self) -> None:
        """Pass on what the host types; hang up when it closes the stream."""
        frames = FrameReader()
        try:
            while chunk := await self._stream.read_some():
                if not self._framed:
                    await self._type(bytes(chunk))
                    continue
                for frame in frames.feed(chunk):
                    await self._take(frame)
        except AdbError:
            pass
        self.hang_up()

    async def _take(self, frame: Frame) -> None:
        if frame.kind is FrameKind.STDIN:
            await self._type(frame.data)
        elif frame.kind is FrameKind.CLOSE_STDIN and self._process.stdin is not None:
            self._process.stdin.close()
        elif frame.kind is FrameKind.WINDOW_SIZE:
            self._resize(frame.data.decode(errors="replace"))

    def _resize(self, window: str) -> None:
        size = _WINDOW.match(window)
        if size is not None and isinstance(self._process, TerminalProcess):
            self._process.resize(int(size[1]), int(size[2]))

    async def _type(self, data: bytes) -> None:
        stdin = self._process.stdin
        if stdin is not None and not stdin.is_closing():
            with contextlib.suppress(ConnectionError):  # the process does not read any more
                stdin.write(data)
                await stdin.drain()

    async def _carry(self, output: asyncio.StreamReader | None, kind: FrameKind) -> None:
        """Pass on what the process writes; once the host is gone, read on and drop it."""
        while output is not None and (data := await output.read(READ_SIZE)):
            if self._stream_gone:
                continue
            try:
                await self._stream.write(encode_frame(kind, data) if self._framed else data)
            except AdbError:
                self._stream_gone = True

    async def _say_exit(self, code: int) -> None:
        if self._framed and not self._stream_gone:
            # As a shell reports a child that a signal ended.
            number = code if code >= 0 else 128 - code
            with contextlib.suppress(AdbError):
                await self._stream.write(encode_frame(FrameKind.EXIT, bytes((number & 0xFF,))))


def _signal_group(process: DeviceProcess, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
