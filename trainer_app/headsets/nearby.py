"""A gateway that finds headsets by itself: on the cables of this computer, and with a running adb server."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.headsets.gateway import AdbGateway, AdbHeadset
from trainer_app.headsets.link import LinkLost
from trainer_app.services.headset_port import ConnectedHeadset, Sighting

if TYPE_CHECKING:
    from trainer_app.headsets.link.discovery import Discovery


class NearbyGateway(AdbGateway):
    """An :class:`AdbGateway` that looks around."""

    @cached_property
    def _discovery(self) -> Discovery:
        from trainer_app.headsets.link.discovery import Discovery

        return Discovery(self._ways.bus, self._ways.server)

    async def look(self) -> Sequence[Sighting]:
        """What is there right now, each device once. Never fails."""
        return [
            Sighting(address=seen.address, serial=seen.serial, is_headset=seen.is_headset)
            for seen in await self._discovery.look()
        ]

    async def answers_on_wifi(self, headset: ConnectedHeadset, port: int) -> str | None:
        """The ``host:port`` at which a headset answers over Wi-Fi already; None: it does not."""
        from trainer_app.headsets.arming import where_it_listens
        from trainer_app.headsets.manual.headset import OwnPlayerHeadset

        assert isinstance(headset, AdbHeadset | OwnPlayerHeadset)
        try:
            return await where_it_listens(headset.link, headset.serial, port, self._ways)
        except LinkLost as error:
            raise HeadsetVanished(headset=headset.serial, detail=str(error)) from error

    async def arm(self, headset: ConnectedHeadset, port: int) -> str:
        """Let a headset listen on its Wi-Fi; gives the ``host:port`` at which it answers."""
        from trainer_app.headsets.arming import arm
        from trainer_app.headsets.manual.headset import OwnPlayerHeadset

        assert isinstance(headset, AdbHeadset | OwnPlayerHeadset)
        try:
            return await arm(headset.link, headset.serial, port, self._ways)
        except LinkLost as error:
            raise HeadsetVanished(headset=headset.serial, detail=str(error)) from error
