"""Handovers between shifts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_INSTANT = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "handover_steps",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("checkpoint", sa.Text, nullable=False),
        sa.Column("shift_date", sa.Text, nullable=False),
        sa.Column("shift", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint("kind IN ('written', 'given', 'taken')", name="handover_steps_kind"),
        sa.CheckConstraint("number >= 1", name="handover_steps_number"),
        sa.UniqueConstraint("checkpoint", "shift_date", "shift", "number", name="handover_steps_once"),
        sqlite_strict=True,
    )
