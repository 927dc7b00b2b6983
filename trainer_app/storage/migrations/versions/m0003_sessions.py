"""Sessions: plan, run, outcome, and the checks of the suitcase around them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
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
    """Create the tables."""
    _plans()
    _runs()
    _outcomes()
    _checks()


def _plans() -> None:
    op.create_table(
        "theme",
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("title_nb", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_traced(),
        sa.PrimaryKeyConstraint("code", name="pk_theme"),
    )
    op.create_table(
        "scenario_version",
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(16), nullable=False),
        sa.Column("title_nb", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(["theme"], ["theme.code"], name="fk_scenario_version_theme_theme"),
        sa.PrimaryKeyConstraint("code", "version", name="pk_scenario_version"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(32), nullable=True),
        sa.Column("session_type", sa.String(24), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("kit_id", sa.Uuid(), nullable=True),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("arena", sa.String(24), nullable=False),
        sa.Column("theme", sa.String(16), nullable=True),
        sa.Column("scenario_code", sa.String(32), nullable=True),
        sa.Column("scenario_version", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("planned_start", sa.DateTime(), nullable=True),
        sa.Column("planned_end", sa.DateTime(), nullable=True),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("format", sa.String(4), nullable=False),
        sa.Column("debrief_model", sa.String(16), nullable=False),
        sa.Column("content_lang", sa.String(8), nullable=False),
        sa.Column("aftercare_contact", sa.String(), nullable=False),
        sa.Column("contract_reviewed", sa.Boolean(), nullable=False),
        sa.Column("safety_info_given", sa.Boolean(), nullable=False),
        sa.Column("aftercare_offered", sa.Boolean(), nullable=False),
        sa.Column("actual_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actual_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=False),
        sa.Column("abort_reason", sa.String(24), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("plan_snapshot", sa.Text(), nullable=True),
        *_traced(),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name="fk_session_closed_by_person"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_session_department_id_department"
        ),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_session_kit_id_kit"),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_session_room_id_room"),
        sa.ForeignKeyConstraint(
            ["scenario_code", "scenario_version"],
            ["scenario_version.code", "scenario_version.version"],
            name="fk_session_scenario_code_scenario_version_scenario_version",
        ),
        sa.ForeignKeyConstraint(["theme"], ["theme.code"], name="fk_session_theme_theme"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_session_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("number", name="uq_session_number"),
    )
    op.create_index("ix_session_department_id", "session", ["department_id"])
    op.create_index("ix_session_planned_start", "session", ["planned_start"])
    op.create_index("ix_session_state", "session", ["state"])
    op.create_table(
        "session_objective",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("reached", sa.String(16), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_session_objective_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_session_objective"),
    )
    op.create_index("ix_session_objective_session_id", "session_objective", ["session_id"])
    op.create_table(
        "session_phase",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("planned_min", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_session_phase_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "seq", name="pk_session_phase"),
    )
    op.create_table(
        "session_team",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_session_team_person_id_person"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_session_team_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", "role", name="pk_session_team"),
    )


def _runs() -> None:
    op.create_table(
        "attendance",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_on_paper", sa.Boolean(), nullable=False),
        sa.Column("minutes_present", sa.Integer(), nullable=True),
        *_traced(),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_attendance_person_id_person"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_attendance_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name="pk_attendance"),
    )
    op.create_index("ix_attendance_person_id", "attendance", ["person_id"])
    op.create_table(
        "headset_assignment",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("headset_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("cleaned_before", sa.Boolean(), nullable=False),
        sa.Column("cleaned_after", sa.Boolean(), nullable=False),
        sa.Column("ended_early", sa.Boolean(), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(
            ["headset_id"], ["headset.id"], name="fk_headset_assignment_headset_id_headset"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_headset_assignment_person_id_person"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name="fk_headset_assignment_session_id_session",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "wave", "headset_id", name="pk_headset_assignment"),
    )
    op.create_table(
        "heartbeat",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_heartbeat_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name="pk_heartbeat"),
    )
    op.create_table(
        "playback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("film_sha256", sa.String(64), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_s", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.JSON(none_as_null=True), nullable=True),
        *_traced(),
        sa.ForeignKeyConstraint(["film_sha256"], ["film.sha256"], name="fk_playback_film_sha256_film"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_playback_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_playback"),
    )
    op.create_index("ix_playback_session_id", "playback", ["session_id"])
    op.create_table(
        "run_event",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_run_event_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "seq", name="pk_run_event"),
    )
    op.create_table(
        "playback_headset",
        sa.Column("playback_id", sa.Uuid(), nullable=False),
        sa.Column("headset_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["headset_id"], ["headset.id"], name="fk_playback_headset_headset_id_headset"
        ),
        sa.ForeignKeyConstraint(
            ["playback_id"],
            ["playback.id"],
            name="fk_playback_headset_playback_id_playback",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("playback_id", "headset_id", name="pk_playback_headset"),
    )


def _outcomes() -> None:
    op.create_table(
        "notes_deleted",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("at", name="pk_notes_deleted"),
    )
    op.create_table(
        "learning_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("level", sa.String(16), nullable=True),
        sa.Column("dimension", sa.String(16), nullable=True),
        sa.Column("verdict", sa.String(16), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_learning_point_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_learning_point"),
    )
    op.create_index("ix_learning_point_session_id", "learning_point", ["session_id"])
    op.create_table(
        "action_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("learning_point_id", sa.Uuid(), nullable=True),
        sa.Column("owner_role", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("pdsa_step", sa.String(16), nullable=True),
        sa.Column("category", sa.String(16), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        *_traced(),
        sa.ForeignKeyConstraint(
            ["learning_point_id"],
            ["learning_point.id"],
            name="fk_action_item_learning_point_id_learning_point",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_action_item_owner_id_person"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_action_item_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_action_item"),
    )
    op.create_index("ix_action_item_session_id", "action_item", ["session_id"])
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("phase_seq", sa.Integer(), nullable=True),
        sa.Column("film_s", sa.Double(), nullable=True),
        sa.Column("stop_point", sa.String(32), nullable=True),
        sa.Column("promoted_to", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["promoted_to"],
            ["learning_point.id"],
            name="fk_note_promoted_to_learning_point",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_note_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_session_id", "note", ["session_id"])


def _checks() -> None:
    op.create_table(
        "inventory_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("performed_by", sa.Uuid(), nullable=True),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        *_traced(),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_inventory_check_kit_id_kit"),
        sa.ForeignKeyConstraint(
            ["performed_by"], ["person.id"], name="fk_inventory_check_performed_by_person"
        ),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_inventory_check_session_id_session"),
        sa.PrimaryKeyConstraint("id", name="pk_inventory_check"),
    )
    op.create_index("ix_inventory_check_kit_id", "inventory_check", ["kit_id"])
    op.create_table(
        "inventory_check_line",
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(16), nullable=False),
        sa.Column("headset_id", sa.Uuid(), nullable=True),
        sa.Column("accessory_id", sa.Uuid(), nullable=True),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("battery_percent", sa.Integer(), nullable=True),
        sa.Column("quantity_found", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accessory_id"], ["accessory.id"], name="fk_inventory_check_line_accessory_id_accessory"
        ),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["inventory_check.id"],
            name="fk_inventory_check_line_check_id_inventory_check",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["headset_id"], ["headset.id"], name="fk_inventory_check_line_headset_id_headset"
        ),
        sa.PrimaryKeyConstraint("check_id", "seq", name="pk_inventory_check_line"),
    )
