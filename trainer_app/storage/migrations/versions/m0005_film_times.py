"""Where in the film a learning point or an action was written."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of what was written before, it is not known."""
    for table in ("learning_point", "action_item"):
        op.add_column(table, sa.Column("film_s", sa.Double(), nullable=True))
