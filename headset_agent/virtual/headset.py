"""Virtual headsets from start to end: puts their parts together, announces them, ends all of it.

A process has one headset, or several that share it: each has its own address, folders, shells and faults.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from headset_agent.virtual.commands import Follower, obey
from headset_agent.virtual.device import VirtualDevice
from headset_agent.virtual.ending import ends_when_told, ignores_nothing_below
from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.faults.effects import Effects
from headset_agent.virtual.faults.making import FaultMaker
from headset_agent.virtual.folders import Folders
from headset_agent.virtual.identity import Identity, load_identity, save_identity, serial_for
from headset_agent.virtual.memory import remember
from headset_agent.virtual.observer import Observer
from headset_agent.virtual.player import (
    CHROMIUM,
    FRAME_RATE,
    SIMULATED,
    ChromiumPlayer,
    Player,
    SimulatedBrowser,
)
from headset_agent.virtual.processes import (
    become_subreaper,
    end_agents,
    end_all_below,
    forbid_agents_to_write,
    reap_orphans,
)
from headset_agent.virtual.reservation import Reservation, reserve
from headset_agent.virtual.restartable_adb import RestartableAdb
from headset_agent.virtual.runtime import place_runtime
from headset_agent.virtual.shell import Shell, choose_user
from headset_agent.virtual.skew import ClockSkew, SteeredClock
from headset_agent.virtual.standin_server import StandInServer, install_commands
from headset_agent.virtual.standins import StandIns
from headset_agent.virtual.state import OLD_PROCESSOR, PROCESSOR, HeadsetState
from headset_agent.virtual.storage import HeadsetStorage

RUNTIME_FOLDER = "simkoffert/runtime"
"""Below /data/local/tmp; where the agent finds its Python."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetOptions:
    """What headset is wanted.

    Attributes:
        adb_port: 0: any free one.
        frame_rate: How often its browser may draw, per second.
        blind: Its browser draws nothing, which costs nothing.
        address: The headset's localhost; None: the first free one for its number.
        authorized_keys: Public key files accepted from the start; any makes authorisation required.
        free_bytes: The storage is full after so many more bytes; None: no limit of its own.
        root: Folder that keeps the storage; None: a temporary one.
        emulator: Runs a real headset's programs. The headset then has no Python before one is brought.
        can_run_agent: False: it has no Python, and its processor could not run one that is brought.
    """

    number: int
    adb_host: str = "127.0.0.1"
    adb_port: int = 0
    address: str | None = None
    player: str = SIMULATED
    frame_rate: int = FRAME_RATE
    blind: bool = False
    require_auth: bool = False
    authorized_keys: tuple[Path, ...] = ()
    skew: ClockSkew | None = None
    model: str = "quest3"
    free_bytes: int | None = None
    root: Path | None = None
    emulator: str | None = None
    can_run_agent: bool = True


