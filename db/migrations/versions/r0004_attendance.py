"""How somebody signed in or out; badges."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INSTANT = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    # Made anew, since a column added to a table in place may not be NOT NULL without a default. The renamed one takes
    # its triggers with it; `db.migrations.upgrade` makes those of the new one.
    op.rename_table("sign_ins", "sign_ins_before")
    op.create_table(
        "sign_ins",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("shift_date", sa.Text, nullable=False),
        sa.Column("shift", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint("kind IN ('in', 'out')", name="sign_ins_kind"),
        sa.CheckConstraint("how IN ('pin', 'badge', 'desk')", name="sign_ins_how"),
        sa.ForeignKeyConstraint(["person"], ["people.code"], name="sign_ins_person"),
        sqlite_strict=True,
    )
    # Until now a PIN let people in, and leaving asked for none.
    op.execute(
        "INSERT INTO sign_ins SELECT station, id, person, at, shift_date, shift, kind,"
        " CASE kind WHEN 'in' THEN 'pin' ELSE 'desk' END FROM sign_ins_before"
    )
    op.drop_table("sign_ins_before")
    op.create_index("sign_ins_by_shift", "sign_ins", ["station", "shift_date", "shift"])

    op.create_table(
        "badges",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("sha256", sa.Text),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint("number >= 1", name="badges_number"),
        sa.ForeignKeyConstraint(["person"], ["people.code"], name="badges_person"),
        sa.UniqueConstraint("person", "number", name="badges_once"),
        sqlite_strict=True,
    )
    op.create_index("badges_by_sha256", "badges", ["sha256"])
