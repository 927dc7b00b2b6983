"""The real bundle on a headset of the real kind: brought once, checked, and what interrupts it heals."""

from __future__ import annotations

import asyncio
import hashlib
import io
import random
import tarfile
from pathlib import Path

import aiohttp
import pytest
from blake3 import blake3

from headset_agent.protocol.messages import HTTP_PORT
from tests.integration.agent.headsets import VirtualHeadset, linked, shell
from tests.integration.provisioning.bundles import LIMIT_S
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.playback_errors import (
    FilmArrivedCorrupt,
    HeadsetVanished,
    RuntimeHasNoRoom,
    RuntimeMissing,
    RuntimeUnfit,
)
from trainer_app.headsets.agent.access import HOME
from trainer_app.headsets.agent.deploy import attach
from trainer_app.headsets.agent.runtime import RuntimeBundle, ensure_runtime
from trainer_app.headsets.checkup import AdbCheckup
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import DirectLink

pytestmark = pytest.mark.timeout(LIMIT_S)

CONTENT = random.Random(3).randbytes(3_000_017)
SHA = hashlib.sha256(CONTENT).hexdigest()
BLAKE3 = blake3(CONTENT).hexdigest()
NOT_SHA = "0" * 64


async def runtimes(link: DirectLink) -> set[str]:
    """Names of runtimes on the headset, and of halves of them."""
    listed = (await shell(link, f"ls {HOME}")).stdout.decode().split()
    return {name for name in listed if name.startswith(("runtime", "fresh"))}


def name_of(bundle: RuntimeBundle) -> str:
    return bundle.folder.rpartition("/")[2]


@pytest.fixture
async def empty(bare: DirectLink) -> DirectLink:
    await shell(bare, f"rm -rf {HOME}")
    return bare


async def test_it_is_brought_whole_and_once_whatever_happens_on_the_way(
    empty: DirectLink, bare_headset: VirtualHeadset, bundle: RuntimeBundle
) -> None:
    await _be_cut_off(bare_headset, bundle)
    assert name_of(bundle) not in await runtimes(empty), "a half one would pass for a whole one"
    await shell(empty, f"mkdir -p {HOME}/runtime-0123456789abcdef")

    told: list[tuple[int, int]] = []
    python = await ensure_runtime(empty, "1", lambda: bundle, lambda *how: told.append(how))
    assert (python, told[-1]) == (bundle.python, (bundle.size, bundle.size))
    assert await runtimes(empty) == {name_of(bundle)}, "neither halves nor other versions are left"

    told.clear()
    assert await ensure_runtime(empty, "1", lambda: bundle, lambda *how: told.append(how)) == python
    assert told == []


async def _be_cut_off(headset: VirtualHeadset, bundle: RuntimeBundle) -> None:
    """Lose the link when half of the bundle is there."""
    async with linked(headset) as doomed:
        cut: list[asyncio.Task[None]] = []

        def progress(sent: int, size: int) -> None:
            if sent > size // 2 and not cut:
                cut.append(asyncio.create_task(doomed.close()))

        with pytest.raises(HeadsetVanished):
            await attach(doomed, "1", find_runtime=lambda: bundle, progress=progress)
        await cut[0]


async def test_agent_runs_on_it_hashes_films_and_serves_parts_of_them(
    bare: DirectLink, bare_headset: VirtualHeadset, bundle: RuntimeBundle, tmp_path: Path
) -> None:
    agent = await attach(bare, "1", find_runtime=lambda: bundle)
    command = (await shell(bare, f"tr '\\0' ' ' < /proc/{agent.pid}/cmdline")).stdout.decode()
    assert name_of(bundle) in command, "the headset has no other Python"
    version = await AdbCheckup(bare, "1", find_runtime=lambda: bundle).runtime()
    assert version is not None
    assert version.startswith("3.11."), "doctor runs the same one"

    other, named, whole = await _fill(bare_headset, tmp_path, (SHA, "00" * 32), (NOT_SHA, ""), (SHA, BLAKE3))
    assert isinstance(other, FilmArrivedCorrupt), "the sum is the agent's own"
    assert isinstance(named, FilmArrivedCorrupt), "and so is that of a film without one"
    assert isinstance(whole, Sent)
    assert (bare_headset.films / f"{SHA}.mp4").read_bytes() == CONTENT

    url = f"http://{bare_headset.address}:{HTTP_PORT}/film/{SHA}?token={agent.token}"
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(url, headers={"Range": "bytes=1000000-1000999"}) as answer,
    ):
        assert (answer.status, await answer.read()) == (206, CONTENT[1_000_000:1_001_000])


