"""Which tables hold what reports are made of? Calls counted by day, hour, line and whom they rang: numbers without persons.

Both are made again from the calls of a day as often as one likes (``store.report_counts``), and stay when those are purged.
"""

from sqlalchemy import Column, Date, Integer, SmallInteger, String, Table

from store.tables import Utc, metadata

report_count = Table(
    "report_count",
    metadata,
    Column("day", Date, primary_key=True),
    Column("line", String(40), primary_key=True),
    Column("hour", SmallInteger, primary_key=True, autoincrement=False),
    Column("who", String(160), primary_key=True),
    Column("measure", String(20), primary_key=True),
    Column("value", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
"""How often (``count``) the calls of a line that began in an hour of a day (both England's) had a measure at a value
(``ivr.counting``); ``who`` is empty for what concerns the line, else whom they rang, whose hour is always 0: half the rows."""

report_day = Table(
    "report_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("events", Integer, nullable=False),
    Column("counted_at", Utc, nullable=False),
)
"""A day that was counted: how many events were known of it then, and when that was."""
