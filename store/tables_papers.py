"""Which tables hold what the desk writes beside contact records? One for each kind of paper, all of one shape, each kept by itself.

``kind`` and ``facts`` name nobody; whatever does is in ``sealed``. ``about`` is the id of the record that a paper belongs to.
"""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from store.tables import Utc, metadata


def _paper(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", String(16), primary_key=True),
        Column("authority", String(80), nullable=False),
        Column("call", String(64)),
        Column("about", String(64), nullable=False),
        Column("kind", String(40), nullable=False),
        Column("state", String(20), nullable=False),
        Column("facts", JSON, nullable=False),
        Column("sealed", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("made_at", Utc, nullable=False),
        Column("made_by", String(140), nullable=False),
        Column("changed_at", Utc, nullable=False),
        Index(f"ix_{name}_state", "state"),
        Index(f"ix_{name}_about", "about"),
    )


basic_check = _paper("basic_check")
"""Basic checks, which are not contacts (C:71). ``kind`` is the body that asks."""

consultation = _paper("consultation")
"""Consultations without a referral (C:107)."""

move = _paper("move")
"""Families who move in, as another authority tells of them (C:174). ``kind`` is what that authority wants."""

rating = _paper("rating")
"""A manager's ratings of a contact, each a row (C:133). ``kind`` is the colour."""

message = _paper("message")
"""What one part of the service tells another in writing. ``kind`` is a row of ``desk.message_kinds``."""

paper_match = Table(
    "paper_match",
    metadata,
    Column("paper", String(16), primary_key=True),
    Column("key", String(43), primary_key=True),
    Index("ix_paper_match_key", "key"),
)
"""Keyed hashes of the children that a paper is about (name and date of birth), by which a legal hold reaches it. The empty key
says that all of them are there: a paper without it was written before they were kept."""

case_entry = Table(
    "case_entry",
    metadata,
    Column("match", String(43), primary_key=True),
    Column("system", String(20), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("worker", String(80), nullable=False),
    Column("manager", String(80), nullable=False),
    Column("team", String(80), nullable=False),
    Column("entered_at", Utc, nullable=False),
    Column("entered_by", String(140), nullable=False),
)
"""Whether a child is open to a case system, and to whom, as somebody entered it by hand. ``match`` is a keyed hash of name and
date of birth; workers, managers and teams are slugs of the directory."""
