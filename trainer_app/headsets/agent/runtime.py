"""The Python that a headset lacks: finds the bundle on this computer and puts it on the headset.

The bundle is one file, named on the headset by its content, unpacked beside its final name, checked by itself
there, and only then renamed: whatever is interrupted leaves nothing that anybody would take for a runtime.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter_ns
from weakref import WeakKeyDictionary

import platformdirs

import trainer_app
from trainer_app.domain.playback_errors import RuntimeHasNoRoom, RuntimeMissing, RuntimeUnfit
from trainer_app.headsets.agent.access import HOME, PYTHON
from trainer_app.headsets.link import HeadsetLink, RemoteFileError, push_range, run

log = logging.getLogger(__name__)

BUNDLE = "headset-runtime.tar.gz"

Progress = Callable[[int, int], None]
"""Told of bytes that are there, and of how many there will be."""

_ASK_S = 10.0
_UNPACK_S = 120.0
_CHECK_S = 120.0
_SPARE_BYTES = 16_000_000
"""What has to stay free beside the bundle and what it unpacks to."""

_PROCESSORS = "ro.product.cpu.abilist"
_FITS = "arm64-v8a"

_ABOVE = HOME.rpartition("/")[0]
"""Is there also on a headset that has never met us."""

_FULL = b"No space left on device"

_RETRY_S = 60.0
"""A headset that could not run it is not sent the same again at every attempt to take it into a film."""

_refusals: WeakKeyDictionary[HeadsetLink, _Refusal] = WeakKeyDictionary()
"""Of the connections there are; one that is made anew begins anew."""


@dataclass(frozen=True)
class RuntimeBundle:
    """A bundle on this computer, and what it will be called on a headset."""

    file: Path

    @cached_property
    def digest(self) -> str:
        """The sha256 of the file."""
        with self.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @cached_property
    def size(self) -> int:
        """Bytes of the file."""
        return self.file.stat().st_size

    @cached_property
    def unpacked_size(self) -> int:
        """Bytes of what is in it: gzip keeps them at its very end."""
        with self.file.open("rb") as stream:
            stream.seek(-4, 2)
            return int.from_bytes(stream.read(4), "little")

    @property
    def folder(self) -> str:
        """Its folder on a headset."""
        return f"{HOME}/runtime-{self.digest[:16]}"

    @property
    def python(self) -> str:
        """The script that starts its interpreter."""
        return f"{self.folder}/python"


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A headset could not run a bundle."""

    bundle: RuntimeBundle
    detail: str
    at_ns: int


FindBundle = Callable[[], RuntimeBundle | None]


def find_bundle() -> RuntimeBundle | None:
    """The bundle that came with the program, else the user's own, else one that was built in a checkout."""
    return next((RuntimeBundle(file) for file in _places() if file.is_file()), None)


def _places() -> Iterator[Path]:
    package = Path(trainer_app.__file__).parent
    yield package / "_data" / "runtime" / BUNDLE
    yield Path(platformdirs.user_data_dir("SimKoffert", appauthor=False)) / BUNDLE
    yield package.parent / "out" / BUNDLE


async def ensure_runtime(
    link: HeadsetLink, headset: str, find: FindBundle = find_bundle, progress: Progress | None = None
) -> str:
    """Return the path of a Python on the headset, bringing it when it is not there.

    A virtual headset has the machine's own, and keeps it.

    Raises:
        RuntimeMissing: there is none, and this computer has none to bring.
        RuntimeUnfit: the headset cannot run it, or could run none of them.
        RuntimeHasNoRoom: it does not fit.
        RemoteFileError, LinkLost: it did not get there.
    """
    if await _has_own_python(link):
        return PYTHON
    bundle = find()
    if bundle is None:
        await _expect_processor(link, headset)
        raise RuntimeMissing(headset=headset, detail="to build one: python packaging/build_runtime.py")
    # Films play by this loop; reading and hashing a file of many megabytes would hold them up.
    await asyncio.to_thread(lambda: bundle.digest)
    if not await _is_there(link, bundle):
        _raise_again(link, headset, bundle)
        try:
            await _Bringing(link, headset, bundle).bring(progress)
        except RuntimeUnfit as error:
            _refusals[link] = _Refusal(bundle, error.detail, perf_counter_ns())
            raise
    return bundle.python


async def has_runtime(link: HeadsetLink, find: FindBundle = find_bundle) -> bool:
    """:func:`ensure_runtime` would have nothing to bring. Raises LinkLost."""
    if await _has_own_python(link):
        return True
    bundle = find()
    if bundle is None:
        return False
    await asyncio.to_thread(lambda: bundle.digest)
    return await _is_there(link, bundle)


async def _has_own_python(link: HeadsetLink) -> bool:
    return (await run(link, f"[ -x {PYTHON} ]", timeout_s=_ASK_S)).exit_code == 0


