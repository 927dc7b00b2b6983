"""Departments, rooms, people, and suitcases with what lies in them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _traced() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
    )


def upgrade() -> None:
    """Create the tables; headsets get their suitcase and condition."""
    _organisation()
    _people()
    _suitcases()


def _organisation() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(16), nullable=False),
        sa.Column("health_trust", sa.String(), nullable=False),
        sa.Column("contact_role", sa.String(), nullable=False),
        sa.Column("aftercare_card", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_traced(),
        sa.PrimaryKeyConstraint("id", name="pk_department"),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_type", sa.String(16), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_unit_department_id_department"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
    )
    op.create_index("ix_unit_department_id", "unit", ["department_id"])
    op.create_table(
        "room",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_room_department_id_department"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_room"),
    )
    op.create_index("ix_room_department_id", "room", ["department_id"])


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("profession", sa.String(16), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("is_new_employee", sa.Boolean(), nullable=True),
        sa.Column("external_org", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True),
        *_traced(),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_person_department_id_department"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_person_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_department_id", "person", ["department_id"])
    op.create_table(
        "facilitator",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("course_provider", sa.String(), nullable=False),
        sa.Column("course_name", sa.String(), nullable=False),
        sa.Column("course_date", sa.Date(), nullable=True),
        sa.Column("vr_training_date", sa.Date(), nullable=True),
        sa.Column("advanced_course_date", sa.Date(), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("may_travel", sa.Boolean(), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_facilitator_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", name="pk_facilitator"),
    )


def _suitcases() -> None:
    op.create_table(
        "kit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("asset_no", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("target_headset_count", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("check_interval_days", sa.Integer(), nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        *_traced(),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_kit_department_id_department"),
        sa.ForeignKeyConstraint(["responsible_id"], ["person.id"], name="fk_kit_responsible_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_kit"),
        sa.UniqueConstraint("label", name="uq_kit_label"),
    )
    op.create_index("ix_kit_department_id", "kit", ["department_id"])
    with op.batch_alter_table("headset", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kit_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("condition", sa.String(16), server_default="klar", nullable=False))
        batch_op.add_column(sa.Column("condition_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("condition_note", sa.String(), server_default="", nullable=False))
        batch_op.drop_constraint("uq_headset_number", type_="unique")
        batch_op.create_unique_constraint("uq_headset_kit_id_number", ["kit_id", "number"])
        batch_op.create_foreign_key("fk_headset_kit_id_kit", "kit", ["kit_id"], ["id"])
    op.create_table(
        "headset_film",
        sa.Column("headset_id", sa.Uuid(), nullable=False),
        sa.Column("film_sha256", sa.String(64), nullable=False),
        sa.Column("presence", sa.String(16), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["film_sha256"], ["film.sha256"], name="fk_headset_film_film_sha256_film", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["headset_id"], ["headset.id"], name="fk_headset_film_headset_id_headset", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("headset_id", "film_sha256", name="pk_headset_film"),
    )
    op.create_table(
        "kit_loan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kit_id", sa.Uuid(), nullable=False),
        sa.Column("borrower", sa.String(), nullable=False),
        sa.Column("starts", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        *_traced(),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_kit_loan_kit_id_kit"),
        sa.PrimaryKeyConstraint("id", name="pk_kit_loan"),
    )
    op.create_index("ix_kit_loan_kit_id", "kit_loan", ["kit_id"])
    op.create_table(
        "accessory",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kit_id", sa.Uuid(), nullable=False),
        sa.Column("item_type", sa.String(32), nullable=False),
        sa.Column("quantity_expected", sa.Integer(), nullable=False),
        sa.Column("quantity_found", sa.Integer(), nullable=True),
        sa.Column("consumable", sa.Boolean(), nullable=False),
        sa.Column("reorder_level", sa.Integer(), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_accessory_kit_id_kit"),
        sa.PrimaryKeyConstraint("id", name="pk_accessory"),
    )
    op.create_index("ix_accessory_kit_id", "accessory", ["kit_id"])
