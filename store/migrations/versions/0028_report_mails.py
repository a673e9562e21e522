"""Reports that come by e-mail: who gets which, and every letter that was due."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_mail",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("every", sa.String(length=8), nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=8), nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_mail")),
    )
    op.create_table(
        "report_letter",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("mail", sa.String(length=16), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("trial", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=40), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=250), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_letter")),
    )
    op.create_index("ix_report_letter_state_due_at", "report_letter", ["state", "due_at"])
    op.create_index("ix_report_letter_mail_asked_at", "report_letter", ["mail", "asked_at"])


def downgrade() -> None:
    op.drop_index("ix_report_letter_mail_asked_at", table_name="report_letter")
    op.drop_index("ix_report_letter_state_due_at", table_name="report_letter")
    op.drop_table("report_letter")
    op.drop_table("report_mail")
