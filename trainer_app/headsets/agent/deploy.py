"""Brings the agent to a headset and starts it; finds the one that runs already.

The pattern is scrcpy's: push a file named by its content, start it as the shell user, refuse another version.
"""

from __future__ import annotations

import asyncio
import logging
import secrets

import msgspec

from headset_agent.protocol.messages import Role
from headset_agent.protocol.reading import JsonReader
from trainer_app.domain.playback_errors import (
    AgentNotStored,
    AgentOfAnotherVersion,
    AgentSpeaksStrangely,
    AgentWillNotStart,
    HeadsetVanished,
    NoRoomForAgent,
)
from trainer_app.headsets.agent.access import FILMS, HOME, RUN, AgentAccess, parse_access
from trainer_app.headsets.agent.channel import open_channel
from trainer_app.headsets.agent.package import AgentPackage, agent_package
from trainer_app.headsets.agent.runtime import FindBundle, Progress, ensure_runtime, find_bundle
from trainer_app.headsets.link import (
    HeadsetLink,
    LinkLost,
    RemoteFileError,
    RemoteStorageFull,
    ShellResult,
    push_bytes,
    run,
)

log = logging.getLogger(__name__)

_START_S = 40.0
_END_S = 5.0
_ROOM_NEEDED = 64 << 20
"""Bytes: the program, and what it needs to run on a headset, packed and unpacked."""


class _Said(msgspec.Struct, frozen=True):
    pid: int | None = None
    error: str = ""
    port_taken: bool = False


_SAID: JsonReader[_Said] = JsonReader(_Said)


async def attach(
    link: HeadsetLink,
    headset: str,
    *,
    find_runtime: FindBundle = find_bundle,
    progress: Progress | None = None,
) -> AgentAccess:
    """Return access to this version's agent on the headset, starting it when it does not run.

    An agent of another version that nobody uses is replaced; one in use is left alone. One of this version
    that hangs is replaced as well: its page finds the way to the new one. The first time on a headset its
    Python is brought too, of which ``progress`` hears.

    Raises:
        HeadsetProblem: there is no runtime, the agent does not start, another version is in use, link lost.
    """
    try:
        # Packing the agent takes about as long as the headset takes to answer.
        package, running = await asyncio.gather(asyncio.to_thread(agent_package), find(link))
        if running is not None and running.build == package.build:
            if await _answers(link, running, headset):
                return running
            await _end(link, running)
        elif running is not None:
            await _retire(link, running, package, headset)
        python = await ensure_runtime(link, headset, find_runtime, progress)
        return await _start(link, package, python, headset)
    except LinkLost as error:
        raise HeadsetVanished(headset=headset, detail=str(error)) from error
    except RemoteStorageFull as error:
        raise NoRoomForAgent(headset=headset, needed=_ROOM_NEEDED, free=0, detail=str(error)) from error
    except RemoteFileError as error:
        raise AgentNotStored(headset=headset, detail=str(error)) from error


async def find(link: HeadsetLink) -> AgentAccess | None:
    """Return access to the agent that runs on the headset, of whatever version, or None."""
    # After a restart of the headset the number in a file left behind may be another program's.
    # Every program the shell would have to start costs a headset more than all of this.
    script = (
        f'said=; read -r said < {RUN}/agent.json; pid="${{said##*\\"pid\\":}}"; pid="${{pid%%[!0-9]*}}"; '
        '[ "$pid" ] && kill -0 "$pid" && case "$(tr "\\000" " " < /proc/$pid/cmdline)" in '
        '*/agent-*) echo "$said";; *) exit 1;; esac'
    )
    result = await run(link, script, timeout_s=_END_S)
    if result.exit_code != 0:
        return None
    try:
        return parse_access(result.stdout)
    except msgspec.DecodeError:
        return None


async def _answers(link: HeadsetLink, running: AgentAccess, headset: str) -> bool:
    """True when it welcomes us; False when it hangs, or what listens there is no agent."""
    try:
        channel = await open_channel(
            link, Role.STORE, build=running.build, token=running.token, headset=headset, holder=""
        )
    except (AgentSpeaksStrangely, HeadsetVanished) as error:
        log.warning("the agent of headset %s does not answer: %s", headset, error)
        return False
    await channel.close()
    return True


async def _retire(link: HeadsetLink, running: AgentAccess, package: AgentPackage, headset: str) -> None:
    """End an agent of another version, unless somebody leads the headset with it."""
    try:
        channel = await open_channel(
            link, Role.STORE, build=package.build, token=running.token, headset=headset, holder=""
        )
        await channel.close()
    except AgentOfAnotherVersion as error:
        if error.params["holder"]:
            raise
    except (AgentSpeaksStrangely, HeadsetVanished):
        # Too old, too new or too ill to answer a hello: it cannot be left in charge of a headset.
        pass
    await _end(link, running)


async def _end(link: HeadsetLink, running: AgentAccess) -> None:
    script = (
        f"kill {running.pid}; for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 {running.pid} 2>/dev/null || exit 0; "
        f"sleep 0.2; done; kill -9 {running.pid}"
    )
    await run(link, script, timeout_s=_END_S)


async def _start(link: HeadsetLink, package: AgentPackage, python: str, headset: str) -> AgentAccess:
    await _install(link, package)
    # The page that a killed agent left plays on by itself; by its token it finds its way to the new one.
    token = await _token_left(link, package) or secrets.token_urlsafe(32)
    words = msgspec.json.encode({"token": token, "build": package.build}) + b"\n"
    command = f"exec sh {python} {HOME}/{package.name} --films {FILMS} --run {RUN}"
    result = await run(link, command, stdin=words, timeout_s=_START_S)
    said = _said(result)
    if said.pid is not None:
        return AgentAccess(token=token, build=package.build, pid=said.pid)
    if not said.port_taken:
        raise AgentWillNotStart(headset=headset, detail=said.error or result.stderr.decode(errors="replace"))
    # Another program of ours may have started it between our look and our start.
    other = await _rival(link, package)
    if other is None:
        raise AgentSpeaksStrangely(headset=headset, detail=said.error)
    return other


async def _token_left(link: HeadsetLink, package: AgentPackage) -> str | None:
    """What an agent of this version used that was killed; one that ends in order leaves nothing."""
    result = await run(link, f"cat {RUN}/agent.json", timeout_s=_END_S)
    try:
        left = parse_access(result.stdout)
    except msgspec.DecodeError:
        return None
    return left.token if left.build == package.build else None


async def _install(link: HeadsetLink, package: AgentPackage) -> None:
    """Put the archive where it belongs, unless it is there; other versions' archives are removed."""
    look = await run(link, f"[ -f {HOME}/{package.name} ]", timeout_s=_END_S)
    if look.exit_code == 0:
        return
    fresh = f"{HOME}/{package.name}.{secrets.token_hex(4)}"
    await push_bytes(link, package.content, fresh, mode=0o644)
    # First the new one, then the others: a rival that starts at this moment must find a file.
    script = (
        f"cd {HOME} && mv {fresh} {package.name}; "
        f"for file in agent-*.pyz; do [ $file = {package.name} ] || rm -f $file; done"
    )
    await run(link, script, timeout_s=_END_S)


async def _rival(link: HeadsetLink, package: AgentPackage) -> AgentAccess | None:
    for _ in range(10):
        running = await find(link)
        if running is not None and running.build == package.build:
            return running
        await asyncio.sleep(0.2)
    return None


def _said(result: ShellResult) -> _Said:
    try:
        return _SAID.decode(result.stdout.strip().split(b"\n")[-1])
    except msgspec.DecodeError:
        return _Said()
