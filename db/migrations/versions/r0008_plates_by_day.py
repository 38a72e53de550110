"""Whole plates are found day by day, in pages that lie together."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.drop_index("passages_by_plate", "passages")
    op.create_index("passages_by_plate", "passages", ["personal_day", "plate_index", "concluded_at", "id"])
