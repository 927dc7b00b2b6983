"""What the services need of the world. Adapters implement these; nothing here does anything."""

from trainer_app.services.ports.equipment import HeadsetRepository, KitHeadsets
from trainer_app.services.ports.films import (
    Cancelled,
    FilmImport,
    FilmLibrary,
    FilmRepository,
    Imported,
    Progress,
    StoredFile,
    Swept,
)
from trainer_app.services.ports.sessions import (
    AssignmentRepository,
    NoteRepository,
    Records,
    Repositories,
    RunJournal,
    ScenarioArchive,
    SessionRepository,
    Settings,
)

__all__ = [
    "AssignmentRepository",
    "Cancelled",
    "FilmImport",
    "FilmLibrary",
    "FilmRepository",
    "HeadsetRepository",
    "Imported",
    "KitHeadsets",
    "NoteRepository",
    "Progress",
    "Records",
    "Repositories",
    "RunJournal",
    "ScenarioArchive",
    "SessionRepository",
    "Settings",
    "StoredFile",
    "Swept",
]
