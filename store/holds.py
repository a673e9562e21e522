"""What must not be purged? Records by their id and children by their keyed hash, with whatever belongs to them."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Column, Connection, delete, insert, select

from store import papers
from store.audit import Deed, note
from store.database import Transaction
from store.tables_contacts import contact, contact_match
from store.tables_enquiries import cetr_request, enquiry, enquiry_match, legal_hold
from store.tables_papers import paper_match

PAPERS = tuple(papers.TABLES[pile] for pile in papers.OF_CHILDREN)


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
    """A new hold. The trail does not say which child, nor why: the hash is theirs alone, and the reason is sealed."""
    connection.execute(insert(legal_hold).values(**asdict(new)))
    after = {"record": new.record} if new.record else {"on": "a child"}
    note(connection, replace(deed, what="hold", kind="hold", slug=new.id, after=after, why=""), new.made_at)


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


def held(connection: Connection, by: Iterable[Hold] | None = None) -> frozenset[str]:
    """The ids of all that is held, or of what these holds keep: records that are named, those of children that are named, and the
    calls, the papers and the referrals of either."""
    there = every(connection) if by is None else tuple(by)
    keys = [one.key for one in there if one.key]
    ids = {one.record for one in there if one.record} | _of_children(connection, keys)
    for table in PAPERS:
        ids |= _column(connection, table.c.about, table.c.id, ids)
        ids |= _column(connection, table.c.id, table.c.about, ids)
    ids |= _column(connection, enquiry.c.contact, enquiry.c.id, ids)
    ids |= _column(connection, enquiry.c.id, enquiry.c.contact, ids)
    for table in (contact, enquiry, *PAPERS):
        ids |= _column(connection, table.c.call, table.c.id, ids)
    return frozenset(ids)


def _of_children(connection: Connection, keys: Collection[str]) -> set[str]:
    """A paper whose children are not known by their keys may be about any child: it is kept while any child's records are."""
    if not keys:
        return set()
    found = _column(connection, contact_match.c.contact, contact_match.c.key, keys)
    found |= _column(connection, enquiry_match.c.enquiry, enquiry_match.c.key, keys)
    found |= _column(connection, paper_match.c.paper, paper_match.c.key, keys)
    found |= {key for pile in papers.OF_CHILDREN for key in papers.of_unknown_children(connection, pile)}
    return found | _column(connection, cetr_request.c.id, cetr_request.c.child, keys)


def _column(connection: Connection, wanted: Column[str], given: Column[str], values: Collection[str]) -> set[str]:
    """What stands in one column where another holds one of these values; a column that is empty names nothing."""
    if not values:
        return set()
    return set(connection.scalars(select(wanted).where(given.in_(values), wanted != "")))
