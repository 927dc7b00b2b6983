"""From an address to a link: over the network, over a cable, or through a running adb server."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from headset_agent.protocol.adb.handshake import HostKey
from trainer_app.domain.headset_address import SERVER, USB, host_and_port, name_in
from trainer_app.headsets.link.direct import connect
from trainer_app.headsets.link.interface import HeadsetLink
from trainer_app.headsets.link.terms import OnState, Terms

if TYPE_CHECKING:
    from trainer_app.headsets.link.server import AdbServer
    from trainer_app.headsets.link.usb import UsbBus

_ACCEPT_S = 5.0


class Ways:
    """All ways from this computer to a headset.

    Args:
        key: This computer's.
        bus: Its cables; None: those of libusb.
        server: Its adb server, whether it runs or not; None: where the environment says.
    """

    def __init__(self, key: HostKey, bus: UsbBus | None = None, server: AdbServer | None = None) -> None:
        self._bus = bus
        self._server = server
        self._key = key

    @cached_property
    def bus(self) -> UsbBus:
        """The cables of this computer."""
        from trainer_app.headsets.link.usb import LibusbBus

        return self._bus or LibusbBus()

    @cached_property
    def server(self) -> AdbServer:
        """Its adb server, whether it runs or not."""
        from trainer_app.headsets.link.server import AdbServer

        return self._server or AdbServer()

    async def connect(
        self, address: str, *, on_state: OnState | None = None, accept_timeout_s: float = _ACCEPT_S
    ) -> HeadsetLink:
        """Connect to ``host:port``, ``usb:SERIAL`` or ``server:SERIAL``.

        Raises:
            LinkProblem: See ``direct.connect``, ``connect_usb`` and ``connect_server``.
        """
        terms = Terms(on_state=on_state, accept_timeout_s=accept_timeout_s)
        if address.startswith(USB):
            from trainer_app.headsets.link.usb import connect_usb

            return await connect_usb(name_in(address), self.bus, key=self._key, terms=terms)
        if address.startswith(SERVER):
            from trainer_app.headsets.link.server_link import connect_server

            return await connect_server(name_in(address), self.server, terms=terms)
        host, port = host_and_port(address)
        return await connect(host, port, key=self._key, terms=terms)
