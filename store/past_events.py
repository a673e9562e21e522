"""Where are the events of calls that began weeks ago? On PostgreSQL in a partition for each day on which calls began (UTC).

So the table that every worker's drain writes into stays as small as some weeks, however long calls are kept, and what retention
takes away is a partition, dropped as a whole (ADR 0017). SQLite's stay where they are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, FromClause, delete, inspect, literal, select, text, union_all
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import OperationalError

from store.database import Database, Transaction
from store.tables import call, event, past_event

YOUNG = timedelta(days=35)
"""So long after a call began its events stay where the drain meets them: longer than any word of it is late, or days are counted anew."""

AT_ONCE, AT_MOST = 5000, 20
"""So many events, and what else their calls have, go in one transaction; so many transactions in one round."""

PARTITION = f"{past_event.name}_"
"""What the name of a day's partition begins with."""

COLUMNS = tuple(event.c.keys())
OF_PAST = tuple(past_event.c[name] for name in COLUMNS)

DAYS_LOCK = 7_340_002
"""The PostgreSQL advisory lock under which a day is made."""

LOCK_SECONDS = 1
"""So long the dropping of a day waits for those who read the past, and holds up who comes after them."""

LOCKED = "55P03"
"""PostgreSQL's word for a lock that was not to be had in time."""


def day_of(moment: datetime) -> date:
    """The day by which a call that began then is put away."""
    return moment.astimezone(UTC).date()


def events(days: Collection[date] | None = None) -> FromClause:
    """The events, young and past; of the past only those of calls that began on these days, where they are known."""
    past = select(*OF_PAST)
    if days is not None:
        past = past.where(past_event.c.day.in_(days))
    return union_all(select(event), past).subquery("events")


def days_of(connection: Connection, sid: str) -> tuple[date, ...]:
    """The day on which a call began, where that is known."""
    began = connection.scalar(select(call.c.began_at).where(call.c.sid == sid))
    return (day_of(began),) if began else ()


def put_away(
    database: Database, kept_since: datetime | None, now: datetime, at_once: int = AT_ONCE, at_most: int = AT_MOST
) -> int:
    """Move the events of calls that began long ago, the oldest first; of how many calls. What a round leaves, the next one finds.
    Those past their time (``kept_since``) stay: only a legal hold keeps them."""
    moved = 0
    for _ in range(0 if database.is_sqlite else at_most):
        with database.write() as connection:
            calls = dict(_due(connection, _begin(day_of(now - YOUNG)), kept_since, at_once))
            _move(connection, calls)
        moved += len(calls)
        if not calls:
            break
    return moved


def take_away(connection: Transaction, calls: Collection[str], before: datetime) -> None:
    """The past events of calls that began before a moment. On PostgreSQL only those of its own day: the days before it go whole."""
    theirs = delete(past_event).where(past_event.c.call.in_(calls))
    if connection.dialect.name == "postgresql":
        theirs = theirs.where(past_event.c.day == day_of(before))
    connection.execute(theirs)


def let_go(database: Database, before: datetime) -> int:
    """Drop the days that lie wholly before a moment and whose calls were taken away; how many. The events of calls that are there still,
    since they are held, go back to the young. While somebody reads the past for long, the days stay until the next time."""
    if database.is_sqlite:
        return 0
    with database.read() as connection:
        gone = [day for day in days(connection) if day < day_of(before)]
    for done, day in enumerate(gone):
        try:
            with database.write() as connection:
                _drop(connection, day)
        except OperationalError as fault:
            if getattr(fault.orig, "sqlstate", "") != LOCKED:
                raise
            return done
    return len(gone)


def days(connection: Connection) -> tuple[date, ...]:
    """The days that have a partition, in their order."""
    names = (name for name in inspect(connection).get_table_names() if name.startswith(PARTITION))
    return tuple(sorted(date.fromisoformat(name.removeprefix(PARTITION)) for name in names))


def make_room(connection: Connection, wanted: Iterable[date]) -> None:
    """A partition for each of these days. Attached, not made as one, which would wait for whoever reads the past."""
    if connection.dialect.name != "postgresql":
        return
    for day in sorted(wanted):
        name = _name(day)
        if connection.scalar(text("SELECT to_regclass(:name)"), {"name": name}) is None:
            connection.execute(text(f"CREATE TABLE {name} (LIKE past_event INCLUDING ALL)"))
            connection.execute(text(f"ALTER TABLE past_event ATTACH PARTITION {name} FOR VALUES IN ('{day}')"))


def _due(
    connection: Connection, old: datetime, kept_since: datetime | None, at_once: int
) -> Iterator[tuple[str, date]]:
    found = select(call.c.sid, call.c.began_at).join(event, event.c.call == call.c.sid)
    found = found.where(event.c.at < old, call.c.began_at < old)
    if kept_since:
        found = found.where(call.c.began_at >= _begin(day_of(kept_since)))
    for sid, began in connection.execute(found.order_by(event.c.at).limit(at_once)):
        yield sid, day_of(began)


def _move(connection: Transaction, calls: dict[str, date]) -> None:
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for sid, day in calls.items():
        by_day[day].append(sid)
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": DAYS_LOCK})
    make_room(connection, by_day)
    for day, sids in by_day.items():
        gone = delete(event).where(event.c.call.in_(sids)).returning(*event.c).cte("gone")
        put = postgresql.insert(past_event).from_select(["day", *COLUMNS], select(literal(day), *gone.c))
        connection.execute(put.on_conflict_do_nothing())


def _drop(connection: Transaction, day: date) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
    connection.execute(text("LOCK TABLE past_event IN ACCESS EXCLUSIVE MODE"))
    held = select(*OF_PAST).join(call, call.c.sid == past_event.c.call)
    back = postgresql.insert(event).from_select(COLUMNS, held.where(past_event.c.day == day))
    connection.execute(back.on_conflict_do_nothing())
    connection.execute(text(f"DROP TABLE {_name(day)}"))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _name(day: date) -> str:
    return f"{PARTITION}{day:%Y%m%d}"
