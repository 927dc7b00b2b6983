"""Alembic runs this for every command; the connection comes from ``storage.migrating``."""

from alembic import context

from trainer_app.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite can take back CREATE TABLE as well, because our engine begins its transactions itself.
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
