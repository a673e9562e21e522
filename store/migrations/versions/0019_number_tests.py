"""Test calls of duty numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "number_test_choice",
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("tests", sa.Boolean(), nullable=False),
        sa.Column("moves", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_number_test_choice")),
    )
    op.create_table(
        "number_standing",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("engaged", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=True),
        sa.Column("last_outcome", sa.String(length=16), nullable=False),
        sa.Column("flagged_at", MOMENT, nullable=True),
        sa.Column("followed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_number_standing")),
    )
    op.create_table(
        "number_test",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_test")),
    )
    op.create_index("ix_number_test_number", "number_test", ["number", "asked_at"])
    op.create_table(
        "number_move",
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("behind", sa.String(length=20), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "number", name=op.f("pk_number_move")),
    )


def downgrade() -> None:
    op.drop_table("number_move")
    op.drop_table("number_test")
    op.drop_table("number_standing")
    op.drop_table("number_test_choice")
