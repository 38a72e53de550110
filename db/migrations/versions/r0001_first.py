"""Passages, decisions, events, people, documents, sign-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_INSTANT = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "passages",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("checkpoint", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("concluded_at", _INSTANT, nullable=False),
        sa.Column("plate", sa.Text),
        sa.Column("plate_kind", sa.Text),
        sa.Column("direction", sa.Text),
        sa.Column("people", sa.Integer),
        sa.Column("officer", sa.Text),
        sa.Column("on_duty", sa.Text, nullable=False),
        sa.Column("shift_date", sa.Text, nullable=False),
        sa.Column("shift", sa.Text, nullable=False),
        sa.Column("policy_version", sa.Text, nullable=False),
        sa.Column("policy_notice", sa.Text),
        sa.Column("policy_sha256", sa.Text, nullable=False),
        sa.Column("trust_sha256", sa.Text),
        sa.Column("trust_age_s", sa.Integer),
        sa.Column("clock", sa.Text, nullable=False),
        sa.Column("demo", sa.Integer, nullable=False),
        sa.Column("previous", sa.Text),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint("kind IN ('checked', 'exempt', 'abandoned')", name="passages_kind"),
        sa.CheckConstraint("verdict IN ('pass', 'review', 'refuse')", name="passages_verdict"),
        sa.CheckConstraint("demo IN (0, 1)", name="passages_demo"),
        sa.CheckConstraint("people >= 0", name="passages_people"),
        sa.ForeignKeyConstraint(["station", "previous"], ["passages.station", "passages.id"], name="passages_previous"),
        sqlite_strict=True,
    )
    op.create_index("passages_by_time", "passages", ["concluded_at", "id"])
    op.create_index("passages_by_plate", "passages", ["plate", "concluded_at", "id"])
    review = sa.text("verdict = 'review'")
    op.create_index(
        "passages_in_review", "passages", ["concluded_at", "id"], sqlite_where=review, postgresql_where=review
    )

    op.create_table(
        "decisions",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("passage", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("lead", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("details", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint(
            "kind IN ('release', 'turn_back', 'sent_to_test', 'called', 'correction', 'note')", name="decisions_kind"
        ),
        sa.ForeignKeyConstraint(["station", "passage"], ["passages.station", "passages.id"], name="decisions_passage"),
        sqlite_strict=True,
    )
    op.create_index("decisions_by_passage", "decisions", ["station", "passage"])

    op.create_table(
        "events",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("actor", sa.Text),
        sa.Column("details", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "id"),
        sqlite_strict=True,
    )
    op.create_index("events_by_time", "events", ["at", "id"])

    op.create_table(
        "people",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("pin_hash", sa.Text),
        sa.Column("active", sa.Integer, nullable=False),
        sa.Column("added_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sa.CheckConstraint("role IN ('officer', 'lead', 'auditor', 'administrator')", name="people_role"),
        sa.CheckConstraint("active IN (0, 1)", name="people_active"),
        sqlite_strict=True,
    )

    op.create_table(
        "documents",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("issued_at", _INSTANT),
        sa.Column("imported_at", _INSTANT, nullable=False),
        sa.Column("imported_by", sa.Text),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("kind IN ('policy', 'trust', 'watchlist', 'sampling_points')", name="documents_kind"),
        sqlite_strict=True,
    )
    op.create_index("documents_by_kind", "documents", ["kind", "imported_at", "id"])

    op.create_table(
        "sign_ins",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("shift_date", sa.Text, nullable=False),
        sa.Column("shift", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint("kind IN ('in', 'out')", name="sign_ins_kind"),
        sa.ForeignKeyConstraint(["person"], ["people.code"], name="sign_ins_person"),
        sqlite_strict=True,
    )
    op.create_index("sign_ins_by_shift", "sign_ins", ["station", "shift_date", "shift"])
