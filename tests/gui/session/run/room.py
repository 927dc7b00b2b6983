"""The run screen in a window of its own, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.fakes.office import TestOffice
from tests.fakes.ready_session import READY_ID, Ready, ready_session
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.phases import PhaseCode
from trainer_app.services.live.playback import Playback
from trainer_app.ui.session.run.view import RunView
from trainer_app.ui.theme.look import Look


class Room:
    """The run screen in a window of 1366 x 768."""

    def __init__(self, test: TestOffice, look: Look, qtbot: QtBot, **wanted: object) -> None:
        self.test, self.look = test, look
        self.ready: Ready = ready_session(test, **wanted)
        self.view = RunView(test.office, look)
        self.went: list[str] = []
        self.view.step_wanted.connect(self.went.append)
        qtbot.addWidget(self.view)
        self.view.resize(1366, 768)
        self.view.show()
        self.view.activateWindow()
        self.view.open(READY_ID)
        QApplication.processEvents()

    def phase(self) -> PhaseCode | None:
        return self.view.presenter.phase

    def to(self, code: PhaseCode) -> None:
        while self.view.presenter.phase is not code:
            self.view.presenter.next_phase()
        QApplication.processEvents()

    def kit(self, stage: FilmStage, position_s: float = 0.0, **more: object) -> None:
        self.test.kit_is(self.ready.kit(stage, position_s, **more))  # type: ignore[arg-type]
        QApplication.processEvents()

    def play(self, position_s: float = 0.0) -> None:
        self.test.live.a_playback = Playback(
            film=self.ready.film, started_at=self.test.clock[0], from_s=position_s
        )
        self.kit(FilmStage.PLAYING, position_s)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(QApplication.focusWidget() or self.view, key, held)
        QApplication.processEvents()

    def words(self) -> str:
        """All that can be read."""
        labels = [each for each in self.view.findChildren(QLabel) if each.isVisibleTo(self.view)]
        return "\n".join(label.text() for label in labels)


MakeRoom = Callable[..., Room]
