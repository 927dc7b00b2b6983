"""The panel as it is shown: choices, errors, the conflict, why a plan cannot be made yet. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from trainer_app.domain.content_snapshots import ThemeEntry
from trainer_app.domain.findings import Finding
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.people import PersonId
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.scenarios import Content, ScenarioVersion
from trainer_app.domain.scheduling import Conflict, Resource
from trainer_app.domain.sessions import Arena, SessionId, SessionState
from trainer_app.services.planning import Review
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock, sentence_case, short_day, times
from trainer_app.texts.number_words import listed
from trainer_app.ui.plan.editing import Editing
from trainer_app.ui.plan.foot_words import FootShown, foot_shown
from trainer_app.ui.plan.form import FieldError, FormRead, PlanForm
from trainer_app.ui.plan.lists import PlanLists
from trainer_app.ui.plan.wave_words import wave_sentence


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen; ``value`` None is "not chosen"."""

    value: object
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerShown:
    """A conflict. ``free``: the words of the button that moves the session; "": there is no such time."""

    fact: str
    cause: str
    free: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelShown:
    """All that the panel shows.

    Attributes:
        key: Of the session.
        locked: The fields cannot be changed.
        labels: Of fields that are not always called the same.
        options: What can be chosen, by field.
        named: The participants whose names are known.
        errors: What is wrong, by field; it stands beside the field.
        remarks: What is to be thought of, by field; it blocks nothing.
        foot: The buttons below the fields.
        removal: The words of what takes the session away, or nothing; nothing is stored of a new one.
        closes: What closing the panel does with what is typed.
    """

    key: str
    heading: str
    state: SessionState
    today: date
    locked: bool
    labels: Mapping[str, str]
    form: PlanForm
    options: Mapping[str, Sequence[Option]]
    named: Sequence[Option]
    errors: Mapping[str, str]
    remarks: Mapping[str, str]
    banner: BannerShown | None
    waves: str
    phase_names: Mapping[PhaseCode, str]
    phase_sum: str
    phases_fit: bool
    foot: FootShown
    is_draft: bool
    removal: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A review, and the names its words need. ``leads``: who leads the sessions that collide."""

    review: Review
    leads: Mapping[SessionId, str] = field(default_factory=dict)


class PanelWords:
    """Puts the edited session into words."""

    def __init__(self, content: Content, texts: Texts) -> None:
        self._content, self._texts = content, texts

    def shown(
        self, editing: Editing, read: FormRead, lists: PlanLists, reviewed: Reviewed | None, now: datetime
    ) -> PanelShown:
        """Describe the panel; ``now`` is the wall time."""
        review = None if reviewed is None else reviewed.review
        state = editing.base.session.state
        errors = self._errors(read, review)
        phase_sum, fits = self._phase_sum(editing, read)
        return PanelShown(
            key=str(editing.session_id),
            heading=self._heading(editing, read),
            state=state,
            today=now.date(),
            locked=not editing.can_change,
            labels={name: self._label(name, getattr(editing.form, name), lists) for name in ("lead", "co")},
            form=editing.form,
            options=self._options(editing, lists),
            named=tuple(
                Option(person.id, person.full_name)
                for one in editing.form.people
                if (person := lists.person(one)) is not None
            ),
            errors=errors,
            remarks={**self._remarks(editing, read, review), **self._room_remark(editing, lists)},
            banner=None if reviewed is None else self._banner(reviewed, lists),
            waves=self._waves(read, review),
            phase_names={
                one.code: one.name.in_language(self._texts.lang)
                for one in self._content.session_formats.phases
            },
            phase_sum=phase_sum,
            phases_fit=fits,
            foot=foot_shown(editing, read, review, now, self._texts),
            is_draft=state is SessionState.DRAFT,
            removal=self._removal(editing),
            closes=self._texts(f"plan.closes.{_closes(editing)}"),
        )

    # --- head --------------------------------------------------------------------------------------------

    def _heading(self, editing: Editing, read: FormRead) -> str:
        if editing.is_new:
            return self._texts("plan.new")
        session = read.plan.session
        return session.number or session.title or self._texts("plan.no_theme")

    def _removal(self, editing: Editing) -> str:
        state = editing.base.session.state
        if editing.is_new or state not in _REMOVALS:
            return ""
        return self._texts(f"plan.removal.{_REMOVALS[state]}")

    # --- choices -----------------------------------------------------------------------------------------

    def _options(self, editing: Editing, lists: PlanLists) -> dict[str, tuple[Option, ...]]:
        form, texts = editing.form, self._texts
        formats = self._content.session_formats
        nothing = Option(None, texts("plan.not_chosen"))
        leads = {person.id: person for person in lists.leads}
        for chosen in (form.lead, form.co):
            if (person := lists.person(chosen)) is not None:
                leads.setdefault(person.id, person)
        people = tuple(Option(one.id, one.full_name) for one in leads.values())
        versions = lists.offered(form.theme, form.scenario)
        return {
            "theme": (nothing, *(Option(one.code, _title(one, texts)) for one in lists.themes)),
            "scenario": tuple(Option((one.code, one.version), self._scenario(one)) for one in versions)
            or (nothing,),
            "room": (nothing, *(Option(one.id, one.name) for one in lists.rooms)),
            "kit": (nothing, *(Option(one.id, one.label) for one in lists.kits)),
            "lead": (nothing, *people),
            "co": (nothing, *(one for one in people if one.value != form.lead)),
            "arena": tuple(Option(one, sentence_case(texts(f"session.arena.{one.value}"))) for one in Arena),
            "format": tuple(Option(one.code, one.name.in_language(texts.lang)) for one in formats.formats),
            "debrief_model": (
                *(() if form.debrief_model else (Option("", texts("plan.not_chosen")),)),
                *(Option(one.code, one.name.in_language(texts.lang)) for one in formats.debrief_models),
            ),
            "people": tuple(
                Option(one.id, one.full_name) for one in lists.people if one.id not in form.people
            ),
        }

    def _label(self, name: str, chosen: PersonId | None, lists: PlanLists) -> str:
        """Who sits at the laptop is chosen to begin with: it is said that it is them."""
        label = self._texts(f"plan.field.{name}")
        is_own = chosen is not None and chosen == lists.own
        return self._texts("plan.person.self", field=label) if is_own else label

    def _scenario(self, version: ScenarioVersion) -> str:
        title = version.title.in_language(self._texts.lang)
        return self._texts("plan.scenario_version", title=title, version=version.version)

    # --- what is wrong, what is to be thought of -----------------------------------------------------------

    def _errors(self, read: FormRead, review: Review | None) -> dict[str, str]:
        errors = {name: self._say(error) for name, error in read.errors.items()}
        for finding in () if review is None else review.findings:
            if finding.blocks and finding.key in _BESIDE_FIELD:
                name = _FIELDS.get(finding.field, finding.field)
                errors.setdefault(name, self._texts(finding.key, **finding.params))
        return errors

    def _say(self, error: FieldError) -> str:
        return self._texts(error.key, **error.params)

    def _remarks(self, editing: Editing, read: FormRead, review: Review | None) -> dict[str, str]:
        if review is None or not editing.can_change or editing.form.theme is None:
            return {}
        soft = [one for one in (*review.findings, *review.advice) if self._worth_saying(one, editing)]
        remarks: dict[str, list[str]] = {}
        for finding in soft:
            name = _FIELDS.get(finding.field, finding.field)
            words = remarks.setdefault(name, [])
            said = self._texts(finding.key, **finding.params)
            if said not in words:
                words.append(said)
        if any(finding.field == "scenario" for finding in soft):
            remarks["scenario"].append(self._texts("session.scenario.may_be_used"))
        if any(finding.key == "session.guard.too_many" for finding in review.findings):
            remarks["participants"] = [self._texts("plan.too_many_way_out")]
        if not read.plan.phases and editing.starts is not None:
            remarks["phases"] = [self._texts("plan.phases.none_fits")]
        return {name: " ".join(words) for name, words in remarks.items()}

    def _room_remark(self, editing: Editing, lists: PlanLists) -> dict[str, str]:
        """Said before anything else is chosen: an empty list explains nothing."""
        if lists.rooms or not editing.can_change:
            return {}
        return {"room": self._texts("plan.room.none", new=self._texts("plan.room.new"))}

    def _worth_saying(self, finding: Finding, editing: Editing) -> bool:
        if finding.key == "session.guard.objective_missing":
            return editing.form.scenario is not None
        if finding.key == "session.guard.lead_without_vr_training":
            return editing.form.lead is not None
        return not finding.blocks

    # --- conflict ----------------------------------------------------------------------------------------

    def _banner(self, reviewed: Reviewed, lists: PlanLists) -> BannerShown | None:
        review = reviewed.review
        if not review.conflicts:
            return None
        first = min(review.conflicts, key=lambda one: (_RESOURCES.index(one.resource), one.starts_at))
        cause = self._cause(first, reviewed, lists)
        others = [self._what(one, lists) for one in review.conflicts if one is not first]
        others = [words for words in dict.fromkeys(others) if words != self._what(first, lists)]
        if others:
            cause = f"{cause} {self._texts('plan.conflict.also', things=listed(others, self._texts))}"
        return BannerShown(fact=self._fact(first, lists), cause=cause, free=self._free(review, first))

    def _what(self, conflict: Conflict, lists: PlanLists) -> str:
        """``Kofferten``, ``Møterom Lauv``, ``Ola Prøvestad``."""
        if conflict.resource is Resource.KIT:
            return self._texts("plan.conflict.kit")
        if conflict.resource is Resource.ROOM:
            room = next((one.name for one in lists.rooms if one.id == conflict.resource_id), None)
            return room or self._texts("plan.conflict.room")
        person = next((one for one in lists.people if one.id == conflict.resource_id), None)
        return person.full_name if person else self._texts("plan.conflict.person")

    def _fact(self, conflict: Conflict, lists: PlanLists) -> str:
        period = conflict.other.period
        if period.start.date() != period.end.date():
            back = f"{short_day(period.end, self._texts)} {clock(period.end, self._texts)}"
            return self._texts("plan.conflict.until", what=self._what(conflict, lists), until=back)
        taken = times(period.start, period.end, self._texts)
        return self._texts("plan.conflict.taken", what=self._what(conflict, lists), times=taken)

    def _cause(self, conflict: Conflict, reviewed: Reviewed, lists: PlanLists) -> str:
        other = conflict.other
        if other.is_loan:
            return self._texts("plan.conflict.loan", borrower=other.label)
        lead = reviewed.leads.get(SessionId(other.id), "")
        if conflict.resource is Resource.PERSON or not lead:
            return self._texts("plan.conflict.in_session", title=other.label)
        kit = next((one.label for one in lists.kits if one.id == conflict.resource_id), None)
        used = kit or self._what(conflict, lists)
        return self._texts("plan.conflict.used", who=lead, what=used, title=other.label)

    def _free(self, review: Review, conflict: Conflict) -> str:
        if review.next_free is None:
            return ""
        wanted = local_of(conflict.starts_at, HOME_ZONE).date()
        at = clock(review.next_free, self._texts)
        if review.next_free.date() == wanted:
            return self._texts("plan.conflict.move", at=at)
        return self._texts("plan.conflict.move", at=f"{short_day(review.next_free, self._texts)} {at}")

    # --- waves, phases -----------------------------------------------------------------------------------

    def _waves(self, read: FormRead, review: Review | None) -> str:
        count = read.plan.session.participants
        if review is None or not count:
            return ""
        if read.plan.session.kit_id is None:
            return self._texts("plan.waves.no_kit")
        return wave_sentence(count, review.waves, self._texts)

    def _phase_sum(self, editing: Editing, read: FormRead) -> tuple[str, bool]:
        phases = sum(one.planned_min for one in read.plan.phases)
        session = read.plan.session
        if session.planned_start is None or session.planned_end is None:
            return self._texts("plan.phases.sum", minutes=phases), True
        booked = round((session.planned_end - session.planned_start).total_seconds() / 60)
        if booked <= 0 or phases == booked:
            return self._texts("plan.phases.fits", minutes=phases), True
        key = "plan.phases.over" if phases > booked else "plan.phases.rest"
        rest = abs(booked - phases)
        return self._texts(key, minutes=phases, booked=booked, rest=rest), phases < booked


_REMOVALS = {SessionState.DRAFT: "delete", SessionState.PLANNED: "cancel", SessionState.READY: "cancel"}

_RESOURCES = (Resource.KIT, Resource.ROOM, Resource.PERSON)
"""What collides is named in this order."""

_FIELDS = {
    "planned_start": "day",
    "planned_end": "end",
    "aftercare_contact": "contact",
    "lead": "team",
    "co": "team",
}
"""The fields of the panel, where findings have another name for them."""

_BESIDE_FIELD = frozenset({"session.guard.end_before_start", "session.guard.too_many"})
"""Something was typed that cannot be; what is only missing is said at the foot."""


def _closes(editing: Editing) -> str:
    """A draft is stored when its panel is closed; what was changed of a plan is not."""
    if not editing.can_change or not editing.is_changed:
        return "panel"
    return "draft" if editing.base.session.state is SessionState.DRAFT else "unsaved"


def _title(theme: ThemeEntry, texts: Texts) -> str:
    return theme.title_nb if texts.lang == "nb" else theme.title_en
