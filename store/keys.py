"""Which API keys exist? Only a key's hash is kept; the key itself is shown once."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from store import tables
from store.audit import Deed, note

PREFIX = "dl_"


class Role(StrEnum):
    """What a key may do; the matrix of roles and routes stands in ``admin.roles``."""

    ADMIN = "admin"
    EDITOR = "editor"
    HANDLER = "handler"
    AUDITOR = "auditor"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret."""

    id: str
    name: str
    role: Role
    created_at: datetime


def create(connection: Connection, name: str, role: Role, who: str, at: datetime, why: str = "") -> tuple[Key, str]:
    """Make a key; the second value is the secret, to be shown once."""
    secret = PREFIX + secrets.token_urlsafe(32)
    row: Mapping[str, Any] = {"id": secrets.token_hex(6), "name": name, "role": role.value, "created_at": at}
    connection.execute(insert(tables.key).values(**row, hash=hash_of(secret)))
    after = {"name": name, "role": role.value}
    note(connection, Deed(who, "create", "key", row["id"], None, after, why), at)
    return Key(row["id"], name, role, at), secret


def owner(connection: Connection, secret: str) -> Key | None:
    """Whose key this is; nothing for an unknown or revoked one."""
    table = tables.key
    row = connection.execute(select(table).where(table.c.hash == hash_of(secret), table.c.revoked_at.is_(None))).first()
    return Key(row.id, row.name, Role(row.role), row.created_at) if row else None


def every(connection: Connection) -> list[Key]:
    """Every key that is not revoked, in order of age."""
    table = tables.key
    rows = connection.execute(
        select(table).where(table.c.revoked_at.is_(None)).order_by(table.c.created_at, table.c.id)
    )
    return [Key(row.id, row.name, Role(row.role), row.created_at) for row in rows]


def revoke(connection: Connection, key: str, who: str, at: datetime, why: str = "") -> bool:
    """Revoke a key; whether there was one."""
    table = tables.key
    change = update(table).where(table.c.id == key, table.c.revoked_at.is_(None)).values(revoked_at=at)
    if connection.execute(change).rowcount == 0:
        return False
    note(connection, Deed(who, "revoke", "key", key, None, None, why), at)
    return True


def hash_of(secret: str) -> str:
    """SHA-256: the secret has 256 bits of its own, so a slow hash would only slow each request."""
    return hashlib.sha256(secret.encode()).hexdigest()
