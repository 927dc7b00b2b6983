"""The ADB daemon of a virtual headset, which can be restarted and whose connections can be broken."""

from __future__ import annotations

import os

from headset_agent.virtual.adbd import AdbDaemon
from headset_agent.virtual.device import VirtualDevice
from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.processes import end_shell_processes


class RestartableAdb:
    """The ADB daemon of one headset, at one port for as long as the headset runs."""

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

    @property
    def port(self) -> int:
        """Where it listens; valid after :meth:`start`."""
        return self._port

    async def start(self, port: int) -> None:
        """Begin to listen; 0: at any free port.

        Raises:
            HeadsetStartError: it cannot listen there.
        """
        host = self._host
        try:
            self._daemon = AdbDaemon(
                self._device,
                host,
                port,
                arrivals=self._device,
                trusts_all=not self._device.asks,
                faults=self._faults,
            )
            await self._daemon.start()
            self._port = self._daemon.port
        except OSError as error:
            raise HeadsetStartError(
                f"Port {port} on {host} cannot be used for headset {self._number}: "
                f"{os.strerror(error.errno or 0)}. Choose another port."
            ) from error
        except ValueError as error:
            raise HeadsetStartError(f"{error}; a virtual headset listens on loopback only.") from error

    async def go_down(self) -> None:
        """End, with all processes that its shells have started."""
        await self.close()
        await end_shell_processes()

    async def come_up(self) -> None:
        """Listen again where it did."""
        await self.start(self._port)

    def drop(self) -> None:
        """Break all connections."""
        if self._daemon is not None:
            self._daemon.drop()

    def close_streams(self, begin: str) -> None:
        """Close the streams of all services whose names begin so."""
        if self._daemon is not None:
            self._daemon.close_streams(begin)

    async def close(self) -> None:
        """Listen no more."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            await daemon.close()
