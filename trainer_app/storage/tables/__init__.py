"""The tables. Codes are ASCII, times are UTC; the migrations build the same (a test compares them).

Columns carry the names of the domain objects' fields, so that one mapping serves all (``storage.records``).
"""

from trainer_app.storage.tables import equipment, organisation, outcomes, sessions
from trainer_app.storage.tables.columns import Base, UtcDateTime
from trainer_app.storage.tables.equipment import FilmRow, HeadsetRow

__all__ = [
    "Base",
    "FilmRow",
    "HeadsetRow",
    "UtcDateTime",
    "equipment",
    "organisation",
    "outcomes",
    "sessions",
]
