"""*Stopp alt*: what became of one headset."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StopOutcome:
    """``dark``: the headset has said that it is silent and dark, or nothing of ours runs on it."""

    serial: str
    dark: bool