async def _expect_processor(link: HeadsetLink, headset: str) -> None:
    """Raise RuntimeUnfit for a headset that no bundle is made for, whether there is one here or not."""
    answer = await run(link, f"getprop {_PROCESSORS}", timeout_s=_ASK_S)
    kinds = answer.stdout.decode(errors="replace").strip()
    if answer.exit_code == 0 and not _may_fit(kinds):
        raise RuntimeUnfit(headset=headset, detail=kinds)


def _may_fit(kinds: str) -> bool:
    """Whether the bundle is made for a headset of these; nothing is known of one that names none."""
    return not kinds or _FITS in kinds.split(",")


def _raise_again(link: HeadsetLink, headset: str, bundle: RuntimeBundle) -> None:
    """Say at once what was found out a moment ago."""
    known = _refusals.get(link)
    if known is None or known.bundle != bundle:
        return
    if perf_counter_ns() - known.at_ns < _RETRY_S * 1e9:
        raise RuntimeUnfit(headset=headset, detail=known.detail)


async def _is_there(link: HeadsetLink, bundle: RuntimeBundle) -> bool:
    return (await run(link, f"[ -f {bundle.python} ]", timeout_s=_ASK_S)).exit_code == 0


class _Bringing:
    """One attempt to put a bundle on a headset."""

    def __init__(self, link: HeadsetLink, headset: str, bundle: RuntimeBundle) -> None:
        self._link = link
        self._headset = headset
        self._bundle = bundle
        # Another program of ours may be at it as well; each works under a name of its own.
        self._fresh = f"{HOME}/fresh-{bundle.digest[:16]}-{secrets.token_hex(4)}"

    async def bring(self, progress: Progress | None) -> None:
        await self._probe()
        size = self._bundle.size
        tell = None if progress is None else lambda sent: progress(sent, size)
        try:
            await push_range(self._link, self._bundle.file, f"{self._fresh}.tar.gz", progress=tell)
            await self._unpack()
            await self._check()
        except (RuntimeUnfit, RemoteFileError):
            if not await _is_there(self._link, self._bundle):
                raise
            log.info("another program was faster on headset %s", self._headset)
        finally:
            await self._tidy()

    async def _probe(self) -> None:
        """Ask before anything is sent whether it can run there, and whether there is room."""
        script = f"getprop {_PROCESSORS}; stat -f -c %S:%a {_ABOVE} 2>/dev/null"
        said = (await run(self._link, script, timeout_s=_ASK_S)).stdout.decode(errors="replace").split()
        kinds = said[0] if said and ":" not in said[0] else ""
        if not _may_fit(kinds):
            raise RuntimeUnfit(headset=self._headset, detail=kinds)
        block, _, blocks = said[-1].partition(":") if said else ("", "", "")
        if block.isdecimal() and blocks.isdecimal() and int(block) * int(blocks) < self._needed:
            raise self._no_room(int(block) * int(blocks))

    @property
    def _needed(self) -> int:
        return self._bundle.size + self._bundle.unpacked_size + _SPARE_BYTES

    def _no_room(self, free: int) -> RuntimeHasNoRoom:
        return RuntimeHasNoRoom(headset=self._headset, needed=self._needed, free=free)

    async def _unpack(self) -> None:
        """By the two tools that every Android since 8 has; ``tar`` need not know compression."""
        packed = f"../{_last(self._fresh)}.tar.gz"
        script = f"mkdir -p {self._fresh} && cd {self._fresh} && gzip -dc {packed} | tar -xf -"
        result = await run(self._link, script, timeout_s=_UNPACK_S)
        if result.exit_code != 0 and _FULL in result.stderr:
            raise self._no_room(0)
        if result.exit_code != 0:
            raise RuntimeUnfit(headset=self._headset, detail=result.stderr.decode(errors="replace"))

    async def _check(self) -> None:
        """Let it run and look at itself: the loader, every file, the libraries; then it takes its name."""
        script = f"sh {self._fresh}/python {self._fresh}/check.py {self._bundle.folder}"
        result = await run(self._link, script, timeout_s=_CHECK_S)
        if result.exit_code != 0 or not result.stdout.startswith(b"ready"):
            said = (result.stdout + result.stderr).decode(errors="replace")
            raise RuntimeUnfit(headset=self._headset, detail=said.strip() or f"exit code {result.exit_code}")
        log.info("headset %s: %s", self._headset, result.stdout.decode(errors="replace").strip())

    async def _tidy(self) -> None:
        """Remove what this attempt and killed ones left; and, once ours is there, other versions."""
        ours = _last(self._bundle.folder)
        script = (
            f"cd {HOME} && rm -rf {self._fresh} {self._fresh}.tar.gz; "
            f"[ -d {ours} ] && for other in runtime-* fresh-*; do [ $other = {ours} ] || rm -rf $other; done"
        )
        if self._link.lost is None:
            await run(self._link, script, timeout_s=_UNPACK_S)


def _last(path: str) -> str:
    return path.rpartition("/")[2]
