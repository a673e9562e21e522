"""Which changes wait for a second person? Asked for by one, written only when another agrees, gone after a week."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from directory.documents import entry_from
from directory.model import Authority
from directory.snapshot import Kind, written
from store import tables
from store.audit import Deed, note
from store.directory import Author, StaleError, body_of, write

LIFE = timedelta(days=7)
IN_BRACKETS = re.compile(r"\(([^()]+)\)$")
"""Behind the name of whoever does something: the id of their key or account."""

Exceptions = tuple[tuple[str, str], ...]
"""E.164 and reason of each number that the policy allows by name."""


class State(StrEnum):
    """What became of something that was asked for."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Approval:
    """Policy exceptions of an authority that somebody asked for, on a version of it that they had seen."""

    id: str
    slug: str
    exceptions: Exceptions
    version: int
    why: str
    asked_by: str
    asked_at: datetime
    state: State
    decided_by: str | None = None
    decided_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """From when nobody can agree to it any more."""
        return self.asked_at + LIFE


class DecidedError(Exception):
    """It does not wait any more: decided by somebody, or expired."""


class SamePersonError(Exception):
    """Whoever asks for something cannot be the one who agrees, nor by another key or account that they have made."""


def ask(connection: Connection, slug: str, given: Exceptions, version: int, author: Author, at: datetime) -> Approval:
    """Ask for an authority's exceptions; nothing is written but the asking."""
    one = Approval(secrets.token_hex(6), slug, given, version, author.why, author.who, at, State.WAITING)
    change = {"exceptions": [list(pair) for pair in given]}
    row = {"id": one.id, "kind": Kind.AUTHORITY.value, "slug": slug, "change": change, "version": version,
           "why": one.why, "asked_by": one.asked_by, "asked_at": at, "state": one.state.value}  # fmt: skip
    connection.execute(insert(tables.approval).values(**row))
    note(connection, Deed(author.who, "ask", "approval", one.id, None, {"slug": slug, **change}, author.why), at)
    return one


def every(connection: Connection, at: datetime) -> Sequence[Approval]:
    """Everything that was ever asked for, the newest first."""
    table = tables.approval
    rows = connection.execute(select(table).order_by(table.c.asked_at.desc(), table.c.id.desc()))
    return [_approval(row, at) for row in rows]


def one(connection: Connection, approval: str, at: datetime) -> Approval | None:
    """Something that was asked for."""
    row = connection.execute(select(tables.approval).where(tables.approval.c.id == approval)).first()
    return _approval(row, at) if row else None


def _approval(row: Row[Any], at: datetime) -> Approval:
    exceptions = tuple((number, reason) for number, reason in row.change["exceptions"])
    found = Approval(row.id, row.slug, exceptions, row.version, row.why, row.asked_by, row.asked_at, State(row.state),
                     row.decided_by, row.decided_at)  # fmt: skip
    late = found.state is State.WAITING and at >= found.expires_at
    return replace(found, state=State.EXPIRED) if late else found


def approve(connection: Connection, asked: Approval, author: Author, at: datetime) -> Approval:
    """Write what was asked for. Raises when it is decided, when the asker agrees, or when the authority has changed."""
    if asked.asked_by == author.who or _is_theirs(connection, author.who, asked):
        raise SamePersonError(asked.id)
    decided = _decided(connection, asked, State.APPROVED, author, at)
    found = body_of(connection, Kind.AUTHORITY, asked.slug)
    if found is None or found[0] != asked.version:
        raise StaleError(asked.slug)
    authority = entry_from(Kind.AUTHORITY, found[1])
    if not isinstance(authority, Authority):
        raise TypeError(asked.slug)
    both = replace(author, why=f"{asked.why} (asked for by {asked.asked_by})", asked_by=asked.asked_by)
    write(connection, written(replace(authority, exceptions=asked.exceptions)), asked.version, both, at)
    return decided


def _is_theirs(connection: Connection, who: str, asked: Approval) -> bool:
    """Whether the asker has made or changed the approver's key or account within a week before asking, or since: then it may be
    themselves. It is no use to look further back, where the first administrator has made everybody."""
    audit, approver = tables.audit, IN_BRACKETS.search(who)
    if approver is None:
        return False
    theirs = audit.c.who == asked.asked_by, audit.c.kind.in_(("key", "account")), audit.c.slug == approver[1]
    recent = select(audit.c.sequence).where(audit.c.at > asked.asked_at - LIFE, *theirs)
    return connection.execute(recent.limit(1)).first() is not None


def reject(connection: Connection, asked: Approval, author: Author, at: datetime) -> Approval:
    """Let it go; whoever asked may take it back themselves."""
    return _decided(connection, asked, State.REJECTED, author, at)


def _decided(connection: Connection, asked: Approval, state: State, author: Author, at: datetime) -> Approval:
    table, values = tables.approval, _decision(state, author, at)
    waiting = (table.c.id == asked.id, table.c.state == State.WAITING.value)
    change = update(table).where(*waiting).values(**values)
    if asked.state is not State.WAITING or connection.execute(change).rowcount == 0:
        raise DecidedError(asked.id)
    what = "approve" if state is State.APPROVED else "reject"
    before = {"slug": asked.slug, "asked_by": asked.asked_by, "why": asked.why}
    note(connection, Deed(author.who, what, "approval", asked.id, before, {"state": state.value}, author.why), at)
    return replace(asked, state=state, decided_by=author.who, decided_at=at)


def _decision(state: State, author: Author, at: datetime) -> Mapping[str, Any]:
    return {"state": state.value, "decided_by": author.who, "decided_at": at}