async def _fill(headset: VirtualHeadset, folder: Path, *sums: tuple[str, str]) -> list[Sent | TrainerError]:
    """Send one content under several names and sums, of which one is right."""
    films = []
    for name, known in sums:
        path = folder / f"{name}.mp4"
        path.write_bytes(CONTENT)
        films.append(FilmToSend(sha256=name, blake3=known, path=path, size=len(CONTENT), title="Innkomst"))
    reached = await AdbGateway(headset.key).connect(headset.adb, lambda _: None)
    try:
        return await reached.fill(films, keep=None, label="1", progress=lambda *_: None)
    finally:
        await reached.close()


async def test_damaged_bundle_is_never_used(empty: DirectLink, bundle: RuntimeBundle, tmp_path: Path) -> None:
    content = bytearray(bundle.file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(content)
    with pytest.raises(RuntimeUnfit):
        await ensure_runtime(empty, "1", lambda: RuntimeBundle(broken))
    assert await runtimes(empty) == set()


async def test_headset_that_cannot_run_it_says_so(empty: DirectLink, tmp_path: Path) -> None:
    """The loader is there and refuses, as on a headset of another kind."""
    foreign = bundle_of(tmp_path, 'exec "${0%/*}/no-such-loader" "$@"')
    with pytest.raises(RuntimeUnfit) as refused:
        await ensure_runtime(empty, "1", lambda: foreign)
    assert "no-such-loader" in refused.value.detail
    assert await runtimes(empty) == set()

    told: list[int] = []
    with pytest.raises(RuntimeUnfit) as again:
        await ensure_runtime(empty, "1", lambda: foreign, lambda sent, _: told.append(sent))
    assert (again.value.detail, told) == (refused.value.detail, []), "it is not sent in vain again and again"


async def test_two_programs_at_once_end_with_one_runtime(
    empty: DirectLink, bare_headset: VirtualHeadset, tmp_path: Path
) -> None:
    """The slower one may find that the faster has tidied its work away, or has taken the name."""
    small = bundle_of(tmp_path, '[ -d "$2" ] || mv "${0%/*}" "$2"; echo ready')
    async with linked(bare_headset) as other:
        pythons = await asyncio.gather(*(ensure_runtime(link, "1", lambda: small) for link in (empty, other)))
    assert pythons == [small.python] * 2
    assert await runtimes(empty) == {name_of(small)}


def bundle_of(folder: Path, script: str) -> RuntimeBundle:
    """A bundle of nothing but the script that starts its Python."""
    content = f"#!/system/bin/sh\n{script}\n".encode()
    file = folder / "bundle.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        entry = tarfile.TarInfo("python")
        entry.size, entry.mode = len(content), 0o755
        archive.addfile(entry, io.BytesIO(content))
    return RuntimeBundle(file)


async def test_headset_without_room_is_told_before_anything_is_sent(
    empty: DirectLink, bundle: RuntimeBundle
) -> None:
    block, _, free = (await shell(empty, "stat -f -c %S:%a /data/local/tmp")).stdout.decode().partition(":")
    huge = RuntimeBundle(bundle.file)
    huge.__dict__["unpacked_size"] = int(block) * int(free)
    told: list[int] = []
    with pytest.raises(RuntimeHasNoRoom) as refused:
        await ensure_runtime(empty, "1", lambda: huge, lambda sent, _: told.append(sent))
    needed, left = refused.value.params["needed"], refused.value.params["free"]
    assert isinstance(needed, int)
    assert isinstance(left, int)
    assert needed > left
    assert told == []


async def test_installation_without_a_bundle_is_told(empty: DirectLink) -> None:
    with pytest.raises(RuntimeMissing):
        await ensure_runtime(empty, "1", lambda: None)
