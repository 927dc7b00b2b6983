"""The ADB daemon of a virtual headset, which can be restarted and whose connections can be broken."""

from __future__ import annotations

import asyncio
import os
import sys

from headset_agent.virtual.adbd import AdbDaemon
from headset_agent.virtual.device import VirtualDevice
from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.processes import end_shell_processes


class RestartableAdb:
    """The ADB daemon of one headset, at one port for as long as the headset runs.

    That port stands for the cable. Once a host has asked for it (``tcpip:PORT``), the daemon also listens at
    the headset's own address, which stands for its Wi-Fi.
    """

    def __init__(self, device: VirtualDevice, faults: ActiveFaults, *, headset: int, host: str) -> None:
        """Prepare; nothing listens before :meth:`start`.

        Args:
            device: The headset behind it.
            faults: What is wrong with it at the moment.
            headset: Its number, for people.
            host: Where it listens; a loopback address.
        """
        self._device = device
        self._faults = faults
        self._number = headset
        self._host = host
        self._daemon: AdbDaemon | None = None
        self._port = 0
        self._wireless: AdbDaemon | None = None
        self._wireless_port: int | None = None
        self._restarting: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """Where it listens; valid after :meth:`start`."""
        return self._port

    async def start(self, port: int) -> None:
        """Begin to listen; 0: at any free port.

        Raises:
            HeadsetStartError: it cannot listen there.
        """
        self._daemon = await self._listen(self._host, port)
        self._port = self._daemon.port
        if self._wireless_port is not None:
            try:
                self._wireless = await self._listen(self._device.localhost, self._wireless_port)
            except HeadsetStartError as error:
                sys.stderr.write(f"{error}\n")

    async def _listen(self, host: str, port: int) -> AdbDaemon:
        try:
            daemon = AdbDaemon(
                self._device,
                host,
                port,
                arrivals=self._device,
                trusts_all=not self._device.asks,
                faults=self._faults,
                listen_also=self._listen_also,
            )
            await daemon.start()
        except OSError as error:
            raise HeadsetStartError(
                f"Port {port} on {host} cannot be used for headset {self._number}: "
                f"{os.strerror(error.errno or 0)}. Choose another port."
            ) from error
        except ValueError as error:
            raise HeadsetStartError(f"{error}; a virtual headset listens on loopback only.") from error
        return daemon

    def _listen_also(self, port: int) -> None:
        """A host wants to come by the network from now on; the daemon restarts for it, as a real one does."""
        self._wireless_port = port
        self._restarting = asyncio.create_task(self._restart())

    async def _restart(self) -> None:
        await self.go_down()
        await self.come_up()

    async def go_down(self) -> None:
        """End, with all processes that its shells have started."""
        await self._end_daemons()
        await end_shell_processes(self._device.localhost)

    async def come_up(self) -> None:
        """Listen again where it did."""
        await self.start(self._port)

    def drop(self) -> None:
        """Break all connections."""
        for daemon in self._daemons():
            daemon.drop()

    def close_streams(self, begin: str) -> None:
        """Close the streams of all services whose names begin so."""
        for daemon in self._daemons():
            daemon.close_streams(begin)

    async def close(self) -> None:
        """Listen no more."""
        if self._restarting is not None:
            self._restarting.cancel()
            await asyncio.gather(self._restarting, return_exceptions=True)
        await self._end_daemons()

    def _daemons(self) -> list[AdbDaemon]:
        return [daemon for daemon in (self._daemon, self._wireless) if daemon is not None]

    async def _end_daemons(self) -> None:
        daemons = self._daemons()
        self._daemon = self._wireless = None
        for daemon in daemons:
            await daemon.close()
