"""Where the agent lives on a headset, and what it takes to talk to the one that runs."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from headset_agent.protocol.reading import JsonReader

HOME = "/data/local/tmp/simkoffert"
"""The agent's folder on the headset: the only place a shell user may run programs from."""

RUN = f"{HOME}/run"
PYTHON = f"{HOME}/runtime/python"
"""A Python that is there by other means than ours: a virtual headset has the machine's own."""

CAN_RUN = f"{{ [ -x {PYTHON} ] || getprop ro.product.cpu.abilist | grep -q arm64-v8a; }}"
"""Shell: true where the agent has a Python or can be brought one."""

FILMS = "/sdcard/SimKoffert/films"


class _Running(msgspec.Struct, frozen=True):
    pid: int
    token: str
    build: str


_RUNNING: JsonReader[_Running] = JsonReader(_Running)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentAccess:
    """What it takes to talk to the agent of a headset.

    Attributes:
        laptop_port: Where it listens on this computer; 0: it runs on the headset.
    """

    token: str
    build: str
    pid: int
    laptop_port: int = 0


def parse_access(announced: bytes) -> AgentAccess:
    """Read the agent's announcement, ``agent.json``.

    Raises:
        msgspec.DecodeError: it is none.
    """
    running = _RUNNING.decode(announced)
    return AgentAccess(token=running.token, build=running.build, pid=running.pid)
