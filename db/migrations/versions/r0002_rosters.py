"""Published rosters, swaps, drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_INSTANT = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "roster_versions",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("start", sa.Text, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("published_at", _INSTANT, nullable=False),
        sa.Column("published_by", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("assignments", sa.Text, nullable=False),
        sa.Column("approvals", sa.Text, nullable=False),
        sa.Column("refused", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint("length >= 1", name="roster_versions_length"),
        sa.CheckConstraint("version >= 1", name="roster_versions_version"),
        sa.UniqueConstraint("district", "start", "version", name="roster_versions_once"),
        sqlite_strict=True,
    )

    op.create_table(
        "swap_steps",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("swap", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("start", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("approvals", sa.Text, nullable=False),
        sa.Column("proposal", sa.Text),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint("number >= 1", name="swap_steps_number"),
        sa.CheckConstraint("(number = 1) = (proposal IS NOT NULL)", name="swap_steps_proposal"),
        sa.UniqueConstraint("swap", "number", name="swap_steps_once"),
        sqlite_strict=True,
    )
    op.create_index("swap_steps_by_roster", "swap_steps", ["district", "start", "at"])

    op.create_table(
        "roster_drafts",
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("start", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("draft", sa.Text, nullable=False),
        sa.Column("saved_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("district", "start", "person"),
        sqlite_strict=True,
    )
