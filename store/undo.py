"""What does undoing a deed of the trail concern? The deed or its whole group, and what was done to the same things since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from directory.documents import entry_from
from directory.model import Entry
from directory.snapshot import Kind
from store import tables
from store.audit import GROUPED, group_of

DEEDS = ("create", "change", "delete")


@dataclass(frozen=True, slots=True)
class Done:
    """A deed on an entry of the directory: the entry before and after (none: there was none)."""

    sequence: int
    kind: Kind
    slug: str
    before: Entry | None
    after: Entry | None


def done(connection: Connection, sequence: int) -> Sequence[Row[Any]]:
    """The deed of this number, with all that were written together with it; nothing where there is none."""
    audit = tables.audit
    one = connection.execute(select(audit).where(audit.c.sequence == sequence)).first()
    if one is None:
        return ()
    group = group_of(one.what)
    if not group:
        return (one,)
    together = select(audit).where(audit.c.what.endswith(f"{GROUPED}{group}", autoescape=True))
    return connection.execute(together.order_by(audit.c.sequence)).all()


def entries(rows: Sequence[Row[Any]]) -> list[Done] | None:
    """The deeds as entries; nothing where one of them is no change of the directory, so that it cannot be undone."""
    kinds = frozenset(Kind)
    if any(row.kind not in kinds or row.what.partition(GROUPED)[0] not in DEEDS for row in rows):
        return None
    return [_done(row) for row in rows]


def _done(row: Row[Any]) -> Done:
    kind = Kind(row.kind)
    before, after = (None if body is None else entry_from(kind, body) for body in (row.before, row.after))
    return Done(row.sequence, kind, row.slug, before, after)


def since(connection: Connection, deeds: Sequence[Done]) -> Iterator[Row[Any]]:
    """What was done last to each of these things after these deeds."""
    audit = tables.audit
    for deed in deeds:
        of_it = audit.c.kind == deed.kind, audit.c.slug == deed.slug, audit.c.sequence > deed.sequence
        last = connection.execute(select(audit).where(*of_it).order_by(audit.c.sequence.desc()).limit(1)).first()
        if last:
            yield last
