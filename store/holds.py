"""What must not be purged? Records by their id and children by their keyed hash, with whatever belongs to them."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Column, Connection, delete, insert, select

from store.audit import Deed, note
from store.database import Transaction
from store.tables_contacts import contact, contact_match
from store.tables_enquiries import cetr_request, enquiry, enquiry_match, legal_hold


@dataclass(frozen=True, slots=True)
class Hold:
    """One legal hold: on a record's id or on a child's hash. ``sealed`` is the reason."""

    id: str
    record: str | None
    key: str | None
    sealed: str
    made_at: datetime
    made_by: str


def add(connection: Transaction, new: Hold, deed: Deed) -> None:
    """A new hold. The trail does not say which child: the hash is theirs alone."""
    connection.execute(insert(legal_hold).values(**asdict(new)))
    after = {"record": new.record} if new.record else {"on": "a child"}
    note(connection, replace(deed, what="hold", kind="hold", slug=new.id, after=after), new.made_at)


def lift(connection: Transaction, key: str, deed: Deed, at: datetime) -> bool:
    """Lift a hold; whether it was there."""
    gone = connection.execute(delete(legal_hold).where(legal_hold.c.id == key)).rowcount == 1
    if gone:
        note(connection, replace(deed, what="lift", kind="hold", slug=key), at)
    return gone


def every(connection: Connection) -> tuple[Hold, ...]:
    """Every hold, the oldest first."""
    rows = connection.execute(select(legal_hold).order_by(legal_hold.c.made_at, legal_hold.c.id))
    return tuple(Hold(**dict(row._mapping)) for row in rows)


def held(connection: Connection) -> frozenset[str]:
    """The ids of all that is held: records that are named, those of children that are named, and the calls and referrals of either."""
    there = every(connection)
    keys = [one.key for one in there if one.key]
    ids = {one.record for one in there if one.record} | _of_children(connection, keys)
    ids |= _column(connection, enquiry.c.contact, enquiry.c.id, ids)
    ids |= _column(connection, enquiry.c.id, enquiry.c.contact, ids)
    for table in (contact, enquiry):
        ids |= _column(connection, table.c.call, table.c.id, ids)
    return frozenset(ids)


def _of_children(connection: Connection, keys: Collection[str]) -> set[str]:
    found = _column(connection, contact_match.c.contact, contact_match.c.key, keys)
    found |= _column(connection, enquiry_match.c.enquiry, enquiry_match.c.key, keys)
    return found | _column(connection, cetr_request.c.id, cetr_request.c.child, keys)


def _column(connection: Connection, wanted: Column[str], given: Column[str], values: Collection[str]) -> set[str]:
    if not values:
        return set()
    return set(connection.scalars(select(wanted).where(given.in_(values), wanted.is_not(None))))
