"""Passages are found by the plate that a correction put right.

Corrections of before have no index: while their day can be read, a part of the plate finds them, by decrypting.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("decisions", sa.Column("plate_index", sa.Text))
    corrections = sa.text("kind = 'correction'")
    op.create_index(
        "decisions_by_plate",
        "decisions",
        ["personal_day", "plate_index"],
        sqlite_where=corrections,
        postgresql_where=corrections,
    )
