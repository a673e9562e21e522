"""Drafts of plans and of the directory, and the history of each line's plan with author and reason."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
change = sa.table("change", sa.column("version"), sa.column("at", MOMENT), sa.column("body", sa.JSON()))
plan = sa.table("plan", *map(sa.column, ("digest", "line", "state", "text")), sa.column("at", MOMENT))


def upgrade() -> None:
    draft = op.create_table(
        "draft",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("base", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=140), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("publish_at", MOMENT, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index("ix_draft_state", "draft", ["state"])
    op.create_index("ix_draft_line", "draft", ["line"])
    version = op.create_table(
        "plan_version",
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=12), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(length=140), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", "line", name=op.f("pk_plan_version")),
    )
    op.create_index("ix_plan_version_line", "plan_version", ["line"])
    here = op.get_bind()
    history = _history(here)
    if history:
        op.bulk_insert(version, history)
    proposals = _proposals(here)
    if proposals:
        op.bulk_insert(draft, proposals)


def _history(here: sa.Connection) -> list[dict[str, object]]:
    """What the log of changes says of plans so far; only first loads have brought any into force."""
    named = sa.cast(change.c.body, sa.Text).contains('"plans"')
    rows = here.execute(sa.select(change).where(named).order_by(change.c.version)).all()
    return [
        {"version": row.version, "line": line, "digest": digest, "at": row.at, "who": "first load", "why": ""}
        for row in rows
        for line, digest in row.body.get("plans", {}).items()
    ]


def _proposals(here: sa.Connection) -> list[dict[str, object]]:
    """Changed files that waited as proposals become drafts."""
    rows = here.execute(sa.select(plan).where(plan.c.state.in_(("proposed", "current")))).all()
    current = {row.line: row.digest for row in rows if row.state == "current"}
    return [
        {"id": row.digest, "kind": "plan", "line": row.line, "authority": "", "title": "The changed file",
         "body": {"text": row.text}, "base": current.get(row.line, ""), "version": 1, "who": "files",
         "why": "its file under the plans folder has changed", "state": "open", "publish_at": None,
         "changed_at": row.at, "told": ""}
        for row in rows if row.state == "proposed"
    ]  # fmt: skip


def downgrade() -> None:
    op.drop_table("plan_version")
    op.drop_table("draft")
