"""How are enquiries kept? Sealed, matched by keyed hashes, never altered in what was asked; every step and reading in the audit trail.

Whoever writes holds the order (``Database.write_in_order``), so that of two enquiries at once the second finds the first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from store.audit import Deed, note, note_all
from store.database import Transaction
from store.tables_enquiries import enquiry, enquiry_match, enquiry_step

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """An enquiry (``tables_enquiries.enquiry``); ``sealed``, ``answer`` and ``verified_how`` are sealed texts."""

    id: str
    authority: str
    line: str
    call: str | None
    agency: str
    reason: str
    known: str
    prompts: Sequence[Mapping[str, Any]]
    sealed: str
    made_at: datetime
    made_by: str
    state: str = OPEN
    answer: str = ""
    verified_how: str = ""
    verified_by: str = ""
    verified_at: datetime | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What an enquiry became, when, and by whom."""

    state: str
    at: datetime
    who: str


def add(connection: Transaction, new: Enquiry, keys: Mapping[str, str], deed: Deed) -> None:
    """A new enquiry; ``keys`` are the hashes by which it is found, each with its unit."""
    connection.execute(insert(enquiry).values(**asdict(new)))
    rows = [{"enquiry": new.id, "key": key, "unit": unit} for key, unit in keys.items()]
    if rows:
        connection.execute(insert(enquiry_match), rows)
    _step(connection, new, deed, new.made_at)


def change(connection: Transaction, to: Enquiry, deed: Deed, at: datetime) -> None:
    """The enquiry as it is from now on, in its new state."""
    connection.execute(update(enquiry).where(enquiry.c.id == to.id).values(**asdict(to)))
    _step(connection, to, deed, at)


def _step(connection: Transaction, to: Enquiry, deed: Deed, at: datetime) -> None:
    counted = select(func.count()).select_from(enquiry_step).where(enquiry_step.c.enquiry == to.id)
    row = {"enquiry": to.id, "sequence": (connection.scalar(counted) or 0) + 1, "state": to.state, "at": at}
    connection.execute(insert(enquiry_step).values(**row, who=deed.who))
    after = {"state": to.state, "agency": to.agency, "reason": to.reason, "authority": to.authority}
    note(connection, replace(deed, what=to.state, kind="enquiry", slug=to.id, after=after), at)


def one(connection: Connection, key: str) -> Enquiry | None:
    """An enquiry by its id."""
    row = connection.execute(select(enquiry).where(enquiry.c.id == key)).first()
    return _made(row) if row else None


def every(connection: Connection, authority: str = "", since: datetime | None = None) -> tuple[Enquiry, ...]:
    """Enquiries, the earliest first. An authority that is given must be met; ``since``: none older."""
    chosen = select(enquiry).order_by(enquiry.c.made_at, enquiry.c.id)
    chosen = chosen.where(enquiry.c.authority == authority) if authority else chosen
    chosen = chosen.where(enquiry.c.made_at >= since) if since else chosen
    return tuple(_made(row) for row in connection.execute(chosen))


def alike(connection: Connection, authority: str, keys: Collection[str], since: datetime) -> tuple[Enquiry, ...]:
    """An authority's enquiries that have one of these keys and are not older, the earliest first."""
    same = select(enquiry_match.c.enquiry).where(enquiry_match.c.key.in_(keys))
    wanted = (enquiry.c.authority == authority) & (enquiry.c.made_at >= since) & enquiry.c.id.in_(same)
    rows = connection.execute(select(enquiry).where(wanted).order_by(enquiry.c.made_at, enquiry.c.id))
    return tuple(_made(row) for row in rows)


def keys_of(connection: Connection, key: str) -> Mapping[str, str]:
    """The hashes by which an enquiry is found, each with its unit."""
    rows = connection.execute(select(enquiry_match).where(enquiry_match.c.enquiry == key))
    return {row.key: row.unit for row in rows}


def steps(connection: Connection, key: str) -> tuple[Step, ...]:
    """What an enquiry has been, in order."""
    chosen = select(enquiry_step).where(enquiry_step.c.enquiry == key).order_by(enquiry_step.c.sequence)
    return tuple(Step(row.state, row.at, row.who) for row in connection.execute(chosen))


def note_readings(connection: Transaction, keys: Iterable[str], what: str, deed: Deed, at: datetime) -> None:
    """Somebody read these enquiries; ``deed`` says who and why."""
    note_all(connection, [replace(deed, what=what, kind="reading", slug=key) for key in keys], at)


def _made(row: Row[Any]) -> Enquiry:
    return Enquiry(**dict(row._mapping))
