"""Choices are saved at once; what is wrong stands beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.fakes.first_starts import TYPED
from tests.fakes.full_disk import full_disk
from tests.fakes.office import TUESDAY, TestOffice, make_office
from tests.fakes.records import ANNE, DEPARTMENT, KARI, ROOM
from trainer_app.domain.notes import NotesDeleted
from trainer_app.domain.organisation import DepartmentId, RoomId
from trainer_app.domain.people import Profession
from trainer_app.domain.storage_errors import (
    BackupFull,
    BackupImpossible,
    BackupsUnreadable,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseProblem,
)
from trainer_app.runtime.changes import Topic
from trainer_app.services.own_settings import OwnSettings, read_settings, save_settings
from trainer_app.services.ports import Repositories
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Target
from trainer_app.ui.settings.presenter import SettingsPresenter
from trainer_app.ui.settings.shown import NEW, BackupShown, NameKind, NewName, SettingsShown
from trainer_app.ui.settings.words import cleaned_words


class SeenSettings:
    """A page that remembers what it was shown."""

    def __init__(self) -> None:
        self.first, self.language = False, ""
        self.shown: SettingsShown | None = None
        self.backup: BackupShown | None = None
        self.errors: Mapping[str, str] = {}
        self.closed = 0

    def show_first(self, language: str) -> None:
        self.first, self.language = True, language

    def show_settings(self, shown: SettingsShown) -> None:
        self.first = False
        self.shown = shown

    def show_backup(self, shown: BackupShown) -> None:
        self.backup = shown

    def show_errors(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)

    def close_forms(self) -> None:
        self.closed += 1

    @property
    def now(self) -> SettingsShown:
        assert self.shown is not None
        return self.shown


@pytest.fixture
def view() -> SeenSettings:
    return SeenSettings()


@pytest.fixture
def made(department_stored: Repositories, tmp_path: Path) -> TestOffice:
    return make_office(department_stored, tmp_path)


@pytest.fixture
def presenter(made: TestOffice, view: SeenSettings) -> SettingsPresenter:
    presenter = SettingsPresenter(made.office, view)
    presenter.reload()
    return presenter


def test_what_is_missing_is_said(view: SeenSettings, presenter: SettingsPresenter) -> None:
    assert view.now.incomplete
    presenter.choose_department(str(DEPARTMENT.id))
    presenter.choose_person(str(KARI.id))
    assert not view.now.incomplete
    assert view.now.person == str(KARI.id)
    assert [choice.words for choice in view.now.people] == [
        "Anne Påhittmo",
        "Kari Eksempelsen",
        "Ny person …",
    ]
    assert view.now.people[-1].key == NEW


def test_choices_are_saved_and_announced(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    heard: list[str] = []
    made.office.changes.on({Topic.SETTINGS}, lambda: heard.append("settings"))
    presenter.choose_department(str(DEPARTMENT.id))
    presenter.choose_letter("C")
    presenter.choose_theme("dark")
    presenter.choose_percent("130")
    presenter.choose_language("en")
    own = read_settings(made.stored)
    assert (own.laptop_letter, own.theme, own.text_percent, own.language) == ("C", "dark", 130, "en")
    assert heard == ["settings"] * 5
    assert "EV-2026-C031" in view.now.number_example


def test_a_choice_keeps_what_was_saved_elsewhere_meanwhile(
    made: TestOffice, presenter: SettingsPresenter
) -> None:
    save_settings(made.stored, OwnSettings(text_percent=150))
    presenter.choose_theme("dark")
    assert read_settings(made.stored).text_percent == 150


def test_a_choice_the_disk_refuses_is_not_shown_as_made(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    presenter.choose_department(str(DEPARTMENT.id))
    in_force, view.shown = view.now, None
    with full_disk(made.stored):
        presenter.choose_theme("dark")
        assert view.shown == in_force
        view.shown = None
        presenter.choose_language("en")
    assert view.now == in_force
    assert (view.now.theme, view.now.language) == ("system", "nb")
    assert [type(problem) for problem in made.notices.problems] == [DatabaseFull] * 2


def test_a_language_the_disk_refuses_at_the_first_start_is_not_shown_as_chosen(
    empty_stored: Repositories, tmp_path: Path
) -> None:
    view, made = SeenSettings(), make_office(empty_stored, tmp_path)
    presenter = SettingsPresenter(made.office, view)
    presenter.reload()
    view.language = "en"  # as the control shows what was pressed
    with full_disk(made.stored):
        presenter.choose_language("en")
    assert view.language == "nb"
    presenter.choose_language("en")
    assert view.language == "en"


def test_a_new_person_is_the_one_who_sits_here_and_may_lead(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    presenter.add_person("Ola Dikt", "LEGE")
    assert list(view.errors) == ["own_department"]
    presenter.choose_department(str(DEPARTMENT.id))
    presenter.add_person("   ", "LEGE")
    assert list(view.errors) == ["person"]
    presenter.add_person("Ola Dikt", "")
    assert list(view.errors) == ["profession"]
    assert view.closed == 0
    presenter.add_person(" Ola  Dikt", "LEGE")
    person = made.stored.people.get(read_settings(made.stored).person_id)
    assert person is not None
    assert (person.full_name, person.profession) == ("Ola Dikt", Profession.DOCTOR)
    assert made.stored.facilitators.get(person.id) is not None
    assert view.closed == 1


def test_a_new_department_becomes_the_own_one(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    presenter.add_department("BUP Nyvik", "N-V")
    assert list(view.errors) == ["short_name"]
    presenter.add_department("BUP Nyvik", "nv")
    assert not view.errors
    assert "NV-2026" in view.now.number_example
    assert view.now.department == str(read_settings(made.stored).department_id)


def test_people_who_left_are_not_offered(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    made.stored.people.save(replace(ANNE, active=False))
    presenter.reload()
    assert [choice.words for choice in view.now.people] == ["Kari Eksempelsen", "Ny person …"]


def test_a_backup_is_made_and_named(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    assert view.backup == BackupShown(words="Det finnes ingen sikkerhetskopi ennå.")
    presenter.back_up()
    assert view.backup == BackupShown(words="Siste: 17. november 2026 kl.\u00a010.20 (copy-1.sqlite).")
    assert made.notices.said == ["Sikkerhetskopien copy-1.sqlite er laget."]


def test_a_full_disk_is_said_beside_the_last_backup(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    presenter.back_up()
    made.backups.refusal = BackupImpossible(database="data.sqlite", backup="copy-2.sqlite")
    presenter.back_up()
    assert view.backup is not None
    assert "copy-1.sqlite" in view.backup.words
    assert "copy-2.sqlite kunne ikke lages" in view.backup.problem
    assert "disken er full" in view.backup.problem
    presenter.reload()
    assert "disken er full" in view.backup.problem
    made.backups.refusal = None
    presenter.back_up()
    assert view.backup.problem == ""


def test_a_full_disk_says_what_helps_and_a_broken_database_does_not_ask_for_room(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    problems: tuple[DatabaseProblem, ...] = (
        BackupFull(database="data.sqlite", backup="copy-1.sqlite"),
        DatabaseDamaged(database="data.sqlite"),
    )
    for problem, helps in zip(problems, ("Frigjør plass", "Gjenopprett den siste"), strict=True):
        made.backups.refusal = problem
        presenter.back_up()
        assert view.backup is not None
        assert helps in view.backup.problem
        assert ("Frigjør plass" in view.backup.problem) is (type(problem) is BackupFull)


def test_a_backup_that_cannot_be_deleted_is_named_until_it_is_gone(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter, tmp_path: Path
) -> None:
    left = [tmp_path / "backups" / f"simkoffert-2026-01-0{day}.sqlite" for day in range(1, 6)]
    outside = Path("/elsewhere/simkoffert-2026-01-02.sqlite")
    made.backups.undeletable = [left[0], outside]
    presenter.reload()
    assert view.backup is not None
    inside = Path("backups", "simkoffert-2026-01-01.sqlite")
    assert f"{inside}, {outside}." in view.backup.overdue
    assert "slett dem selv" in view.backup.overdue
    made.backups.undeletable = left
    presenter.reload()
    assert "2026-01-03.sqlite og 2 til." in view.backup.overdue
    made.backups.undeletable = []
    presenter.back_up()
    assert view.backup.overdue == ""
    made.backups.unreadable = BackupsUnreadable(database="data.sqlite", folder="kopier")
    presenter.reload()
    assert "Mappen kopier kan ikke leses." in view.backup.problem


def test_a_servers_database_has_its_own_backups(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    office = replace(made.office, services=replace(made.office.services, backups=None))
    SettingsPresenter(office, view).reload()
    assert view.backup is not None
    assert not view.backup.can_make


def test_what_was_deleted_is_told_with_its_day(example_stored: Repositories, tmp_path: Path) -> None:
    view = SeenSettings()
    made = make_office(example_stored, tmp_path)
    receipt = made.stored.notes.delete_expired(TUESDAY - timedelta(days=2))
    assert receipt is not None
    SettingsPresenter(made.office, view).reload()
    assert view.now.cleaned == (
        f"{receipt.notes} rå notater fra én økt ble slettet 15. november 2026 kl.\u00a010.20.",
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nb", "Ett rått notat fra én økt ble slettet 17. november 2026 kl.\u00a010.20."),
        ("en", "Deleted 17 November 2026 at\u00a010:20: one raw note from one session."),
    ],
)
def test_one_of_each_is_said_as_one(lang: str, words: str) -> None:
    receipt = NotesDeleted(at=TUESDAY, closed_before=TUESDAY, notes=1, sessions=1)
    assert cleaned_words([receipt], [], Texts(lang)) == (words,)


def test_the_first_start_leads_to_the_day(empty_stored: Repositories, tmp_path: Path) -> None:
    view, made = SeenSettings(), make_office(empty_stored, tmp_path)
    presenter = SettingsPresenter(made.office, view)
    presenter.reload()
    assert view.first
    presenter.begin(replace(TYPED, person=" ", room=" "))
    assert list(view.errors) == ["person", "room"]
    assert not made.went
    presenter.begin(TYPED)
    assert not view.errors
    assert made.went == [Target(place="today")]
    assert read_settings(made.stored).is_complete


def test_a_room_is_renamed_and_the_other_pages_hear_of_it(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    heard: list[str] = []
    made.office.changes.on({Topic.PLACES}, lambda: heard.append("places"))
    assert list(view.now.names) == [NameKind.DEPARTMENT, NameKind.ROOM, NameKind.PERSON]
    (room,) = view.now.names[NameKind.ROOM]
    presenter.rename(NewName(kind=NameKind.ROOM, key=room.choice.key, name="Møterom Bjørk"))
    assert view.now.names[NameKind.ROOM][0].name == "Møterom Bjørk"
    assert (heard, made.notices.said) == (["places"], ["Navnet er lagret."])


def test_a_name_that_is_taken_is_said_beside_the_new_name(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    presenter.rename(NewName(kind=NameKind.PERSON, key=str(KARI.id), name=ANNE.full_name))
    assert view.errors == {
        "new_name": "Anne Påhittmo finnes allerede. To med samme navn blir forvekslet i planer og rapporter. "
        "Skriv et navn som skiller dem."
    }
    presenter.rename(NewName(kind=NameKind.DEPARTMENT, key=str(DEPARTMENT.id), name="BUP", short_name="-"))
    assert list(view.errors) == ["new_short_name"]
    assert made.stored.people.get(KARI.id) == KARI
    presenter.rename(
        NewName(kind=NameKind.DEPARTMENT, key=str(DEPARTMENT.id), name="BUP Nyvik", short_name="nv")
    )
    assert view.errors == {}
    assert view.now.names[NameKind.DEPARTMENT][0].short_name == "NV"


def test_what_belongs_to_another_department_says_so(
    made: TestOffice, view: SeenSettings, presenter: SettingsPresenter
) -> None:
    other = replace(DEPARTMENT, id=DepartmentId(UUID(int=77)), name="BUP Sørvik", short_name="SV")
    made.stored.departments.save(other)
    made.stored.rooms.save(replace(ROOM, id=RoomId(UUID(int=78)), department_id=other.id, name="Rom 2"))
    presenter.choose_department(str(DEPARTMENT.id))
    words = {named.choice.words: named.name for named in view.now.names[NameKind.ROOM]}
    assert words == {"Møterom Lauv": "Møterom Lauv", "Rom 2 (SV)": "Rom 2"}
