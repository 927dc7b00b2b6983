"""A link to a headset through a running adb server: the same interface, another way.

The server owns the cable and mixes our streams with those of everybody else who asks it. So a film on its way
may hold our questions up, which it does not on a link of our own; see ``discovery`` for which way is taken.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from time import perf_counter

from headset_agent.protocol.adb.handshake import HandshakeState
from headset_agent.protocol.adb.peer import ALIVE_SERVICE, Liveness
from headset_agent.protocol.closing import Closing
from trainer_app.domain.errors import same_again
from trainer_app.domain.headset_address import is_network_name
from trainer_app.domain.link_errors import (
    CableLost,
    CommandTimedOut,
    HeadsetOffline,
    LinkLost,
    LinkProblem,
    NotAccepted,
    NotPluggedIn,
    ServerGone,
    ServiceRefused,
    UsbNoAccess,
)
from trainer_app.headsets.link.server import (
    DEVICE,
    NO_PERMISSIONS,
    UNAUTHORIZED,
    AdbServer,
    ServerAbsent,
    ServerDevice,
    ServerRefused,
)
from trainer_app.headsets.link.server_stream import ServerStream
from trainer_app.headsets.link.shell import run
from trainer_app.headsets.link.terms import USUAL, Terms

_PROPERTIES = {
    "product": "ro.product.name",
    "model": "ro.product.model",
    "device": "ro.product.device",
}


async def connect_server(
    serial: str,
    server: AdbServer,
    *,
    terms: Terms = USUAL,
) -> ServerLink:
    """Reach a headset that a running adb server has; see ``direct.connect`` for what is not told here.

    Args:
        serial: The server's name for it.
        server: The one that runs.
        terms: How long is waited for what, and who is told.

    Raises:
        ServerGone: No server runs any more.
        NotPluggedIn: It does not have this headset.
        HeadsetOffline, UsbNoAccess: It has, and cannot speak to it.
        NotAccepted: Nobody accepted this computer in time.
        LinkLost: It vanished in the middle.
    """
    arrival = _Arrival(serial, server, terms)
    try:
        await arrival.wait()
        async with asyncio.timeout(terms.answer_timeout_s):
            features = await server.features(serial)
            listed = next((one for one in await server.devices() if one.serial == serial), None)
    except (ServerAbsent, TimeoutError) as error:
        raise ServerGone(headset=arrival.headset, detail=str(error)) from error
    except ServerRefused as error:
        raise arrival.lost(str(error)) from error
    link = ServerLink(arrival, features, terms.liveness)
    try:
        await link.learn(listed)
    except BaseException:
        await link.close()
        raise
    return link


class _Arrival:
    """Waits until the server can speak to a headset."""

    def __init__(self, serial: str, server: AdbServer, terms: Terms = USUAL) -> None:
        self.serial = serial
        self.server = server
        self.headset = terms.headset or serial
        self._terms = terms

    async def wait(self) -> None:
        """Return when it can. Raises a LinkProblem, or ServerAbsent."""
        state = ""
        try:
            async with (
                asyncio.timeout(self._terms.answer_timeout_s) as limit,
                aclosing(self.states()) as states,
            ):
                async for state in states:
                    if state in ("", DEVICE, NO_PERMISSIONS):
                        break
                    if state == UNAUTHORIZED:
                        limit.reschedule(asyncio.get_running_loop().time() + self._terms.accept_timeout_s)
                        self._terms.tell(HandshakeState.WAITING_FOR_ACCEPT)
        except TimeoutError as error:
            raise self._overdue(state) from error
        if state == "":
            raise NotPluggedIn(headset=self.headset, detail="the adb server does not have it")
        if state == NO_PERMISSIONS:
            raise UsbNoAccess(headset=self.headset, detail="no permissions, says the adb server")
        self._terms.tell(HandshakeState.CONNECTED)

    async def states(self) -> AsyncGenerator[str, None]:
        """What the server calls its state, now and after every change; empty: it does not have it."""
        before = None
        async with aclosing(self.server.follow()) as following:
            async for devices in following:
                state = next((one.state for one in devices if one.serial == self.serial), "")
                if state != before:
                    yield state
                before = state

    def lost(self, detail: str) -> LinkLost:
        """What it is called when it vanishes."""
        kind = LinkLost if is_network_name(self.serial) else CableLost
        return kind(headset=self.headset, detail=detail)

    def _overdue(self, state: str) -> LinkProblem:
        if state == UNAUTHORIZED:
            return NotAccepted(headset=self.headset, seconds=round(self._terms.accept_timeout_s))
        if state:
            return HeadsetOffline(headset=self.headset, state=state)
        return ServerGone(headset=self.headset, detail="the adb server says nothing")


class ServerLink(Closing):
    """A :class:`~trainer_app.headsets.link.interface.HeadsetLink`; get it from :func:`connect_server`."""

    def __init__(self, arrival: _Arrival, features: frozenset[str], liveness: Liveness | None) -> None:
        self._arrival = arrival
        self._server = arrival.server
        self._features = features
        self._properties: dict[str, str] = {}
        self._streams: set[ServerStream] = set()
        self._lost: LinkLost | None = None
        self._lost_event = asyncio.Event()
        self._heard_at = perf_counter()
        works: list[Callable[[], Awaitable[None]]] = [self._follow]
        if liveness is not None:
            works.append(lambda: self._watch(liveness))
        self._tasks = [asyncio.ensure_future(work()) for work in works]

    @property
    def headset(self) -> str:
        """What people call it, or its serial."""
        return self._arrival.headset

    @property
    def features(self) -> frozenset[str]:
        """What the server says the headset can do."""
        return self._features

    @property
    def properties(self) -> Mapping[str, str]:
        """``ro.product.model`` and the like."""
        return self._properties

    @property
    def lost(self) -> LinkLost | None:
        """Why the connection is gone, or None."""
        return None if self._lost is None else same_again(self._lost)

    async def wait_lost(self) -> LinkLost:
        """Wait until the connection is gone."""
        await self._lost_event.wait()
        assert self._lost is not None
        return same_again(self._lost)

    async def learn(self, listed: ServerDevice | None) -> None:
        """Ask for its properties; what it does not tell is taken from the server's list.

        Raises:
            LinkLost: It vanished.
        """
        told = listed.properties if listed is not None else {}
        # The server writes an underscore for whatever is no letter or digit.
        self._properties = {
            name: told[word].replace("_", " ") for word, name in _PROPERTIES.items() if word in told
        }
        names = list(_PROPERTIES.values())
        try:
            asked = await run(self, "; ".join(f"getprop {name}" for name in names), timeout_s=5.0)
        except CommandTimedOut:
            return
        values = asked.stdout.decode(errors="replace").splitlines()
        if asked.exit_code == 0 and len(values) == len(names):
            self._properties.update({name: value for name, value in zip(names, values, strict=True) if value})

    async def open_service(self, name: str, *, bulk: bool = False) -> ServerStream:
        """Open a service of the headset; see the interface. The server minds no ``bulk``."""
        short = name.partition(":")[0]
        try:
            sock = await self._opened(name)
        except ServerAbsent as error:
            raise self._lose(str(error)) from error
        except ServerRefused as error:
            raise ServiceRefused(headset=self.headset, service=short, detail=str(error)) from error
        stream = ServerStream(sock, self.headset, short, self._heard, self._streams.discard)
        self._streams.add(stream)
        return stream

    async def _opened(self, name: str) -> socket.socket:
        """What the server opens; also while it does so a loss is heard of at once. Raises LinkLost."""
        self._check()
        opening = asyncio.ensure_future(self._server.open(self._arrival.serial, name))
        lost = asyncio.ensure_future(self._lost_event.wait())
        try:
            await asyncio.wait([opening, lost], return_when=asyncio.FIRST_COMPLETED)
            self._check()
        except BaseException:
            opening.add_done_callback(_close_unwanted)
            opening.cancel()
            raise
        finally:
            lost.cancel()
        return opening.result()

    async def close(self) -> None:
        """End everything that was opened here; the headset stays with the server."""
        self._lose("closed by us")
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)
        for stream in tuple(self._streams):
            await stream.close()

    # --- how a loss is noticed ---

    async def _follow(self) -> None:
        """The server tells at once when a headset has left it."""
        try:
            async with aclosing(self._arrival.states()) as states:
                async for state in states:
                    if state != DEVICE:
                        self._lose(f"the adb server calls it {state}" if state else "it left the adb server")
                        return
        except (ServerAbsent, ServerRefused) as error:
            self._lose(str(error))

    async def _watch(self, liveness: Liveness) -> None:
        """A headset on the network may vanish unnoticed by the server: ask it, and wait for any answer."""
        while self._lost is None:
            silent_s = perf_counter() - self._heard_at
            if silent_s < liveness.ask_after_s:
                await asyncio.sleep(liveness.ask_after_s - silent_s)
                continue
            asked_at = perf_counter()
            try:
                async with asyncio.timeout(liveness.lost_after_s):
                    await self._ask()
            except TimeoutError:
                if self._heard_at < asked_at:
                    self._lose(f"nothing heard for {perf_counter() - self._heard_at:.1f} s")

    async def _ask(self) -> None:
        """Open the service nobody offers; the refusal shows life."""
        try:
            sock = await self._server.open(self._arrival.serial, ALIVE_SERVICE)
        except ServerRefused:
            self._heard()
        except ServerAbsent as error:
            self._lose(str(error))
        else:
            sock.close()
            self._heard()

    def _heard(self) -> None:
        self._heard_at = perf_counter()

    def _check(self) -> None:
        if self._lost is not None:
            raise same_again(self._lost)

    def _lose(self, detail: str) -> LinkLost:
        """Fail everything at once; only the first reason counts."""
        if self._lost is None:
            self._lost = self._arrival.lost(detail)
            for stream in tuple(self._streams):
                stream.lose(self._lost)
            self._lost_event.set()
        return same_again(self._lost)


def _close_unwanted(opening: asyncio.Future[socket.socket]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
