"""The protocol's sections on the suitcase, its checks, and how the film was shown."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from trainer_app.domain.absences import AbsenceCause
from trainer_app.domain.playback import HeadsetReceipt, Receipt, Unsynchronised
from trainer_app.domain.protocol import CheckSummary, FaultLine, Showing
from trainer_app.domain.seen_picture import PictureWay
from trainer_app.looks.pictures.receipt_chart import chart_of
from trainer_app.reports.drawn import Drawn
from trainer_app.reports.paper import (
    BODY,
    HEADING,
    NUMBER,
    SMALL,
    STRONG,
    text,
)
from trainer_app.reports.sections import FULL, Sections
from trainer_app.reports.wording import NOTHING

_CHART_SCALE = 0.7
"""From the units of the chart to points: its words are as small as the notes of the page."""


class EquipmentSections(Sections):
    """Equipment, faults, and the receipts of the showings."""

    def all(self) -> list[Flowable]:
        """Both sections."""
        return [*self._equipment(), *self._showings()]

    def _equipment(self) -> list[Flowable]:
        protocol = self._protocol
        lines = [(self._texts("report.protocol.equipment.kit"), protocol.kit or NOTHING)]
        lines += [
            (
                self._texts("report.protocol.equipment.wave", wave=one.wave),
                self._texts("report.protocol.equipment.headsets", numbers=_joined(one.numbers)),
            )
            for one in protocol.waves
        ]
        lines += [
            (_capital(self._texts(f"kit.check.{one.kind.value}")), self._check(one))
            for one in protocol.checks
        ]
        if not protocol.checks:
            key = self._texts("report.protocol.equipment.faults")
            lines.append((key, self._texts("report.protocol.equipment.unchecked")))
        return self._section("equipment", self._pairs(lines))

    def _check(self, check: CheckSummary) -> str:
        result = self._texts(f"kit.result.{check.result.value}")
        return "\n".join([result, *(self._fault(fault) for fault in check.faults)])

    def _fault(self, fault: FaultLine) -> str:
        what = (
            f"{self._texts(f'kit.question.{fault.item.value}')} "
            f"{self._texts(f'kit.answer.{fault.result.value}')}"
        )
        if fault.headset is not None:
            what = self._texts("report.protocol.equipment.headset_fault", number=fault.headset, what=what)
        return f"{what}: {fault.note}" if fault.note else what

    def _showings(self) -> list[Flowable]:
        if not self._protocol.showings:
            return []
        title = text(self._texts("report.protocol.showings"), HEADING)
        note = text(self._texts("report.protocol.showings.note"), SMALL)
        parts = [self._showing(showing) for showing in self._protocol.showings]
        return [KeepTogether([title, *parts[0]]), *(KeepTogether(part) for part in parts[1:]), note]

    def _showing(self, showing: Showing) -> list[Flowable]:
        started = self._say.time(showing.started_at)
        line = self._texts("report.protocol.showing", wave=showing.wave, film=showing.film, time=started)
        if showing.receipt is None:
            return [text(f"{line} {self._texts('report.protocol.showing.no_receipt')}", BODY), Spacer(0, 4)]
        return [
            text(line, STRONG),
            *self._spread(showing.receipt),
            *self._pauses(showing.receipt),
            *(text(words, BODY) for words in self._pictures(showing.receipt)),
            *(text(self._alone(one), BODY) for one in showing.receipt.unsynchronised),
            Spacer(0, 3),
            *self._chart(showing.receipt),
            *([self._headset_table(showing.receipt.headsets)] if showing.receipt.headsets else []),
            Spacer(0, 6),
        ]

    def _alone(self, headset: Unsynchronised) -> str:
        seconds = "" if headset.accepted_s is None else self._say.number(headset.accepted_s, 1)
        key = f"report.protocol.showing.{headset.story}"
        return self._texts(key, number=headset.number, seconds=seconds)

    def _spread(self, receipt: Receipt) -> list[Flowable]:
        """Of two or more; one headset alone was apart from nobody."""
        spread = receipt.spread_ms
        if spread is None and receipt.start_spread_ms is None:
            return []
        words = self._texts(
            "report.protocol.showing.spread",
            start=self._say.milliseconds(receipt.start_spread_ms),
            p50=self._say.milliseconds(spread.p50 if spread else None),
            p95=self._say.milliseconds(spread.p95 if spread else None),
            p99=self._say.milliseconds(spread.p99 if spread else None),
            most=self._say.milliseconds(spread.max if spread else None),
        )
        return [text(words, BODY)]

    def _chart(self, receipt: Receipt) -> list[Flowable]:
        chart = chart_of(
            receipt,
            title=self._texts("looks.receipt_chart.title"),
            away=self._texts("looks.receipt_chart.away"),
            milliseconds=lambda count: self._texts("looks.receipt_chart.ms", count=count),
            clock=lambda seconds: self._texts("looks.clock", seconds=seconds),
        )
        if chart is None:
            return []
        return [Drawn(chart.drawing(FULL / _CHART_SCALE), self._texts, FULL), Spacer(0, 5)]

    def _pictures(self, receipt: Receipt) -> list[str]:
        """What is known of what the eye saw, a sentence for those of which the same is known."""
        alike: dict[tuple[tuple[PictureWay, ...], bool], list[HeadsetReceipt]] = {}
        for one in sorted(receipt.headsets, key=lambda one: one.number):
            if one.picture is not None and one.picture.ways:
                alike.setdefault((one.picture.ways, one.picture.behind_ms is not None), []).append(one)
        return [self._picture(ways, headsets) for (ways, _), headsets in alike.items()]

    def _picture(self, ways: tuple[PictureWay, ...], headsets: Sequence[HeadsetReceipt]) -> str:
        behind_ms = [one.picture.behind_ms for one in headsets if one.picture is not None]
        known = [value for value in behind_ms if value is not None]
        key = "report.protocol.showing.picture"
        shown = self._texts(f"{key}.{ways[0].value if len(ways) == 1 else 'fell_back'}")
        timed = self._texts(
            f"{key}.by_frames" if known else f"{key}.by_position",
            behind=self._say.milliseconds(max(known, key=abs)) if known else "",
        )
        return self._texts(key, numbers=_joined([one.number for one in headsets]), shown=shown, timed=timed)

    def _pauses(self, receipt: Receipt) -> list[Flowable]:
        """The film's own; nothing where there were none, or nobody has kept them."""
        count = len(receipt.pauses_s)
        if not count:
            return []
        minutes, seconds = divmod(round(receipt.paused_s), 60)
        key = f"report.protocol.showing.pauses.{'one' if count == 1 else 'many'}"
        return [text(self._texts(key, count=count, minutes=minutes, seconds=seconds), BODY)]

    def _headset_table(self, headsets: Sequence[HeadsetReceipt]) -> Table:
        rows = [
            [
                text(str(one.number), NUMBER),
                text(self._say.milliseconds(one.start_error_ms), NUMBER),
                text(
                    f"{self._say.milliseconds(one.clock_offset_ms)} ± "
                    f"{self._say.milliseconds(one.clock_uncertainty_ms)}",
                    NUMBER,
                ),
                text(self._say.number(one.corrections), NUMBER),
                text(self._say.number(one.stalls), NUMBER),
                text(self._absences(one), NUMBER),
            ]
            for one in sorted(headsets, key=lambda one: one.number)
        ]
        keys = ("number", "start_error", "clock", "corrections", "stalls", "absences")
        titles = self._titles("report.protocol.receipt", keys, numbers=6)
        return self._grid(titles, rows, (20, 28, 42, 24, 24, 42))

    def _absences(self, headset: HeadsetReceipt) -> str:
        """How long altogether, cause by cause."""
        away: dict[AbsenceCause, float] = {}
        for one in headset.away:
            away[one.cause] = away.get(one.cause, 0.0) + one.length_s
        if not away:
            return self._texts("report.protocol.receipt.none")
        return "\n".join(
            self._texts(f"report.protocol.receipt.away.{cause.value}", seconds=self._say.number(length_s, 1))
            for cause, length_s in away.items()
        )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _joined(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers)) or NOTHING
