"""Network namespaces without a name: each goes with the last process and file that holds it."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import socket
import struct
import subprocess
from collections.abc import Iterator

_NEW_NETWORK = 0x40000000
_TUNSETIFF = 0x400454CA
_TUN = 0x0001
_PLAIN = 0x1000
"""No header of its own before each packet."""

MTU = 1400

_libc = ctypes.CDLL(None, use_errno=True)


class Namespace:
    """A network of its own, with a loopback that is up."""

    def __init__(self) -> None:
        with self._returning():
            _check(_libc.unshare(_NEW_NETWORK))
            self._fd = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        self.configure("link", "set", "lo", "up")

    @property
    def path(self) -> str:
        """Where other processes find it for as long as this one lives (``nsenter --net=PATH``)."""
        return f"/proc/{os.getpid()}/fd/{self._fd}"

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """What is opened or started meanwhile belongs to it. Nothing may be awaited in such a block."""
        with self._returning():
            _check(_libc.setns(self._fd, _NEW_NETWORK))
            yield

    def configure(self, *words: str) -> None:
        """Run ``ip`` in it."""
        with self.inside():
            subprocess.run(("ip", *words), check=True, capture_output=True)

    def open_tun(self, name: str, own: str, peer: str) -> int:
        """Make a device whose packets are read and written here; it goes with the file descriptor."""
        with self.inside():
            tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
            fcntl.ioctl(tun, _TUNSETIFF, struct.pack("16sH14x", name.encode(), _TUN | _PLAIN))
        self.configure("address", "add", own, "peer", peer, "dev", name)
        self.configure("link", "set", name, "up", "mtu", str(MTU))
        return tun

    def socket(self) -> socket.socket:
        """Return a TCP socket of it, not yet connected."""
        with self.inside():
            # With its protocol, or asyncio would not switch Nagle's algorithm off.
            made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        made.setblocking(False)
        return made

    @staticmethod
    @contextlib.contextmanager
    def _returning() -> Iterator[None]:
        here = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        try:
            yield
        finally:
            try:
                _check(_libc.setns(here, _NEW_NETWORK))
            finally:
                os.close(here)


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
