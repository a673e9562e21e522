"""The desk: contact records, what they hold, who saved and may read them, and how they find each other."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("call", sa.String(length=64), nullable=True),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("call", name=op.f("uq_contact_call")),
    )
    op.create_table(
        "contact_field",
        sa.Column("contact", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=140), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("contact", "code", name=op.f("pk_contact_field")),
    )
    op.create_table(
        "contact_version",
        sa.Column("contact", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=140), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("contact", "version", name=op.f("pk_contact_version")),
    )
    op.create_table(
        "contact_access",
        sa.Column("contact", sa.String(length=16), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("contact", "who", name=op.f("pk_contact_access")),
    )
    op.create_table(
        "contact_match",
        sa.Column("contact", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.PrimaryKeyConstraint("contact", "key", name=op.f("pk_contact_match")),
    )
    op.create_index("ix_contact_match_key", "contact_match", ["key"])
    op.create_table(
        "contact_link",
        sa.Column("contact", sa.String(length=16), nullable=False),
        sa.Column("other", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("contact", "other", name=op.f("pk_contact_link")),
    )


def downgrade() -> None:
    for table in ("contact_link", "contact_match", "contact_access", "contact_version", "contact_field", "contact"):
        op.drop_table(table)
