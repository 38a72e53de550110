"""A passage says which kinds of codes were shown; what figures are counted by stands in the index by time."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("passages", sa.Column("code_families", sa.Text))
    op.drop_index("passages_by_time")
    counted = ("kind", "verdict", "started_at", "shift_date", "shift", "officer", "reason_codes", "code_families")
    op.create_index("passages_by_time", "passages", ["concluded_at", "id", *counted])
