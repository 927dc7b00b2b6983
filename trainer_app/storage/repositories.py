"""All repositories of a database, made once by bootstrap."""

from __future__ import annotations

from contextlib import AbstractContextManager

from trainer_app.domain.closing import Reopening
from trainer_app.domain.content_snapshots import ThemeEntry
from trainer_app.domain.heat_map import KeptHeatMap
from trainer_app.domain.inventory import CheckLine, InventoryCheck
from trainer_app.domain.kits import Accessory, HeadsetFilm, Kit, KitLoan
from trainer_app.domain.notes import ActionItem, LearningPoint
from trainer_app.domain.organisation import Department, Room, Unit
from trainer_app.domain.people import Facilitator, Person
from trainer_app.domain.playback_records import PlaybackHeadset, PlaybackRecord
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.sessions import Attendance, Objective, TeamMember
from trainer_app.storage.assignment_repository import SqlAssignmentRepository
from trainer_app.storage.database import Database
from trainer_app.storage.film_repository import SqlFilmRepository
from trainer_app.storage.headset_repository import SqlHeadsetRepository
from trainer_app.storage.note_repository import SqlNoteRepository
from trainer_app.storage.records import SqlRecords
from trainer_app.storage.run_journal import SqlRunJournal
from trainer_app.storage.scenario_repository import SqlScenarioArchive
from trainer_app.storage.session_repository import SqlSessionRepository
from trainer_app.storage.settings import SqlSettings
from trainer_app.storage.tables import equipment, organisation, outcomes, sessions


class SqlRepositories:
    """Implements ``services.ports.Repositories``."""

    def __init__(self, database: Database) -> None:
        """Make them all; nothing is read yet."""
        self._database = database
        self.settings = SqlSettings(database)
        self.departments = SqlRecords(database, organisation.DepartmentRow, Department, "name")
        self.units = SqlRecords(database, organisation.UnitRow, Unit, "name")
        self.rooms = SqlRecords(database, organisation.RoomRow, Room, "name")
        self.people = SqlRecords(database, organisation.PersonRow, Person, "full_name", "id")
        self.facilitators = SqlRecords(database, organisation.FacilitatorRow, Facilitator)
        self.themes = SqlRecords(database, sessions.ThemeRow, ThemeEntry, "sort", "code")
        self.scenarios = SqlScenarioArchive(database)
        self.films = SqlFilmRepository(database)
        self.headsets = SqlHeadsetRepository(database)
        self.kits = SqlRecords(database, equipment.KitRow, Kit, "label")
        self.loans = SqlRecords(database, equipment.KitLoanRow, KitLoan, "starts")
        self.accessories = SqlRecords(database, equipment.AccessoryRow, Accessory, "item_type")
        self.headset_films = SqlRecords(database, equipment.HeadsetFilmRow, HeadsetFilm)
        self.checks = SqlRecords(database, equipment.InventoryCheckRow, InventoryCheck, "started_at")
        self.check_lines = SqlRecords(database, equipment.CheckLineRow, CheckLine)
        self.sessions = SqlSessionRepository(database)
        self.team = SqlRecords(database, sessions.TeamMemberRow, TeamMember)
        self.objectives = SqlRecords(database, sessions.ObjectiveRow, Objective, "seq")
        self.phases = SqlRecords(database, sessions.SessionPhaseRow, SessionPhase)
        self.attendance = SqlRecords(database, sessions.AttendanceRow, Attendance)
        self.assignments = SqlAssignmentRepository(database)
        self.reopenings = SqlRecords(database, outcomes.ReopeningRow, Reopening, "at")
        self.journal = SqlRunJournal(database, self.sessions)
        self.notes = SqlNoteRepository(database)
        self.learning_points = SqlRecords(database, outcomes.LearningPointRow, LearningPoint, "seq", "id")
        self.actions = SqlRecords(database, outcomes.ActionRow, ActionItem, "seq", "id")
        self.playbacks = SqlRecords(database, outcomes.PlaybackRow, PlaybackRecord, "started_at")
        self.playback_headsets = SqlRecords(database, outcomes.PlaybackHeadsetRow, PlaybackHeadset)
        self.heat_maps = SqlRecords(database, outcomes.HeatMapRow, KeptHeatMap)

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of all that this thread writes meanwhile; an exception undoes all of it."""
        return self._database.together()
