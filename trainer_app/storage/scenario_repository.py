"""Scenario versions in the database; implements ``services.ports.ScenarioArchive``."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from trainer_app.domain.content_snapshots import ScenarioSnapshot
from trainer_app.domain.session_errors import ScenarioVersionFixed
from trainer_app.storage.database import Database
from trainer_app.storage.records import SqlRecords, record_of
from trainer_app.storage.tables.sessions import ScenarioVersionRow, SessionRow


class SqlScenarioArchive:
    """Reads and writes the table ``scenario_version``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._records = SqlRecords(database, ScenarioVersionRow, ScenarioSnapshot)

    def keep(self, snapshot: ScenarioSnapshot) -> None:
        """Keep a version; a changed one replaces what was kept only as long as no session refers to it.

        Raises:
            ScenarioVersionFixed: a session refers to it, and the content is another.
        """
        key = (snapshot.code, snapshot.version)
        with self._database.writing() as transaction:
            row = transaction.get(ScenarioVersionRow, key)
            if row is not None and record_of(row, ScenarioSnapshot) == snapshot:
                return
            used = select(SessionRow.id).where(
                SessionRow.scenario_code == snapshot.code, SessionRow.scenario_version == snapshot.version
            )
            if row is not None and transaction.scalars(used.limit(1)).first() is not None:
                raise ScenarioVersionFixed(scenario=snapshot.code, version=snapshot.version)
            self._records.write(transaction, snapshot)

    def version(self, code: str, version: int) -> ScenarioSnapshot | None:
        """Return one version of a scenario."""
        return self._records.get(code, version)

    def all(self) -> Sequence[ScenarioSnapshot]:
        """Return all versions, by code and version."""
        return self._records.where()
