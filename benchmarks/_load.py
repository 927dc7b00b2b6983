"""Who kept the processor busy during a measurement, and what each holds of the memory."""

from __future__ import annotations

import contextlib
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
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


_WRITTEN = re.compile(r"^(?:Private_Dirty|Private_Hugetlb|Swap): +(\d+) kB$", re.MULTILINE)


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


@dataclass(slots=True)
class Memory:
    """What the processes of this program hold for themselves, MB, looked at now and then.

    That is what they have written. What they have only read of a file, such as a library, counts for whoever
    is alone with it: a process would grow by a megabyte because another one ends.

    Attributes:
        looks: Seconds since the first look, and then the largest process of each kind.
    """

    looks: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    _began: float = field(default_factory=perf_counter)

    def look(self) -> None:
        """Take note of all."""
        found: defaultdict[str, float] = defaultdict(float)
        for process in psutil.Process(os.getpid()).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess, OSError):
                held = _written_mb(process)
                kind = _kind(process)
                found[kind] = round(max(found[kind], held), 1)
        self.looks.append((round(perf_counter() - self._began, 1), dict(sorted(found.items()))))

    def grown_mb(self, since_s: float) -> dict[str, float]:
        """How much more each kind holds in the end than after so long (at most a third of the time).

        The end is the last look at which it was there; without one that was gone well before.
        """
        end_s = self.looks[-1][0]
        later = [(at_s, held) for at_s, held in self.looks if at_s >= min(since_s, end_s / 3)]
        grown = {}
        for kind in sorted({kind for _, held in later for kind in held}):
            there = [(at_s, held[kind]) for at_s, held in later if kind in held]
            if there[-1][0] >= end_s * 2 / 3 and there[-1][0] > there[0][0]:
                grown[kind] = round(there[-1][1] - there[0][1], 1)
        return grown


def _family() -> list[tuple[int, str, float]]:
    """Process id, kind and seconds worked of this program and all below it."""
    own = psutil.Process(os.getpid())
    found = [(own.pid, "onlooker", _worked_s(own))]
    for process in own.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            found.append((process.pid, _kind(process), _worked_s(process)))
    return found


def _written_mb(process: psutil.Process) -> float:
    sums = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
    return sum(int(kilobytes) for kilobytes in _WRITTEN.findall(sums)) * 1024 / 1e6


def _worked_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
