"""What happens on the settings' page: every choice takes effect, and is saved, at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.organisation import Department, DepartmentId
from trainer_app.domain.people import Facilitator, Person, PersonId, Profession
from trainer_app.domain.storage_errors import BackupImpossible
from trainer_app.runtime.changes import Topic
from trainer_app.services.first_start import FirstStart, begin, mistakes
from trainer_app.services.organising import add_department, add_person
from trainer_app.services.own_settings import OwnSettings, change_settings
from trainer_app.services.ports import Repositories
from trainer_app.services.ports.backups import BackupMade
from trainer_app.ui.choice import Choice
from trainer_app.ui.office import Office, Target
from trainer_app.ui.settings.reading import SettingsRead, read_all
from trainer_app.ui.settings.renaming import TOPICS, field_of, names_of, rename, with_department
from trainer_app.ui.settings.shown import NEW, BackupShown, NewName, SettingsShown
from trainer_app.ui.settings.words import cleaned_words, moment_words, overdue_words

_TOPICS = frozenset({Topic.PEOPLE, Topic.PLACES, Topic.SETTINGS})
_A = TypeVar("_A", Department, Person)


class SettingsView(Protocol):
    """What the page can show."""

    def show_first(self, language: str) -> None:
        """Show the welcome, with this language as the chosen one; what is typed in it stays."""

    def show_settings(self, shown: SettingsShown) -> None:
        """Show what is chosen."""

    def show_backup(self, shown: BackupShown) -> None:
        """Show the newest backup."""

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say beside the fields what is wrong with them, by their names; the others are right."""

    def close_forms(self) -> None:
        """What was typed of a new person or department is saved: put the fields away."""


