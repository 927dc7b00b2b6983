"""The run screen's presenter with a screen that remembers what it was shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.office import InlineTasks, TestOffice, make_office
from tests.fakes.ready_session import READY_ID, Ready, ready_session
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.phases import PhaseCode
from trainer_app.services.live.playback import Playback
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.session.run.models import (
    Change,
    Ending,
    FilmNow,
    Head,
    Place,
    Question,
    Script,
    Start,
    Steps,
    StripHeadset,
    Times,
    Trouble,
    Where,
)
from trainer_app.ui.session.run.presenter import RunPresenter


class SeenScreen:
    """Remembers the last of everything."""

    where: Where
    head: Head
    times: Times
    steps: Steps
    script: Script
    start: Start
    film: FilmNow
    change: Change
    strip: tuple[StripHeadset, ...]
    question: Question
    ending: Ending

    def __init__(self) -> None:
        self.trouble: Trouble | None = None
        self.notes_hidden: bool | None = None
        self.went: list[str] = []

    def place(self) -> Place:
        """What fills the middle."""
        return self.where.place

    def show_where(self, where: Where) -> None:
        self.where = where

    def show_head(self, head: Head) -> None:
        self.head = head

    def show_times(self, times: Times) -> None:
        self.times = times

    def show_steps(self, steps: Steps) -> None:
        self.steps = steps

    def show_script(self, script: Script) -> None:
        self.script = script

    def show_start(self, start: Start) -> None:
        self.start = start

    def show_film(self, film: FilmNow) -> None:
        self.film = film

    def show_change(self, change: Change) -> None:
        self.change = change

    def show_strip(self, headsets: tuple[StripHeadset, ...]) -> None:
        self.strip = headsets

    def show_trouble(self, trouble: Trouble | None) -> None:
        self.trouble = trouble

    def ask_how_to_go_on(self, question: Question) -> None:
        self.question = question

    def show_ending(self, ending: Ending) -> None:
        self.ending = ending

    def show_notes_hidden(self, *, hidden: bool) -> None:
        self.notes_hidden = hidden

    def step_over(self) -> None:
        self.went.append("close")

    def back_to_list(self) -> None:
        self.went.append("list")


class Room:
    """A session in the room."""

    def __init__(self, test: TestOffice, **wanted: object) -> None:
        self.test = test
        self.ready: Ready = ready_session(test, **wanted)
        self.screen = SeenScreen()
        self.presenter = RunPresenter(test.office, self.screen)

    @property
    def asked(self) -> list[object]:
        """What was asked of the headsets, without its parameters."""
        return [each[0] for each in self.test.live.asked]

    def open(self) -> None:
        self.presenter.open(READY_ID)

    def anew(self) -> None:
        """Another language: the screen is made anew, the program goes on."""
        self.presenter.end()
        self.open_anew()

    def open_anew(self) -> None:
        """The screen before has gone."""
        self.screen = SeenScreen()
        self.presenter = RunPresenter(self.test.office, self.screen)
        self.open()

    def restart(self) -> None:
        """Another run of the program: nothing is known but what the database holds."""
        self.presenter.end()
        now = self.test.clock[0]
        self.test = make_office(self.test.stored, self.test.office.services.data_folder)
        self.test.at(now)
        self.kit(FilmStage.READY)
        self.open_anew()
        self.presenter.go_on(gap_counts=True)

    def place(self) -> Place:
        """What fills the middle."""
        return self.screen.place()

    def said(self) -> tuple[str, str] | None:
        """What is wrong: the fact and what to do."""
        trouble = self.screen.trouble
        return None if trouble is None else (trouble.fact, trouble.cause)

    def to(self, code: PhaseCode) -> None:
        """Go on until this phase."""
        while self.presenter.phase is not code:
            self.presenter.next_phase()

    def kit(self, stage: FilmStage, position_s: float = 0.0, **more: object) -> None:
        """Let the suitcase be like this."""
        self.test.kit_is(self.ready.kit(stage, position_s, **more))  # type: ignore[arg-type]

    def play(self, position_s: float = 0.0) -> None:
        """Let the film that was asked for play."""
        playback = Playback(film=self.ready.film, started_at=self.test.clock[0], from_s=position_s)
        self.test.live.a_playback = playback
        self.kit(FilmStage.PLAYING, position_s)

    def pass_(self, minutes: float) -> None:
        self.test.at(self.test.clock[0] + timedelta(minutes=minutes))
        self.presenter.on_second()


MakeRoom = Callable[..., Room]


@pytest.fixture
def make_room(department_stored: SqlRepositories, tmp_path: Path) -> MakeRoom:
    def make(*, tasks: InlineTasks | None = None, lang: str = "nb", **wanted: object) -> Room:
        return Room(make_office(department_stored, tmp_path, lang=lang, tasks=tasks), lang=lang, **wanted)

    return make


@pytest.fixture
def room(make_room: MakeRoom) -> Room:
    room = make_room()
    room.open()
    return room
