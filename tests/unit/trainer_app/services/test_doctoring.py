"""The examination of headsets: each step has its own finding; a failed one holds up only what needs it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.fakes.films import a_film
from tests.fakes.headsets import FakeGateway, FakeGroup, FakeHeadset, HeadsetsInMemory
from tests.fakes.waiting import until
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.examination import Examination, Finding, Step, Verdict
from trainer_app.domain.headset_state import PlayMode, Showing
from trainer_app.domain.link_errors import NotAccepted, NothingListens, ReverseRefused
from trainer_app.domain.playback_errors import (
    AgentFault,
    BrowserSilent,
    ConsentUnanswered,
    DevToolsRefused,
    GraphicsFailed,
    HeadsetProblem,
    HeadsetStorageFull,
    HeadsetVanished,
    NoBrowser,
    RuntimeMissing,
    VrRefused,
)
from trainer_app.services import doctoring
from trainer_app.services.checkup_port import Offers, Sped
from trainer_app.services.doctoring import SENT_BYTES, Cargo, Doctor, small_film
from trainer_app.services.headset_port import ConnectedHeadset, Greeting, PlayerNow

AT = "127.0.0.1:1"
FILM = a_film()
OK, FAILED, NOT_POSSIBLE = Verdict.OK, Verdict.FAILED, Verdict.NOT_POSSIBLE


@dataclass
class FakeCheckup:
    """A headset in order, but for what it is told."""

    shell_v2: bool = True
    payload_bytes: int | None = 1 << 20
    intact: bool = True
    version: str | None = "3.11.2"
    through: bool = True
    left: int = 0
    problem: TrainerError | None = None
    removed: list[str] = field(default_factory=list)

    def offers(self) -> Offers:
        return Offers(shell_v2=self.shell_v2, stat_v2=True, payload_bytes=self.payload_bytes)

    async def send_bytes(self, count: int) -> Sped:
        assert count == SENT_BYTES
        return Sped(bytes=count, seconds=0.5, intact=self.intact)

    async def runtime(self) -> str | None:
        return self.version

    async def tunnel(self) -> bool:
        if self.problem is not None:
            raise self.problem
        return self.through

    async def remove_film(self, sha256: str) -> None:
        self.removed.append(sha256)

    async def leftovers(self) -> int:
        return self.left


class PlayingGroup(FakeGroup):
    """Headsets whose film has moved on."""

    played_s = 3.0

    def players(self) -> dict[str, PlayerNow]:
        return {serial: replace(now, position_s=self.played_s) for serial, now in super().players().items()}

    def lack(self, problem: HeadsetProblem) -> None:
        """Its agent cannot be led."""
        self._problems["S1"] = problem


class Restless(FakeHeadset):
    """It cannot be put back as it was."""

    async def let_sleep(self) -> None:
        await super().let_sleep()
        raise AgentFault(headset=self.serial, code="care_busy")


class Practice(FakeGateway):
    """A gateway whose groups play, and the examiner of its headsets."""

    def __init__(self, headset: FakeHeadset | None = None) -> None:
        self.headset = headset or FakeHeadset(AT, "S1")
        self.headset.told = replace(
            self.headset.told,
            model="Quest 3",
            android="14",
            free_bytes=10**10,
            has_runtime=True,
            has_browser=True,
        )
        super().__init__(self.headset)
        self.examined = FakeCheckup()
        self.begun: list[Step] = []
        self.prepare_group: Callable[[PlayingGroup], None] = lambda _group: None

    def checkup(self, headset: ConnectedHeadset) -> FakeCheckup:
        assert headset is self.headset
        # What is brought for the examination is gone when it is taken away.
        self.examined.remove_film = self._remove  # type: ignore[method-assign]
        return self.examined

    async def _remove(self, sha256: str) -> None:
        self.examined.removed.append(sha256)
        self.headset.told = replace(self.headset.told, films={})

    async def group(self, places, *, greet, film_title, holder):  # type: ignore[no-untyped-def]
        self.group_made = PlayingGroup(places)
        self.prepare_group(self.group_made)
        return self.group_made

    async def examine(self) -> Examination:
        (one,) = await Doctor(
            gateway=self,
            headsets=HeadsetsInMemory(),
            examiner=self,
            greet=lambda _number: Greeting(lang="nb", fill="#000000", ink="#ffffff"),
            holder="Anna",
            cargo=Cargo(film=FILM, path=Path("film.mp4")),
            waiting=lambda _address: None,
            step_begins=lambda _number, step: self.begun.append(step),
        ).examine([AT])
        return one


def of(one: Examination, step: Step) -> Finding:
    return next(finding for finding in one.findings if finding.step is step)


def without(one: Examination, *steps: Step) -> set[Verdict]:
    """The verdicts of all other steps."""
    return {finding.verdict for finding in one.findings if finding.step not in steps}


async def test_headset_in_order_passes_every_step_in_their_order() -> None:
    practice = Practice()
    one = await practice.examine()
    assert [finding.step for finding in one.findings] == list(Step)
    assert one.passed, [finding for finding in one.findings if finding.verdict is not OK]
    assert (one.number, one.model, one.android) == (1, "Quest 3", "14")
    assert of(one, Step.TRANSFER).seen["megabytes_per_s"] == round(SENT_BYTES / 1e6 / 0.5, 1)
    assert of(one, Step.CLOCK).seen == {"uncertainty_ms": 0.25}
    assert practice.group_made is not None
    assert practice.group_made.did[-2:] == ["stop", "close"]


async def test_film_that_was_brought_is_taken_away_and_one_that_was_there_stays() -> None:
    practice = Practice()
    await practice.examine()
    assert practice.examined.removed == [FILM.sha256]
    practice = Practice()
    practice.headset.told = replace(practice.headset.told, films={FILM.sha256: FILM.title})
    assert (await practice.examine()).passed
    assert (practice.headset.filled, practice.examined.removed) == ([], [])


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"shell_v2": False}, Step.FEATURES),
        ({"intact": False}, Step.TRANSFER),
        ({"through": False}, Step.TUNNEL),
        ({"problem": ReverseRefused(headset="S1", port=1)}, Step.TUNNEL),
        ({"left": 2}, Step.LEFTOVERS),
    ],
)
async def test_what_is_wrong_with_one_thing_is_said_of_that_alone(
    change: dict[str, object], step: Step
) -> None:
    practice = Practice()
    for name, value in change.items():
        setattr(practice.examined, name, value)
    one = await practice.examine()
    assert of(one, step).verdict is FAILED
    assert without(one, step) == {OK}


async def test_headset_that_shows_films_by_itself_is_tried_as_what_it_is() -> None:
    practice = Practice()
    practice.headset.told = replace(practice.headset.told, has_browser=False, own_player=True)
    practice.headset.shows, practice.headset.shows_at_s = Showing.FILM, 2.8
    one = await practice.examine()
    of_agent = (
        Step.RUNTIME,
        Step.BROWSER,
        Step.SETTINGS,
        Step.AGENT,
        Step.PAGE,
        Step.VR,
        Step.CLOCK,
        Step.TEXT,
    )
    assert {of(one, step).verdict for step in of_agent} == {Verdict.NOT_POSSIBLE}
    assert without(one, *of_agent) == {OK}, "it is brought the film, shows it, and is dark after it"
    assert practice.examined.removed == [FILM.sha256]
    assert practice.group_made is not None
    assert practice.group_made.did[-2:] == ["stop", "close"]


async def test_headset_that_is_kept_awake_and_not_put_back_fails_the_settings() -> None:
    practice = Practice(Restless(AT, "S1"))
    one = await practice.examine()
    assert isinstance(of(one, Step.SETTINGS).problem, AgentFault)
    assert without(one, Step.SETTINGS) == {OK}
    assert (practice.headset.asked_to_stay_awake, practice.headset.is_kept_awake) == (1, False)


async def test_settings_are_not_touched_without_an_agent_that_puts_them_back() -> None:
    practice = Practice()
    practice.prepare_group = lambda group: group.lack(HeadsetVanished(headset="1"))
    settings = of(await practice.examine(), Step.SETTINGS)
    assert (settings.verdict, settings.needs) == (NOT_POSSIBLE, Step.AGENT)
    assert practice.headset.asked_to_stay_awake == 0


async def test_connection_that_does_not_tell_its_packet_size_is_no_fault() -> None:
    practice = Practice()
    practice.examined.payload_bytes = None
    payload = of(await practice.examine(), Step.PAYLOAD)
    assert (payload.verdict, payload.needs) == (NOT_POSSIBLE, None)


async def test_runtime_that_is_missing_is_named() -> None:
    practice = Practice()
    practice.examined.version = None
    assert isinstance(of(await practice.examine(), Step.RUNTIME).problem, RuntimeMissing)


async def test_headset_whose_agent_runs_beside_us_needs_no_runtime_and_no_room() -> None:
    practice = Practice()
    practice.headset.told = replace(practice.headset.told, has_runtime=False, free_bytes=7)
    practice.examined.version = None
    one = await practice.examine()
    assert one.play_mode is PlayMode.TETHERED
    assert of(one, Step.RUNTIME).verdict is NOT_POSSIBLE
    assert without(one, Step.RUNTIME) == {OK}


async def test_no_room_and_no_browser_are_named_before_they_are_missed() -> None:
    practice = Practice()
    practice.headset.told = replace(practice.headset.told, free_bytes=7, has_browser=False)
    one = await practice.examine()
    assert isinstance(of(one, Step.SPACE).problem, HeadsetStorageFull)
    assert isinstance(of(one, Step.BROWSER).problem, NoBrowser)


AFTER_VR = (Step.CLOCK, Step.FILM, Step.TEXT, Step.STOP)


@pytest.mark.parametrize(
    "problem",
    [
        VrRefused(headset="1"),
        ConsentUnanswered(headset="1"),
        DevToolsRefused(headset="1"),
        GraphicsFailed(headset="1"),
    ],
)
async def test_page_without_vr_ends_what_needs_vr_and_nothing_else(problem: HeadsetProblem) -> None:
    practice = Practice()
    practice.prepare_group = lambda group: group.fails.update(S1=problem)
    one = await practice.examine()
    assert (of(one, Step.PAGE).verdict, of(one, Step.VR).problem) == (OK, problem)
    assert {(of(one, step).verdict, of(one, step).needs) for step in AFTER_VR} == {(NOT_POSSIBLE, Step.VR)}
    assert without(one, Step.VR, *AFTER_VR) == {OK}


@pytest.mark.parametrize(
    "problem",
    [BrowserSilent(headset="1"), HeadsetVanished(headset="1"), AgentFault(headset="1", code="malformed")],
)
async def test_page_that_does_not_open_ends_vr_as_well(problem: HeadsetProblem) -> None:
    practice = Practice()
    practice.prepare_group = lambda group: group.fails.update(S1=problem)
    one = await practice.examine()
    assert of(one, Step.PAGE).problem is problem
    assert of(one, Step.VR).needs is Step.PAGE
    assert of(one, Step.LEFTOVERS).verdict is OK


async def test_film_that_does_not_move_and_page_that_goes_meanwhile_are_faults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctoring, "_GRACE_S", 0.0)
    practice = Practice()
    practice.prepare_group = lambda group: setattr(group, "played_s", 0.4)
    assert of(await practice.examine(), Step.FILM).seen == {"seconds": 0.4}
    practice, problem = Practice(), HeadsetVanished(headset="1")
    practice.prepare_group = lambda group: group.fails_later.update(S1=problem)
    assert of(await practice.examine(), Step.FILM).problem is problem


async def test_headset_that_does_not_say_it_is_dark_fails_the_stop() -> None:
    practice = Practice()
    practice.prepare_group = lambda group: group.dark.update(S1=False)
    stop = of(await practice.examine(), Step.STOP)
    assert (stop.verdict, stop.seen["dark"]) == (FAILED, False)


async def test_breaking_off_leaves_the_headset_dark_and_without_the_film() -> None:
    practice = Practice()
    practice.prepare_group = lambda group: setattr(group, "hangs", True)
    examining = asyncio.create_task(practice.examine())
    await until(lambda: practice.group_made is not None and practice.group_made.keeping.is_set())
    examining.cancel()
    with pytest.raises(asyncio.CancelledError):
        await examining
    assert practice.group_made is not None
    assert practice.group_made.did[-2:] == ["stop", "close"]
    assert practice.examined.removed == [FILM.sha256]


async def test_breaking_off_while_the_film_is_sent_leaves_no_part_of_it() -> None:
    practice = Practice()
    practice.headset.may_fill.clear()
    examining = asyncio.create_task(practice.examine())
    await until(lambda: practice.headset.kept is None)
    examining.cancel()
    with pytest.raises(asyncio.CancelledError):
        await examining
    assert (practice.headset.filled, practice.examined.removed) == ([], [FILM.sha256])


@pytest.mark.parametrize(
    ("problem", "reach", "accepted"),
    [
        (NothingListens(headset=AT), FAILED, NOT_POSSIBLE),
        (NotAccepted(headset=AT, seconds=60), OK, FAILED),
    ],
)
async def test_headset_that_is_not_reached_has_findings_as_well(
    problem: TrainerError, reach: Verdict, accepted: Verdict
) -> None:
    practice = Practice()
    practice.unreachable = {AT: problem}
    one = await practice.examine()
    assert (one.number, one.reached) == (None, False)
    assert (of(one, Step.REACH).verdict, of(one, Step.ACCEPTED).verdict) == (reach, accepted)
    assert without(one, Step.REACH, Step.ACCEPTED) == {NOT_POSSIBLE}


def test_smallest_film_that_is_long_enough_is_taken() -> None:
    probe = FILM.probe
    small = replace(FILM, size_bytes=10**6, probe=replace(probe, duration_s=60.0))
    short = replace(FILM, size_bytes=10**3, probe=replace(probe, duration_s=4.0))
    large = replace(FILM, size_bytes=10**9, probe=replace(probe, duration_s=60.0))
    assert small_film([large, short, small]) is small
    assert small_film([large, short]) is None
