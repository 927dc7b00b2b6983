"""The program that a headset needs once, on its way there, as people see it."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from trainer_app.domain.filling import Speed
from trainer_app.domain.live_kit import Transfer
from trainer_app.services.headset_port import ConnectedHeadset, Outfitting
from trainer_app.services.live.slot import Slot


def watch_outfitting(slot: Slot, headset: ConnectedHeadset, changed: Callable[[], None]) -> None:
    """Show in its place how far the program is that is brought to a headset."""
    speed = Speed()

    def show(how: Outfitting | None) -> None:
        if slot.headset is not headset or (how is None and slot.outfitting is None):
            return
        slot.outfitting = None if how is None else _transfer(how, speed)
        changed()

    slot.outfitting = None  # what a former connection has begun goes on with this one, or begins anew
    headset.on_outfitting = show


def _transfer(how: Outfitting, speed: Speed) -> Transfer:
    speed.note(how.there, perf_counter())
    return Transfer(film=None, done_bytes=how.there, whole_bytes=how.whole, bytes_per_s=speed.bytes_per_s)
