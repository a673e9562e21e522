"""Which tables hold what the desk still has to do: tasks, with their clocks, and chores that nobody asks for?"""

from sqlalchemy import Column, Index, Integer, SmallInteger, String, Table, Text

from store.tables import Utc, metadata

task = Table(
    "task",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("authority", String(80), nullable=False),
    Column("about_kind", String(20), nullable=False),
    Column("about", String(64), nullable=False),
    Column("role", String(40), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("target_at", Utc),
    Column("promise_at", Utc),
    Column("state", String(10), nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("owner", String(40), nullable=False),
    Column("sounds_at", Utc),
    Column("seen_by", String(140), nullable=False),
    Column("note", Text, nullable=False),
    Column("ended_at", Utc),
    Column("open_as", String(110), unique=True),
    Index("ix_task_state", "state"),
    Index("ix_task_about", "about"),
    Index("ix_task_promise_at", "promise_at"),
)
"""A task. ``about`` is the id of the record it belongs to; ``sounds_at`` when its alert is next announced, ``seen_by`` who
acknowledged it last; ``note`` is sealed; ``open_as`` (kind and record) keeps a second one like it from being opened."""

chore = Table(
    "chore",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("claimed_by", String(40)),
    Column("claimed_until", Utc),
    Column("attempts", Integer, nullable=False),
    Column("done_at", Utc),
    Index("ix_chore_due_at", "due_at"),
)
"""Work that comes round by itself, one row for each; claimed for a lease (``store.claims``), then due again later."""
