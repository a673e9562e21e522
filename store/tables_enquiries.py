"""Which tables hold enquiries, CETR requests and legal holds? What names anybody is sealed; the rest names nobody."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from store.tables import Utc, metadata

enquiry = Table(
    "enquiry",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("authority", String(80), nullable=False),
    Column("line", String(40), nullable=False),
    Column("call", String(64)),
    Column("agency", String(40), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("known", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("prompts", JSON, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("verified_how", Text, nullable=False),
    Column("verified_by", String(140), nullable=False),
    Column("verified_at", Utc),
    Column("contact", String(16)),
    Column("made_at", Utc, nullable=False),
    Column("made_by", String(140), nullable=False),
    Index("ix_enquiry_made_at", "made_at"),
    Index("ix_enquiry_call", "call"),
    Index("ix_enquiry_contact", "contact"),
)
"""An enquiry. ``known``: whether the child was known before; ``prompts``: what each reading of the rule counted when it was logged;
``contact``: the referral that was made of it."""

enquiry_match = Table(
    "enquiry_match",
    metadata,
    Column("enquiry", String(16), primary_key=True),
    Column("key", String(43), primary_key=True),
    Column("unit", String(6), nullable=False),
    Index("ix_enquiry_match_key", "key"),
)
"""Keyed hashes of each child (name and date of birth) and of the family's reference (``unit``): equal ones find each other."""

enquiry_step = Table(
    "enquiry_step",
    metadata,
    Column("enquiry", String(16), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("state", String(10), nullable=False),
    Column("at", Utc, nullable=False),
    Column("who", String(140), nullable=False),
)
"""What an enquiry has been, in order."""

cetr_request = Table(
    "cetr_request",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("authority", String(80), nullable=False),
    Column("reply", String(10), nullable=False),
    Column("stated", Boolean, nullable=False),
    Column("origin", String(8), nullable=False),
    Column("state", String(10), nullable=False),
    Column("child", String(43)),
    Column("sealed", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("target_at", Utc, nullable=False),
    Column("promise_at", Utc, nullable=False),
    Column("readings", JSON, nullable=False),
    Column("answered_at", Utc),
    Column("answered_by", String(140), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("made_by", String(140), nullable=False),
    Index("ix_cetr_request_received_at", "received_at"),
    Index("ix_cetr_request_child", "child"),
)
"""A request for a reply of a class. ``stated``: whether it named the class itself; ``child``: the keyed hash of name and date of
birth, where both are known."""

legal_hold = Table(
    "legal_hold",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("record", String(64)),
    Column("key", String(43)),
    Column("sealed", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("made_by", String(140), nullable=False),
)
"""What must not be purged: one record by its id, or every record of a child by keyed hash. ``sealed`` is the reason."""
