"""The desk: call-backs, each time that one is tried, and the switchboards of the bodies that checks are answered for."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_back",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("call", sa.String(length=64), nullable=True),
        sa.Column("node", sa.String(length=40), nullable=True),
        sa.Column("hop", sa.Integer(), nullable=True),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_by", sa.String(length=140), nullable=False),
        sa.Column("target", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promise", sa.DateTime(timezone=True), nullable=False),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.Column("escalates_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=140), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.String(length=140), nullable=False),
        sa.Column("merged_into", sa.String(length=16), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("open_as", sa.String(length=110), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back")),
        sa.UniqueConstraint("open_as", name=op.f("uq_call_back_open_as")),
    )
    op.create_index("ix_call_back_booking", "call_back", ["call", "node", "hop"], unique=True)
    op.create_index("ix_call_back_merged_into", "call_back", ["merged_into"])
    op.create_index("ix_call_back_state", "call_back", ["state"])
    op.create_table(
        "call_back_attempt",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("callback", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("who", sa.String(length=140), nullable=False),
        sa.Column("handler", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("caller_id", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dialled", sa.String(length=20), nullable=True),
        sa.Column("dialled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back_attempt")),
    )
    op.create_index("ix_call_back_attempt_callback", "call_back_attempt", ["callback"])
    op.create_index("ix_call_back_attempt_state", "call_back_attempt", ["state"])
    op.create_table(
        "body_switchboard",
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=140), nullable=False),
        sa.PrimaryKeyConstraint("body", name=op.f("pk_body_switchboard")),
    )


def downgrade() -> None:
    for table in ("body_switchboard", "call_back_attempt", "call_back"):
        op.drop_table(table)
