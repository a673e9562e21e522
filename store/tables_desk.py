"""Which tables hold what people do with calls: conversations, their parties, transfers, and errands to the carrier?

Everything here is changed by compare-and-set alone (``conversations``, ``transfers``, ``errands``).
"""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, SmallInteger, String, Table, Text

from store.tables import Utc, metadata

conversation = Table(
    "conversation",
    metadata,
    Column("call", String(64), primary_key=True),
    Column("line", String(40), nullable=False),
    Column("priority", String(8), nullable=False),
    Column("state", String(10), nullable=False),
    Column("hop", Integer, nullable=False),
    Column("queue", String(64), nullable=False),
    Column("place", JSON, nullable=False),
    Column("chosen", JSON, nullable=False),
    Column("caller", String(20)),
    Column("dialled", String(20)),
    Column("relay", Boolean, nullable=False),
    Column("queued_at", Utc, nullable=False),
    Column("offered_at", Utc),
    Column("answered_at", Utc),
    Column("ended_at", Utc),
    Column("handler", String(40)),
    Column("party", String(16)),
    Column("transfer", String(16)),
    Column("generation", Integer, nullable=False),
    Column("moved_at", Utc),
    Column("onward", JSON),
    Index("ix_conversation_state", "state"),
    Index("ix_conversation_caller", "caller"),
)
"""A caller at the desk. ``hop`` is that of the queue they joined, ``place`` the position to take them to when they are
answered, ``party`` whose room it is (handler, or consulted party once handed over), ``transfer`` the live one,
``generation`` the number of the room that counts, ``moved_at`` since when, ``onward`` where a cold transfer sends them."""

party = Table(
    "party",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("call", String(64), nullable=False),
    Column("role", String(10), nullable=False),
    Column("who", String(140), nullable=False),
    Column("handler", String(40)),
    Column("number", String(20), nullable=False),
    Column("caller_id", String(20), nullable=False),
    Column("accept", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("sid", String(64)),
    Column("transfer", String(16)),
    Column("generation", Integer, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("outcome", String(16)),
    Index("ix_party_call", "call"),
    Index("ix_party_state", "state"),
)
"""A phone that the desk rings for a call; ``generation`` is the room that it was last let into."""

transfer = Table(
    "transfer",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("call", String(64), nullable=False),
    Column("mode", String(4), nullable=False),
    Column("target", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("tried", JSON, nullable=False),
    Column("by", String(40), nullable=False),
    Column("at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_transfer_call", "call"),
    Index("ix_transfer_at", "at"),
)

errand = Table(
    "errand",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("call", String(64), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("party", String(16)),
    Column("body", JSON, nullable=False),
    Column("state", String(8), nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("claimed_by", String(40)),
    Column("claimed_until", Utc),
    Column("attempts", Integer, nullable=False),
    Column("made_at", Utc),
    Column("result", String(80)),
    Index("ix_errand_state", "state", "due_at"),
    Index("ix_errand_call", "call", "sequence", unique=True),
)
"""Something to ask of the carrier: written with the change that wants it, done afterwards, in order within its call."""

pace = Table("pace", metadata, Column("name", String(12), primary_key=True), Column("at", Utc, nullable=False))
"""When something was last done that the whole deployment does at most so often."""

presence = Table(
    "presence",
    metadata,
    Column("who", String(40), primary_key=True),
    Column("name", String(140), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("lines", JSON, nullable=False),
    Column("status", String(10), nullable=False),
    Column("since", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
)
"""A handler at the desk: their phone (E.164), the lines they answer, since when they have this status, and their last heartbeat."""
