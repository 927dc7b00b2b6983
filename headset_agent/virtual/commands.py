"""The commands that a virtual headset follows while it runs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from headset_agent.virtual.device import VirtualDevice
from headset_agent.virtual.faults.kinds import AdbRestart, Unauthorised
from headset_agent.virtual.faults.making import FaultMaker
from headset_agent.virtual.faults.reading import FaultMistake, kind_named, read_line
from headset_agent.virtual.lines import stdin_lines

_KNOWN = "'accept', 'restart-adb', 'fault KIND KEY=VALUE ...' or 'heal [KIND]'"


@dataclass(frozen=True, slots=True)
class Follower:
    """One headset that follows commands."""

    device: VirtualDevice
    maker: FaultMaker


async def obey(followers: Mapping[int, Follower]) -> None:
    """Follow what is typed on standard input until it ends; a mistake is told on standard error.

    Where there are several headsets, by number, each line begins with the number of one.
    """
    async for line in stdin_lines():
        try:
            follower, command = _addressed(line, followers)
            await _follow(command, follower.device, follower.maker)
        except FaultMistake as mistake:
            sys.stderr.write(f"{mistake}\n")


def _addressed(line: str, followers: Mapping[int, Follower]) -> tuple[Follower, str]:
    if len(followers) == 1:
        return next(iter(followers.values())), line
    number, _, command = line.partition(" ")
    follower = followers.get(int(number)) if number.isdecimal() else None
    if follower is None:
        raise FaultMistake(f"Not understood: {line!r}. Begin with the number of a headset.")
    return follower, command


async def _follow(line: str, device: VirtualDevice, maker: FaultMaker) -> None:
    command, _, rest = line.partition(" ")
    match command:
        case "accept" if not rest:
            await _accept(device, maker)
        case "restart-adb" if not rest:
            await maker.begin(AdbRestart())
        case "fault" if rest:
            await maker.begin(*read_line(rest))
        case "heal":
            await _heal(maker, rest)
        case _ if line:
            raise FaultMistake(f"Not understood: {line!r}. Write {_KNOWN}.")


async def _accept(device: VirtualDevice, maker: FaultMaker) -> None:
    """The wearer accepts who waits; where that was wrong with the headset, it is over."""
    if not await maker.end(Unauthorised) and not device.accept_waiting():
        sys.stderr.write("No computer is waiting to be accepted.\n")


async def _heal(maker: FaultMaker, kind: str) -> None:
    if not kind:
        await maker.end_all()
    elif not await maker.end(kind_named(kind)):
        raise FaultMistake(f"This headset has no fault {kind!r}.")
