"""How long is each type of record kept, and what is taken away when its time has come? One row for each type.

Where no source prints a period there is none: such records stay until the deployment sets one (``DUTYLINE_RETENTION``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from admin.ports import desk
from desk.enquiry_rules import TWO_YEARS
from routing.periods import Period
from store import holds, past_events, retention
from store.audit import Deed, note
from store.database import Database
from store.retention import Kept, Shelf

BATCH = 200
NOT_PRINTED = "no source prints a period"


@dataclass(frozen=True, slots=True)
class RecordType:
    """A type of record; ``words``: those whose time may come; ``period``: how long a source says it is kept, none where no source does."""

    code: str
    name: str
    words: str
    shelf: Shelf
    period: Period | None = None
    source: str = NOT_PRINTED


TYPES: Sequence[RecordType] = (
    RecordType("calls", "Calls", "Calls, with their events, legs and transfers", retention.CALLS),
    RecordType("contacts", "Contact records", "Contact records, from their last save", retention.CONTACTS),
    RecordType("enquiries", "Enquiries", "Enquiries", retention.ENQUIRIES, TWO_YEARS, "S:45"),
    RecordType("cetr", "CETR requests", "CETR requests that are answered", retention.CETR),
    RecordType("tasks", "Tasks", "Tasks that are over", retention.TASKS),
    RecordType(
        "consultations", "Consultations", "Consultations that were advised on or referred", retention.CONSULTATIONS
    ),
    RecordType("checks", "Basic checks", "Basic checks that were answered or refused", retention.CHECKS),
    RecordType("moves", "Families who moved in", "Families who moved in, once that is settled", retention.MOVES),
    RecordType(
        "messages",
        "Messages, hand-backs and alerts",
        "Messages, hand-backs and alerts that were read",
        retention.MESSAGES,
    ),
    RecordType("call-backs", "Call-backs", "Call-backs that are over, with every attempt", retention.CALL_BACKS),
    RecordType("meetings", "Strategy meetings", "Strategy meetings that have ended", retention.MEETINGS),
    RecordType("number-tests", "Test calls", "Test calls of duty numbers", retention.NUMBER_TESTS),
)
SETTABLE = tuple(one.code for one in TYPES)
"""The types whose period a deployment may set. The audit trail is not among them: it is never purged."""


@dataclass(frozen=True, slots=True)
class Purge:
    """What was, or would be, taken away of a type. ``before``: what is older is past its time; none: it is kept."""

    code: str
    before: datetime | None
    past: int = 0
    held: int = 0
    purged: int = 0


def period_of(one: RecordType, kept: Mapping[str, Period]) -> Period | None:
    """How long a type is kept: as the deployment says, else as the source does."""
    return kept.get(one.code, one.period)


def kept_since(code: str, now: datetime) -> datetime:
    """From when on enquiries are there to be shown, purged by now or not."""
    return desk().records.kept.get(code, TWO_YEARS).begins(now)


def standing(database: Database, kept: Mapping[str, Period], now: datetime) -> tuple[Purge, ...]:
    """What is past its time, of every type."""
    return tuple(_standing(database, one, period_of(one, kept), now) for one in TYPES)


def purged(
    database: Database,
    kept: Mapping[str, Period],
    doer: Deed,
    now: datetime,
    batch: int = BATCH,
    until: datetime | None = None,
) -> tuple[Purge, ...]:
    """Take away what is past its time and not held, a batch in one transaction. Every batch stands in the audit trail.
    ``until``: only what was past its time then already."""
    found = tuple(_purged(database, one, doer, now, batch) for one in standing(database, kept, until or now))
    with database.write() as connection:
        retention.forget_answers(connection, now)
    return found


def reach(database: Database, kept: Mapping[str, Period], key: str, now: datetime) -> Mapping[str, Kept]:
    """What a hold keeps, by the name of each type of which it keeps something."""
    with database.read() as connection:
        there = holds.every(connection)
        mine = holds.held(connection, (one for one in there if one.id == key))
        others = holds.held(connection, (one for one in there if one.id != key))
        found = {
            one.name: retention.kept(connection, one.shelf, _before(period_of(one, kept), now), mine, others)
            for one in TYPES
        }
    return {name: those for name, those in found.items() if those.records}


def _before(period: Period | None, now: datetime) -> datetime | None:
    return period.begins(now) if period else None


def _standing(database: Database, one: RecordType, period: Period | None, now: datetime) -> Purge:
    before = _before(period, now)
    if before is None:
        return Purge(one.code, None)
    with database.read() as connection:
        due = retention.due(connection, one.shelf, before, holds.held(connection))
    return Purge(one.code, before, due.past, due.held)


def _purged(database: Database, known: Purge, doer: Deed, now: datetime, batch: int) -> Purge:
    gone, here = 0, 1
    while known.before and here:
        here = _batch(database, known, doer, now, batch)
        gone += here
    if known.before and _shelf_of(known.code).by_day:
        past_events.let_go(database, known.before)
    return replace(known, purged=gone)


def _batch(database: Database, known: Purge, doer: Deed, now: datetime, batch: int) -> int:
    """One transaction. What is held is asked anew, so that a hold counts from the moment at which it is made."""
    with database.write_in_order() as connection:
        held = holds.held(connection)
        gone = retention.take_away(connection, _shelf_of(known.code), known.before or now, held, batch)
        if gone:
            after = {"records": gone, "before": (known.before or now).isoformat()}
            note(connection, replace(doer, what="purge", kind="retention", slug=known.code, after=after), now)
    return gone


def _shelf_of(code: str) -> Shelf:
    return next(one.shelf for one in TYPES if one.code == code)
