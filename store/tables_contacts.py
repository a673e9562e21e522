"""Which tables hold contact records? Values are sealed; the rest names neither child nor caller.

A contact's ``version`` counts its saves. ``saved`` of a field is kept for each by itself: the last write of it wins.
"""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from store.tables import Utc, metadata, whole

contact = Table(
    "contact",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("call", String(64), unique=True),
    Column("authority", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("made_by", String(40), nullable=False),
    Column("saved_at", Utc, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("anonymous", Boolean, nullable=False),
)
"""A contact. ``locked``: only those whom ``contact_access`` lets in may read it. ``anonymous``: the caller asks not to be named."""

contact_field = Table(
    "contact_field",
    metadata,
    Column("contact", String(16), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("saved_at", Utc, nullable=False),
    Column("who", String(140), nullable=False),
    Column("page", String(40), nullable=False),
    Column("sequence", whole, nullable=False),
)
"""What a field holds, sealed; ``page`` and ``sequence`` tell a late save of one page from a newer one of the same."""

contact_version = Table(
    "contact_version",
    metadata,
    Column("contact", String(16), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("who", String(140), nullable=False),
    Column("fields", JSON, nullable=False),
)
"""Who saved which fields when."""

contact_access = Table(
    "contact_access",
    metadata,
    Column("contact", String(16), primary_key=True),
    Column("who", String(40), primary_key=True),
    Column("allowed", Boolean, nullable=False),
)
"""Who is let in to a locked record, and from whom it is kept even where it is open to others."""

contact_match = Table(
    "contact_match",
    metadata,
    Column("contact", String(16), primary_key=True),
    Column("key", String(43), primary_key=True),
    Index("ix_contact_match_key", "key"),
)
"""Keyed hashes of each child's name and date of birth: equal children are found without being readable."""

contact_link = Table(
    "contact_link",
    metadata,
    Column("contact", String(16), primary_key=True),
    Column("other", String(16), primary_key=True),
    Column("why", String(20), nullable=False),
    Column("at", Utc, nullable=False),
)
"""Two records that belong together; each stands as the other's."""
