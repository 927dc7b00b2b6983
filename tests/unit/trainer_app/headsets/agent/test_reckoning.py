"""What is reckoned while the film goes on is what would be reckoned in the end; computed so here."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.agents import SECOND
from trainer_app.domain.histories import History
from trainer_app.domain.spread import Percentiles, SpreadLog
from trainer_app.domain.tracks import Sample, Samples, together
from trainer_app.headsets.agent.reckoning import Reckoning

MS = SECOND // 1000


@dataclass(frozen=True)
class Reported:
    """What one headset has reported, in milliseconds from the start of the film, and when it was heard."""

    spans: list[tuple[int, int]]
    ahead_ms: int
    every_ms: int

    def samples(self, after_ms: int = -1, until_ms: int = 1 << 30) -> Samples:
        spans = (range(begin, begin + length, self.every_ms) for begin, length in self.spans)
        told_ms = sorted({at_ms for span in spans for at_ms in span if after_ms < at_ms <= until_ms})
        return Samples(
            Sample(at_ns=at_ms * MS, position_s=(at_ms + self.ahead_ms) / 1000) for at_ms in told_ms
        )


REPORTED = st.builds(
    Reported,
    spans=st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 6000)), max_size=3),
    ahead_ms=st.integers(-300, 300),
    every_ms=st.integers(40, 700),
)


def told(log: SpreadLog) -> tuple[Percentiles | None, int, History | None, list[History | None]]:
    found = log.distribution
    return found.percentiles(), found.count, log.over_time(), [log.ahead(str(which)) for which in range(4)]


@settings(max_examples=60)
@given(
    headsets=st.lists(REPORTED, max_size=4),
    steps_ms=st.lists(st.integers(1, 4000), max_size=12),
    started_ms=st.integers(-2000, 2000),
)
def test_it_does_not_matter_when_it_is_reckoned(
    headsets: list[Reported], steps_ms: list[int], started_ms: int
) -> None:
    at_once = SpreadLog()
    whole = {str(which): each.samples() for which, each in enumerate(headsets)}
    for at_ns, positions_s in together(whole):
        at_once.note((at_ns - started_ms * MS) * 1e-9, positions_s)

    reckoning, before_ms = Reckoning(), -1
    for step_ms in steps_ms:
        until_ms = before_ms + step_ms
        for which, each in enumerate(headsets):
            reckoning.take(str(which), each.samples(before_ms, until_ms))
        reckoning.reckon(started_ms * MS, until_ms * MS)
        before_ms = until_ms
    rest = {str(which): each.samples(before_ms) for which, each in enumerate(headsets)}
    assert told(reckoning.with_more(started_ms * MS, rest)) == told(at_once)
    # To ask is to change nothing.
    assert told(reckoning.with_more(started_ms * MS, rest)) == told(at_once)
