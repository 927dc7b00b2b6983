"""*Stopp alt* on a headset that another program leads: the shortest way there is.

Everything else of this package stays unimported: the command line starts a process for this, and people wait.
"""

from __future__ import annotations

import msgspec

from headset_agent.protocol.messages import Role, StopNow, Stopped
from trainer_app.domain.link_errors import ServiceRefused
from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.domain.stopping import StopOutcome
from trainer_app.headsets.agent.access import RUN, parse_access
from trainer_app.headsets.agent.channel import open_channel
from trainer_app.headsets.link import AdbKey, HeadsetLink, LinkLost, connect, run

_ASK_S = 5.0
_ANSWER_S = 2.0


class EmergencyStop:
    """Stops headsets by their addresses."""

    def __init__(self, key: AdbKey) -> None:
        self._key = key

    async def stop(self, address: str, *, by: str) -> StopOutcome:
        """Make a headset silent and dark.

        Where no agent runs nothing of ours can be playing, so there is nothing to stop.

        Raises:
            TrainerError: it was not reached.
        """
        host, _, port = address.rpartition(":")
        link = await connect(host, int(port), key=self._key, accept_timeout_s=_ASK_S)
        try:
            return await self._stop(link, address, by)
        except LinkLost as error:
            raise HeadsetVanished(headset=address, detail=str(error)) from error
        finally:
            await link.close()

    async def _stop(self, link: HeadsetLink, address: str, by: str) -> StopOutcome:
        asked = await run(link, f"getprop ro.serialno; cat {RUN}/agent.json", timeout_s=_ASK_S)
        serial, _, announced = asked.stdout.partition(b"\n")
        name = serial.decode(errors="replace").strip() or address
        try:
            access = parse_access(announced)
            channel = await open_channel(
                link, Role.STOP, build=access.build, token=access.token, headset=name, holder=by
            )
        except (msgspec.DecodeError, ServiceRefused):
            return StopOutcome(serial=name, dark=True)
        try:
            reply: Stopped = await channel.request(StopNow, wait_s=_ANSWER_S)
        finally:
            await channel.close()
        return StopOutcome(serial=name, dark=reply.page)
