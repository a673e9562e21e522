"""How is the directory changed? Compare-and-set on each entry, audit and version in one transaction; published before the reply."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from directory.documents import change_document, document
from directory.snapshot import Change, Kind
from ivr.plan import Plan
from store import tables
from store.audit import Deed, end, grouped, note_all
from store.hearing import tell
from store.tables_drafts import plan_version

CURRENT, REPLACED, PROPOSED = "current", "replaced", "proposed"
AT_ONCE = 500
UNCOUNTED = -1
"""What a driver says that does not count the rows of many statements."""


class StaleError(Exception):
    """The entry is at another version than the writer saw."""


class AloneError(Exception):
    """Policy exceptions change only when a second person agrees (``store.approvals``)."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, and why, in words for the audit trail; ``asked_by`` is the other one where it takes two, and
    ``group`` names what one step writes and undoes together (``import-3f9a2c1b``)."""

    who: str
    why: str = ""
    asked_by: str = ""
    group: str = ""

    def did(self, what: str) -> str:
        """A deed as the trail names it: ``change``, or ``change in import-3f9a2c1b``."""
        return grouped(what, self.group)


NOBODY_NAMED = Author("first load")
"""Who put plans into force that nobody published."""


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


def versions_of(connection: Connection, kind: Kind, slugs: Collection[str] | None = None) -> Mapping[str, int]:
    """The version of each entry of a kind, or of those that are named."""
    entry = tables.entry
    named = () if slugs is None else (entry.c.slug.in_(slugs),)
    rows = connection.execute(select(entry.c.slug, entry.c.version).where(entry.c.kind == kind, *named))
    return {row.slug: row.version for row in rows}


def write(connection: Connection, one: Change, expected: int | None, author: Author, at: datetime) -> int:
    """Write one change if the entry is at ``expected`` (none: not there yet); the entry's new version."""
    return write_all(connection, [(one, expected)], author, at)[0]


def write_all(
    connection: Connection, changes: Iterable[tuple[Change, int | None]], author: Author, at: datetime
) -> list[int]:
    """Write several changes as one version of the directory."""
    pairs = list(changes)
    found = _standing(connection, [one for one, _ in pairs])
    steps = [_step(one, expected, found.get((one.kind, one.slug)), author) for one, expected in pairs]
    _store(connection, steps, at)
    note_all(connection, [step.deed(author) for step in steps], at)
    publish(connection, {"changes": [change_document(one) for one, _ in pairs], "audit": end(connection)}, at)
    return [step.version for step in steps]


@dataclass(frozen=True, slots=True)
class _Step:
    """One entry's way from what stands (version 0: nothing) to what will."""

    kind: Kind
    slug: str
    seen: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def what(self) -> str:
        return "create" if self.seen == 0 else "delete" if self.after is None else "change"

    @property
    def version(self) -> int:
        return self.seen + 1

    def deed(self, author: Author) -> Deed:
        return Deed(author.who, author.did(self.what), self.kind, self.slug, self.before, self.after, author.why)


def _standing(connection: Connection, changes: Sequence[Change]) -> Mapping[tuple[Kind, str], tuple[int, Any]]:
    """Version and document of each of these entries that is there."""
    entry, found = tables.entry, dict[tuple[Kind, str], tuple[int, Any]]()
    for kind in {change.kind for change in changes}:
        slugs = [change.slug for change in changes if change.kind is kind]
        for first in range(0, len(slugs), AT_ONCE):
            batch = slugs[first : first + AT_ONCE]
            rows = select(entry.c.slug, entry.c.version, entry.c.body)
            rows = rows.where(entry.c.kind == kind, entry.c.slug.in_(batch))
            found |= {(kind, row.slug): (row.version, row.body) for row in connection.execute(rows)}
    return found


def _step(one: Change, expected: int | None, found: tuple[int, Any] | None, author: Author) -> _Step:
    seen, before = found or (0, None)
    if (found[0] if found else None) != expected:
        raise StaleError(one.slug)
    after = document(one.entry) if one.entry else None
    if _needs_two(one.kind, before or {}, after or {}) and not author.asked_by:
        raise AloneError(one.slug)
    return _Step(one.kind, one.slug, seen, before, after)


def _store(connection: Connection, steps: Sequence[_Step], at: datetime) -> None:
    entry = tables.entry
    keys = entry.c.kind == bindparam("of"), entry.c.slug == bindparam("named"), entry.c.version == bindparam("seen")
    made = [{"kind": step.kind, "slug": step.slug, "version": 1, "body": step.after, "changed_at": at}
            for step in steps if step.what == "create"]  # fmt: skip
    if made:
        connection.execute(insert(entry), made)
    changed = update(entry).where(*keys).values(version=bindparam("next"), body=bindparam("now"), changed_at=at)
    for what, statement in (("change", changed), ("delete", delete(entry).where(*keys))):
        rows = [_key(step) for step in steps if step.what == what]
        if rows and connection.execute(statement, rows).rowcount not in (UNCOUNTED, len(rows)):
            raise StaleError(what)


def _key(step: _Step) -> dict[str, Any]:
    key = {"of": step.kind, "named": step.slug, "seen": step.seen}
    return key if step.after is None else {**key, "next": step.version, "now": step.after}


def _needs_two(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return kind is Kind.AUTHORITY and before.get("exceptions") != after.get("exceptions")


def publish(connection: Connection, body: Mapping[str, Any], at: datetime) -> int:
    """Append to the log of changes; the version that every worker takes next."""
    log = tables.change
    version: int = (connection.scalar(select(func.max(log.c.version))) or 0) + 1
    connection.execute(insert(log).values(version=version, epoch=epoch_of(connection), at=at, body=dict(body)))
    tell(connection)
    return version


def epoch_of(connection: Connection) -> str:
    """The epoch of the log: one restore, one epoch, so that a version may go back (ruling 14)."""
    log = tables.change
    return connection.scalar(select(log.c.epoch).order_by(log.c.version.desc()).limit(1)) or ""


def put_plan(
    connection: Connection, plan: Plan, text: str, state: str, at: datetime, author: Author = NOBODY_NAMED
) -> None:
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
        version = publish(connection, {"plans": {plan.line: plan.digest}, "audit": end(connection)}, at)
        row = {"version": version, "line": plan.line, "digest": plan.digest, "at": at}
        connection.execute(insert(plan_version).values(**row, who=author.who, why=author.why))
