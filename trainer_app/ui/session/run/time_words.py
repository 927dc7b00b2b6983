"""The times of a run as the screen shows them: ring, band, minutes left. Knows no Qt."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.running import Run
from trainer_app.domain.scenarios import SessionFormats
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock
from trainer_app.ui.session.run.models import Times
from trainer_app.ui.widgets.phase_words import BandPhase, PhaseState

_MINUTE = timedelta(minutes=1)


def times_of(
    run: Run, now: datetime, local_now: datetime, formats: SessionFormats, texts: Texts, count: int | None
) -> Times:
    """Return all that changes with every second; ``now`` is the run's own clock, UTC."""
    phase = formats.phase(run.phase.code)
    return Times(
        name=phase.short.in_language(texts.lang),
        group=phase.group,
        left_s=run.left_of_phase(now).total_seconds(),
        planned_s=run.planned(run.seq).total_seconds(),
        count=count,
        session_min=math.ceil(run.left_of_session(now) / _MINUTE),
        clock=clock(local_now, texts),
        band=band_of(run, now, formats, texts.lang),
    )


def band_of(run: Run, now: datetime, formats: SessionFormats, lang: str) -> tuple[BandPhase, ...]:
    """The phases that are not skipped, with how far the session has come."""
    band = []
    for planned in run.phases:
        if planned.seq in run.skipped:
            continue
        phase = formats.phase(planned.code)
        minutes = run.planned(planned.seq) / _MINUTE
        used = run.used(planned.seq, now) / _MINUTE
        band.append(
            BandPhase(
                # «Trigger» is a word of the plan; on the screen the group reads «Film».
                name=(phase.short if planned.code is PhaseCode.FILM else phase.name).in_language(lang),
                short=phase.short.in_language(lang),
                minutes=max(1.0, minutes),
                group=phase.group,
                state=_state(planned.seq, run.seq),
                part=min(1.0, used / minutes) if minutes else 1.0,
            )
        )
    return tuple(band)


def _state(seq: int, current: int) -> PhaseState:
    if seq == current:
        return PhaseState.CURRENT
    return PhaseState.DONE if seq < current else PhaseState.NEXT
