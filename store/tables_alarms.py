"""Which tables hold what is amiss, and what was looked at last to find that out?"""

from sqlalchemy import Column, Index, Integer, SmallInteger, String, Table, Text

from store.tables import Utc, metadata

alarm = Table(
    "alarm",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("code", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("words", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("began_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("ended_at", Utc),
    Column("acknowledged_by", String(140), nullable=False),
    Column("acknowledged_until", Utc),
    Column("why", Text, nullable=False),
    Column("told_at", Utc),
    Column("open_as", String(122), unique=True),
    Index("ix_alarm_began_at", "began_at"),
)
"""An alarm with its beginning and its end; ``open_as`` (code and subject, while it lasts) keeps it from being opened twice.
``told_at`` is when a text message last went out for it."""

watched = Table(
    "watched",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("subject", String(80), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("words", Text, nullable=False),
    Column("milliseconds", Integer),
    Column("expected_at", Utc),
    Column("place", String(60), nullable=False),
)
"""The last look of each kind at each line: its silence, its test call, a real one that is on its way (``place``: from which number).
It stands apart from the calls, so that none of it is ever counted as one."""
