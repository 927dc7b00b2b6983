"""What happens on the suitcase's page: choosing, counting, conditions, the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_address import is_on_cable
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.kit_errors import KitLabelTaken
from trainer_app.domain.kits import (
    Accessory,
    AccessoryId,
    Headset,
    HeadsetCondition,
    HeadsetId,
    Kit,
    KitId,
)
from trainer_app.domain.live_kit import KitNow
from trainer_app.domain.organisation import DepartmentId
from trainer_app.domain.people import PersonId
from trainer_app.runtime.changes import Topic
from trainer_app.services.live.arming import ArmedKit
from trainer_app.services.suitcases import Suitcases
from trainer_app.texts.headset_words import details_in_words
from trainer_app.texts.number_words import listed
from trainer_app.ui.clearing import ClearQuestion
from trainer_app.ui.headset_address import Place, Readdressing, short_address, whole_address
from trainer_app.ui.kit.check_desk import CheckDesk, reason
from trainer_app.ui.kit.film_desk import FilmDesk
from trainer_app.ui.kit.overview import KitWords, is_unreached, now_of
from trainer_app.ui.kit.reading import KitRead, read_kit
from trainer_app.ui.kit.shown import Choice, HeadsetShown, KitForm, KitFormChoices
from trainer_app.ui.kit.view import KitView
from trainer_app.ui.kit.words import item_words
from trainer_app.ui.office import Office

_TOPICS = frozenset({Topic.KITS, Topic.CHECKS, Topic.FILMS, Topic.PEOPLE, Topic.PLACES, Topic.SETTINGS})


class KitPresenter:
    """Knows no Qt."""

    def __init__(self, office: Office, view: KitView) -> None:
        self._office, self._view = office, view
        self._tasks = office.tasks.page()
        self._suitcases = Suitcases(office.services.stored, office.now)
        self._readdressing = Readdressing(office, self._tasks, self._suitcases)
        self._read = KitRead(kit=None)
        self._wanted: KitId | None = None
        self._desk = CheckDesk(office, view, self._tasks, self.reload, self.begin_check)
        self._films = FilmDesk(office, view, self._tasks)
        self._is_seen = True
        self._arming = False
        self._ends = [office.changes.on(_TOPICS, self.reload), office.kit_now.on(self._on_kit_now)]

    def end(self) -> None:
        """The page goes away."""
        for end in self._ends:
            end()
        self._tasks.close()

    def look_away(self) -> None:
        """The page is hidden: what moves in the suitcase is shown again when it is read anew."""
        self._is_seen = False

    def look(self) -> None:
        """The page is shown, maybe for the first time today."""
        self._is_seen = True
        self._desk.renew()

    def reload(self) -> None:
        """Read everything anew."""
        self._read_anew()

    def choose(self, key: str) -> None:
        """Show another suitcase."""
        self._turn_to(KitId(UUID(key)))
        self._read_anew()

    def choose_to_check(self, key: str | None) -> None:
        """Show a suitcase, or the one that is shown already, and begin its check as soon as it is there."""
        if key is not None:
            self._turn_to(KitId(UUID(key)))
        self._read_anew(self.begin_check)

    # --- accessories -------------------------------------------------------------------------------------

    def count(self, accessory_id: AccessoryId, found: int) -> None:
        """So many were found."""
        before = self._accessory(accessory_id)
        if found != before.quantity_found:
            self._tasks.stored(lambda: self._suitcases.count(before, found), lambda _: self._counted(before))

    def need(self, accessory_id: AccessoryId, needed: int) -> None:
        """So many belong there; of what is used up: at this number more is ordered."""
        before = self._accessory(accessory_id)
        if needed != (before.reorder_level if before.consumable else before.quantity_expected):
            self._tasks.stored(lambda: self._suitcases.need(before, needed), lambda _: self._counted(before))

    # --- cables ------------------------------------------------------------------------------------------

    def arm(self) -> None:
        """Make the headsets that are on a cable ready for Wi-Fi."""
        if self._arming:
            return
        self._show_arming(True)
        self._tasks.live(self._office.services.live.arm, self._on_armed, self._on_not_armed)

    def _on_armed(self, armed: ArmedKit) -> None:
        self._show_arming(False)
        texts = self._office.texts
        numbers = [str(number) for number in sorted(armed.addresses)]
        if numbers:
            key = "kit.armed.one" if len(numbers) == 1 else "kit.armed.several"
            self._office.notices.say(texts(key, numbers=listed(numbers, texts)))
            self._changed()
        for number in sorted(armed.problems):
            self._office.notices.problem(armed.problems[number])

    def _on_not_armed(self, problem: TrainerError) -> None:
        self._show_arming(False)
        self._office.notices.problem(problem)

    def _show_arming(self, arming: bool) -> None:
        self._arming = arming
        self._on_kit_now(self._office.kit_now.value)

    # --- one headset -------------------------------------------------------------------------------------

    def open_headset(self, headset_id: HeadsetId) -> None:
        """Show what is known of a headset."""
        headset = self._headset(headset_id)
        since = headset.condition_since
        words = self._words()
        facts = [
            ("kit.headset.serial", headset.serial),
            ("kit.headset.model", headset.model),
            ("kit.headset.seen", words.moment(headset.last_seen)),
        ]
        if since is not None:
            facts.append(("kit.headset.since", words.moment(since)))
        now = now_of(headset, self._office.kit_now.value)
        connected = now is not None and now.state is not HeadsetState.NOT_CONNECTED
        address = (now.address if now is not None else headset.address) or ""
        if connected:
            shown = short_address(address) if is_on_cable(address) else whole_address(address)
            facts.append(("kit.headset.address", shown))
        if connected and now is not None and now.facts is not None:
            told = details_in_words(now.facts, self._office.texts)
            facts += [(f"headset.details.{name}", said) for name, said in told.items()]
        unreached = now is not None and is_unreached(now)
        self._view.show_headset(
            HeadsetShown(
                id=headset.id,
                number=headset.number,
                title=self._office.texts("looks.headset", number=headset.number),
                facts=tuple((self._office.texts(key), value) for key, value in facts if value),
                condition=headset.condition,
                note=headset.condition_note,
                address=None if connected else whole_address(address),
                unreached=self._unreached(address) if unreached else "",
                films=self._films.open(headset_id, self._read, self._office.kit_now.value),
            )
        )

    def change_address(self, headset_id: HeadsetId, address: str) -> None:
        """Look for a headset at another address."""
        headset = self._headset(headset_id)
        self._readdressing.change(
            Place(kit_id=self._kit().id, number=headset.number, headset_id=headset_id),
            address,
            then=lambda: self._on_readdressed(headset.number, address),
            failed=lambda problem: self._view.show_address_error(self._reason(problem)),
            by=self.reload,
        )

    def set_condition(self, headset_id: HeadsetId, condition: HeadsetCondition, note: str) -> None:
        """Record what is the matter with a headset."""
        before = self._headset(headset_id)
        self._tasks.stored(
            lambda: self._suitcases.set_condition(before, condition, note),
            lambda after: self._condition_set(before, after),
            lambda problem: self._view.show_headset_error(self._reason(problem)),
        )

    def ask_to_clear(self) -> None:
        """Ask whether the films may go that the library does not have, from all headsets."""
        self._films.ask_all(self._read, self._office.kit_now.value)

    def ask_to_clear_one(self) -> None:
        """The same for the headset of the side panel."""
        self._films.ask_one(self._read, self._office.kit_now.value)

    def clear(self, question: ClearQuestion) -> None:
        """Remove them: somebody has said yes."""
        self._films.remove(question)

    def take_in(self) -> None:
        """Put the headsets that lie in no suitcase into this one."""
        kit, homeless = self._kit(), self._read.homeless
        self._tasks.stored(lambda: self._suitcases.take_in(homeless, kit.id), lambda _: self._changed())

    # --- the form ----------------------------------------------------------------------------------------

    def open_new(self) -> None:
        """Show the fields of a suitcase that is to be added."""
        own = self._office.own()
        self._show_form(KitForm(kit_id=None, department=str(own.department_id or "")))

    def open_edit(self) -> None:
        """Show the fields of this suitcase."""
        kit = self._kit()
        self._show_form(
            KitForm(
                kit_id=kit.id,
                label=kit.label,
                location=kit.location,
                asset_no=kit.asset_no,
                headsets=kit.target_headset_count,
                interval_days=kit.check_interval_days,
                department=str(kit.department_id),
                responsible=str(kit.responsible_id or ""),
            )
        )

    def save_form(self, form: KitForm) -> None:
        """Save a suitcase."""
        if not form.department:
            self._view.show_form_error("department", self._office.texts("kit.form.department_missing"))
            return
        kit = self._from_form(form)
        self._tasks.stored(lambda: self._suitcases.save(kit), self._saved, self._on_form_problem)

    # --- the quick check ---------------------------------------------------------------------------------

    def begin_check(self) -> None:
        """Begin a quick check, or go on with the one that was begun."""
        self._desk.begin(self._kit(), self._read.headsets)

    def answer(self, key: str, note: str = "") -> None:
        """Give the answer with this key; a key without one does nothing."""
        self._desk.answer(key, note)

    def back(self) -> None:
        """Go to the question before."""
        self._desk.back()

    def later(self) -> None:
        """Go on with the check another time."""
        self._desk.put_away()
        self._view.close_panel()
        self.reload()

    def finish_check(self) -> None:
        """Conclude the check; the headsets' conditions follow."""
        self._desk.finish()

    # --- inside ------------------------------------------------------------------------------------------

    def _turn_to(self, kit_id: KitId) -> None:
        self._wanted = kit_id
        self._desk.put_away()
        self._view.close_panel()

    def _read_anew(self, then: Callable[[], None] | None = None) -> None:
        """Read, show, and go on with what needs the suitcase; nothing follows where there is none."""
        stored, wanted = self._office.services.stored, self._wanted
        own, now = self._office.own().department_id, self._office.now()
        self._tasks.stored(
            lambda: read_kit(stored, wanted, own, now), lambda read: self._on_read(read, wanted, then)
        )

    def _on_read(self, read: KitRead, wanted: KitId | None, then: Callable[[], None] | None) -> None:
        if read.kit is None:
            self._read = read
            self._view.show_nothing()
            return
        if self._wanted not in (wanted, read.kit.id):
            # Another suitcase has been asked for since; it comes next.
            return
        self._read, self._wanted = read, read.kit.id
        self._view.show_kit(self._words().shown(read, read.kit, self._office.kit_now.value))
        if then is not None:
            then()

    def _on_kit_now(self, now: KitNow) -> None:
        kit = self._read.kit
        if self._is_seen and kit is not None and now.kit_id == kit.id:
            self._view.show_kit(self._words().shown(self._read, kit, now))
            self._films.hear(self._read, now)

    def _words(self) -> KitWords:
        office, checking = self._office, self._desk.asked_about
        return KitWords(office.texts, office.services.content, office.local_now(), checking, self._arming)

    def _kit(self) -> Kit:
        assert self._read.kit is not None  # without one the page offers nothing but to add one
        return self._read.kit

    def _headset(self, headset_id: HeadsetId) -> Headset:
        return next(one for one in self._read.headsets if one.id == headset_id)

    def _accessory(self, accessory_id: AccessoryId) -> Accessory:
        return next(one for one in self._read.accessories if one.id == accessory_id)

    def _counted(self, before: Accessory) -> None:
        words = self._office.texts("kit.counted", item=item_words(before, self._office.texts))
        self._changed()
        self._office.notices.offer_undo(words, lambda: self._restore(before))

    def _restore(self, accessory: Accessory) -> None:
        stored = self._office.services.stored
        self._tasks.stored(lambda: stored.accessories.save(accessory), lambda _: self._changed())

    def _condition_set(self, before: Headset, after: Headset) -> None:
        texts = self._office.texts
        self._view.close_panel()
        self._changed()
        words = texts(
            "kit.headset.saved",
            number=after.number,
            condition=texts(f"kit.condition.{after.condition.value}"),
        )
        self._office.notices.offer_undo(words, lambda: self._restore_condition(before))

    def _restore_condition(self, before: Headset) -> None:
        self._tasks.stored(lambda: self._suitcases.restore_condition(before), lambda _: self._changed())

    def _unreached(self, address: str) -> str:
        return self._office.texts("kit.headset.unreached", address=short_address(address))

    def _on_readdressed(self, number: int, address: str) -> None:
        self._view.close_panel()
        self.reload()
        words = self._office.texts("link.looking_for", number=number, address=address.strip())
        self._office.notices.say(words)

    def _show_form(self, form: KitForm) -> None:
        departments = tuple(Choice(key=str(one.id), words=one.name) for one in self._read.departments)
        nobody = Choice(key="", words=self._office.texts("kit.form.nobody"))
        people = tuple(Choice(key=str(one.id), words=one.full_name) for one in self._read.people)
        if not form.department and len(departments) == 1:
            form = replace(form, department=departments[0].key)
        self._view.show_form(form, KitFormChoices(departments=departments, people=(nobody, *people)))

    def _from_form(self, form: KitForm) -> Kit:
        department = DepartmentId(UUID(form.department))
        known = next((kit for kit in self._read.kits if kit.id == form.kit_id), None)
        kit = known or Kit(id=KitId(uuid4()), label=form.label, department_id=department)
        return replace(
            kit,
            label=form.label,
            location=form.location,
            asset_no=form.asset_no,
            department_id=department,
            target_headset_count=form.headsets,
            check_interval_days=form.interval_days,
            responsible_id=PersonId(UUID(form.responsible)) if form.responsible else None,
        )

    def _saved(self, kit: Kit) -> None:
        self._wanted = kit.id
        self._view.close_panel()
        self._changed()
        self._office.notices.say(self._office.texts("kit.form.saved", kit=kit.label))

    def _on_form_problem(self, problem: TrainerError) -> None:
        field = "label" if isinstance(problem, KitLabelTaken) else str(problem.params.get("field", ""))
        if field:
            self._view.show_form_error(field, self._reason(problem))
        else:
            self._office.notices.problem(problem)

    def _reason(self, problem: TrainerError) -> str:
        return reason(problem, self._office.texts)

    def _changed(self) -> None:
        """Tell the other pages, and read anew."""
        self._office.changes.announce(Topic.KITS, by=self.reload)
        self.reload()
