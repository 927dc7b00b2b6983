"""``doctor``: proves on connected headsets, step by step, what the design counts on.

A step that fails does not end the examination: whatever does not need it is tried all the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING, TypeVar

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.examination import Examination, Ledger, Step
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import HeadsetFacts, PlayMode
from trainer_app.domain.link_errors import NotAccepted
from trainer_app.domain.playback_errors import (
    DevToolsMissing,
    DevToolsRefused,
    GraphicsFailed,
    HeadsetStorageFull,
    NoBrowser,
    RuntimeMissing,
    SeveralBrowsers,
    VrEnded,
    VrRefused,
    VrUnsupported,
    WearerAwaited,
)
from trainer_app.services.awaiting import TellAwaited, tell_of_awaited
from trainer_app.services.checkup_port import Checkup, Examiner
from trainer_app.services.connecting import reached
from trainer_app.services.doctoring_alone import leave_out_agent, show_alone
from trainer_app.services.headset_port import Greeting, HeadsetGateway, Place, PlaybackGroup, Waiting

if TYPE_CHECKING:
    from trainer_app.services.ports import HeadsetRepository

SENT_BYTES = 16 << 20
FILM_S = 3.0
"""So long the film is shown."""

MOST_BYTES = 200_000_000
"""A larger film is not sent for this: one is made."""

STOP_MS = 500
"""People are promised that every headset is silent and dark by then."""

CLOCK_MS = 25.0
"""Beyond this uncertainty the headsets would not seem one picture."""

_OPEN_S = 45.0
_PLAYED_S = 2.0
_GRACE_S, _LOOK_S = 5.0, 0.1
_TEXT_S, _TEXT_TRIES = 2.0, 3
_WORDS = "SimKoffert"
_PAGE_THERE = (
    DevToolsMissing,
    DevToolsRefused,
    GraphicsFailed,
    SeveralBrowsers,
    VrEnded,
    VrRefused,
    VrUnsupported,
    WearerAwaited,
)
"""With these the page has opened, and only VR is missing."""

_NS = 1_000_000_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cargo:
    """The film to show, and where its file lies."""

    film: Film
    path: Path


def small_film(films: Iterable[Film]) -> Film | None:
    """The smallest film that is long enough; None where each would take long to send."""
    fitting = [film for film in films if film.probe.duration_s > FILM_S + 2 and film.size_bytes <= MOST_BYTES]
    return min(fitting, key=lambda film: film.size_bytes, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctor:
    """Examines headsets.

    Attributes:
        step_begins: Called with a headset's number and the step that is tried next.
        awaited: Called when a headset waits for whoever wears it.
    """

    gateway: HeadsetGateway
    headsets: HeadsetRepository
    examiner: Examiner
    greet: Callable[[int], Greeting]
    holder: str
    cargo: Cargo
    waiting: Waiting
    step_begins: Callable[[int, Step], None]
    awaited: TellAwaited = lambda _number, _what: None

    async def examine(self, addresses: Sequence[str]) -> list[Examination]:
        """Examine all headsets, one after the other; also those that are not reached have findings.

        Raises:
            NoHeadsetGiven: see :func:`reached`.
        """
        async with reached(self.gateway, self.headsets, addresses, waiting=self.waiting) as outcome:
            found = [await self._one(place) for place in outcome.places]
        return [*found, *(_unreached(problem) for problem in outcome.unreached.values())]

    async def _one(self, place: Place) -> Examination:
        ledger = Ledger()
        ledger.ok(Step.REACH)
        ledger.ok(Step.ACCEPTED)
        visit = _Visit(self, place, self.examiner.checkup(place.headset), ledger)
        await visit.connection()
        facts = await visit.facts()
        try:
            await visit.film_phase(facts)
        finally:
            # Also when somebody breaks it off: nothing may stay there.
            await asyncio.shield(visit.leftovers(facts))
        play_mode = await visit.play_mode()
        return Examination(
            number=place.number,
            play_mode=play_mode,
            model=facts.model,
            android=facts.android,
            build=facts.build,
            findings=ledger.close(),
        )


def _unreached(problem: TrainerError) -> Examination:
    ledger = Ledger()
    if isinstance(problem, NotAccepted):
        ledger.ok(Step.REACH)
        ledger.failed(Step.ACCEPTED, problem)
    else:
        ledger.failed(Step.REACH, problem)
    return Examination(number=None, findings=ledger.close())


class _Visit:
    """One headset's examination."""

    def __init__(self, doctor: Doctor, place: Place, checkup: Checkup, ledger: Ledger) -> None:
        self._doctor = doctor
        self._place = place
        self._checkup = checkup
        self._ledger = ledger
        self._sent_film = False

    # --- the connection ----------------------------------------------------------------------------------

    async def connection(self) -> None:
        """Features, payload, transfer, tunnel: each for itself."""
        offers, ledger = self._checkup.offers(), self._ledger
        ledger.judge(
            Step.FEATURES,
            good=offers.shell_v2 and offers.stat_v2,
            shell_v2=offers.shell_v2,
            stat_v2=offers.stat_v2,
        )
        if offers.payload_bytes is None:
            ledger.not_possible(Step.PAYLOAD)
        else:
            ledger.ok(Step.PAYLOAD, bytes=offers.payload_bytes)
        if (sped := await self._try(Step.TRANSFER, lambda: self._checkup.send_bytes(SENT_BYTES))) is not None:
            speed = round(sped.bytes / 1e6 / max(sped.seconds, 1e-6), 1)
            ledger.judge(Step.TRANSFER, good=sped.intact, megabytes_per_s=speed, intact=sped.intact)
        if (through := await self._try(Step.TUNNEL, self._checkup.tunnel)) is not None:
            ledger.judge(Step.TUNNEL, good=through)

    async def facts(self) -> HeadsetFacts:
        """What it tells of itself: room for the film, a browser."""
        facts, size = (
            await self._try(Step.SPACE, self._place.headset.facts),
            self._doctor.cargo.film.size_bytes,
        )
        if facts is None:
            return HeadsetFacts()
        if facts.free_bytes is None:
            self._ledger.failed(Step.SPACE)
        elif facts.free_bytes < size and facts.play_mode is not PlayMode.TETHERED:
            problem = HeadsetStorageFull(headset="", film="", needed=size, free=facts.free_bytes)
            self._ledger.failed(Step.SPACE, problem, free=facts.free_bytes)
        else:
            self._ledger.ok(Step.SPACE, free=facts.free_bytes)
        if facts.own_player:
            self._ledger.not_possible(Step.BROWSER, own_player=True)
        elif facts.has_browser:
            self._ledger.ok(Step.BROWSER)
        else:
            self._ledger.failed(Step.BROWSER, NoBrowser(headset=""))
        return facts

    # --- the film ----------------------------------------------------------------------------------------

    async def film_phase(self, facts: HeadsetFacts) -> None:
        """Bring a film, open the player, show it, and make the headset dark again."""
        there = await self._bring_film(facts)
        if facts.own_player:
            await self._own_player_phase(there=there)
            return
        # Only now: whoever starts the agent brings its runtime along.
        version = await self._try(Step.RUNTIME, self._checkup.runtime)
        if version is not None:
            self._ledger.ok(Step.RUNTIME, version=version)
        elif not self._ledger.tried(Step.RUNTIME):
            self._ledger.failed(Step.RUNTIME, RuntimeMissing(headset=""))
        async with self._group() as group:
            if group is not None:
                await self._play(group, there=there)
        await self._settings()

    async def _own_player_phase(self, *, there: bool) -> None:
        """A headset that shows films by itself has no agent and no page: there is the film, and its end."""
        leave_out_agent(self._ledger)
        doctor = self._doctor
        group = await doctor.gateway.group(
            [self._place], greet=doctor.greet, film_title="", holder=doctor.holder
        )
        try:
            if there:
                self._begin(Step.FILM)
                film = self._doctor.cargo.film
                await show_alone(group, self._place.headset, film, self._ledger, enough_s=_PLAYED_S)
        finally:
            await asyncio.shield(self._stop(group))
            await group.close()

    async def _settings(self) -> None:
        """As a session changes them: with a journal, by which they are put back whatever happens."""
        if not self._ledger.is_ok(Step.AGENT):
            self._ledger.not_possible(Step.SETTINGS, needs=Step.AGENT)
        elif await self._try(Step.SETTINGS, self._keep_awake_and_put_back):
            self._ledger.ok(Step.SETTINGS)

    async def _keep_awake_and_put_back(self) -> bool:
        """Who cannot put it back says so."""
        await self._place.headset.keep_awake()
        await self._place.headset.let_sleep()
        return True

    async def _bring_film(self, facts: HeadsetFacts) -> bool:
        cargo, film = self._doctor.cargo, self._doctor.cargo.film
        if film.sha256 in facts.films:
            return True
        to_send = FilmToSend.of(film, cargo.path)
        # Before it is sent: who breaks that off leaves a part of it there.
        self._sent_film = True
        try:
            outcomes = await self._place.headset.fill(
                [to_send], keep=None, label=str(self._place.number), progress=lambda _film, _there: None
            )
        except TrainerError as problem:
            self._sent_film = False
            self._ledger.failed(Step.AGENT, problem)
            return False
        failed = [outcome for outcome in outcomes if not isinstance(outcome, Sent)]
        if failed:
            self._ledger.failed(Step.FILM, failed[0])
        return not failed

    @asynccontextmanager
    async def _group(self) -> AsyncIterator[PlaybackGroup | None]:
        """The headset as a group of one; None where its agent cannot be led."""
        self._begin(Step.AGENT)
        doctor = self._doctor
        try:
            group = await doctor.gateway.group(
                [self._place], greet=doctor.greet, film_title="", holder=doctor.holder
            )
        except TrainerError as problem:
            self._ledger.failed(Step.AGENT, problem)
            yield None
            return
        try:
            absent = group.problems.get(self._place.headset.serial)
            if absent is None:
                self._ledger.ok(Step.AGENT)
            else:
                self._ledger.failed(Step.AGENT, absent)
            yield group if absent is None else None
        finally:
            await group.close()

    async def _play(self, group: PlaybackGroup, *, there: bool) -> None:
        self._begin(Step.PAGE)
        tell_of_awaited(group, [self._place], self._doctor.awaited)
        await group.open(_OPEN_S)
        self._note_opened(group)
        try:
            if self._ledger.is_ok(Step.VR) and there:
                await self._show(group)
        finally:
            # Also when somebody breaks it off: nothing may go on playing unattended.
            await asyncio.shield(self._stop(group))

    def _note_opened(self, group: PlaybackGroup) -> None:
        problem, ledger = group.problems.get(self._place.headset.serial), self._ledger
        if problem is None:
            ledger.ok(Step.PAGE)
            ledger.ok(Step.VR)
        elif isinstance(problem, _PAGE_THERE):
            ledger.ok(Step.PAGE)
            ledger.failed(Step.VR, problem)
        else:
            ledger.failed(Step.PAGE, problem)

    async def _show(self, group: PlaybackGroup) -> None:
        serial, ledger = self._place.headset.serial, self._ledger
        self._begin(Step.FILM)
        await group.prepare(self._doctor.cargo.film, 0.0, _OPEN_S)
        if (problem := group.problems.get(serial)) is not None:
            ledger.failed(Step.FILM, problem)
            return
        started = await group.start()
        await group.keep(started + round(FILM_S * _NS))
        self._begin(Step.TEXT)
        ledger.judge(Step.TEXT, good=await self._text_arrives(group))
        played = await self._played(group)
        if (problem := group.problems.get(serial)) is not None:
            ledger.failed(Step.FILM, problem, seconds=round(played, 1))
        else:
            ledger.judge(Step.FILM, good=played >= _PLAYED_S, seconds=round(played, 1))
        self._note_clock(group)

    async def _text_arrives(self, group: PlaybackGroup) -> bool:
        """On a busy link the answer may take longer than anybody waits for it."""
        serial = self._place.headset.serial
        for _ in range(_TEXT_TRIES):
            if serial in await group.show_text(_WORDS, _TEXT_S, [serial]):
                return True
        return False

    async def _played(self, group: PlaybackGroup) -> float:
        """How far the film has come, in seconds; the headset's last word may be a moment old."""
        serial, give_up_ns = self._place.headset.serial, perf_counter_ns() + round(_GRACE_S * _NS)
        while True:
            player = group.players().get(serial)
            if player is None:
                return 0.0
            if player.position_s >= _PLAYED_S or perf_counter_ns() > give_up_ns:
                return player.position_s
            await asyncio.sleep(_LOOK_S)

    def _note_clock(self, group: PlaybackGroup) -> None:
        for headset in group.receipt().headsets:
            uncertainty = round(headset.clock_uncertainty_ms, 2)
            self._ledger.judge(Step.CLOCK, good=uncertainty <= CLOCK_MS, uncertainty_ms=uncertainty)

    async def _stop(self, group: PlaybackGroup) -> None:
        self._begin(Step.STOP)
        began = perf_counter_ns()
        dark = (await group.stop()).get(self._place.headset.serial, False)
        ms = round((perf_counter_ns() - began) / 1e6)
        if not self._ledger.is_ok(Step.FILM):
            return  # it showed nothing that could have been ended
        self._ledger.judge(Step.STOP, good=dark and ms <= STOP_MS, milliseconds=ms, dark=dark)

    # --- afterwards --------------------------------------------------------------------------------------

    async def leftovers(self, before: HeadsetFacts) -> None:
        """Take away what was brought, and look whether anything is left."""
        sha256 = self._doctor.cargo.film.sha256
        if self._sent_film:
            await self._try(Step.LEFTOVERS, lambda: self._checkup.remove_film(sha256))
        left = await self._try(Step.LEFTOVERS, self._checkup.leftovers)
        after = await self._try(Step.LEFTOVERS, self._place.headset.facts)
        if left is not None and after is not None:
            brought = after.films.keys() - before.films.keys()
            files = left + (0 if after.play_mode is PlayMode.TETHERED else len(brought))
            self._ledger.judge(Step.LEFTOVERS, good=files == 0, files=files)

    async def play_mode(self) -> PlayMode | None:
        """How it plays, now that that has been tried; None where it does not tell any more.

        What runs beside us needs nothing on the headset.
        """
        try:
            mode = (await self._place.headset.facts()).play_mode
        except TrainerError:
            return None
        if mode is PlayMode.TETHERED and self._ledger.is_ok(Step.AGENT):  # so it is led from here
            self._ledger.not_possible(Step.RUNTIME)
        return mode

    # --- inside ------------------------------------------------------------------------------------------

    def _begin(self, step: Step) -> None:
        self._doctor.step_begins(self._place.number, step)

    async def _try(self, step: Step, do: Callable[[], Awaitable[T]]) -> T | None:
        """Do it; None when the headset could not be asked, which is its finding."""
        self._begin(step)
        try:
            return await do()
        except TrainerError as problem:
            self._ledger.failed(step, problem)
            return None
