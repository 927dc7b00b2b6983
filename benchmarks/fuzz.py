"""How sturdy the parsers are: a million bad inputs, without a crash, a hang or growing memory.

    python3 dev.py bench fuzz [--inputs N] [--seed S] [--only NAME]

Every parser gets its recordings cut after each byte, then recordings that were bent, cut, doubled and
joined, and bytes from nothing, in pieces of all sizes. Prints JSON; exit 1 when there is a finding: an error
that is not one of the parser's clean ones, an input that takes more than a second of processor time, or
memory that grows. A finding tells its bytes in hex (the first 400); the same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from time import perf_counter, process_time

import psutil

from tests.fuzz.mutations import cut_everywhere, from_nothing, mutated, pieces
from tests.fuzz.parsers import PARSERS, Parser

HANG_S = 1.0
"""Of processor time for one input; the slowest of all that end takes some milliseconds."""

GROWTH_BYTES = 24 << 20
"""By which the process may grow between the first tenth of the inputs and the last."""

WARM_UP = 0.1
MOST_FINDINGS = 20
SHOWN_BYTES = 400


class Hang(BaseException):
    """An input takes too long; not caught by what catches errors."""


@dataclass(slots=True)
class Finding:
    """An input that was not taken as it should be."""

    parser: str
    number: int
    error: str
    hex: str


@dataclass(slots=True)
class Result:
    """What became of one parser's inputs."""

    inputs: int = 0
    refused: int = 0
    slowest_ms: float = 0.0
    slowest_bytes: int = 0


@dataclass(slots=True)
class Report:
    """All of it."""

    inputs: int = 0
    seed: int = 0
    seconds: float = 0.0
    growth_mb: float = 0.0
    parsers: dict[str, Result] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def inputs_for(parser: Parser, count: int, chance: random.Random) -> Iterator[bytes]:
    """So many inputs: every cut first, then one in eight from nothing."""
    for cut in cut_everywhere(parser.recordings):
        if count <= 0:
            return
        yield cut
        count -= 1
    for _ in range(count):
        yield from_nothing(chance) if chance.random() < 0.125 else mutated(chance, parser.recordings)


@contextmanager
def no_hang() -> Iterator[None]:
    """Break off what takes too much of the processor's time; the machine's other work does not count."""

    def stop(_number: int, _frame: object) -> None:
        raise Hang

    former = signal.signal(signal.SIGVTALRM, stop)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


class Fuzzer:
    """Throws inputs at parsers and keeps account."""

    def __init__(self, report: Report, only: str | None) -> None:
        self._report = report
        self._parsers = [parser for parser in PARSERS if only in (None, parser.name)]
        self._shares = sum(parser.share for parser in self._parsers)
        self._memory = psutil.Process()
        self._rounds = 20

    async def run(self) -> None:
        """In rounds, each parser in each, so that memory is compared between like and like."""
        before = self._used()
        for turn in range(self._rounds):
            for parser in self._parsers:
                await self._try(parser, turn)
                if len(self._report.findings) >= MOST_FINDINGS:
                    return
            if turn + 1 == max(1, round(self._rounds * WARM_UP)):
                before = self._used()
        self._report.growth_mb = round((self._used() - before) / (1 << 20), 1)

    async def _try(self, parser: Parser, turn: int) -> None:
        chance = random.Random(f"{self._report.seed} {parser.name} {turn}")
        count = -(-self._report.inputs * parser.share // (self._shares * self._rounds))
        result = self._report.parsers.setdefault(parser.name, Result())
        for data in inputs_for(parser, count, chance) if turn == 0 else _later(parser, count, chance):
            result.inputs += 1
            began = process_time()
            await self._one(parser, data, pieces(chance, data), result)
            took_ms = (process_time() - began) * 1e3
            if took_ms > result.slowest_ms:
                result.slowest_ms, result.slowest_bytes = round(took_ms, 2), len(data)

    async def _one(self, parser: Parser, data: bytes, parts: list[bytes], result: Result) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, HANG_S)
        try:
            await parser.read(parts)
        except parser.clean:
            result.refused += 1
        except Hang:
            self._found(parser, data, "a hang", result)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            self._found(parser, data, repr(error)[:300], result)

    def _found(self, parser: Parser, data: bytes, error: str, result: Result) -> None:
        self._report.findings.append(Finding(parser.name, result.inputs, error, data[:SHOWN_BYTES].hex()))

    def _used(self) -> int:
        gc.collect()
        return int(self._memory.memory_info().rss)


def _later(parser: Parser, count: int, chance: random.Random) -> Iterator[bytes]:
    for _ in range(count):
        yield from_nothing(chance) if chance.random() < 0.125 else mutated(chance, parser.recordings)


def main() -> int:
    """Run it."""
    words = argparse.ArgumentParser(prog="dev.py bench fuzz")
    words.add_argument("--inputs", type=int, default=1_000_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", choices=[parser.name for parser in PARSERS])
    asked = words.parse_args()
    report = Report(seed=asked.seed, inputs=asked.inputs)
    began = perf_counter()
    with no_hang():
        asyncio.run(Fuzzer(report, asked.only).run())
    report.seconds = round(perf_counter() - began, 1)
    report.inputs = sum(result.inputs for result in report.parsers.values())
    grows = report.growth_mb * (1 << 20) > GROWTH_BYTES
    json.dump(asdict(report) | {"grows": grows}, sys.stdout, indent=1)
    print()
    return 1 if report.findings or grows else 0


if __name__ == "__main__":
    raise SystemExit(main())
