"""Fills a headset without an agent: chunks by ADB's file transfer, joined and checked by its shell.

What was interrupted goes on behind the last byte that was joined. A film gets its name when it is whole, and
checked where the headset has ``sha256sum``; where it has none, that is told with the film.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import perf_counter

import msgspec

from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.playback_errors import (
    FilmArrivedCorrupt,
    HeadsetProblem,
    HeadsetStorageFault,
    HeadsetStorageFull,
    HeadsetVanished,
    SourceUnreadable,
)
from trainer_app.headsets.link import (
    CommandTimedOut,
    HeadsetLink,
    LinkLost,
    RemoteFileError,
    RemoteStorageFull,
    push_bytes,
    push_range,
    run,
)
from trainer_app.headsets.manual.players import Layout, OwnPlayer, file_name
from trainer_app.headsets.manual.shelf import HOME, Note, parse_note

CHUNK = 8 << 20
"""Bytes; what is sent twice at most after a cut, and what has to be free beside the film."""

_ASK_S = 20.0
_JOIN_S = 120.0
_CHECK_S = 900.0
_CHECK_RATE = 5 << 20
"""Bytes a second: reading a film takes minutes, and a slower storage could not show it either."""

_NOT_FOUND = 127
"""How a shell ends where there is no such command."""

_ATTEMPTS = 2
_SUMMED = re.compile(r"^check=([0-9]{1,3}) ?([0-9a-f]{64})?", re.MULTILINE)
_FILE = re.compile(r"^file=([0-9]{1,15}) (\S+)", re.MULTILINE)
_FULL = re.compile(r"No space left", re.IGNORECASE)

Progress = Callable[[int], None]
"""Called with the bytes of the film that are on the headset."""


class _ArrivedCorrupt(Exception):
    """What was joined is not the film."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What lies on the headset of a film. ``free``: None where the headset does not tell."""

    part: int
    whole: Note | None
    free: int | None


async def send_film(
    link: HeadsetLink, player: OwnPlayer, film: FilmToSend, *, headset: str, progress: Progress
) -> Sent:
    """Bring a film there; at once when it is there already.

    Raises:
        HeadsetProblem: vanished, full, faulty storage, or corrupt in spite of a second try.
        SourceUnreadable: the file here cannot be read.
    """
    sender = _Sender(link, player, film, headset, progress)
    try:
        for _ in range(_ATTEMPTS):
            try:
                return await sender.send()
            except _ArrivedCorrupt:
                continue
    except LinkLost as error:
        raise HeadsetVanished(headset=headset, detail=str(error)) from error
    except RemoteStorageFull as error:
        raise await sender.full() from error
    except RemoteFileError as error:
        raise HeadsetStorageFault(headset=headset, film=film.title, detail=str(error)) from error
    except OSError as error:
        raise SourceUnreadable(film=film.title, detail=str(error)) from error
    raise FilmArrivedCorrupt(headset=headset, film=film.title)


async def clear_leftovers(link: HeadsetLink, keep: Collection[str]) -> None:
    """Remove parts of films that are none of these, and chunks that nobody joins. Raises LinkLost."""
    kept = " ".join(sorted(keep))
    script = (
        f"cd {HOME} 2>/dev/null || exit 0; rm -f *.chunk; for part in *.part; do "
        f'case " {kept} " in *" ${{part%.part}} "*) ;; *) rm -f "$part" ;; esac; done'
    )
    await run(link, script, timeout_s=_ASK_S)


async def remove_film(link: HeadsetLink, player: OwnPlayer, sha256: str) -> None:
    """Take a film away, its note and what is half-done of it. Raises LinkLost."""
    script = f"cd {HOME} && rm -f {sha256}.*; cd {player.folder} && rm -f *-{sha256[:12]}*"
    await run(link, script, timeout_s=_ASK_S)


