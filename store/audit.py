"""Who changed what, when, and why? Append-only rows, each hashed with the one before, written with the change itself."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from store import tables

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to one thing: who, what, and the thing before and after as documents."""

    who: str
    what: str
    kind: str
    slug: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str = ""


GROUPED = " in "


def grouped(what: str, group: str) -> str:
    """A deed that is part of an import or of an undo says so: ``change in import-3f9a2c1b``."""
    return f"{what}{GROUPED}{group}" if group else what


def alone(what: str) -> str:
    """What a deed did, without the import or undo that it is part of."""
    return what.partition(GROUPED)[0]


def group_of(what: str) -> str:
    """The import or undo that a deed is part of; empty where it stands alone."""
    return what.partition(GROUPED)[2]


def end(connection: Connection) -> Mapping[str, Any]:
    """Where the trail ends: number and hash of its last row."""
    audit = tables.audit
    last = connection.execute(select(audit.c.sequence, audit.c.hash).order_by(audit.c.sequence.desc()).limit(1)).first()
    return dict(last._mapping) if last else {"sequence": 0, "hash": FIRST}


def note(connection: Connection, deed: Deed, at: datetime) -> None:
    """Append a deed. The connection holds the order (``Database.write_in_order``)."""
    note_all(connection, [deed], at)


def note_all(connection: Connection, deeds: Iterable[Deed], at: datetime) -> None:
    """Append deeds in their order, each hashed with the one before."""
    last, moment = end(connection), at.astimezone(UTC).isoformat()
    rows: list[dict[str, Any]] = []
    for sequence, deed in enumerate(deeds, last["sequence"] + 1):
        row = {"sequence": sequence, **asdict(deed), "previous": rows[-1]["hash"] if rows else last["hash"]}
        rows.append({**row, "at": at, "hash": hash_of({**row, "at": moment})})
    if rows:
        connection.execute(insert(tables.audit), rows)


def hash_of(row: Mapping[str, Any]) -> str:
    """The SHA-256 of a row with the hash before it."""
    return hashlib.sha256(json.dumps(row, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
