"""Tries single things on a headset, for ``doctor``; everything is put back."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
from time import perf_counter

from headset_agent.protocol.adb.banner import SHELL_V2, STAT_V2
from headset_agent.protocol.messages import FilmRemove, Role
from trainer_app.domain.playback_errors import AgentFault, RuntimeMissing
from trainer_app.headsets.agent.channel import RequestFailed, open_channel
from trainer_app.headsets.agent.deploy import attach
from trainer_app.headsets.agent.runtime import FindBundle, ensure_runtime, find_bundle, has_runtime
from trainer_app.headsets.gateway import AdbHeadset
from trainer_app.headsets.link import HeadsetLink, open_port, push_bytes, reverse_to, run
from trainer_app.headsets.manual.filling import remove_film
from trainer_app.headsets.manual.headset import OwnPlayerHeadset
from trainer_app.services.checkup_port import Offers, Sped
from trainer_app.services.headset_port import ConnectedHeadset

SCRATCH = "/data/local/tmp/simkoffert-doctor"
"""What the files of an examination begin with."""

_TUNNEL_PORT = 29369
_ASK_S = 20.0
_SEND_S = 120.0


class AdbCheckup:
    """A checkup over the link of a connected headset."""

    def __init__(self, link: HeadsetLink, label: str, find_runtime: FindBundle = find_bundle) -> None:
        self._link = link
        self._label = label
        self._find_runtime = find_runtime

    def offers(self) -> Offers:
        """What was agreed when it was connected."""
        features = self._link.features
        return Offers(
            shell_v2=SHELL_V2 in features,
            stat_v2=STAT_V2 in features,
            payload_bytes=getattr(self._link, "payload_bytes", None),
        )

    async def send_bytes(self, count: int) -> Sped:
        """Send random bytes, compare them there, and remove them."""
        content = await asyncio.to_thread(os.urandom, count)
        wanted = (await asyncio.to_thread(hashlib.sha256, content)).hexdigest()
        path = f"{SCRATCH}-{secrets.token_hex(4)}"
        try:
            async with asyncio.timeout(_SEND_S):
                began = perf_counter()
                await push_bytes(self._link, content, path, mode=0o600)
                seconds = perf_counter() - began
                answer = await run(self._link, f"sha256sum {path}", timeout_s=_ASK_S)
        except TimeoutError as error:
            raise AgentFault(headset=self._label, code="slow", detail=f"{count} bytes") from error
        finally:
            if self._link.lost is None:
                await run(self._link, f"rm -f {path}", timeout_s=_ASK_S)
        return Sped(bytes=count, seconds=seconds, intact=answer.stdout.decode().startswith(wanted))

    async def runtime(self) -> str | None:
        """Run the Python that the agent runs by, as the agent is started."""
        try:
            python = await ensure_runtime(self._link, self._label, self._find_runtime)
        except RuntimeMissing:
            return None
        command = f"sh {python} -c 'import platform; print(platform.python_version())'"
        answer = await run(self._link, command, timeout_s=_ASK_S)
        return answer.stdout.decode().strip() or None if answer.exit_code == 0 else None

    async def tunnel(self) -> bool:
        """Open a port on the headset that leads here, and go through it from the headset's side."""
        word = secrets.token_bytes(16)

        async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(word)
            await writer.drain()
            writer.close()

        tunnel = await reverse_to(self._link, _TUNNEL_PORT, answer)
        try:
            async with asyncio.timeout(_ASK_S), await open_port(self._link, _TUNNEL_PORT) as stream:
                return await stream.read_exactly(len(word)) == word
        except TimeoutError:
            return False
        finally:
            await tunnel.close()

    async def remove_film(self, sha256: str) -> None:
        """Have the agent take a film away. Without its Python no agent ever ran, and no film has come."""
        if not await has_runtime(self._link, self._find_runtime):
            return
        access = await attach(self._link, self._label, find_runtime=self._find_runtime)
        store = await open_channel(
            self._link, Role.STORE, build=access.build, token=access.token, headset=self._label, holder=""
        )
        try:
            await store.request(FilmRemove, sha256=sha256)
        except RequestFailed as failed:
            raise AgentFault(headset=self._label, code=failed.code, detail=failed.detail) from failed
        finally:
            await store.close()

    async def leftovers(self) -> int:
        """Count files of examinations."""
        answer = await run(self._link, f"ls -d {SCRATCH}-* 2>/dev/null | wc -l", timeout_s=_ASK_S)
        return int(answer.stdout.decode().strip() or 0)


class OwnPlayerCheckup(AdbCheckup):
    """A checkup of a headset that shows films in its own player: there is no agent to ask for anything."""

    def __init__(self, headset: OwnPlayerHeadset) -> None:
        super().__init__(headset.link, headset.serial)
        self._headset = headset

    async def runtime(self) -> str | None:
        """Nothing of ours runs there."""
        return None

    async def remove_film(self, sha256: str) -> None:
        """Remove the film and its note."""
        await remove_film(self._headset.link, self._headset.player, sha256)


class AdbExaminer:
    """Makes checkups of headsets that the gateway has connected."""

    def checkup(self, headset: ConnectedHeadset) -> AdbCheckup:
        """For a headset that is connected."""
        if isinstance(headset, OwnPlayerHeadset):
            return OwnPlayerCheckup(headset)
        assert isinstance(headset, AdbHeadset)
        return AdbCheckup(headset.link, headset.serial)
