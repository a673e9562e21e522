"""How are contact records kept? Sealed field by field; every save and every reading leaves its line in the audit trail.

Whoever writes holds the order (``Database.write_in_order``), so that saves of one record follow each other.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from store.audit import Deed, note
from store.database import insert_new, upsert
from store.tables_contacts import (
    contact,
    contact_access,
    contact_field,
    contact_link,
    contact_match,
    contact_version,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A record without what it holds (``tables_contacts.contact``)."""

    id: str
    call: str | None
    authority: str
    version: int
    made_at: datetime
    made_by: str
    saved_at: datetime
    locked: bool = False
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Save:
    """What is saved at once: sealed values by field; ``page`` and ``sequence`` order the saves of one page."""

    sealed: Mapping[str, str]
    who: str
    at: datetime
    page: str = ""
    sequence: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """One save in a record's history."""

    version: int
    at: datetime
    who: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """Who is let in to a locked record, and from whom it is kept."""

    allowed: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """Another record that belongs to one, and why."""

    other: str
    why: str


def of_call(connection: Connection, call: str) -> Contact | None:
    """The record of a call."""
    return _made(connection.execute(select(contact).where(contact.c.call == call)).first())


def one(connection: Connection, key: str) -> Contact | None:
    """A record by its id."""
    return _made(connection.execute(select(contact).where(contact.c.id == key)).first())


def add(connection: Connection, new: Contact) -> None:
    """A record that holds nothing yet."""
    connection.execute(insert(contact).values(**asdict(new)))


def save(connection: Connection, known: Contact, new: Save) -> Contact:
    """Write the fields that no newer save of the same page has written; the record as it is then."""
    late = _late(connection, known.id, new)
    written = [code for code in new.sealed if code not in late]
    if not written:
        return known
    version = known.version + 1
    for code in written:
        values = {
            "sealed": new.sealed[code],
            "saved_at": new.at,
            "who": new.who,
            "page": new.page,
            "sequence": new.sequence,
        }
        upsert(connection, contact_field, {"contact": known.id, "code": code}, values)
    row = {"contact": known.id, "version": version, "at": new.at, "who": new.who, "fields": written}
    connection.execute(insert(contact_version).values(**row))
    after = {"version": version, "fields": written, "authority": known.authority}
    note(connection, Deed(new.who, "save", "contact", known.id, None, after, new.why), new.at)
    return change(connection, replace(known, version=version, saved_at=new.at))


def change(connection: Connection, known: Contact) -> Contact:
    """The record's own row as it is from now on."""
    connection.execute(update(contact).where(contact.c.id == known.id).values(**asdict(known)))
    return known


def _late(connection: Connection, key: str, new: Save) -> frozenset[str]:
    if not new.page:
        return frozenset()
    newer = (contact_field.c.page == new.page) & (contact_field.c.sequence > new.sequence)
    return frozenset(connection.scalars(select(contact_field.c.code).where(contact_field.c.contact == key, newer)))


def sealed_of(connection: Connection, key: str) -> Mapping[str, str]:
    """What a record holds, sealed, by field."""
    rows = connection.execute(select(contact_field).where(contact_field.c.contact == key))
    return {row.code: row.sealed for row in rows}


def history(connection: Connection, key: str) -> tuple[Saved, ...]:
    """Every save of a record, in order."""
    chosen = select(contact_version).where(contact_version.c.contact == key).order_by(contact_version.c.version)
    return tuple(Saved(row.version, row.at, row.who, tuple(row.fields)) for row in connection.execute(chosen))


def note_reading(connection: Connection, key: str, what: str, reader: Deed, at: datetime) -> None:
    """Somebody read a record; ``reader`` says who and why."""
    note(connection, replace(reader, what=what, kind="reading", slug=key), at)


def access_to(connection: Connection, key: str) -> Access:
    """Who is named in a record's access list."""
    rows = connection.execute(select(contact_access).where(contact_access.c.contact == key)).all()
    allowed = frozenset(row.who for row in rows if row.allowed)
    return Access(allowed, frozenset(row.who for row in rows) - allowed)


def put_access(connection: Connection, known: Contact, given: Access, deed: Deed, at: datetime) -> Contact:
    """The access list, anew; a record is locked where somebody is let in by name."""
    connection.execute(delete(contact_access).where(contact_access.c.contact == known.id))
    rows: list[dict[str, Any]] = [{"contact": known.id, "who": who, "allowed": True} for who in sorted(given.allowed)]
    rows += [{"contact": known.id, "who": who, "allowed": False} for who in sorted(given.blocked)]
    if rows:
        connection.execute(insert(contact_access), rows)
    locked = bool(given.allowed)
    after = {"locked": locked, "allowed": sorted(given.allowed), "blocked": sorted(given.blocked)}
    note(connection, replace(deed, what="lock", kind="contact", slug=known.id, after=after), at)
    return change(connection, replace(known, locked=locked))


def put_matches(connection: Connection, key: str, matches: Collection[str]) -> None:
    """The keyed hashes of a record's children, anew."""
    connection.execute(delete(contact_match).where(contact_match.c.contact == key))
    insert_new(connection, contact_match, [{"contact": key, "key": one} for one in matches])


def matching(connection: Connection, match: str) -> tuple[Contact, ...]:
    """The records of a child, newest first."""
    same = select(contact_match.c.contact).where(contact_match.c.key == match)
    rows = connection.execute(
        select(contact).where(contact.c.id.in_(same)).order_by(contact.c.made_at.desc(), contact.c.id)
    )
    return tuple(found for row in rows if (found := _made(row)))


def link(connection: Connection, key: str, to: Link, deed: Deed, at: datetime) -> None:
    """Two records belong together; doing it twice is harmless."""
    pairs = ((key, to.other), (to.other, key))
    insert_new(connection, contact_link, [{"contact": a, "other": b, "why": to.why, "at": at} for a, b in pairs])
    note(connection, replace(deed, what="link", kind="contact", slug=key, after=asdict(to)), at)


def links(connection: Connection, key: str) -> tuple[Link, ...]:
    """The records that belong to one, the oldest link first."""
    chosen = select(contact_link).where(contact_link.c.contact == key).order_by(contact_link.c.at, contact_link.c.other)
    return tuple(Link(row.other, row.why) for row in connection.execute(chosen))


def _made(row: Row[Any] | None) -> Contact | None:
    return Contact(**dict(row._mapping)) if row else None
