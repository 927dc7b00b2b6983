"""A film reaches a headset however often the connection is cut, and what has arrived is not sent again."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fakes.cutting import CuttingNetwork
from tests.fakes.films import LibraryInMemory, a_film
from tests.fakes.headsets import HeadsetsInMemory
from tests.integration.agent.headsets import VirtualHeadset, linked
from trainer_app.domain.films import Film, Sha256
from trainer_app.headsets.agent.deploy import find
from trainer_app.headsets.agent.filling import CHUNK
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import DirectLink, run
from trainer_app.services.filling import Delivery, Moved, push_films

pytestmark = pytest.mark.slow

CUTS = 50
MOST_TWICE = 8 << 20
"""Bytes that one cut may cost."""


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
    # Beyond what asking the headset about itself takes; most end within the first chunk.
    return [random.Random(seed + number).randrange(1 << 16, 3 * CHUNK // 2) for number in range(count)]


async def test_a_film_cut_fifty_times_arrives_and_no_cut_costs_more_than_a_chunk(
    headset: VirtualHeadset, link: DirectLink, tmp_path: Path
) -> None:
    library = await asyncio.to_thread(OneFilm, tmp_path / "film.mp4", 160 << 20)
    progress = Progress()
    async with CuttingNetwork(headset.adb, limits(CUTS)) as network:
        delivery = await fill(headset, library, network.address, progress)
    assert delivery.problem is None, delivery.problem.params
    assert network.cuts == CUTS, "it has to be there all the time"
    assert max(progress.again) <= MOST_TWICE
    assert delivery.sent is not None
    assert delivery.sent.sent_bytes <= library.film.size_bytes + CUTS * MOST_TWICE
    [name] = headset.names() - {".nomedia", "manifest.json"}
    assert hashlib.sha256((headset.films / name).read_bytes()).hexdigest() == library.film.sha256


async def test_an_agent_that_is_killed_costs_no_more(
    headset: VirtualHeadset, link: DirectLink, tmp_path: Path
) -> None:
    library = await asyncio.to_thread(OneFilm, tmp_path / "film.mp4", 48 << 20)
    kills: list[asyncio.Task[None]] = []

    class Killing(Progress):
        def __call__(self, how: Moved) -> None:
            super().__call__(how)
            if (
                how.there > (len(kills) + 1) * 3 * CHUNK
                and (not kills or kills[-1].done())
                and len(kills) < 2
            ):
                kills.append(asyncio.get_running_loop().create_task(kill_the_agent(headset)))

    progress = Killing()
    delivery = await fill(headset, library, headset.adb, progress)
    await asyncio.gather(*kills)
    assert (delivery.problem, len(kills)) == (None, 2)
    assert all(cost <= MOST_TWICE for cost in progress.again)
    assert f"{library.film.sha256}.mp4" in headset.names()


async def kill_the_agent(headset: VirtualHeadset) -> None:
    async with linked(headset) as other:
        running = await find(other)
        assert running is not None
        await run(other, f"kill -9 {running.pid}", timeout_s=30)
