"""The desk: by which keyed hashes a legal hold on a child reaches the papers about them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_match",
        sa.Column("paper", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.PrimaryKeyConstraint("paper", "key", name=op.f("pk_paper_match")),
    )
    op.create_index("ix_paper_match_key", "paper_match", ["key"])


def downgrade() -> None:
    op.drop_table("paper_match")
