"""How is the directory changed? Compare-and-set on each entry, audit and version in one transaction; published before the reply."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from directory.documents import change_document, document
from directory.snapshot import Change, Kind
from ivr.plan import Plan
from store import tables
from store.audit import Deed, note

CURRENT, REPLACED, PROPOSED = "current", "replaced", "proposed"


class StaleError(Exception):
    """The entry is at another version than the writer saw."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, and why, in words for the audit trail."""

    who: str
    why: str = ""


def version_of(connection: Connection, kind: Kind, slug: str) -> int | None:
    """The version of an entry, or nothing where there is none."""
    entry = tables.entry
    found: int | None = connection.scalar(select(entry.c.version).where(entry.c.kind == kind, entry.c.slug == slug))
    return found


def body_of(connection: Connection, kind: Kind, slug: str) -> tuple[int, Mapping[str, Any]] | None:
    """The version and document of an entry."""
    entry = tables.entry
    row = connection.execute(
        select(entry.c.version, entry.c.body).where(entry.c.kind == kind, entry.c.slug == slug)
    ).first()
    return (row.version, row.body) if row else None


def versions_of(connection: Connection, kind: Kind) -> Mapping[str, int]:
    """The version of each entry of a kind."""
    entry = tables.entry
    rows = connection.execute(select(entry.c.slug, entry.c.version).where(entry.c.kind == kind))
    return {row.slug: row.version for row in rows}


def write(connection: Connection, one: Change, expected: int | None, author: Author, at: datetime) -> int:
    """Write one change if the entry is at ``expected`` (none: not there yet); the entry's new version."""
    return write_all(connection, [(one, expected)], author, at)[0]


def write_all(
    connection: Connection, changes: Iterable[tuple[Change, int | None]], author: Author, at: datetime
) -> list[int]:
    """Write several changes as one version of the directory."""
    pairs = list(changes)
    versions = [_written(connection, one, expected, author, at) for one, expected in pairs]
    publish(connection, {"changes": [change_document(one) for one, _ in pairs]}, at)
    return versions


def _written(connection: Connection, one: Change, expected: int | None, author: Author, at: datetime) -> int:
    entry = tables.entry
    key = (entry.c.kind == one.kind, entry.c.slug == one.slug)
    found = connection.execute(select(entry.c.version, entry.c.body).where(*key)).first()
    if (found.version if found else None) != expected:
        raise StaleError(one.slug)
    after = document(one.entry) if one.entry else None
    if found is None:
        row = {"kind": one.kind, "slug": one.slug, "version": 1, "body": after, "changed_at": at}
        connection.execute(insert(entry).values(**row))
    elif after is None:
        connection.execute(delete(entry).where(*key))
    else:
        values = {"version": found.version + 1, "body": after, "changed_at": at}
        if connection.execute(update(entry).where(*key, entry.c.version == expected).values(**values)).rowcount == 0:
            raise StaleError(one.slug)
    what = "create" if found is None else "delete" if after is None else "change"
    before = found.body if found else None
    note(connection, Deed(author.who, what, one.kind, one.slug, before, after, author.why), at)
    return found.version + 1 if found else 1


def publish(connection: Connection, body: Mapping[str, Any], at: datetime) -> int:
    """Append to the log of changes; the version that every worker takes next."""
    log = tables.change
    version: int = (connection.scalar(select(func.max(log.c.version))) or 0) + 1
    connection.execute(insert(log).values(version=version, epoch=epoch_of(connection), at=at, body=dict(body)))
    return version


def epoch_of(connection: Connection) -> str:
    """The epoch of the log: one restore, one epoch, so that a version may go back (ruling 14)."""
    log = tables.change
    return connection.scalar(select(log.c.epoch).order_by(log.c.version.desc()).limit(1)) or ""


def put_plan(connection: Connection, plan: Plan, text: str, state: str, at: datetime) -> None:
    """Keep a plan; when it is the current one, the one before it is replaced and every worker is told."""
    table = tables.plan
    known = connection.scalar(select(table.c.digest).where(table.c.digest == plan.digest))
    if state == CURRENT:
        before = update(table).where(table.c.line == plan.line, table.c.state == CURRENT)
        connection.execute(before.values(state=REPLACED))
    if known:
        connection.execute(update(table).where(table.c.digest == plan.digest).values(state=state, at=at))
    else:
        row = {"digest": plan.digest, "line": plan.line, "state": state, "text": text, "at": at}
        connection.execute(insert(table).values(**row))
    if state == CURRENT:
        publish(connection, {"plans": {plan.line: plan.digest}}, at)
