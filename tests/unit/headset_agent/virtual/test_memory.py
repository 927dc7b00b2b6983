"""A virtual headset that is switched off and on again has its settings, as a real one has."""

from __future__ import annotations

from pathlib import Path

import pytest

from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.memory import remember
from headset_agent.virtual.state import HeadsetState


def powered_on(file: Path) -> HeadsetState:
    state = HeadsetState("pico4", "S1", 1, lambda: 0.0)
    remember(state, file)
    return state


def test_settings_and_persistent_properties_outlive_a_restart_and_nothing_else(tmp_path: Path) -> None:
    first = powered_on(tmp_path / "memory.json")
    first.settings["system", "screen_off_timeout"] = "1"
    del first.settings["global", "device_name"]
    first.properties |= {"persist.psensor.sleep.delay": "-1", "debug.oculus.guardian_pause": "1"}
    first.record("any", "command")
    second = powered_on(tmp_path / "memory.json")
    assert second.settings == first.settings
    assert second.properties["persist.psensor.sleep.delay"] == "-1"
    assert "debug.oculus.guardian_pause" not in second.properties


def test_memory_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "memory.json").write_text("a diary")
    with pytest.raises(HeadsetStartError, match="memory"):
        powered_on(tmp_path / "memory.json")
