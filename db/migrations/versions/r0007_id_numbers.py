"""The ledger is kept in the order of its entries, without an index beside it; passages are found by whole ID numbers.

Numbers in rows of before have no index: while their day can be read, they are found by decrypting.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_INSTANT = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("passages", sa.Column("id_indexes", sa.Text))
    known = sa.text("id_indexes IS NOT NULL")
    op.create_index(
        "passages_by_id_number",
        "passages",
        ["concluded_at", "id", "id_indexes"],
        sqlite_where=known,
        postgresql_where=known,
    )
    op.rename_table("ledger", "ledger_before")
    op.create_table(
        "ledger",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("encoding", sa.Integer, nullable=False),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("row_id", sa.Text, nullable=False),
        sa.Column("row_sha256", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("seen", _INSTANT, nullable=False),
        sa.Column("boot", sa.Text, nullable=False),
        sa.Column("uptime", _INSTANT, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "seq"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO ledger SELECT * FROM ledger_before ORDER BY station, seq")
    op.drop_table("ledger_before")
