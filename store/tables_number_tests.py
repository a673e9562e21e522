"""Which tables hold the test calls of duty numbers: which teams want them, how each number stands, and every call that was made?"""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from store.tables import Utc, metadata

number_test_choice = Table(
    "number_test_choice",
    metadata,
    Column("team", String(80), primary_key=True),
    Column("tests", Boolean, nullable=False),
    Column("moves", Boolean, nullable=False),
)
"""A team without a row wants neither."""

number_standing = Table(
    "number_standing",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("due_at", Utc, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("engaged", Integer, nullable=False),
    Column("last_at", Utc),
    Column("last_outcome", String(16), nullable=False),
    Column("flagged_at", Utc),
    Column("followed", Boolean, nullable=False),
)
"""A number (E.164) that was tested: when it is due again, how often in a row it failed and was engaged, since when it is flagged,
and whether what follows from its last test has been done."""

number_test = Table(
    "number_test",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("number", String(20), nullable=False),
    Column("team", String(80), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("ended_at", Utc),
    Column("outcome", String(16), nullable=False),
    Index("ix_number_test_number", "number", "asked_at"),
)
"""One test call, for the team whose name it says; ``outcome`` is empty until it is over."""

number_move = Table(
    "number_move",
    metadata,
    Column("team", String(80), primary_key=True),
    Column("number", String(20), primary_key=True),
    Column("behind", String(20), nullable=False),
    Column("before", String(20), nullable=False),
    Column("at", Utc, nullable=False),
)
"""A number that stands further back in its team since it failed: ``behind`` which one, and ``before`` which one it stood."""
