"""How are records taken away when their time has come? Whole, with everything that hangs on them, a batch in one transaction.

Whatever a legal hold names (``store.holds``) stays. Whoever writes holds the order (``Database.write_in_order``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, false, func, or_, select, true

from store import (
    past_events,
    tables,
    tables_callbacks,
    tables_contacts,
    tables_desk,
    tables_enquiries,
    tables_meetings,
    tables_number_tests,
    tables_papers,
    tables_tasks,
)
from store.database import Transaction
from store.repeats import LIFE

contact, enquiry, task = tables_contacts.contact, tables_enquiries.enquiry, tables_tasks.task


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the records of a type stand: their own table, its key, the column from which their time runs.

    ``ties``: further columns by which a hold reaches a record; ``over``: what must be so before it may go; ``by_day``:
    what it has in ``store.past_events`` goes, too; ``hanging``: tables whose rows belong to a record, each with the column that names it.
    """

    head: Table
    since: str
    key: str = "id"
    ties: tuple[str, ...] = ()
    over: ColumnElement[bool] | None = None
    by_day: bool = False
    hanging: tuple[tuple[Table, str], ...] = ()


CALLS = Shelf(
    tables.call, "began_at", "sid", by_day=True,
    hanging=(
        (tables.leg, "call"), (tables.event, "call"), (tables_desk.conversation, "call"), (tables_desk.party, "call"),
        (tables_desk.transfer, "call"), (tables_desk.errand, "call"), (tables.callback, "call"),
    ),
)  # fmt: skip
CONTACTS = Shelf(
    contact, "saved_at", ties=("call",),
    hanging=(
        (tables_contacts.contact_field, "contact"), (tables_contacts.contact_version, "contact"),
        (tables_contacts.contact_access, "contact"), (tables_contacts.contact_match, "contact"),
        (tables_contacts.contact_link, "contact"), (tables_contacts.contact_link, "other"), (task, "about"),
        (tables_papers.rating, "about"),
    ),
)  # fmt: skip
ENQUIRIES = Shelf(
    enquiry, "made_at", ties=("call", "contact"),
    hanging=(
        (tables_enquiries.enquiry_match, "enquiry"), (tables_enquiries.enquiry_step, "enquiry"), (task, "about"),
    ),
)  # fmt: skip
CETR = Shelf(
    tables_enquiries.cetr_request, "received_at", over=tables_enquiries.cetr_request.c.state != "open",
    hanging=((task, "about"),),
)  # fmt: skip
TASKS = Shelf(task, "ended_at", ties=("about",))
CALL_BACKS = Shelf(
    tables_callbacks.call_back, "ended_at", ties=("call",),
    hanging=((tables_callbacks.call_back_attempt, "callback"), (task, "about")),
)  # fmt: skip
MEETINGS = Shelf(
    tables_meetings.meeting, "ended_at", ties=("call", "contact"),
    hanging=(
        (tables_meetings.meeting_seat, "meeting"), (tables_meetings.meeting_event, "meeting"),
        (tables_desk.party, "call"), (task, "about"),
    ),
)  # fmt: skip
NUMBER_TESTS = Shelf(
    tables_number_tests.number_test, "asked_at", over=tables_number_tests.number_test.c.ended_at.is_not(None),
    hanging=((tables_desk.party, "call"), (tables_desk.errand, "call")),
)  # fmt: skip


def _papers(head: Table, *over: str) -> Shelf:
    """A pile of the desk's papers, which may go once they stand in one of these states."""
    return Shelf(head, "changed_at", ties=("about", "call"), over=head.c.state.in_(over), hanging=(
        (tables_papers.paper_match, "paper"), (task, "about"),
    ))  # fmt: skip


CONSULTATIONS = _papers(tables_papers.consultation, "advised", "referred")
CHECKS = _papers(tables_papers.basic_check, "answered", "refused")
MOVES = _papers(tables_papers.move, "settled", "with-district")
MESSAGES = _papers(tables_papers.message, "read", "sent", "not-sent", "unknown")


@dataclass(frozen=True, slots=True)
class Due:
    """How many records are past their time, and how many of those a hold keeps."""

    past: int
    held: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many records some holds keep, and how many of them would go with the next purge if they were lifted."""

    records: int
    freed: int


def due(connection: Connection, shelf: Shelf, before: datetime, held: Collection[str]) -> Due:
    """What there is to take away of a type."""
    past = _count(connection, shelf, _past(shelf, before))
    return Due(past, _count(connection, shelf, _past(shelf, before) & _named(shelf, held)))


def kept(
    connection: Connection, shelf: Shelf, before: datetime | None, mine: Collection[str], others: Collection[str]
) -> Kept:
    """What holds keep of a type beside other holds; ``before``: what is older is past its time, if anything is."""
    named = _named(shelf, mine)
    freed = _count(connection, shelf, _past(shelf, before) & named & ~_named(shelf, others)) if before else 0
    return Kept(_count(connection, shelf, named), freed)


def take_away(connection: Transaction, shelf: Shelf, before: datetime, held: Collection[str], most: int) -> int:
    """Take away up to ``most`` records that were there before a moment, the oldest first; how many those were."""
    key, since = shelf.head.c[shelf.key], shelf.head.c[shelf.since]
    free = _past(shelf, before) & ~_named(shelf, held)
    # Where a record is one row, an index finds the oldest without a look at all that are past their time.
    one_row_each = list(shelf.head.primary_key) == [key]
    chosen = select(key).where(free)
    chosen = chosen.order_by(since, key) if one_row_each else chosen.group_by(key).order_by(func.min(since), key)
    keys = connection.scalars(chosen.limit(most)).all()
    for table, column in (*shelf.hanging, (shelf.head, shelf.key)):
        connection.execute(delete(table).where(table.c[column].in_(keys)))
    if shelf.by_day:
        past_events.take_away(connection, keys, before)
    return len(keys)


def is_there(connection: Connection, shelf: Shelf, key: str) -> bool:
    """Whether there is a record of this id."""
    return connection.scalar(select(func.count()).select_from(shelf.head).where(shelf.head.c[shelf.key] == key)) != 0


def forget_answers(connection: Transaction, now: datetime) -> None:
    """The answers that were kept in case a request came twice, once nobody can ask again."""
    connection.execute(delete(tables.repeat).where(tables.repeat.c.at <= now - LIFE))


def _count(connection: Connection, shelf: Shelf, wanted: ColumnElement[bool]) -> int:
    keys = func.count(shelf.head.c[shelf.key].distinct())
    return connection.scalar(select(keys).where(wanted)) or 0


def _past(shelf: Shelf, before: datetime) -> ColumnElement[bool]:
    over = true() if shelf.over is None else shelf.over
    return and_(shelf.head.c[shelf.since] < before, over)


def _named(shelf: Shelf, held: Collection[str]) -> ColumnElement[bool]:
    columns = (shelf.head.c[name] for name in (shelf.key, *shelf.ties))
    return or_(false(), *(func.coalesce(column, "").in_(held) for column in columns))
