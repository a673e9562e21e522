"""Which tables hold strategy meetings? What is planned, who has which seat, and what the conference told; no word of the matter.

Whoever is rung for a seat is a party (``tables_desk.party``), whose call is the meeting and whose transfer is the seat.
"""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table

from store.tables import Utc, metadata

meeting = Table(
    "meeting",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("preset", String(40), nullable=False),
    Column("authority", String(80), nullable=False),
    Column("line", String(40), nullable=False),
    Column("caller_id", String(20), nullable=False),
    Column("call", String(64)),
    Column("contact", String(16)),
    Column("at", Utc, nullable=False),
    Column("state", String(8), nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("minuted", Boolean, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("made_by", String(40), nullable=False),
    Column("started_at", Utc),
    Column("ended_at", Utc),
    Index("ix_meeting_state", "state"),
)
"""A meeting. ``at`` is the time that was agreed, ``minuted`` whether the task for its minutes has begun."""

meeting_seat = Table(
    "meeting_seat",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("meeting", String(16), nullable=False),
    Column("place", Integer, nullable=False),
    Column("code", String(40), nullable=False),
    Column("words", String(140), nullable=False),
    Column("source", String(20), nullable=False),
    Column("target", JSON, nullable=False),
    Column("chair", Boolean, nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("gap", String(200), nullable=False),
    Index("ix_meeting_seat_meeting", "meeting", "place", unique=True),
)
"""Who is to take part: as what, and whom of the directory that means. ``gap``: why nobody can be rung, known when it was made."""

meeting_event = Table(
    "meeting_event",
    metadata,
    Column("meeting", String(16), primary_key=True),
    Column("conference", String(64), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("what", String(40), nullable=False),
    Column("label", String(128), nullable=False),
    Column("at", Utc, nullable=False),
)
"""What a conference told, once each, however often and late it was told: who was in when is read from it."""
