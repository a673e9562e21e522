"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column(
            "sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=140), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
    )
    op.create_table(
        "call",
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=True),
        sa.Column("caller", sa.String(length=20), nullable=True),
        sa.Column("dialled", sa.String(length=20), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("ending", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("sid", name=op.f("pk_call")),
    )
    op.create_index(op.f("ix_call_began_at"), "call", ["began_at"])

    op.create_table(
        "callback",
        sa.Column("call", sa.String(length=64), nullable=False),
        sa.Column("node", sa.String(length=40), nullable=False),
        sa.Column("hop", sa.Integer(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("target", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promise", sa.DateTime(timezone=True), nullable=True),
        sa.Column("readings", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("call", "node", "hop", name=op.f("pk_callback")),
    )
    op.create_index(op.f("ix_callback_target"), "callback", ["target"])

    op.create_table(
        "change",
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_change")),
    )
    op.create_table(
        "entry",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", name=op.f("pk_entry")),
    )
    op.create_table(
        "event",
        sa.Column("call", sa.String(length=64), nullable=False),
        sa.Column("leg", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("call", "leg", "sequence", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"])

    op.create_table(
        "key",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key")),
        sa.UniqueConstraint("hash", name=op.f("uq_key_hash")),
    )
    op.create_table(
        "leg",
        sa.Column("call", sa.String(length=64), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("call", "sid", name=op.f("pk_leg")),
    )
    op.create_table(
        "plan",
        sa.Column("digest", sa.String(length=12), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_line"), "plan", ["line"])


def downgrade() -> None:
    op.drop_index(op.f("ix_plan_line"), "plan")
    op.drop_table("plan")
    op.drop_table("leg")
    op.drop_table("key")
    op.drop_index(op.f("ix_event_at"), "event")
    op.drop_table("event")
    op.drop_table("entry")
    op.drop_table("change")
    op.drop_index(op.f("ix_callback_target"), "callback")
    op.drop_table("callback")
    op.drop_index(op.f("ix_call_began_at"), "call")
    op.drop_table("call")
    op.drop_table("audit")
