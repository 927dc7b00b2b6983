"""``simkoffert headset arm`` on a virtual headset, whose own address stands for its Wi-Fi."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.agent.headsets import VirtualHeadset
from trainer_app.cli.main import main


def test_headset_that_was_armed_is_reached_over_wifi_from_then_on(
    headset: VirtualHeadset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = ("--data", str(tmp_path), "--json", "headset")
    assert main([*ours, "arm", "--at", headset.adb]) == 0
    (armed,) = json.loads(capsys.readouterr().out)["headsets"]
    assert armed["asked_at"] == headset.adb
    assert armed["address"] == f"{headset.address}:5555"
    # Nobody says where: it is looked for where it answered.
    assert main([*ours, "list"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)["headsets"]
    assert (listed["serial"], listed["address"]) == (armed["serial"], armed["address"])
