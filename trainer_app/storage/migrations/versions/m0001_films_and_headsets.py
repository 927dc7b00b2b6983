"""Films and headsets."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "film",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("theme", sa.String(16), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("projection", sa.String(32), nullable=False),
        sa.Column("stereo", sa.String(32), nullable=False),
        sa.Column("probe", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_film"),
    )
    op.create_table(
        "headset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_headset"),
        sa.UniqueConstraint("serial", name="uq_headset_serial"),
        sa.UniqueConstraint("number", name="uq_headset_number"),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("headset")
    op.drop_table("film")
