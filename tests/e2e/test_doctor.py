"""``doctor`` on a virtual headset: every step runs, and nothing is left there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.commands import Desk
from tests.e2e.conftest import addresses
from trainer_app.domain.examination import Step
from trainer_app.headsets.rehearsal import VirtualKit

# Longer than the command itself is given.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

_TIMED = {"clock", "stop"}
"""What they measure depends on how busy this machine is; that they were measured does not."""


async def test_every_step_runs_on_a_virtual_headset_and_leaves_nothing(
    stocked_desk: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "report"
    async with VirtualKit(count=1) as kit:
        ended = await stocked_desk.run(
            "doctor", "--at", addresses(kit), "--out", str(out), "--json", timeout_s=180.0
        )
        (serial,) = [headset.serial for headset in kit.headsets]
        (headset,) = ended.document["headsets"]
    steps = {step["step"]: step for step in headset["steps"]}
    assert list(steps) == [step.value for step in Step]
    wrong = {name: step for name, step in steps.items() if step["verdict"] != "ok" and name not in _TIMED}
    assert wrong == {}
    assert {steps[name]["verdict"] for name in _TIMED} <= {"ok", "failed"}
    assert steps["clock"]["seen"]["uncertainty_ms"] > 0
    assert steps["stop"]["seen"]["dark"] is True
    assert ended.code in (0, 3)
    assert steps["leftovers"]["seen"] == {"files": 0}
    assert json.loads(out.with_suffix(".json").read_text()) == ended.document
    assert "Stopp alt" in out.with_suffix(".txt").read_text()
    assert serial not in ended.stdout + out.with_suffix(".txt").read_text()
