"""Which tables hold the reports that come by e-mail: who gets which, how often, and every letter that was due?"""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, SmallInteger, String, Table

from store.tables import Utc, metadata

report_mail = Table(
    "report_mail",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("every", String(8), nullable=False),
    Column("authority", String(80), nullable=False),
    Column("line", String(80), nullable=False),
    Column("by", String(8), nullable=False),
    Column("hour", SmallInteger, nullable=False),
    Column("recipients", JSON, nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("since", Utc, nullable=False),
)
"""A report that comes by itself, until it is taken away; ``authority``, ``line`` and ``by`` are empty where nothing limits it. What was due
before ``since`` is not sent."""

report_letter = Table(
    "report_letter",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("mail", String(16), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("state", String(8), nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("ended_at", Utc),
    Column("claimed_by", String(40)),
    Column("claimed_until", Utc),
    Column("attempts", Integer, nullable=False),
    Column("result", String(250), nullable=False),
    Index("ix_report_letter_state_due_at", "state", "due_at"),
    Index("ix_report_letter_mail_asked_at", "mail", "asked_at"),
)
"""One letter of a ``report_mail`` to one address about some days. That of a month or week has an id of its own, which nothing can make
twice; ``trial``: somebody asked for it. Work as in ``store.claims``."""
