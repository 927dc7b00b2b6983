"""Who kept the processor busy during a measurement."""

from __future__ import annotations

import contextlib
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from time import perf_counter
from typing import Self

import psutil

_KINDS = (
    ("page", re.compile(r"--type=renderer")),
    ("graphics", re.compile(r"--type=gpu-process")),
    ("sound and network", re.compile(r"--type=utility")),
    ("browser", re.compile(r"chrom(e|ium)\b.*--headless")),
    ("agent", re.compile(r"/agent-\w+\.pyz")),
    ("headset", re.compile(r"headset_agent\.virtual")),
    ("air", re.compile(r"tests\.rig")),
    ("laptop", re.compile(r"-m trainer_app")),
)


def _kind(process: psutil.Process) -> str:
    said = " ".join(process.cmdline())
    return next((kind for kind, mark in _KINDS if mark.search(said)), "else")


@dataclass(slots=True)
class Load:
    """What this program's processes work from :meth:`begin` to :meth:`percent`; those that live then."""

    _began: float = field(default_factory=perf_counter)
    _before: dict[int, float] = field(default_factory=dict)

    @classmethod
    def begin(cls) -> Self:
        """Look for the first time."""
        psutil.cpu_percent()
        return cls(_before={pid: worked for pid, _, worked in _family()})

    def percent(self) -> dict[str, float]:
        """Of one core, by kind; ``machine``: of all cores, with everything else that runs."""
        found: defaultdict[str, float] = defaultdict(float)
        for pid, kind, worked in _family():
            found[kind] += worked - self._before.get(pid, 0.0)
        passed_s = perf_counter() - self._began
        shares = {kind: round(100 * worked / passed_s) for kind, worked in sorted(found.items())}
        return {**shares, "machine": psutil.cpu_percent()}


def _family() -> list[tuple[int, str, float]]:
    """Process id, kind and seconds worked of this program and all below it."""
    own = psutil.Process(os.getpid())
    found = [(own.pid, "onlooker", _worked_s(own))]
    for process in own.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            found.append((process.pid, _kind(process), _worked_s(process)))
    return found


def _worked_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
