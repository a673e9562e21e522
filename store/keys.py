"""Which API keys exist? Only a key's hash is kept; the key itself is shown once."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from store import tables
from store.audit import Deed, note

PREFIX = "dl_"
USE_NOTED_EVERY = timedelta(minutes=1)


class Role(StrEnum):
    """What a key may do; the matrix of roles and routes stands in ``admin.roles``."""

    ADMIN = "admin"
    EDITOR = "editor"
    HANDLER = "handler"
    AUDITOR = "auditor"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a key is good, and what its holder may change (slugs); nothing given: no end, no limit."""

    expires_at: datetime | None = None
    authorities: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


UNLIMITED = Terms()


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret."""

    id: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    authorities: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


def create(
    connection: Connection, name: str, role: Role, who: str, at: datetime, why: str = "", terms: Terms = UNLIMITED
) -> tuple[Key, str]:
    """Make a key; the second value is the secret, to be shown once."""
    secret = PREFIX + secrets.token_urlsafe(32)
    key = Key(secrets.token_hex(6), name, role, at, terms.expires_at, None, terms.authorities, terms.teams)
    row: Mapping[str, Any] = {"id": key.id, "name": name, "role": role.value, "created_at": at}
    limits = {"authorities": list(terms.authorities), "teams": list(terms.teams)}
    connection.execute(insert(tables.key).values(**row, **limits, expires_at=terms.expires_at, hash=hash_of(secret)))
    expiry = terms.expires_at.isoformat() if terms.expires_at else None
    after = {"name": name, "role": role.value, "expires_at": expiry, **limits}
    note(connection, Deed(who, "create", "key", key.id, None, after, why), at)
    return key, secret


def owner(connection: Connection, secret: str, at: datetime) -> Key | None:
    """Whose key this is; nothing for an unknown, revoked or expired one."""
    table = tables.key
    good = or_(table.c.expires_at.is_(None), table.c.expires_at > at)
    row = connection.execute(
        select(table).where(table.c.hash == hash_of(secret), table.c.revoked_at.is_(None), good)
    ).first()
    return _from(row) if row else None


def note_use(connection: Connection, key: Key, at: datetime) -> None:
    """Note that a key was used, unless that was noted within the minute."""
    table = tables.key
    earlier = or_(table.c.last_used_at.is_(None), table.c.last_used_at <= at - USE_NOTED_EVERY)
    connection.execute(update(table).where(table.c.id == key.id, earlier).values(last_used_at=at))


def use_is_news(key: Key, at: datetime) -> bool:
    """Whether this use of a key is worth noting."""
    return key.last_used_at is None or at - key.last_used_at >= USE_NOTED_EVERY


def every(connection: Connection) -> list[Key]:
    """Every key that is not revoked, in order of age; those that expired too."""
    table = tables.key
    rows = connection.execute(
        select(table).where(table.c.revoked_at.is_(None)).order_by(table.c.created_at, table.c.id)
    )
    return [_from(row) for row in rows]


def _from(row: Any) -> Key:
    limits = tuple(row.authorities or ()), tuple(row.teams or ())
    return Key(row.id, row.name, Role(row.role), row.created_at, row.expires_at, row.last_used_at, *limits)


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
