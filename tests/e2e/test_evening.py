"""A whole evening through the real widgets, services, storage, link, daemon and agent: booked, prepared, run,
reflected on, closed, printed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from headset_agent.virtual.wearing import looks_at
from trainer_app.bootstrap import Place, Workplace
from trainer_app.cli.main import main
from trainer_app.desktop.practice import PracticeSize
from trainer_app.desktop.tour import TourResult
from trainer_app.desktop.touring import run_tour
from trainer_app.domain.heat_map import COLUMNS, cell_of
from trainer_app.domain.live_kit import Gaze
from trainer_app.domain.notes import NoteKind
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.sessions import AttendanceStatus, Session, SessionState
from trainer_app.services.heat_maps import heat_of_film
from trainer_app.texts.catalogue import Texts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SIZE = PracticeSize(sessions=8, film_s=14.0, film_px=320, session_today=False, browser=False)


@dataclass
class Evening:
    """What the evening left: pictures and papers, and the database it was held on."""

    folder: Path
    result: TourResult
    place: Workplace

    @property
    def session(self) -> Session:
        return max(
            (one for one in self.place.stored.sessions.all() if one.state is SessionState.CLOSED),
            key=lambda one: str(one.closed_at),
        )


@pytest.fixture(scope="module")
def evening(qapp_cls: type[QApplication], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    folder = tmp_path_factory.mktemp("evening")
    _qt = QApplication.instance() or qapp_cls([])
    with Workplace(Place(data=folder / "nowhere"), Texts("nb")) as around:
        result = run_tour(around, folder, SIZE, lambda _part: None, lambda: None)
    with Workplace(Place(data=folder), Texts("nb")) as place:
        yield Evening(folder, result, place)


def test_the_session_is_closed_with_what_was_ticked_and_who_came(evening: Evening) -> None:
    session = evening.session
    assert session.theme == "SEL"
    assert session.number is not None
    assert (session.contract_reviewed, session.safety_info_given, session.aftercare_offered) == (True,) * 3
    came = evening.place.stored.attendance.where(session_id=session.id)
    assert [row.status for row in came] == [AttendanceStatus.ATTENDED] * 5


def test_every_phase_was_held_in_order(evening: Evening) -> None:
    run = evening.place.stored.journal.load(evening.session.id)
    assert not run.is_running
    codes = {phase.seq: phase.code for phase in run.phases}
    held = [codes[visit.seq] for visit in run.visits]
    assert held[0] is PhaseCode.WELCOME
    assert held[-1] is PhaseCode.EVALUATION
    assert held == sorted(held, key=list(PhaseCode).index)


def test_five_headsets_showed_the_film_together(evening: Evening) -> None:
    stored = evening.place.stored
    (playback,) = stored.playbacks.where(session_id=evening.session.id)
    assert len(stored.playback_headsets.where(playback_id=playback.id)) == 5
    receipt = playback.receipt
    assert receipt is not None
    assert receipt.spread_ms is not None
    assert sorted(one.number for one in receipt.headsets) == [1, 2, 3, 4, 5]
    # Each has a clock of its own, hours away: only a true estimate brings them together.
    assert min(abs(one.clock_offset_ms) for one in receipt.headsets) > 1000


def test_where_the_group_looked_is_kept_and_of_nobody_in_particular(evening: Evening) -> None:
    stored = evening.place.stored
    (playback,) = stored.playbacks.where(session_id=evening.session.id)
    heat = heat_of_film(stored, evening.session.id, playback.film_sha256)
    assert heat is not None
    assert heat.bins
    assert all(3 <= one.headsets <= 5 for one in heat.bins.values())
    # Each of five is counted ten times in two seconds, at most.
    assert all(sum(one.looks.values()) <= 50 for one in heat.bins.values())
    for number, one in heat.bins.items():
        assert set(one.looks) <= _cells_near(_script(number)), number
    # What the pages have told is nowhere in the data folder, in whatever file.
    files = [file for file in evening.folder.rglob("*") if file.is_file()]
    assert any(file.name == "simkoffert.sqlite" for file in files)
    assert [file for file in files if b"yaw_deg" in file.read_bytes()] == []


def _script(number: int) -> set[tuple[int, int]]:
    """Row and column of every cell that a made-up wearer looks at in a time bin."""
    looks = (looks_at(wearer, number * 2 + tick / 100) for wearer in range(1, 6) for tick in range(200))
    cells = (cell_of(Gaze(yaw_deg=one.yaw_deg, pitch_deg=one.pitch_deg)) for one in looks)
    return {divmod(cell, COLUMNS) for cell in cells}


def _cells_near(cells: set[tuple[int, int]]) -> set[int]:
    """They and their neighbours: between two instants a head may just touch one."""
    around = [(down, across) for down in (-1, 0, 1) for across in (-1, 0, 1)]
    return {
        (row + down) * COLUMNS + (column + across) % COLUMNS
        for row, column in cells
        for down, across in around
    }


def test_the_protocol_shows_it_when_that_is_wanted(evening: Evening) -> None:
    paper = evening.folder / "with pictures.pdf"
    words = ["--data", str(evening.folder), "report", "protocol", "--session", str(evening.session.number)]
    assert main([*words, "--heat-map", "--out", str(paper)]) == 0
    assert "Hvor gruppen så" in text_of(paper)
    assert "briller" in text_of(paper).split("Hvor gruppen så")[1]


def test_notes_and_the_learning_point_are_there(evening: Evening) -> None:
    stored, own = evening.place.stored, evening.session.id
    notes = stored.notes.where(session_id=own)
    assert [note.kind for note in notes[:2]] == [NoteKind.OBSERVATION, NoteKind.QUESTION]
    assert notes[0].text == "To snakket samtidig."  # written while the film began
    assert all(note.film_s is not None for note in stored.notes.where(session_id=own)[:2])
    (point,) = stored.learning_points.where(session_id=own)
    assert point.text == "Én snakker, de andre rydder rommet."


def test_the_protocol_is_what_the_command_line_prints(evening: Evening) -> None:
    (protocol,) = (paper for paper in evening.result.papers if "rotokoll" in paper.name)
    number = evening.session.number
    again = evening.folder / "again.pdf"
    words = [
        "--data",
        str(evening.folder),
        "report",
        "protocol",
        "--session",
        str(number),
        "--out",
        str(again),
    ]
    assert main(words) == 0
    assert text_of(again) == text_of(protocol)
    assert "Én snakker, de andre rydder rommet." in text_of(protocol)
    assert "Siv Testmoen" in text_of(protocol)


def test_the_participation_report_counts_the_evening(evening: Evening) -> None:
    (report,) = (paper for paper in evening.result.papers if paper.name.startswith("Deltakelse"))
    assert "Selvmordsfare" in text_of(report)


def test_every_screen_was_photographed_and_no_word_was_cut(evening: Evening) -> None:
    assert len(evening.result.pictures) == 16
    for file in evening.result.pictures:
        picture = QImage(str(file))
        large = "1920" in file.name
        assert (picture.width(), picture.height()) == ((1920, 1080) if large else (1366, 768)), file.name
        # A page that stayed empty has the colours of rail and ground only.
        assert len({picture.pixel(x, y) for x in range(0, 1366, 7) for y in (50, 64, 300)}) > 2, file.name
    assert evening.result.cut == {}


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True)
    return done.stdout
