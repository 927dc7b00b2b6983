"""What a receipt says of one headset, for tests: only what they care about has to be told."""

from __future__ import annotations

from typing import Any

from trainer_app.domain.playback import HeadsetReceipt


def a_headset_receipt(serial: str = "S1", number: int = 1, **otherwise: Any) -> HeadsetReceipt:
    """A headset that did all it should; ``otherwise``: fields of the receipt that differ."""
    usual: dict[str, Any] = {
        "clock_offset_ms": 0.0,
        "clock_uncertainty_ms": 0.1,
        "clock_drift_ppm": 0.0,
        "clock_at_ns": 0,
        "start_error_ms": 0.0,
        "corrections": 0,
        "seeks": 0,
        "stalls": 0,
    }
    return HeadsetReceipt(serial=serial, number=number, **usual | otherwise)
