"""Which tables are there? Facts first (events, changes, audit); the rest are projections that can be made again."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Utc(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite drops the zone, so it is put back on reading. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To the database."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value}")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


whole = BigInteger().with_variant(Integer, "sqlite")

entry = Table(
    "entry",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("slug", String(80), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("changed_at", Utc, nullable=False),
)
"""A directory entry as its document (ADR 0003); ``version`` is what If-Match compares."""

change = Table(
    "change",
    metadata,
    Column("version", whole, primary_key=True, autoincrement=False),
    Column("epoch", String(32), nullable=False),
    Column("at", Utc, nullable=False),
    Column("body", JSON, nullable=False),
)
"""What each published version changed: the log that every worker's memory is made from."""

plan = Table(
    "plan",
    metadata,
    Column("digest", String(12), primary_key=True),
    Column("line", String(40), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Utc, nullable=False),
)
"""Every plan that was ever in force or proposed, as its TOML."""

key = Table(
    "key",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("role", String(12), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", Utc, nullable=False),
    Column("revoked_at", Utc),
    Column("expires_at", Utc),
    Column("last_used_at", Utc),
    Column("authorities", JSON),
    Column("teams", JSON),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", whole, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("who", String(140), nullable=False),
    Column("what", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("slug", String(80), nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Column("why", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""Append-only; each row's hash covers the row and the hash before it."""

event = Table(
    "event",
    metadata,
    Column("call", String(64), primary_key=True),
    Column("leg", String(64), primary_key=True),
    Column("sequence", String(64), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("at", Utc, nullable=False),
    Column("body", JSON, nullable=False),
    Index(None, "at"),
)
"""The journal's records; the key makes a second copy harmless."""

past_event = Table(
    "past_event",
    metadata,
    Column("day", Date, primary_key=True),
    *(Column(one.name, one.type, primary_key=one.primary_key, nullable=False) for one in event.columns),
    postgresql_partition_by="LIST (day)",
)
"""Those of calls that began weeks ago, by the day on which they did; on PostgreSQL a partition for each (``store.past_events``)."""

call = Table(
    "call",
    metadata,
    Column("sid", String(64), primary_key=True),
    Column("line", String(40)),
    Column("caller", String(20)),
    Column("dialled", String(20)),
    Column("began_at", Utc),
    Column("ended_at", Utc),
    Column("rank", SmallInteger, nullable=False, default=0),
    Column("ending", String(20)),
    Index(None, "began_at"),
)

leg = Table(
    "leg",
    metadata,
    Column("call", String(64), primary_key=True),
    Column("sid", String(64), primary_key=True),
    Column("number", String(20)),
    Column("rank", SmallInteger, nullable=False, default=0),
    Column("status", String(20), nullable=False),
    Column("seconds", Integer),
)

callback = Table(
    "callback",
    metadata,
    Column("call", String(64), primary_key=True),
    Column("node", String(40), primary_key=True),
    Column("hop", Integer, primary_key=True),
    Column("rank", SmallInteger, nullable=False, default=0),
    Column("line", String(40)),
    Column("number", String(20)),
    Column("about", Text),
    Column("booked_at", Utc),
    Column("target", Utc),
    Column("promise", Utc),
    Column("readings", JSON),
    Index(None, "target"),
)
"""Call-backs that callers booked; rank 1 is cancelled, which no late booking undoes."""

account = Table(
    "account",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("role", String(12), nullable=False),
    Column("authorities", JSON, nullable=False),
    Column("teams", JSON, nullable=False),
    Column("password", String(255)),
    Column("subject", String(255), unique=True),
    Column("epoch", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("disabled_at", Utc),
)
"""People who sign in: by password (argon2) or by OpenID Connect (``subject``). An editor may be limited to authorities or
teams (empty lists: no limit). Raising ``epoch`` signs them out everywhere."""

attempt = Table(
    "attempt",
    metadata,
    Column("subject", String(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until", Utc, nullable=False),
)
"""Failed sign-ins by account and by address (keyed hashes), and until when no further one is looked at."""

repeat = Table(
    "repeat",
    metadata,
    Column("who", String(40), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("asked", String(64), nullable=False),
    Column("at", Utc, nullable=False),
    Column("status", Integer),
    Column("headers", JSON),
    Column("body", Text),
)
"""Idempotency keys: what was asked (a hash) and how it was answered; kept for a day (ruling 28)."""

approval = Table(
    "approval",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("slug", String(80), nullable=False),
    Column("change", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("asked_by", String(140), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("state", String(12), nullable=False),
    Column("decided_by", String(140)),
    Column("decided_at", Utc),
)
"""Changes that need a second person before they are written: policy exceptions."""
