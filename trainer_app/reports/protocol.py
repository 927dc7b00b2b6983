"""Report 7: the protocol of a session, as PDF."""

from __future__ import annotations

from datetime import timedelta

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from trainer_app.domain.notes import LearningPoint
from trainer_app.domain.printing import Printing
from trainer_app.domain.protocol import PhaseTime, Protocol
from trainer_app.reports.paper import (
    BODY,
    NUMBER,
    RULE,
    SMALL,
    STRONG,
    STRONG_NUMBER,
    head,
    no_padding,
    printed,
    register_fonts,
    text,
)
from trainer_app.reports.participation import stamp_line
from trainer_app.reports.protocol_equipment import EquipmentSections
from trainer_app.reports.protocol_heat import HeatSections, Still, no_still
from trainer_app.reports.sections import FULL, Sections
from trainer_app.reports.wording import NOTHING
from trainer_app.texts.catalogue import Texts


def protocol_pdf(protocol: Protocol, texts: Texts, printing: Printing, still: Still = no_still) -> bytes:
    """Return the protocol on A4. The same database gives the same words on the same day.

    ``still``: what the films show, for the pictures of where the group looked.
    """
    register_fonts()
    number = protocol.session.number or NOTHING
    return printed(
        _Pages(protocol, texts).story(printing, still),
        title=texts("report.protocol.title_of", number=number),
        lang=texts.lang,
        foot=texts("report.protocol.foot", number=number),
        page_of=texts.pattern("report.page_of"),
    )


