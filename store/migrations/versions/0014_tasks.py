"""The desk: tasks and their alerts, chores that come round by themselves, papers beside contact records, and cases."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

PAPERS = ("basic_check", "consultation", "move", "rating", "message")


def upgrade() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("about_kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("target_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promise_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("sounds_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=140), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_as", sa.String(length=110), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("open_as", name=op.f("uq_task_open_as")),
    )
    op.create_index("ix_task_state", "task", ["state"])
    op.create_index("ix_task_about", "task", ["about"])
    op.create_table(
        "chore",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(length=40), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chore")),
    )
    op.create_index("ix_chore_due_at", "chore", ["due_at"])
    for name in PAPERS:
        _paper(name)
    op.create_table(
        "case_entry",
        sa.Column("match", sa.String(length=43), nullable=False),
        sa.Column("system", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("manager", sa.String(length=80), nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=140), nullable=False),
        sa.PrimaryKeyConstraint("match", "system", name=op.f("pk_case_entry")),
    )


def _paper(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("call", sa.String(length=64), nullable=True),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=140), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_state", name, ["state"])
    op.create_index(f"ix_{name}_about", name, ["about"])


def downgrade() -> None:
    for table in ("case_entry", *PAPERS, "chore", "task"):
        op.drop_table(table)