class SettingsPresenter:
    """Knows no Qt."""

    def __init__(self, office: Office, view: SettingsView) -> None:
        self._office, self._view = office, view
        self._tasks = office.tasks.page()
        self._why_no_backup = ""
        self._read: SettingsRead | None = None
        self._end = office.changes.on(_TOPICS, self.reload)

    def end(self) -> None:
        """The page goes away."""
        self._end()
        self._tasks.close()

    def reload(self) -> None:
        """Read everything anew."""
        stored = self._office.services.stored
        self._tasks.stored(lambda: read_all(stored), self._on_read)

    # --- choosing ----------------------------------------------------------------------------------------

    def choose_person(self, key: str) -> None:
        """Somebody of the list sits here."""
        person = PersonId(UUID(key))
        self._change(lambda own: replace(own, person_id=person))

    def choose_department(self, key: str) -> None:
        """The laptop belongs to this department."""
        department = DepartmentId(UUID(key))
        self._change(lambda own: replace(own, department_id=department))

    def choose_letter(self, letter: str) -> None:
        """Session numbers of this laptop have this letter."""
        self._change(lambda own: replace(own, laptop_letter=letter))

    def choose_language(self, language: str) -> None:
        """Speak another language."""
        self._change(lambda own: replace(own, language=language))

    def choose_theme(self, theme: str) -> None:
        """Another theme, or as the system."""
        self._change(lambda own: replace(own, theme=theme))

    def choose_percent(self, percent: str) -> None:
        """Another text size."""
        self._change(lambda own: replace(own, text_percent=int(percent)))

    # --- adding ------------------------------------------------------------------------------------------

    def add_department(self, name: str, short_name: str) -> None:
        """Add a department, which is then the laptop's own."""
        self._add(
            lambda stored: add_department(stored, name, short_name),
            lambda own, made: replace(own, department_id=made.id),
            Topic.PLACES,
        )

    def add_person(self, name: str, profession: str) -> None:
        """Add the one who sits here to the own department's list, as somebody who can lead.

        ``profession``: its code, "" while none is chosen.
        """
        department = self._office.own().department_id
        if department is None:
            self._view.show_errors({"own_department": self._office.texts("settings.department.first")})
            return
        now, chosen = self._office.now(), Profession(profession) if profession else None
        self._add(
            lambda stored: _add_leader(stored, name, chosen, department, now),
            lambda own, made: replace(own, person_id=made.id),
            Topic.PEOPLE,
        )

    def begin(self, first: FirstStart) -> None:
        """Create what the first session needs, then show the day."""
        wrong = mistakes(first)
        if wrong:
            self._view.show_errors({field: self._reason(mistake) for field, mistake in wrong.items()})
            return
        self._view.show_errors({})
        stored, now = self._office.services.stored, self._office.now()
        self._tasks.stored(lambda: begin(stored, first, now), lambda _: self._begun(), self._on_mistake)

    # --- renaming ----------------------------------------------------------------------------------------

    def rename(self, new: NewName) -> None:
        """Give a department, a unit, a room or somebody another name."""
        stored, give = self._office.services.stored, rename(new)
        self._view.show_errors({})
        self._tasks.stored(lambda: give(stored), lambda _: self._renamed(new), self._not_renamed)

    # --- backups -----------------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Make a backup now."""
        backups, now = self._office.services.backups, self._office.now()
        if backups is not None:
            self._tasks.heavy(lambda: backups.back_up_now(now), self._backed_up, self._not_backed_up)

    # --- inside ------------------------------------------------------------------------------------------

    def _on_read(self, read: SettingsRead) -> None:
        self._read = read
        self._show(read)
        if not read.is_first_start:
            self._look_for_backup()

    def _show(self, read: SettingsRead) -> None:
        if read.is_first_start:
            self._view.show_first(self._language(read))
        else:
            self._view.show_settings(self._shown(read))

    def _look_for_backup(self) -> None:
        backups, today = self._office.services.backups, self._office.local_now().date()
        if backups is None:
            words = self._office.texts("settings.backup.server")
            self._view.show_backup(BackupShown(words=words, can_make=False))
        else:
            self._tasks.heavy(
                lambda: (backups.newest(), backups.overdue(today)),
                lambda found: self._show_backup(*found),
                self._no_backups_seen,
            )

    def _shown(self, read: SettingsRead) -> SettingsShown:
        texts, own = self._office.texts, read.own
        by_id = {one.id: one for one in read.departments}
        mine = by_id.get(own.department_id) if own.department_id else None
        people = [
            Choice(str(one.id), with_department(one.full_name, one.department_id, own.department_id, by_id))
            for one in read.people
        ]
        departments = [Choice(str(one.id), one.name) for one in read.departments]
        short = mine.short_name if mine else texts("settings.letter.short_example")
        return SettingsShown(
            incomplete="" if own.is_complete else texts("settings.incomplete"),
            people=(*people, Choice(NEW, texts("settings.person.new"))),
            person=str(own.person_id or ""),
            departments=(*departments, Choice(NEW, texts("settings.department.new"))),
            department=str(own.department_id or ""),
            letter=own.laptop_letter,
            number_example=texts(
                "settings.letter.reason",
                number=f"{short}-{self._office.local_now().year}-{own.laptop_letter}031",
            ),
            language=self._language(read),
            theme=own.theme,
            percent=str(own.text_percent),
            names=names_of(read),
            folder=str(self._office.services.data_folder),
            cleaned=cleaned_words(list(read.notes), list(read.unlinked), texts),
        )

    def _language(self, read: SettingsRead) -> str:
        return read.own.language or self._office.texts.lang

    def _change(self, change: Callable[[OwnSettings], OwnSettings]) -> None:
        stored = self._office.services.stored
        self._tasks.stored(
            lambda: change_settings(stored, change),
            lambda _: self._changed(Topic.SETTINGS),
            self._not_changed,
        )

    def _add(
        self,
        add: Callable[[Repositories], _A],
        change: Callable[[OwnSettings, _A], OwnSettings],
        topic: Topic,
    ) -> None:
        stored = self._office.services.stored

        def added() -> None:
            with stored.together():
                made = add(stored)
                change_settings(stored, lambda own: change(own, made))

        self._view.show_errors({})
        self._tasks.stored(added, lambda _: self._added(topic), self._on_mistake)

    def _added(self, topic: Topic) -> None:
        self._view.close_forms()
        self._changed(Topic.SETTINGS, topic)

    def _begun(self) -> None:
        self._changed(Topic.SETTINGS, Topic.PEOPLE, Topic.PLACES, Topic.KITS)
        # After the app has read who sits here now, which it does on the same worker.
        self._tasks.stored(lambda: None, lambda _: self._office.go(Target(place="today")))

    def _changed(self, *topics: Topic) -> None:
        self._office.changes.announce(*topics, by=self.reload)
        self.reload()

    def _not_changed(self, problem: TrainerError) -> None:
        """What was chosen is not in force: show what is."""
        self._office.notices.problem(problem)
        if self._read is not None:
            self._show(self._read)

    def _on_mistake(self, problem: TrainerError) -> None:
        field = problem.params.get("field")
        if field is None:
            self._office.notices.problem(problem)
        else:
            self._view.show_errors({str(field): self._reason(problem)})

    def _renamed(self, new: NewName) -> None:
        self._changed(TOPICS[new.kind])
        self._office.notices.say(self._office.texts("settings.names.saved"))

    def _not_renamed(self, problem: TrainerError) -> None:
        field = problem.params.get("field")
        if field is None:
            self._office.notices.problem(problem)
        else:
            self._view.show_errors({field_of(str(field)): self._reason(problem)})

    def _backed_up(self, made: BackupMade) -> None:
        self._why_no_backup = ""
        self._look_for_backup()
        self._office.notices.say(self._office.texts("settings.backup.made", file=made.path.name))

    def _not_backed_up(self, problem: TrainerError) -> None:
        said = self._office.texts.explain(problem)
        # No other place can be chosen here, as the program's words for that propose.
        is_unclear = type(problem) is BackupImpossible
        next_step = self._office.texts("settings.backup.try_again") if is_unclear else said.next_step
        # Kept until one is made: the page may be read anew meanwhile.
        self._why_no_backup = f"{said.what} {said.why} {next_step}"
        self._look_for_backup()

    def _show_backup(self, made: BackupMade | None, left: Sequence[Path]) -> None:
        texts = self._office.texts
        if made is None:
            words = texts("settings.backup.none")
        else:
            words = texts("settings.backup.last", moment=moment_words(made.at, texts), file=made.path.name)
        overdue = overdue_words(left, self._office.services.data_folder, texts)
        self._view.show_backup(BackupShown(words=words, problem=self._why_no_backup, overdue=overdue))

    def _no_backups_seen(self, problem: TrainerError) -> None:
        problems = [one for one in (self._reason(problem), self._why_no_backup) if one]
        self._view.show_backup(BackupShown(words="", problem=" ".join(problems)))

    def _reason(self, problem: TrainerError) -> str:
        said = self._office.texts.explain(problem)
        return f"{said.what} {said.why} {said.next_step}"


def _add_leader(
    stored: Repositories, name: str, profession: Profession | None, department: DepartmentId, now: datetime
) -> Person:
    with stored.together():
        person = add_person(stored, name, profession, department)
        today = local_of(now, HOME_ZONE).date()
        stored.facilitators.save(Facilitator(person_id=person.id, active_from=today))
    return person
