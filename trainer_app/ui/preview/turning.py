"""Where the film window looks, as mouse and keys turn it. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace

from trainer_app.services.ports.preview import Looking

STRAIGHT = Looking()

_STEP_DEG = 10.0
_STEEPEST_DEG = 85.0
_NARROWEST_DEG, _WIDEST_DEG = 30.0, 110.0
_ZOOM = 1.15


def turned(looking: Looking, right: float, up: float) -> Looking:
    """Turned by so many steps of a key; closer up the steps are smaller."""
    step = _STEP_DEG * looking.width_deg / STRAIGHT.width_deg
    return _at(looking, looking.yaw_deg + right * step, looking.pitch_deg + up * step)


def dragged(looking: Looking, right_px: float, down_px: float, width_px: int) -> Looking:
    """The film was drawn along with the mouse: what lay under it stays there."""
    degrees = looking.width_deg / max(1, width_px)
    return _at(looking, looking.yaw_deg - right_px * degrees, looking.pitch_deg + down_px * degrees)


def zoomed(looking: Looking, steps: float) -> Looking:
    """Closer by so many steps; negative: wider."""
    width = looking.width_deg / _ZOOM**steps
    return replace(looking, width_deg=min(_WIDEST_DEG, max(_NARROWEST_DEG, width)))


def _at(looking: Looking, yaw_deg: float, pitch_deg: float) -> Looking:
    return replace(
        looking,
        yaw_deg=(yaw_deg + 180) % 360 - 180,
        pitch_deg=min(_STEEPEST_DEG, max(-_STEEPEST_DEG, pitch_deg)),
    )
