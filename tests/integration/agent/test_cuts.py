"""A film reaches a headset however often the connection is cut, and what has arrived is not sent again."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fakes.cutting import CuttingNetwork
from tests.fakes.films import LibraryInMemory, a_film
from tests.fakes.headsets import HeadsetsInMemory
from tests.fakes.network import Network
from tests.integration.agent.headsets import VirtualHeadset
from trainer_app.domain.films import Film, Sha256
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import DirectLink
from trainer_app.services.filling import Delivery, Moved, push_films

# Longer than the patience below.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(700)]

CUTS = 50
PIECE = 4 << 20
MOST_TWICE = 8 << 20
"""Bytes that one cut may cost."""

SAID_BYTES = 1 << 20
"""What is said on a connection beside the film, the agent itself included: far more than it is."""

CALM_BYTES_PER_S = 16 << 20
"""So slow that several words of progress come on the way, however fast the machine is."""


class OneFilm(LibraryInMemory):
    """A library with one file in it."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__()
        content = random.Random(3).randbytes(1 << 20) * (size >> 20)
        # No two megabytes are alike, so that nothing fits in a wrong place.
        content = b"".join(
            number.to_bytes(4) + content[number << 20 : (number + 1) << 20][4:]
            for number in range(size >> 20)
        )
        path.write_bytes(content)
        self.path = path
        self.film = a_film(sha256=Sha256(hashlib.sha256(content).hexdigest()), size_bytes=len(content))

    def path_of(self, film: Film) -> Path:
        return self.path


class Progress:
    """Notes how far the film was, and what each resumption had to send again."""

    def __init__(self) -> None:
        self.there = 0
        self.again: list[int] = []

    def __call__(self, how: Moved) -> None:
        if how.there < self.there:
            self.again.append(self.there - how.there)
        self.there = how.there


async def fill(headset: VirtualHeadset, library: OneFilm, at: str, progress: Progress) -> Delivery:
    result = await push_films(
        AdbGateway(headset.key),
        HeadsetsInMemory(),
        library,
        [library.film],
        [library.film],
        [at],
        waiting=lambda _address: None,
        progress=progress,
        # A machine that is busy with something else takes its time for fifty connections.
        patience_s=600.0,
    )
    [delivery] = result.deliveries
    return delivery


def limits(count: int) -> Sequence[int]:
    """After how many bytes each connection is cut."""
    seed = int.from_bytes(os.urandom(4))
    print(f"seed {seed}")  # noqa: T201 - what a failure has to be repeated with
    # Beyond what asking the headset about itself takes; most end within few megabytes, each fifth may carry
    # more than a cut may cost.
    most = [6 * PIECE if number % 5 == 0 else 3 * PIECE // 2 for number in range(count)]
    return [random.Random(seed + number).randrange(1 << 16, most[number]) for number in range(count)]


async def test_a_film_cut_fifty_times_arrives_and_no_cut_costs_more_than_a_chunk(
    headset: VirtualHeadset, link: DirectLink, tmp_path: Path
) -> None:
    cuts = limits(CUTS)
    # It cannot be whole before the last cut.
    library = await asyncio.to_thread(OneFilm, tmp_path / "film.mp4", sum(cuts))
    part = headset.films / f"{library.film.sha256}.part"

    def arrived() -> int:
        return part.stat().st_size if part.exists() else 0

    progress = Progress()
    async with CuttingNetwork(headset.adb, cuts, arrived) as network:
        delivery = await fill(headset, library, network.address, progress)
    assert delivery.problem is None, delivery.problem.params
    assert network.cuts == CUTS, "it has to be there all the time"
    assert len(network.costs) == CUTS
    assert max(network.costs) <= MOST_TWICE + SAID_BYTES
    assert all(cost <= MOST_TWICE for cost in progress.again)
    assert delivery.sent is not None
    assert delivery.sent.sent_bytes <= library.film.size_bytes + CUTS * MOST_TWICE
    [name] = headset.names() - {".nomedia", "manifest.json"}
    assert hashlib.sha256((headset.films / name).read_bytes()).hexdigest() == library.film.sha256


async def test_an_agent_that_is_killed_costs_no_more(
    headset: VirtualHeadset, link: DirectLink, tmp_path: Path
) -> None:
    library = await asyncio.to_thread(OneFilm, tmp_path / "film.mp4", 48 << 20)
    killed: list[int] = []

    class Killing(Progress):
        def __call__(self, how: Moved) -> None:
            super().__call__(how)
            if len(killed) < 2 and how.there > (len(killed) + 1) * 3 * PIECE:
                pid = agent_of(headset)
                # After the first one there may still be word of what it had taken.
                if pid not in killed:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    progress = Killing()
    async with Network(headset.adb, bytes_per_s=CALM_BYTES_PER_S) as network:
        delivery = await fill(headset, library, network.address, progress)
    assert (delivery.problem, len(killed)) == (None, 2)
    assert all(cost <= MOST_TWICE for cost in progress.again)
    assert f"{library.film.sha256}.mp4" in headset.names()


def agent_of(headset: VirtualHeadset) -> int:
    """Process id of the agent that was started last."""
    scratch = headset.films.parents[2] / "data/local/tmp"
    return int(json.loads((scratch / "simkoffert/run/agent.json").read_bytes())["pid"])