class _Sender:
    def __init__(
        self, link: HeadsetLink, player: OwnPlayer, film: FilmToSend, headset: str, progress: Progress
    ) -> None:
        self._link = link
        self._film = film
        self._headset = headset
        self._progress = progress
        self._folder = player.folder
        layout = Layout(projection=film.projection, stereo=film.stereo)
        self._name = file_name(film.sha256, film.title, layout, film.path.suffix)
        self._there = 0
        self._sent = 0

    async def send(self) -> Sent:
        """Send what is missing, check, rename."""
        film, found = self._film, await self._look_for_use()
        if found.whole is not None:
            await self._rename(found.whole)
            self._progress(film.size)
            return Sent(bytes=film.size, sent_bytes=self._sent, seconds=0.0, verified=found.whole.checked)
        self._there = found.part if found.part <= film.size else 0
        if found.free is not None and found.free < film.size - self._there + CHUNK:
            raise self._too_big(found.free)
        self._progress(self._there)
        began = perf_counter()
        while self._there < film.size:
            await self._bring(min(CHUNK, film.size - self._there))
        checked = await self._check()
        await self._finish(checked=checked)
        seconds = perf_counter() - began
        return Sent(bytes=film.size, sent_bytes=self._sent, seconds=seconds, verified=checked)

    async def _look_for_use(self) -> _Found:
        """See what is there; a part that is longer than the film is none of it, and goes.

        Lengths are compared here and nowhere else: Android's shell counts with 32 bits (mksh(1)).
        """
        found = await self._look()
        if found.part <= self._film.size:
            return found
        await self._run(f"rm -f {HOME}/{self._film.sha256}.part")
        return await self._look()

    async def _look(self) -> _Found:
        """Make the folders, and see what is there."""
        sha, size = self._film.sha256, self._film.size
        told = await self._run(
            f"mkdir -p {HOME} {self._folder} && touch {HOME}/.nomedia; cd {HOME} || exit 1; "
            f'rm -f {sha}.*.chunk; echo "part=$(stat -c %s {sha}.part 2>/dev/null || echo 0)"; '
            'echo "space=$(stat -f -c %S:%a /data 2>/dev/null)"; '
            f"cat {sha}.json 2>/dev/null; echo; cd {self._folder} && "
            f"stat -c 'file=%s %n' *{sha[:12]}* 2>/dev/null"
        )
        part = re.search(r"^part=([0-9]{1,15})", told, re.MULTILINE)
        space = re.search(r"^space=([0-9]{1,9}):([0-9]{1,15})", told, re.MULTILINE)
        note = next((n for line in told.splitlines() if (n := parse_note(line)) is not None), None)
        files = {name: int(size_) for size_, name in _FILE.findall(told)}
        is_whole = note is not None and note.size == size and files.get(note.name) == size
        return _Found(
            part=int(part[1]) if part else 0,
            whole=note if is_whole else None,
            free=int(space[1]) * int(space[2]) if space else None,
        )

    async def _bring(self, length: int) -> None:
        """Send one chunk and have it joined, where the part is as long as it should be."""
        offset, sha = self._there, self._film.sha256
        chunk = f"{sha}.{secrets.token_hex(4)}.chunk"
        await push_range(
            self._link,
            self._film.path,
            f"{HOME}/{chunk}",
            offset=offset,
            length=length,
            progress=lambda done: self._progress(offset + done),
        )
        self._sent += length
        told = await self._run(
            f"cd {HOME} && size=$(stat -c %s {sha}.part 2>/dev/null || echo 0); "
            f'[ "$size" = {offset} ] && cat {chunk} >> {sha}.part; rm -f {chunk}; '
            f'echo "part=$(stat -c %s {sha}.part)"',
            timeout_s=_JOIN_S,
        )
        if f"part={offset + length}" not in told.split():
            raise self._not_joined(told)
        self._there = offset + length

    def _not_joined(self, told: str) -> RemoteFileError:
        kind = RemoteStorageFull if _FULL.search(told) else RemoteFileError
        return kind(headset=self._headset, path=f"{HOME}/{self._film.sha256}.part", detail=told.strip()[:200])

    async def _check(self) -> bool:
        """Have the film read there; False: the headset has no means to.

        Raises:
            _ArrivedCorrupt: it is another one, and was removed.
            RemoteFileError: the headset cannot read it.
        """
        part = f"{HOME}/{self._film.sha256}.part"
        told = await self._summed(part)
        ended = _SUMMED.search(told)
        if ended is None or int(ended[1]) == _NOT_FOUND:
            return False
        if int(ended[1]) or not ended[2]:
            raise RemoteFileError(headset=self._headset, path=part, detail=told.strip()[:200])
        if ended[2] != self._film.sha256:
            await self._run(f"rm -f {part}")
            raise _ArrivedCorrupt
        return True

    async def _summed(self, part: str) -> str:
        script = f'command -v sha256sum >/dev/null && {{ sum=$(sha256sum {part}); echo "check=$? $sum"; }}'
        try:
            return await self._run(script, timeout_s=_CHECK_S + self._film.size / _CHECK_RATE)
        except CommandTimedOut as error:
            # The link is there, and said so all the time: to reach the headset again would not help.
            raise RemoteFileError(headset=self._headset, path=part, detail=str(error)) from error

    async def _finish(self, *, checked: bool) -> None:
        """The note first: a name without a note would be a film that nobody has checked."""
        await self._note(checked=checked)
        source, target = f"{HOME}/{self._film.sha256}.part", f"{self._folder}/{self._name}"
        told = await self._run(f"mv -f {source} {target} && echo moved; {_scan(target)}")
        if "moved" not in told.split():
            raise RemoteFileError(headset=self._headset, path=target, detail=told.strip()[:200])

    async def _rename(self, found: Note) -> None:
        """The film is there; its title or layout may have been changed in the library since."""
        if found.name == self._name and found.title == self._film.title:
            return
        await self._note(checked=found.checked)
        target = f"{self._folder}/{self._name}"
        await self._run(f"cd {self._folder} && mv -f {found.name} {self._name}; {_scan(target)}")

    async def _note(self, *, checked: bool) -> None:
        film = self._film
        note = Note(sha256=film.sha256, size=film.size, name=self._name, title=film.title, checked=checked)
        await push_bytes(self._link, msgspec.json.encode(note), f"{HOME}/{film.sha256}.json")

    async def full(self) -> HeadsetProblem:
        """The storage filled up on the way; ask how much is free now."""
        try:
            found = await self._look()
        except (LinkLost, RemoteFileError):
            return self._too_big(0)
        return self._too_big(found.free or 0)

    def _too_big(self, free: int) -> HeadsetStorageFull:
        needed = self._film.size - self._there + CHUNK
        return HeadsetStorageFull(headset=self._headset, film=self._film.title, needed=needed, free=free)

    async def _run(self, script: str, timeout_s: float = _ASK_S) -> str:
        result = await run(self._link, script, timeout_s=timeout_s)
        return (result.stdout + b"\n" + result.stderr).decode(errors="replace")


def _scan(path: str) -> str:
    """Shell: tell the media scanner, which may refuse; the player is given the path itself.

    AOSP: MediaScannerReceiver.java; from Android 10 on it does nothing for some senders.
    """
    return f"am broadcast -a android.intent.action.MEDIA_SCANNER_SCAN_FILE -d file://{path} >/dev/null 2>&1"
