"""When a headset was made ready for Wi-Fi: after a restart it is to be so again."""

import sqlalchemy as sa
from alembic import op

from trainer_app.storage.tables.columns import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of the headsets there are it is not known."""
    op.add_column("headset", sa.Column("armed_at", UtcDateTime(), nullable=True))
