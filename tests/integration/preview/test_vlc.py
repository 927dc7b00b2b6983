"""The film window with the real VLC, and what a laptop without VLC finds."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from headset_agent.protocol.playing import Action, Plan
from tests.fakes.films import a_film
from tests.integration.preview import layouts
from trainer_app.headsets.agent.group_line import reference
from trainer_app.preview import vlc_view
from trainer_app.preview.viewing import VlcViewing, find_vlc
from trainer_app.services.ports.film_course import FilmCourse
from trainer_app.services.ports.preview import ViewState

FILM = a_film()


class NoLibrary:
    def path_of(self, film: object) -> Path:
        return Path("/nowhere/at/all.mp4")

    def told_ahead(
        self, film: object, *, projection: object, stereo: object, padding: int = 0
    ) -> bytes | None:
        return None


def standing() -> FilmCourse:
    return FilmCourse(Plan(plan_id="p", revision=0, action=Action.PAUSE, film=reference(FILM)))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no virtual screen here")
def test_vlc_does_what_the_group_does_and_looks_around() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.integration.preview.showing"],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found
    assert [step for step, came in found.items() if not came] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no virtual screen here")
def test_a_film_is_shown_as_the_library_knows_it_whatever_its_file_says() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.integration.preview.layouts"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found == {case.name: layouts.expected(case) for case in layouts.CASES}


def test_a_laptop_without_vlc_is_found_to_have_none() -> None:
    """Where the library cannot be loaded; asked in a process that has not loaded it yet."""
    code = "from trainer_app.preview.viewing import find_vlc; print(find_vlc())"
    nowhere = {**os.environ, "PYTHON_VLC_LIB_PATH": "/nowhere/libvlc.so"}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=nowhere, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.split() == ["None"], ran.stderr


def test_a_vlc_that_is_too_old_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    vlc = pytest.importorskip("vlc")
    monkeypatch.setattr(vlc, "libvlc_get_version", lambda: b"2.2.8 Weatherwax")
    assert find_vlc() is None


class StuckVlc:
    """A VLC whose first call never comes back, until the test is over."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def Instance(self, *_options: str) -> Any:
        self.over.wait(30)


@pytest.mark.expects_log("VLC does not answer any more")
@pytest.mark.allows_log("VLC (shows no picture of the film|has not let go)")
def test_a_vlc_that_is_stuck_is_told_of_and_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vlc_view, "SILENT_S", 0.2)
    stuck, failed, ended = StuckVlc(), threading.Event(), threading.Event()
    told = {ViewState.FAILED: failed, ViewState.ENDED: ended}
    viewing = VlcViewing(NoLibrary(), find=lambda: stuck)
    view = viewing.show(FILM, standing, 0, lambda state: told[state].set())
    assert failed.wait(10)
    view.close()
    assert not ended.is_set()
    stuck.over.set()
    assert ended.wait(10)
    assert view.wait(10)


def picky_vlc(opened: list[str]) -> MagicMock:
    """A VLC that reads no two files as one, and notes what it was given."""

    def open_media(address: str) -> MagicMock:
        opened.append(address)
        return MagicMock()

    def is_told() -> bool:
        return opened[-1] == "concat://"

    vlc, player = MagicMock(), MagicMock()
    vlc.libvlc_video_new_viewpoint.return_value = None
    instance = vlc.Instance.return_value
    instance.media_player_new.return_value = player
    instance.media_new.side_effect = instance.media_new_path.side_effect = open_media
    player.get_state.side_effect = lambda: vlc.State.Error if is_told() else vlc.State.Paused
    player.has_vout.side_effect = player.get_time.side_effect = lambda: 0 if is_told() else 1
    return vlc


class ToldLibrary(NoLibrary):
    def told_ahead(self, film: object, *, projection: object, stereo: object, padding: int = 0) -> bytes:
        return b"what is said"


def test_a_vlc_that_takes_no_more_than_the_film_gets_the_film() -> None:
    opened: list[str] = []
    told: queue.Queue[ViewState] = queue.Queue()
    viewing = VlcViewing(ToldLibrary(), find=lambda: picky_vlc(opened))
    view = viewing.show(FILM, standing, 0, told.put)
    assert told.get(timeout=20) is ViewState.SHOWN
    assert opened == ["concat://", "/nowhere/at/all.mp4"]
    view.close()
    assert told.get(timeout=20) is ViewState.ENDED
    assert view.wait(10)


@pytest.mark.expects_log("VLC shows no picture of the film")
def test_a_film_that_is_gone_is_told_as_a_failure() -> None:
    vlc = find_vlc()
    if vlc is None:
        pytest.skip("there is no VLC here")
    states: list[ViewState] = []
    viewing = VlcViewing(NoLibrary())
    view = viewing.show(FILM, standing, 0, states.append)
    view.thread.join(20)
    viewing.end()
    assert states == [ViewState.FAILED, ViewState.ENDED]
