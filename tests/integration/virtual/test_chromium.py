"""A virtual headset with a real browser."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.fakes.waiting import wait_until
from tests.integration.virtual.kits import Adb, VirtualProcess

pytestmark = pytest.mark.slow


def shown_by(devtools: str) -> list[str]:
    """The addresses of all pages of a browser."""
    with urllib.request.urlopen(f"http://{devtools}/json/list", timeout=5) as answer:
        return [target["url"] for target in json.load(answer)]


def test_an_intent_opens_the_browser_and_ending_it_frees_its_port(adb: Adb) -> None:
    page = "http://127.0.0.1:1/page"
    with VirtualProcess("--count", "2", "--base-port", "0", "--player", "chromium:1") as kit:
        real, simulated = kit.ready()["headsets"]
        assert simulated["devtools"] is None
        adb.run("connect", real["adb"])
        adb.shell(real, f"am start -p com.oculus.browser -a android.intent.action.VIEW -d {page}")
        wait_until(lambda: page in shown_by(real["devtools"]))
        adb.shell(real, "am force-stop com.oculus.browser")
        with pytest.raises(urllib.error.URLError):
            shown_by(real["devtools"])
        # A running agent knows only the port that it was told when it started.
        assert adb.shell(real, "echo $SIMKOFFERT_DEVTOOLS") == f"tcp:{real['devtools']}\n"
        adb.shell(real, f"am start -d {page}?again")
        wait_until(lambda: f"{page}?again" in shown_by(real["devtools"]))
        adb.run("disconnect", real["adb"])
        family: list[Any] = kit.family()
        assert kit.end() == 0
        assert not any(process.is_running() for process in family)
