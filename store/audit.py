"""Who changed what, when, and why? Append-only rows, each hashed with the one before, written with the change itself."""

import hashlib
import json
from collections.abc import Mapping
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


def note(connection: Connection, deed: Deed, at: datetime) -> None:
    """Append a deed. The connection holds the order (``Database.write_in_order``)."""
    audit = tables.audit
    last = connection.execute(select(audit.c.sequence, audit.c.hash).order_by(audit.c.sequence.desc()).limit(1)).first()
    sequence, previous = (last.sequence + 1, last.hash) if last else (1, FIRST)
    row = {"sequence": sequence, **asdict(deed), "previous": previous}
    connection.execute(insert(audit).values(**row, at=at, hash=hash_of({**row, "at": at.astimezone(UTC).isoformat()})))


def hash_of(row: Mapping[str, Any]) -> str:
    """The SHA-256 of a row with the hash before it."""
    return hashlib.sha256(json.dumps(row, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
