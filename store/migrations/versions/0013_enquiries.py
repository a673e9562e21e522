"""The desk: enquiries and what they match, CETR requests, legal holds."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _enquiries()
    op.create_table(
        "cetr_request",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("reply", sa.String(length=10), nullable=False),
        sa.Column("stated", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("child", sa.String(length=43), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("target_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promise_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=140), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=140), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cetr_request")),
    )
    op.create_index("ix_cetr_request_received_at", "cetr_request", ["received_at"])
    op.create_index("ix_cetr_request_child", "cetr_request", ["child"])
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=True),
        sa.Column("key", sa.String(length=43), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=140), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )


def _enquiries() -> None:
    op.create_table(
        "enquiry",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("call", sa.String(length=64), nullable=True),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("prompts", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("verified_how", sa.Text(), nullable=False),
        sa.Column("verified_by", sa.String(length=140), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact", sa.String(length=16), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=140), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
    )
    for column in ("made_at", "call", "contact"):
        op.create_index(f"ix_enquiry_{column}", "enquiry", [column])
    op.create_table(
        "enquiry_match",
        sa.Column("enquiry", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.Column("unit", sa.String(length=6), nullable=False),
        sa.PrimaryKeyConstraint("enquiry", "key", name=op.f("pk_enquiry_match")),
    )
    op.create_index("ix_enquiry_match_key", "enquiry_match", ["key"])
    op.create_table(
        "enquiry_step",
        sa.Column("enquiry", sa.String(length=16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=140), nullable=False),
        sa.PrimaryKeyConstraint("enquiry", "sequence", name=op.f("pk_enquiry_step")),
    )


def downgrade() -> None:
    for table in ("legal_hold", "cetr_request", "enquiry_step", "enquiry_match", "enquiry"):
        op.drop_table(table)
