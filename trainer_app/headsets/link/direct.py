"""A link straight to a headset's ADB daemon, over TCP or a USB cable; no adb server is involved."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

from headset_agent.protocol.adb import errors as adb
from headset_agent.protocol.adb.connecting import TcpChannel, connect_host
from headset_agent.protocol.adb.framing import Payload, Sendable
from headset_agent.protocol.adb.handshake import HandshakeState, HostHandshake, HostKey
from headset_agent.protocol.adb.peer import AdbPeer, AdbStream, ByteChannel, IncomingOpen
from headset_agent.protocol.adb.relaying import relay
from headset_agent.protocol.closing import Closing
from trainer_app.domain.link_errors import (
    HeadsetSilent,
    HeadsetUnreachable,
    HungUp,
    LinkLost,
    LinkProblem,
    NotAccepted,
    NotAHeadset,
    NothingListens,
    PairingRequired,
    ServiceEnded,
    ServiceRefused,
)
from trainer_app.headsets.link.terms import USUAL, Terms


async def connect(
    host: str,
    port: int,
    *,
    key: HostKey,
    terms: Terms = USUAL,
) -> DirectLink:
    """Connect to a headset.

    Args:
        host: Its address.
        port: Usually 5555.
        key: This computer's; see ``keys.choose_key``.
        terms: How long is waited for what, and who is told.

    Raises:
        NothingListens, HeadsetUnreachable, HeadsetSilent, NotAHeadset: There is no headset to talk to.
        PairingRequired: It only talks TLS.
        NotAccepted: Nobody accepted this computer in time.
        KeyUnusable: Our own key cannot be read or made.
        LinkLost: It vanished in the middle.
    """
    attempt = Attempt(f"{host}:{port}", terms)
    sock = await attempt.connect_socket(host, port)
    return await attempt.shake_hands(TcpChannel(sock), HostHandshake(key))


class Attempt:
    """One attempt to connect, with its time limits.

    Args:
        address: What it is called where the terms name no headset.
        terms: The time limits, and who is told.
        lost_as: What it is called when the connection is lost.
    """

    def __init__(self, address: str, terms: Terms, *, lost_as: type[LinkLost] = LinkLost) -> None:
        self._headset = terms.headset or address
        self._terms = terms
        self._lost_as = lost_as

    async def connect_socket(self, host: str, port: int) -> socket.socket:
        """Connect; the first address that answers."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._terms.answer_timeout_s):
                addresses = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                return await _connect_any(addresses)
        except ConnectionRefusedError as error:
            raise NothingListens(headset=self._headset, detail=str(error)) from error
        except (TimeoutError, OSError, UnicodeError) as error:  # UnicodeError: what no name can be
            raise HeadsetUnreachable(headset=self._headset, detail=str(error)) from error

    async def shake_hands(
        self,
        channel: ByteChannel,
        handshake: HostHandshake,
        channel_closed: Callable[[], Awaitable[None]] | None = None,
    ) -> DirectLink:
        """From the open channel to the link, which waits for ``channel_closed`` at its end."""
        link = DirectLink(self._headset, lost_as=self._lost_as, channel_closed=channel_closed)
        try:
            async with asyncio.timeout(self._terms.answer_timeout_s) as limit:
                peer = await connect_host(
                    channel,
                    handshake,
                    on_state=lambda state: self._take_state(state, limit),
                    on_open=link._serve_incoming,
                    liveness=self._terms.liveness,
                )
        except (TimeoutError, adb.AdbError) as error:
            raise self._explain(error, handshake.state) from error
        link._attach(peer)
        return link

    def _take_state(self, state: HandshakeState, limit: asyncio.Timeout) -> None:
        if state is HandshakeState.WAITING_FOR_ACCEPT:
            limit.reschedule(asyncio.get_running_loop().time() + self._terms.accept_timeout_s)
        self._terms.tell(state)

    def _explain(self, error: Exception, state: HandshakeState) -> LinkProblem:
        detail = str(error)
        if isinstance(error, TimeoutError):
            if state is HandshakeState.WAITING_FOR_ACCEPT:
                return NotAccepted(headset=self._headset, seconds=round(self._terms.accept_timeout_s))
            return HeadsetSilent(headset=self._headset, seconds=round(self._terms.answer_timeout_s))
        if isinstance(error, adb.TlsRequired):
            return PairingRequired(headset=self._headset, detail=detail)
        if isinstance(error, adb.PeerLost) and state is not HandshakeState.CONNECTING:
            return self._lost_as(headset=self._headset, detail=detail)
        if isinstance(error, adb.PeerLost):
            return HungUp(headset=self._headset, detail=detail)
        # It answered in another language.
        return NotAHeadset(headset=self._headset, detail=detail)


