"""Which table holds the warnings that somebody has accepted for a while?"""

from sqlalchemy import Column, String, Table, Text

from store.tables import Utc, metadata

acceptance = Table(
    "acceptance",
    metadata,
    Column("finding", String(24), primary_key=True),
    Column("code", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("slug", String(80), nullable=False),
    Column("authority", String(80), nullable=False),
    Column("why", Text, nullable=False),
    Column("until", Utc, nullable=False),
    Column("who", String(140), nullable=False),
    Column("at", Utc, nullable=False),
)
"""``finding`` is a keyed hash of its words: a finding that comes to say something else is not accepted any more."""
