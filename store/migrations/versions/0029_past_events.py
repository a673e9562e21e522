"""Events of calls that began weeks ago: on PostgreSQL a partition for each day, which goes as a whole when its time has come."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_event",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("call", sa.String(length=64), nullable=False),
        sa.Column("leg", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day", "call", "leg", "sequence", name=op.f("pk_past_event")),
        postgresql_partition_by="LIST (day)",
    )


def downgrade() -> None:
    """They go back to where they were."""
    columns = "call, leg, sequence, kind, at, body"
    there = "NOT EXISTS (SELECT 1 FROM event AS e WHERE (e.call, e.leg, e.sequence) = (p.call, p.leg, p.sequence))"
    op.execute(f"INSERT INTO event ({columns}) SELECT {columns} FROM past_event AS p WHERE {there}")  # noqa: S608
    op.drop_table("past_event")