async def _connect_any(addresses: Sequence[tuple[Any, ...]]) -> socket.socket:
    """Connect to the first address that takes us; the last one's error counts."""
    loop = asyncio.get_running_loop()
    failure = OSError("the name has no address")
    for family, kind, number, _, address in addresses:
        sock = socket.socket(family, kind, number)
        sock.setblocking(False)
        try:
            await loop.sock_connect(sock, address)
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise failure


class DirectLink(Closing):
    """A :class:`~trainer_app.headsets.link.interface.HeadsetLink`; get it from :func:`connect`."""

    def __init__(
        self,
        headset: str,
        *,
        lost_as: type[LinkLost] = LinkLost,
        channel_closed: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._headset = headset
        self._lost_as = lost_as
        self._channel_closed = channel_closed
        self._peer: AdbPeer | None = None
        self._reverse_targets: dict[str, str] = {}

    def _attach(self, peer: AdbPeer) -> None:
        self._peer = peer

    @property
    def headset(self) -> str:
        """What people call it, or its address."""
        return self._headset

    @property
    def features(self) -> frozenset[str]:
        """What the headset announced."""
        return self._connected.features

    @property
    def properties(self) -> Mapping[str, str]:
        """``ro.product.model`` and the like."""
        return self._connected.connection.banner.properties

    @property
    def payload_bytes(self) -> int:
        """The most that one packet may carry, as both ends agreed."""
        return self._connected.connection.max_payload

    @property
    def lost(self) -> LinkLost | None:
        """Why the connection is gone, or None."""
        reason = self._connected.lost
        return None if reason is None else self._lost_as(headset=self._headset, detail=str(reason))

    async def wait_lost(self) -> LinkLost:
        """Wait until the connection is gone."""
        return self._lost_as(headset=self._headset, detail=str(await self._connected.wait_lost()))

    async def open_service(self, name: str, *, bulk: bool = False) -> _DirectStream:
        """Open a service of the headset; see the interface."""
        self._note_reverse(name)
        with _translated(self._headset, name, self._lost_as):
            stream = await self._connected.open_service(name, bulk=bulk)
        return _DirectStream(stream, self._headset, self._lost_as)

    async def close(self) -> None:
        """End the connection and everything on it."""
        await self._connected.close()
        if self._channel_closed is not None:
            await self._channel_closed()

    @property
    def _connected(self) -> AdbPeer:
        assert self._peer is not None
        return self._peer

    def _note_reverse(self, name: str) -> None:
        """Remember where the headset may connect to: nowhere that we did not ask for."""
        verb, _, rest = name.removeprefix("reverse:").partition(":")
        if not name.startswith("reverse:"):
            return
        if verb == "forward":
            listen, _, target = rest.removeprefix("norebind:").partition(";")
            self._reverse_targets[listen] = target
        elif verb == "killforward":
            self._reverse_targets.pop(rest, None)
        elif verb == "killforward-all":
            self._reverse_targets.clear()

    async def _serve_incoming(self, incoming: IncomingOpen) -> None:
        """The headset's end of a reverse tunnel was connected; anything else is refused by returning."""
        kind, _, port = incoming.service.partition(":")
        if kind != "tcp" or incoming.service not in self._reverse_targets.values():
            return
        reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
        try:
            stream = await incoming.accept(bulk=True)
        except adb.AdbError:
            writer.close()
            raise
        await relay(stream, reader, writer)


class _DirectStream(Closing):
    """An ADB stream that speaks of its troubles in the laptop's terms."""

    def __init__(self, stream: AdbStream, headset: str, lost_as: type[LinkLost]) -> None:
        self._stream = stream
        self._headset = headset
        self._lost_as = lost_as

    @property
    def has_data(self) -> bool:
        return self._stream.has_data

    async def read(self, limit: int) -> bytes:
        with self._translated():
            return await self._stream.read(limit)

    async def read_some(self) -> memoryview:
        with self._translated():
            return await self._stream.read_some()

    async def read_exactly(self, count: int) -> bytes:
        with self._translated():
            return await self._stream.read_exactly(count)

    def unread(self, data: Payload) -> None:
        self._stream.unread(data)

    async def write(self, data: Sendable) -> None:
        with self._translated():
            await self._stream.write(data)

    async def close(self) -> None:
        await self._stream.close()

    def _translated(self) -> contextlib.AbstractContextManager[None]:
        return _translated(self._headset, self._stream.service, self._lost_as)


@contextlib.contextmanager
def _translated(headset: str, service: str, lost_as: type[LinkLost]) -> Iterator[None]:
    # The whole name may hold a command with a secret in it; its first word says enough.
    short = service.partition(":")[0]
    try:
        yield
    except (adb.ServiceRefused, adb.LocalProtocolError) as error:  # such as a name that fits in no packet
        raise ServiceRefused(headset=headset, service=short, detail=str(error)) from error
    except adb.StreamClosed as error:
        raise ServiceEnded(headset=headset, service=short, detail=str(error)) from error
    except adb.AdbError as error:
        raise lost_as(headset=headset, detail=str(error)) from error
