"""The laptop is kept awake for as long as it is needed."""

from __future__ import annotations

import pytest
import wakepy

from tests.fakes.waiting import wait_until
from trainer_app.runtime.laptop_awake import laptop_awake


def test_it_is_kept_awake_from_the_beginning_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "yes")  # no system is asked
    with laptop_awake():
        wait_until(lambda: wakepy.modecount() == 1)
        (mode,) = wakepy.global_modes()
        wait_until(lambda: mode.active)
    wait_until(lambda: wakepy.modecount() == 0)


def test_system_that_does_not_let_us_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "no")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with laptop_awake():
        wait_until(lambda: wakepy.modecount() == 1)
    wait_until(lambda: wakepy.modecount() == 0)
