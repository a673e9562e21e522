"""Which tables hold what is not in force yet, and what was in force when?"""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from store.tables import Utc, metadata, whole

draft = Table(
    "draft",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("line", String(40), nullable=False),
    Column("authority", String(80), nullable=False),
    Column("title", String(200), nullable=False),
    Column("body", JSON, nullable=False),
    Column("base", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("who", String(140), nullable=False),
    Column("why", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("publish_at", Utc),
    Column("changed_at", Utc, nullable=False),
    Column("told", Text, nullable=False),
    Index("ix_draft_state", "state"),
    Index("ix_draft_line", "line"),
)
"""A change of a plan or of the directory that somebody prepares. ``base`` is what it was made on: a plan's digest, or a version of
the directory. ``told`` says why a draft that was to be published by itself was not."""

plan_version = Table(
    "plan_version",
    metadata,
    Column("version", whole, primary_key=True, autoincrement=False),
    Column("line", String(40), primary_key=True),
    Column("digest", String(12), nullable=False),
    Column("at", Utc, nullable=False),
    Column("who", String(140), nullable=False),
    Column("why", Text, nullable=False),
    Index("ix_plan_version_line", "line"),
)
"""Each time that a plan came into force: the version of the log that did it, by whom and why. One plan may do so several times."""
