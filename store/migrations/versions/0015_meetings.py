"""The desk: strategy meetings, their seats, and what their conferences told."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("preset", sa.String(length=40), nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("caller_id", sa.String(length=20), nullable=False),
        sa.Column("call", sa.String(length=64), nullable=True),
        sa.Column("contact", sa.String(length=16), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("minuted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_state", "meeting", ["state"])
    op.create_table(
        "meeting_seat",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("meeting", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=140), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("target", sa.JSON(), nullable=False),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("gap", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_seat")),
    )
    op.create_index("ix_meeting_seat_meeting", "meeting_seat", ["meeting", "place"], unique=True)
    op.create_table(
        "meeting_event",
        sa.Column("meeting", sa.String(length=16), nullable=False),
        sa.Column("conference", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "conference", "sequence", name=op.f("pk_meeting_event")),
    )


def downgrade() -> None:
    for table in ("meeting_event", "meeting_seat", "meeting"):
        op.drop_table(table)
