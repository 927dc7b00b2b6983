"""Where the group looked while a film was shown: one map a showing, of nobody in particular."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; of films that were shown before, nothing was kept."""
    op.create_table(
        "heat_map",
        sa.Column("playback_id", sa.Uuid(), nullable=False),
        sa.Column("encoded", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["playback_id"], ["playback.id"], name="fk_heat_map_playback_id_playback", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("playback_id", name="pk_heat_map"),
    )
