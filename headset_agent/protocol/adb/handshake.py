"""How two ADB peers get to know one another: CNXN, and AUTH where the device does not know the host's key.

The host proves itself by signing the device's token. A host whose key is unknown then offers its public key
and waits until somebody accepts it in the headset: a state that may last for minutes, not an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from headset_agent.protocol.adb.banner import DELAYED_ACK, FEATURES, Banner, format_banner, parse_banner
from headset_agent.protocol.adb.errors import RemoteProtocolError, TlsRequired
from headset_agent.protocol.adb.framing import (
    MAX_PAYLOAD,
    PAYLOAD_BEFORE_HANDSHAKE,
    VERSION_WITHOUT_CHECKSUM,
    Command,
    Packet,
    check_payload_limit,
)

TOKEN_SIZE = 20

AUTH_TOKEN = 1
AUTH_SIGNATURE = 2
AUTH_PUBLIC_KEY = 3


class HandshakeState(Enum):
    """Where a handshake stands."""

    CONNECTING = "connecting"
    """CNXN is on its way."""
    PROVING = "proving"
    """Tokens and signatures go to and fro."""
    WAITING_FOR_ACCEPT = "waiting_for_accept"
    """The public key was offered; somebody has to accept it in the headset."""
    CONNECTED = "connected"


@dataclass(frozen=True, slots=True)
class Connection:
    """What both sides agreed on.

    Attributes:
        version: The lower of both.
        max_payload: Bytes of a payload, either way; the lower of both.
        banner: The peer's.
        delayed_ack: Both count bytes of room instead of single WRTEs.
    """

    version: int
    max_payload: int
    banner: Banner
    delayed_ack: bool = False

    @property
    def with_checksum(self) -> bool:
        """Payloads carry a checksum."""
        return self.version < VERSION_WITHOUT_CHECKSUM


class HostKey(Protocol):
    """A key pair of this computer."""

    def sign(self, token: bytes) -> bytes:
        """Sign the token as if it were a SHA-1 digest (PKCS#1 v1.5)."""
        ...

    def public_key(self) -> bytes:
        """The line of the ``.pub`` file: base64, a blank, user@host."""
        ...


class _Handshake:
    """What both sides share: our own limits and the agreement."""

    def __init__(self, *, version: int, max_payload: int, banner: bytes) -> None:
        check_payload_limit(max_payload)
        self.state = HandshakeState.CONNECTING
        self.connection: Connection | None = None
        self._version = version
        self._max_payload = max_payload
        self._banner = banner

    def _connect_packet(self) -> Packet:
        return Packet(Command.CNXN, self._version, self._max_payload, self._banner)

    def _agree(self, packet: Packet) -> Connection:
        if packet.arg1 < PAYLOAD_BEFORE_HANDSHAKE:
            raise RemoteProtocolError(f"the peer takes only {packet.arg1} bytes of payload")
        theirs = parse_banner(bytes(packet.payload))
        return Connection(
            version=min(self._version, packet.arg0),
            max_payload=min(self._max_payload, packet.arg1),
            banner=theirs,
            delayed_ack=DELAYED_ACK in theirs.features & parse_banner(self._banner).features,
        )


class HostHandshake(_Handshake):
    """The laptop's side. Send ``start()``, then whatever ``receive`` gives, until ``connection`` is there."""

    def __init__(
        self,
        key: HostKey,
        *,
        version: int = VERSION_WITHOUT_CHECKSUM,
        max_payload: int = MAX_PAYLOAD,
        features: tuple[str, ...] = FEATURES,
    ) -> None:
        super().__init__(version=version, max_payload=max_payload, banner=format_banner("host", {}, features))
        self._key = key
        self._signed = False

    def start(self) -> Packet:
        """The first packet of the conversation."""
        return self._connect_packet()

    def receive(self, packet: Packet) -> Packet | None:
        """Take the device's packet; give the answer, if it needs one.

        Raises:
            TlsRequired: The device only talks TLS.
            RemoteProtocolError: The packet has no place in a handshake.
        """
        if packet.command is Command.CNXN:
            self.connection = self._agree(packet)
            self.state = HandshakeState.CONNECTED
            return None
        if packet.command is Command.STLS:
            raise TlsRequired("the device asks for TLS (wireless debugging with pairing)")
        if packet.command is Command.AUTH and packet.arg0 == AUTH_TOKEN:
            return self._prove(bytes(packet.payload))
        raise RemoteProtocolError(f"{packet.command.name} during the handshake")

    def _prove(self, token: bytes) -> Packet:
        """Sign the first token; a second one means that our key is unknown there."""
        if len(token) != TOKEN_SIZE:
            raise RemoteProtocolError(f"a token of {len(token)} bytes")
        if self._signed:
            self.state = HandshakeState.WAITING_FOR_ACCEPT
            return Packet(Command.AUTH, AUTH_PUBLIC_KEY, 0, self._key.public_key().rstrip(b"\0\n") + b"\0")
        self._signed = True
        self.state = HandshakeState.PROVING
        return Packet(Command.AUTH, AUTH_SIGNATURE, 0, self._key.sign(token))


class DeviceHandshake(_Handshake):
    """The headset's side. Send what ``receive`` gives; on ``offered_key`` ask, then send ``accept()``.

    Attributes:
        offered_key: The public key the host offers, while it waits for somebody to accept it.
    """

    def __init__(
        self,
        *,
        banner: bytes,
        new_token: Callable[[], bytes],
        is_signed_by_known_key: Callable[[bytes, bytes], bool],
        version: int = VERSION_WITHOUT_CHECKSUM,
        max_payload: int = MAX_PAYLOAD,
    ) -> None:
        super().__init__(version=version, max_payload=max_payload, banner=banner)
        self.offered_key: bytes | None = None
        self._new_token = new_token
        self._is_signed_by_known_key = is_signed_by_known_key
        self._token = b""
        self._agreed: Connection | None = None

    def receive(self, packet: Packet) -> Packet | None:
        """Take the host's packet; give the answer, if it needs one.

        Packets that need a connection are ignored, as a device does for a host it does not know.

        Raises:
            RemoteProtocolError: The host's offer cannot be used.
        """
        if packet.command is Command.CNXN:
            self._agreed = self._agree(packet)
            self.offered_key = None
            return self._challenge()
        if packet.command is Command.AUTH and self._agreed is not None:
            return self._receive_auth(packet.arg0, bytes(packet.payload))
        return None

    def accept(self) -> Packet:
        """The host is known, or somebody accepted its key: the CNXN that completes the handshake."""
        self.connection = self._agreed
        self.state = HandshakeState.CONNECTED
        return self._connect_packet()

    def _challenge(self) -> Packet:
        self.state = HandshakeState.PROVING
        self._token = self._new_token()
        return Packet(Command.AUTH, AUTH_TOKEN, 0, self._token)

    def _receive_auth(self, kind: int, payload: bytes) -> Packet | None:
        if kind == AUTH_SIGNATURE and self._token:
            if self._is_signed_by_known_key(self._token, payload):
                return self.accept()
            return self._challenge()
        if kind == AUTH_PUBLIC_KEY:
            self.offered_key = payload.rstrip(b"\0\n")
            self.state = HandshakeState.WAITING_FOR_ACCEPT
        return None
