"""Which tables hold what becomes of call-backs: whoever booked them, each time that one is tried, and the switchboards of checks?"""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, SmallInteger, String, Table, Text

from store.tables import Utc, metadata

call_back = Table(
    "call_back",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("authority", String(80), nullable=False),
    Column("line", String(40), nullable=False),
    Column("number", String(20)),
    Column("body", String(40), nullable=False),
    Column("about", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("call", String(64)),
    Column("node", String(40)),
    Column("hop", Integer),
    Column("urgency", SmallInteger, nullable=False),
    Column("booked_at", Utc, nullable=False),
    Column("booked_by", String(140), nullable=False),
    Column("target", Utc, nullable=False),
    Column("promise", Utc, nullable=False),
    Column("readings", JSON, nullable=False),
    Column("escalates_at", Utc, nullable=False),
    Column("escalated_at", Utc),
    Column("state", String(24), nullable=False),
    Column("owner", String(40), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("ended_at", Utc),
    Column("ended_by", String(140), nullable=False),
    Column("verified_at", Utc),
    Column("verified_by", String(140), nullable=False),
    Column("merged_into", String(16)),
    Column("withdrawn", Boolean, nullable=False),
    Column("open_as", String(110), unique=True),
    Index("ix_call_back_booking", "call", "node", "hop", unique=True),
    Index("ix_call_back_state", "state"),
    Index("ix_call_back_promise", "promise"),
    Index("ix_call_back_merged_into", "merged_into"),
)
"""A call-back. ``call``, ``node`` and ``hop`` name the booking that a caller made; ``sealed`` holds what a handler wrote, ``note``
(sealed) what came of it; ``open_as`` (authority and number) keeps a second one like it from being opened; ``withdrawn``: the
caller has cancelled this booking. A check has no number of its own: the switchboard of its body is dialled."""

call_back_attempt = Table(
    "call_back_attempt",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("callback", String(16), nullable=False),
    Column("state", String(8), nullable=False),
    Column("who", String(140), nullable=False),
    Column("handler", String(40), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("caller_id", String(20), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("dialled", String(20)),
    Column("dialled_at", Utc),
    Column("ended_at", Utc),
    Column("outcome", String(20), nullable=False),
    Column("seconds", Integer, nullable=False),
    Index("ix_call_back_attempt_callback", "callback"),
    Index("ix_call_back_attempt_state", "state"),
)
"""One time that a handler tries; the id is that of the party whose phone rings first."""

body_switchboard = Table(
    "body_switchboard",
    metadata,
    Column("body", String(40), primary_key=True),
    Column("number", String(20), nullable=False),
    Column("entered_at", Utc, nullable=False),
    Column("entered_by", String(140), nullable=False),
)
"""The known switchboard of a body that checks are answered for (C:85); nobody prints one."""
