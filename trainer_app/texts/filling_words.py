"""How far all headsets are together that something is sent to, on one line."""

from __future__ import annotations

import math

from trainer_app.domain.filling import FillingTotal
from trainer_app.domain.live_kit import KitNow
from trainer_app.texts.catalogue import Texts

_MINUTES_FROM_S = 100
"""Below this the seconds are said."""


def total_in_words(now: KitNow, texts: Texts) -> str:
    """``3 av 5 klare · 412 MB/s · 2 min igjen``; empty while nothing is on its way."""
    total = now.filling
    if total is None:
        return ""
    wanted = sum(not headset.set_aside for headset in now.headsets)
    parts = [texts("filling.ready", count=now.ready_count, whole=wanted)]
    if total.done_bytes >= total.whole_bytes:
        parts.append(texts("filling.checking"))
    elif total.bytes_per_s is None:
        parts.append(texts("filling.measuring"))
    else:
        parts += [texts("filling.rate", rate=round(total.bytes_per_s)), *_left(total, texts)]
    return " · ".join(parts)


def _left(total: FillingTotal, texts: Texts) -> list[str]:
    if total.seconds_left is None:
        return []
    seconds = math.ceil(total.seconds_left)
    if seconds >= _MINUTES_FROM_S:
        return [texts("filling.minutes_left", minutes=math.ceil(seconds / 60))]
    return [texts("filling.seconds_left", seconds=seconds)]
