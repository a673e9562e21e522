"""What reports are made of: calls counted by day, and the columns by which transfers, call-backs and tasks are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("hour", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("who", sa.String(length=160), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "line", "hour", "who", "measure", "value", name=op.f("pk_report_count")),
    )
    op.create_table(
        "report_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_report_day")),
    )
    op.create_index("ix_transfer_at", "transfer", ["at"])
    op.create_index("ix_call_back_promise", "call_back", ["promise"])
    op.create_index("ix_task_promise_at", "task", ["promise_at"])


def downgrade() -> None:
    op.drop_index("ix_task_promise_at", table_name="task")
    op.drop_index("ix_call_back_promise", table_name="call_back")
    op.drop_index("ix_transfer_at", table_name="transfer")
    op.drop_table("report_day")
    op.drop_table("report_count")
