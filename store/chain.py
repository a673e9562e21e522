"""Is the audit trail as it was written? Every row is read again, hashed again, and held against the one before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from store import tables
from store.audit import FIRST, Deed, hash_of

HASHED = ("sequence", "previous", *(field.name for field in fields(Deed)))
AT_ONCE = 500
UNREADABLE = (ValueError, TypeError)
"""What a row raises in which no date or no JSON stands any more."""

Row = Mapping[str, Any]


class Break(StrEnum):
    """What can be wrong at one place of the trail."""

    ALTERED = "altered"
    UNLINKED = "unlinked"
    MISSING = "missing"
    CUT = "cut"


WORDS: Mapping[Break, str] = {
    Break.ALTERED: "the row is not what was written: its hash does not cover what it says now.",
    Break.UNLINKED: "the row does not follow the one before it: one of the two was replaced, moved or taken away.",
    Break.MISSING: "a row of this number is missing.",
    Break.CUT: "the trail was longer once, or had another row here: this end of it was seen before and is gone.",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One place at which the trail does not hold."""

    sequence: int
    what: Break

    @property
    def sentence(self) -> str:
        """The place and what is wrong there."""
        return f"Row {self.sequence}: {WORDS[self.what]}"


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of the trail at some moment: its number and its hash."""

    sequence: int = 0
    hash: str = FIRST


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows there are, where the trail ends, and every flaw."""

    rows: int
    head: Head
    flaws: tuple[Flaw, ...]


def verdict(connection: Connection, seen: Iterator[Head] | tuple[Head, ...] = ()) -> Verdict:
    """The whole trail, judged. ``seen`` are ends of it that were noted at earlier moments and must still be in it."""
    wanted = {*seen, *_noted(connection)} - {Head()}
    head, count, flaws = Head(), 0, list[Flaw]()
    for row in _rows(connection):
        flaws += _flaws(row, head)
        head, count = Head(row["sequence"], row["hash"]), count + 1
        wanted.discard(head)
    gone = (Flaw(one.sequence, Break.CUT) for one in wanted)
    return Verdict(count, head, tuple(sorted({*flaws, *gone}, key=lambda flaw: (flaw.sequence, flaw.what))))


def _rows(connection: Connection) -> Iterator[Row]:
    """Every row; where some of a batch cannot be read at all, the batch is read row by row."""
    audit = tables.audit
    sequences = connection.scalars(select(audit.c.sequence).order_by(audit.c.sequence)).all()
    for first in range(0, len(sequences), AT_ONCE):
        batch = sequences[first : first + AT_ONCE]
        try:
            yield from _between(connection, batch[0], batch[-1])
        except UNREADABLE:
            for sequence in batch:
                yield _readable(connection, sequence)


def _between(connection: Connection, first: int, last: int) -> list[Row]:
    audit = tables.audit
    rows = select(audit).where(audit.c.sequence.between(first, last)).order_by(audit.c.sequence)
    return [dict(row) for row in connection.execute(rows).mappings()]


def _readable(connection: Connection, sequence: int) -> Row:
    audit = tables.audit
    try:
        return _between(connection, sequence, sequence)[0]
    except UNREADABLE:
        links = select(audit.c.sequence, audit.c.previous, audit.c.hash).where(audit.c.sequence == sequence)
        return dict(connection.execute(links).mappings().one())


def _noted(connection: Connection) -> Iterator[Head]:
    """The ends of the trail that the log of changes noted as it grew."""
    body = tables.change.c.body
    noted = select(body["audit"]["sequence"].as_integer(), body["audit"]["hash"].as_string())
    rows = connection.execute(noted.where(body["audit"]["sequence"].as_string().is_not(None)))
    return (Head(sequence, text) for sequence, text in rows)


def _flaws(row: Row, before: Head) -> Iterator[Flaw]:
    expected = before.sequence + 1
    yield from (Flaw(expected, Break.MISSING) for _ in range(row["sequence"] != expected))
    if row["previous"] != before.hash:
        yield Flaw(row["sequence"], Break.UNLINKED)
    if row["hash"] != _hash(row):
        yield Flaw(row["sequence"], Break.ALTERED)


def _hash(row: Row) -> str:
    """The hash that a row ought to have; none where it could not be read."""
    if "at" not in row:
        return ""
    return hash_of({**{name: row[name] for name in HASHED}, "at": row["at"].astimezone(UTC).isoformat()})