async def run_headsets(wanted: Sequence[HeadsetOptions]) -> int:
    """Run headsets until a signal or the end of standard input; return the exit code.

    Raises:
        HeadsetStartError: one of them cannot start.
    """
    become_subreaper()
    ending = asyncio.Event()
    ends_when_told(ending)
    ignores_nothing_below()
    waiting = asyncio.create_task(ending.wait())
    serving = asyncio.create_task(_serve(wanted))
    try:
        await asyncio.wait((waiting, serving), return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            await serving
    finally:
        waiting.cancel()
        serving.cancel()
        await asyncio.gather(waiting, serving, return_exceptions=True)
    return 0


async def _serve(wanted: Sequence[HeadsetOptions]) -> None:
    async with contextlib.AsyncExitStack() as stack:
        places = [_place(options, stack) for options in wanted]
        # Whatever the parts below leave running ends before the folders go.
        stack.push_async_callback(end_all_below)
        stack.callback(asyncio.create_task(reap_orphans()).cancel)
        followers = {}
        for options, place in zip(wanted, places, strict=True):
            followers[options.number] = await _start(options, place, stack)
        await obey(followers)


async def _start(options: HeadsetOptions, place: _Place, stack: contextlib.AsyncExitStack) -> Follower:
    """Start one headset and announce it."""
    headset = await _assemble(options, place.folders, place.reservation, stack)
    adb = RestartableAdb(headset.device, headset.faults, headset=options.number, host=options.adb_host)
    stack.push_async_callback(adb.close)
    await adb.start(options.adb_port)
    maker = FaultMaker(headset.faults, _effects(headset, adb))
    stack.push_async_callback(maker.close)
    _announce(options, headset, adb.port)
    return Follower(headset.device, maker)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a headset lives on this machine."""

    reservation: Reservation
    folders: Folders


def _place(options: HeadsetOptions, stack: contextlib.AsyncExitStack) -> _Place:
    reservation = reserve(options.number, options.address)
    stack.callback(reservation.release)
    return _Place(reservation, _make_folders(options, stack))


def _effects(headset: _Headset, adb: RestartableAdb) -> Effects:
    return Effects(
        adb=adb,
        trust=headset.device,
        state=headset.state,
        storage=headset.storage,
        browser=headset.player,
        clock=headset.clock,
        kill_agent=partial(end_agents, headset.address),
        forbid_writing=partial(forbid_agents_to_write, headset.address),
    )


def _make_folders(options: HeadsetOptions, stack: contextlib.AsyncExitStack) -> Folders:
    root = options.root
    if root is None:
        root = Path(tempfile.mkdtemp(prefix=f"simkoffert-headset-{options.number}-"))
        stack.callback(shutil.rmtree, root, ignore_errors=True)
    folders = Folders(root)
    try:
        folders.create()
    except OSError as error:
        raise HeadsetStartError(f"The folder {root} cannot be used: {error.strerror}.") from error
    return folders


@dataclass(frozen=True, slots=True, kw_only=True)
class _Headset:
    """The parts that others speak to."""

    device: VirtualDevice
    player: Player
    state: HeadsetState
    storage: HeadsetStorage
    clock: SteeredClock
    faults: ActiveFaults
    folders: Folders
    identity: Identity
    address: str


async def _assemble(
    options: HeadsetOptions, folders: Folders, reservation: Reservation, stack: contextlib.AsyncExitStack
) -> _Headset:
    identity = load_identity(folders.identity, serial_for(options.number, reservation.block))
    save_identity(folders.identity, identity)
    state = HeadsetState(options.model, identity.serial, options.number, perf_counter)
    remember(state, folders.memory)
    state.wifi_address = reservation.address
    if not options.can_run_agent:
        state.properties[PROCESSOR] = OLD_PROCESSOR
    faults, clock = ActiveFaults(), SteeredClock(folders.clock, options.skew)
    storage = HeadsetStorage(folders, options.free_bytes, faults)
    player = _make_player(options, clock, faults)
    standins = StandIns(state, player, storage)
    can_run = options.can_run_agent and state.can_run_python
    user = _furnish(folders, standins, has_python=options.emulator is None and can_run)
    server = StandInServer(folders.standins_socket, standins)
    observer = Observer(folders.observe_socket, player.observe, state.described)
    for close in (player.close, server.close, observer.close):
        stack.push_async_callback(close)
    await asyncio.gather(player.start(), server.start(user), observer.start())
    device = VirtualDevice(
        shell=Shell(
            folders=folders,
            host=reservation.address,
            clock=clock.value,
            user=user,
            emulator=options.emulator,
        ),
        player=player,
        storage=storage,
        identity=identity,
        properties=state.properties,
        authorized=[_read_key(file) for file in options.authorized_keys],
        asks=options.require_auth or bool(options.authorized_keys),
    )
    return _Headset(
        device=device,
        player=player,
        state=state,
        storage=storage,
        clock=clock,
        faults=faults,
        folders=folders,
        identity=identity,
        address=reservation.address,
    )


def _make_player(options: HeadsetOptions, clock: SteeredClock, faults: ActiveFaults) -> Player:
    if options.player == CHROMIUM:
        return ChromiumPlayer(options.skew, options.frame_rate, blind=options.blind)
    return SimulatedBrowser(clock, options.number, faults)


def _furnish(folders: Folders, standins: StandIns, *, has_python: bool) -> int | None:
    """Put runtime and commands in place; return the user of the shell."""
    if has_python:
        place_runtime(folders.scratch / RUNTIME_FOLDER)
    install_commands(folders, standins.names())
    user = choose_user(folders)
    if user is not None:
        folders.give_to(user, user)
    return user


def _read_key(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise HeadsetStartError(f"The key {file} cannot be read: {error.strerror}.") from error


def _announce(options: HeadsetOptions, headset: _Headset, port: int) -> None:
    described: dict[str, object] = {
        "number": options.number,
        "serial": headset.identity.serial,
        "adb": f"{options.adb_host}:{port}",
        "storage": str(headset.folders.sdcard),
        "devtools": headset.player.devtools,
        "address": headset.address,
        "observe": str(headset.folders.observe_socket),
    }
    if options.skew:
        described["clock"] = asdict(options.skew)
    sys.stdout.write(json.dumps(described) + "\n")
    sys.stdout.flush()
