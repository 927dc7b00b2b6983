"""The sum that headsets verify a film by."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; films that were taken in before are verified by their names."""
    op.add_column("film", sa.Column("blake3", sa.String(64), server_default="", nullable=False))
