"""What can go wrong between two ADB peers, before anybody has put it into words for people."""

from __future__ import annotations


class AdbError(Exception):
    """Root of all errors of this package."""


class LocalProtocolError(AdbError):
    """Our own side broke the protocol: a bug here."""


class RemoteProtocolError(AdbError):
    """The peer broke the protocol; the connection is unusable from here on."""


class TlsRequired(AdbError):
    """The device insists on a TLS connection with pairing ("wireless debugging"), which is not supported."""


class PeerLost(AdbError):
    """The connection ended, broke or fell silent; every stream of it fails with this."""


class ServiceRefused(AdbError):
    """The peer answered OPEN with CLSE: it does not offer that service, or could not start it."""

    def __init__(self, service: str) -> None:
        self.service = service
        super().__init__(f"refused: {service}")


class StreamClosed(AdbError):
    """The stream was closed, by the peer or by us, before the operation was done."""
