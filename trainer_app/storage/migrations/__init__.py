"""The steps that build the database, each once released never changed (Alembic)."""