class _Pages(Sections):
    """The protocol from top to bottom."""

    def story(self, printing: Printing, still: Still) -> list[Flowable]:
        """All that is printed, from top to bottom."""
        return [
            self._head(printing),
            Spacer(0, 8),
            self._facts(),
            *self._participants(),
            *self._objectives(),
            *self._phases(),
            *self._points(),
            *self._actions(),
            *HeatSections(self._protocol, self._texts, still).all(),
            *EquipmentSections(self._protocol, self._texts).all(),
            *self._care(),
            self._signature(),
        ]

    # --- head --------------------------------------------------------------------------------------------

    def _head(self, printing: Printing) -> Table:
        session = self._session
        theme = self._words(self._protocol.theme)
        subject = session.title if session.title and session.title != theme else ""
        lead = [" · ".join(part for part in (theme, subject) if part)]
        state = self._texts(f"session.state.{session.state.value}")
        stamp = [self._texts("report.protocol.state", state=state)]
        if not self._protocol.is_final:
            stamp.append(self._texts("report.protocol.not_final"))
        # Only the day: the same protocol printed twice in a day reads the same.
        stamp.append(stamp_line(self._texts, self._say.day(printing.at), printing.by))
        number = session.number or NOTHING
        return head(self._texts("report.protocol.title_of", number=number), lead, stamp, FULL)

    def _facts(self) -> Table:
        facts = [
            (self._texts(f"report.protocol.fact.{name}"), value)
            for name, value in self._fact_values()
            if value
        ]
        half = -(-len(facts) // 2)
        columns = facts[:half], [*facts[half:], *[("", "")] * (2 * half - len(facts))]
        rows = [
            [text(a, SMALL), text(b, BODY), "", text(c, SMALL), text(d, BODY)]
            for (a, b), (c, d) in zip(*columns, strict=True)
        ]
        label, gap = 26 * mm, 6 * mm
        value = (FULL - 2 * label - gap) / 2
        table = Table(rows, colWidths=[label, value, gap, label, value])
        table.setStyle(
            [
                *no_padding(),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 2.2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                ("LINEABOVE", (0, 0), (-1, 0), 1, black),
                ("LINEBELOW", (0, -1), (-1, -1), 1, black),
                ("LINEBELOW", (0, 0), (1, -2), 0.4, RULE),
                ("LINEBELOW", (3, 0), (4, -2), 0.4, RULE),
            ]
        )
        return table

    def _fact_values(self) -> list[tuple[str, str]]:
        protocol, session = self._protocol, self._session
        planned, held = session.period, protocol.held
        kind = self._texts(f"session.type.{session.session_type.value}")
        arena = self._texts(f"session.arena.{session.arena.value}")
        return [
            ("department", protocol.department),
            ("unit", protocol.unit),
            ("planned", self._say.span(planned.start, planned.end) if planned else ""),
            ("held", self._say.span(*held) if held else ""),
            (
                "abort",
                self._texts(f"session.abort.{session.abort_reason.value}") if session.abort_reason else "",
            ),
            ("room", protocol.room),
            ("kind", f"{kind}, {arena}"),
            *self._content_facts(),
            *self._role_facts(),
            ("aftercare_contact", session.aftercare_contact),
        ]

    def _content_facts(self) -> list[tuple[str, str]]:
        protocol = self._protocol
        scenario = protocol.scenario
        name = ""
        if scenario is not None:
            key = (
                "report.protocol.scenario" if scenario.is_approved else "report.protocol.scenario_unapproved"
            )
            name = self._texts(
                key, title=self._words(scenario.title), code=scenario.code, version=scenario.version
            )
        return [
            ("scenario", name),
            ("format", self._words(protocol.format)),
            ("debrief_model", self._words(protocol.debrief_model)),
        ]

    def _role_facts(self) -> list[tuple[str, str]]:
        roles = dict.fromkeys(line.role for line in self._protocol.team)
        return [
            (
                f"role.{role.value}",
                ", ".join(line.name for line in self._protocol.team if line.role is role),
            )
            for role in roles
        ]

    # --- learning ----------------------------------------------------------------------------------------

    def _participants(self) -> list[Flowable]:
        found = self._protocol.participants
        if not found.total:
            return self._section("participants", text(self._texts("report.protocol.no_participants"), BODY))
        professions = " · ".join(
            f"{self._texts(f'person.profession.{code.value}')} {count}" for code, count in found.by_profession
        )
        modes = " · ".join(f"{self._texts(f'session.mode.{mode.value}')} {n}" for mode, n in found.by_mode)
        lines = [
            (self._texts("report.protocol.participants.total"), self._say.number(found.total)),
            (self._texts("report.protocol.participants.professions"), professions),
            (self._texts("report.protocol.participants.modes"), modes),
        ]
        return self._section("participants", self._pairs(lines))

    def _objectives(self) -> list[Flowable]:
        if not self._protocol.objectives:
            return self._section("objectives", self._nothing("objectives"))
        rows = [
            [
                text(str(one.seq), NUMBER),
                text(one.text),
                text(self._texts(f"session.reached.{one.reached.value}")),
            ]
            for one in self._protocol.objectives
        ]
        titles = self._titles("report.protocol.objectives", ("number", "text", "reached"), numbers=1)
        return self._section("objectives", self._grid(titles, rows, (9, 137, 32)))

    def _phases(self) -> list[Flowable]:
        protocol = self._protocol
        if not protocol.phases:
            return self._section("phases", self._nothing("phases"))
        rows = [self._phase(phase) for phase in protocol.phases]
        used = protocol.used_total
        total = [
            text(self._texts("report.sum"), STRONG),
            text(self._say.minutes(protocol.planned_total), STRONG_NUMBER),
            text(self._say.minutes(used), STRONG_NUMBER),
            text(self._difference(protocol.planned_total, used), STRONG_NUMBER),
        ]
        keys = ("phase", "planned", "used", "difference")
        titles = self._titles("report.protocol.phases", keys, numbers=3, first=1)
        table = self._grid(titles, [*rows, total], (94, 28, 28, 28), sum_row=True)
        return self._section("phases", table, self._phase_note())

    def _phase(self, phase: PhaseTime) -> list[Flowable]:
        if phase.skipped:
            skipped = self._texts("report.protocol.phases.skipped")
            planned = text(self._say.minutes(phase.planned), NUMBER)
            return [text(self._words(phase.name)), planned, text(skipped, NUMBER), text("", NUMBER)]
        return [
            text(self._words(phase.name)),
            text(self._say.minutes(phase.planned), NUMBER),
            text(self._say.minutes(phase.used), NUMBER),
            text(self._difference(phase.planned, phase.used), NUMBER),
        ]

    def _phase_note(self) -> Flowable:
        if self._protocol.used_total is None:
            return text(self._texts("report.protocol.phases.unknown"), SMALL)
        paused = self._say.minutes(self._protocol.paused)
        return text(self._texts("report.protocol.phases.note", paused=paused), SMALL)

    def _difference(self, planned: timedelta, used: timedelta | None) -> str:
        """Of the whole minutes that stand beside it, so that the line adds up."""
        if used is None:
            return NOTHING
        minutes = round(used.total_seconds() / 60) - round(planned.total_seconds() / 60)
        return f"+{minutes}" if minutes > 0 else self._say.number(minutes)

    def _points(self) -> list[Flowable]:
        if not self._protocol.points:
            return self._section("points", self._nothing("points"))
        rows = [
            [text(str(number), NUMBER), text(point.text), text(self._tags(point))]
            for number, point in enumerate(self._protocol.points, start=1)
        ]
        titles = self._titles("report.protocol.points", ("number", "text", "about"), numbers=1)
        return self._section("points", self._grid(titles, rows, (9, 119, 50)))

    def _tags(self, point: LearningPoint) -> str:
        codes = (
            ("verdict", point.verdict),
            ("level", point.level),
            ("dimension", point.dimension),
        )
        said = [self._texts(f"session.{name}.{code.value}") for name, code in codes if code is not None]
        return ", ".join(said) or NOTHING

    def _actions(self) -> list[Flowable]:
        if not self._protocol.actions:
            return self._section("actions", self._nothing("actions"))
        rows = [
            [
                text(str(number), NUMBER),
                text(action.what),
                text(action.owner or NOTHING),
                text(self._say.day(action.due) if action.due else NOTHING),
                text(self._texts(f"session.action.{action.status.value}")),
            ]
            for number, action in enumerate(self._protocol.actions, start=1)
        ]
        keys = ("number", "action", "owner", "due", "status")
        titles = self._titles("report.protocol.actions", keys, numbers=1)
        return self._section("actions", self._grid(titles, rows, (9, 83, 40, 22, 24)))

    # --- care and signature ------------------------------------------------------------------------------

    def _care(self) -> list[Flowable]:
        session = self._session
        ticks = [
            ("contract", session.contract_reviewed),
            ("safety_info", session.safety_info_given),
            ("aftercare", session.aftercare_offered),
        ]
        rows = [
            [
                _Box(ticked),
                text(self._texts(f"report.protocol.care.{name}"), BODY),
                text(self._yes(ticked), BODY),
            ]
            for name, ticked in ticks
        ]
        table = Table(rows, colWidths=[7 * mm, 100 * mm, FULL - 107 * mm])
        table.setStyle(
            [
                *no_padding(),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
        return self._section("care", table)

    def _yes(self, ticked: bool) -> str:
        return self._texts("session.reached.ja" if ticked else "session.reached.nei")

    def _signature(self) -> Flowable:
        labels = [
            self._texts("report.protocol.sign.place"),
            "",
            self._texts("report.protocol.sign.facilitator"),
        ]
        table = Table(
            [["", "", ""], [text(label, SMALL) if label else "" for label in labels]],
            colWidths=[FULL * 0.36, FULL * 0.06, FULL * 0.58],
            rowHeights=[14 * mm, None],
        )
        line = ("LINEABOVE", (0, 1), (0, 1), 0.6, black), ("LINEABOVE", (2, 1), (2, 1), 0.6, black)
        table.setStyle([*no_padding(), *line, ("TOPPADDING", (0, 1), (-1, 1), 2)])
        return KeepTogether([Spacer(0, 8), table])


class _Box(Flowable):
    """A box, crossed when it was ticked off; drawn, so that no font has to know the sign."""

    _SIDE = 3.2 * mm

    def __init__(self, ticked: bool) -> None:
        super().__init__()
        self._ticked = ticked

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # the library's names
        """Take the same small square whatever room there is."""
        return self._SIDE, self._SIDE

    def draw(self) -> None:
        """Draw the box, and the cross in it."""
        side, inset = self._SIDE, self._SIDE * 0.22
        self.canv.setLineWidth(0.8)
        self.canv.rect(0, 0, side, side)
        if self._ticked:
            self.canv.setLineWidth(1.2)
            self.canv.line(inset, inset, side - inset, side - inset)
            self.canv.line(inset, side - inset, side - inset, inset)
