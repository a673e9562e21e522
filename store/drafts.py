"""What do people prepare that is not in force yet? Drafts of plans and of the directory, changed by compare-and-set, each change in
the audit trail.

Whoever writes holds the order (``Database.write_in_order``).
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from store.audit import Deed, note
from store.directory import Author, StaleError
from store.tables_drafts import draft as table

Kind = Literal["plan", "directory"]
State = Literal["open", "scheduled", "published", "dropped", "refused"]
STANDING: tuple[State, ...] = ("open", "scheduled", "refused")
"""The states of a draft that somebody may still change or publish."""


class EndedError(Exception):
    """The draft is published or dropped already."""


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A draft that begins. ``body`` is ``{"text": TOML}`` of a plan, ``{"changes": [...]}`` of the directory; ``base`` is what it is
    made on, a plan's digest or a version of the directory."""

    kind: Kind
    line: str
    authority: str
    title: str
    body: Mapping[str, Any]
    base: str
    who: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands. ``who`` wrote or scheduled it last, ``why`` is their reason, ``told`` says why it was not published."""

    id: str
    kind: Kind
    line: str
    authority: str
    title: str
    body: Mapping[str, Any]
    base: str
    version: int
    who: str
    why: str
    state: State
    publish_at: datetime | None
    changed_at: datetime
    told: str

    @property
    def text(self) -> str:
        """The TOML of a plan's draft."""
        return str(self.body.get("text", ""))

    @property
    def author(self) -> Author:
        """Who publishes it where it is published by itself."""
        return Author(self.who, self.why)

    @property
    def stands(self) -> bool:
        """Whether it may still be changed or published."""
        return self.state in STANDING


COLUMNS = tuple(field.name for field in fields(Draft))


def every(connection: Connection, *, line: str = "", kind: str = "", states: Collection[str] = STANDING) -> list[Draft]:
    """The drafts in these states, of one line or kind where it is named, the latest changed first."""
    chosen = select(table).where(table.c.state.in_(sorted(states)))
    for column, value in ((table.c.line, line), (table.c.kind, kind)):
        chosen = chosen.where(column == value) if value else chosen
    rows = connection.execute(chosen.order_by(table.c.changed_at.desc(), table.c.id))
    return [_draft(row) for row in rows]


def one(connection: Connection, key: str) -> Draft | None:
    """A draft by its id."""
    row = connection.execute(select(table).where(table.c.id == key)).first()
    return _draft(row) if row else None


def due(connection: Connection, now: datetime) -> list[Draft]:
    """What was to be published by now, the earliest first."""
    late = select(table).where(table.c.state == "scheduled", table.c.publish_at <= now)
    return [_draft(row) for row in connection.execute(late.order_by(table.c.publish_at, table.c.id))]


def begin(connection: Connection, new: NewDraft, at: datetime, what: str = "begin") -> str:
    """A new draft; its id."""
    key = secrets.token_hex(6)
    row = {**asdict(new), "id": key, "version": 1, "state": "open", "publish_at": None, "changed_at": at, "told": ""}
    connection.execute(insert(table).values(**row))
    note(connection, Deed(new.who, what, "draft", key, None, _about(row), new.why), at)
    return key


def rewrite(
    connection: Connection,
    key: str,
    body: Mapping[str, Any],
    expected: int,
    author: Author,
    at: datetime,
    base: str = "",
) -> int:
    """Another body, and another base where it was made on one; the new version. It is open again, whatever it waited for."""
    values = {"body": dict(body), "state": "open", "publish_at": None, "told": "", **_by(author)}
    return _change(connection, key, expected, {**values, **({"base": base} if base else {})}, ("rewrite", author), at)


def drop(connection: Connection, key: str, expected: int, author: Author, at: datetime) -> int:
    """Let a draft go; it stays to be read."""
    values = {"state": "dropped", "publish_at": None}
    return _change(connection, key, expected, values, ("drop", author), at)


def schedule(
    connection: Connection, key: str, publish_at: datetime, expected: int, author: Author, at: datetime
) -> int:
    """It is to be published by itself, in the name of whoever schedules it."""
    values = {"state": "scheduled", "publish_at": publish_at, "told": "", **_by(author)}
    return _change(connection, key, expected, values, ("schedule", author), at)


def publish(connection: Connection, key: str, expected: int, author: Author, at: datetime) -> int:
    """It is in force; what it says is written by whoever calls this, in the same transaction."""
    values = {"state": "published", "publish_at": None, "told": ""}
    return _change(connection, key, expected, values, ("publish", author), at)


def refuse(connection: Connection, key: str, told: str, expected: int, author: Author, at: datetime) -> int:
    """It was to be published by itself, and was not, because of what is told."""
    return _change(connection, key, expected, {"state": "refused", "told": told}, ("refuse", author), at)


def _by(author: Author) -> dict[str, str]:
    return {"who": author.who, "why": author.why}


def _change(
    connection: Connection,
    key: str,
    expected: int,
    values: Mapping[str, Any],
    done: tuple[str, Author],
    at: datetime,
) -> int:
    known = one(connection, key)
    if known is None or known.version != expected:
        raise StaleError(key)
    if not known.stands:
        raise EndedError(key)
    next_one = {**values, "version": expected + 1, "changed_at": at}
    same = (table.c.id == key) & (table.c.version == expected)
    if connection.execute(update(table).where(same).values(**next_one)).rowcount != 1:
        raise StaleError(key)
    what, author = done
    before = {name: getattr(known, name) for name in COLUMNS}
    after = _about({**before, **next_one})
    note(connection, Deed(author.who, what, "draft", key, _about(before), after, author.why), at)
    return expected + 1


def _about(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the trail keeps of a draft: what it is, not what it says, which the trail has when it is published."""
    kept = {name: row[name] for name in ("kind", "line", "title", "base", "version", "state", "told") if row[name]}
    return {**kept, **({"publish_at": row["publish_at"].isoformat()} if row["publish_at"] else {})}


def _draft(row: Row[Any]) -> Draft:
    return Draft(**dict(row._mapping))
