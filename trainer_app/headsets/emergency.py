"""*Stopp alt* on a headset that another program leads: the shortest way there is.

Everything else of this package stays unimported: the command line starts a process for this, and people wait.
"""

from __future__ import annotations

import msgspec

from headset_agent.protocol.browsers import BROWSERS
from headset_agent.protocol.messages import Role, StopNow, Stopped
from trainer_app.domain.playback_errors import HeadsetProblem, HeadsetVanished
from trainer_app.domain.stopping import StopOutcome
from trainer_app.headsets.agent.access import RUN, parse_access
from trainer_app.headsets.agent.channel import open_channel
from trainer_app.headsets.link import AdbKey, HeadsetLink, LinkLost, RemoteFileError, connect, pull_bytes, run

_ASK_S = 5.0
_ANSWER_S = 2.0


class EmergencyStop:
    """Stops headsets by their addresses."""

    def __init__(self, key: AdbKey) -> None:
        self._key = key

    async def stop(self, address: str, *, by: str) -> StopOutcome:
        """Make a headset silent and dark.

        Where no agent runs nothing of ours can be playing, so there is nothing to stop. Where an agent should
        run and does not answer, the browser is ended.

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
        dark = await self._darken(link, address, by)
        # Its name comes last: a shell takes longer to start than all the rest.
        asked = await run(link, "getprop ro.serialno", timeout_s=_ASK_S)
        return StopOutcome(serial=asked.stdout.decode(errors="replace").strip() or address, dark=dark)

    async def _darken(self, link: HeadsetLink, address: str, by: str) -> bool:
        try:
            access = parse_access(await pull_bytes(link, f"{RUN}/agent.json"))
        except (RemoteFileError, msgspec.DecodeError):
            return True  # an agent that ends takes its announcement away; nothing of ours runs here
        try:
            channel = await open_channel(
                link, Role.STOP, build=access.build, token=access.token, headset=address, holder=by
            )
        except HeadsetProblem:
            return await _end_browser(link)
        try:
            reply: Stopped = await channel.request(StopNow, wait_s=_ANSWER_S)
        except HeadsetProblem:
            return await _end_browser(link)
        finally:
            await channel.close()
        return reply.page


async def _end_browser(link: HeadsetLink) -> bool:
    """The agent was killed or does not answer, and its page plays on by itself: end the whole browser."""
    command = "; ".join(f"am force-stop {browser}" for browser in BROWSERS)
    return (await run(link, command, timeout_s=_ASK_S)).exit_code == 0
