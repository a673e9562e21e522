"""Who may sign in? People's accounts; only a password's slow hash is kept, and every change of one is in the audit trail."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from store import tables
from store.audit import Deed, note
from store.directory import Author
from store.keys import Role

ONCE = "once:"
"""Stands before the hash of a password that must be changed at the first sign-in."""


class TakenError(Exception):
    """Another account has this e-mail address."""


class LastAdminError(Exception):
    """Nobody would be left who may make accounts: the last administrator without limits stays."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. ``authorities`` and ``teams`` limit what they may change; both empty: no limit."""

    id: str
    email: str
    name: str
    role: Role
    created_at: datetime
    authorities: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    epoch: int = 0
    disabled_at: datetime | None = None
    password: str | None = field(default=None, repr=False)
    subject: str | None = field(default=None, repr=False)

    @property
    def once(self) -> bool:
        """Whether the password must be changed before anything else."""
        return (self.password or "").startswith(ONCE)

    @property
    def administers(self) -> bool:
        """Whether its owner may make accounts and keys."""
        return self.role is Role.ADMIN and self.disabled_at is None and not (self.authorities or self.teams)

    @property
    def password_hash(self) -> str:
        """The hash to be held against what is typed; empty where there is none."""
        return (self.password or "").removeprefix(ONCE)


def folded(email: str) -> str:
    """An e-mail address in the one form in which it is kept and looked for."""
    return email.strip().casefold()


def new_account(email: str, name: str, role: Role, at: datetime) -> Account:
    """An account that is not kept yet."""
    return Account(secrets.token_hex(6), folded(email), name.strip(), role, at)


def create(connection: Connection, account: Account, author: Author, at: datetime) -> Account:
    """Keep a new account."""
    if by_email(connection, account.email):
        raise TakenError(account.email)
    connection.execute(insert(tables.account).values(**_row_of(account)))
    note(connection, Deed(author.who, "create", "account", account.id, None, document_of(account), author.why), at)
    return account


def every(connection: Connection) -> list[Account]:
    """Every account, by e-mail address; those that are disabled too."""
    return [_from(row) for row in connection.execute(select(tables.account).order_by(tables.account.c.email))]


def by_id(connection: Connection, account: str) -> Account | None:
    """The account with this id."""
    return _one(connection, tables.account.c.id == account)


def by_email(connection: Connection, email: str) -> Account | None:
    """The account with this e-mail address."""
    return _one(connection, tables.account.c.email == folded(email))


def by_subject(connection: Connection, subject: str) -> Account | None:
    """The account that a provider's subject signed in to before."""
    return _one(connection, tables.account.c.subject == subject)


def change(connection: Connection, account: Account, what: str, author: Author, at: datetime) -> bool:
    """Keep an account as it is given, apart from its epoch; whether there is one."""
    before = by_id(connection, account.id)
    if before is None:
        return False
    row = {name: value for name, value in _row_of(account).items() if name not in ("id", "epoch")}
    connection.execute(update(tables.account).where(tables.account.c.id == account.id).values(**row))
    deed = Deed(author.who, what, "account", account.id, document_of(before), document_of(account), author.why)
    note(connection, deed, at)
    return True


def edit(connection: Connection, account: Account, author: Author, at: datetime, what: str = "change") -> bool:
    """Keep what an administrator decided about an account; whether there is one. Whoever is disabled is signed out. Raises
    TakenError and LastAdminError."""
    before, other = by_id(connection, account.id), by_email(connection, account.email)
    if before is None:
        return False
    if other and other.id != account.id:
        raise TakenError(account.email)
    if not account.administers:
        _keep_an_admin(connection, before)
    if account.disabled_at and not before.disabled_at:
        _raised(connection, account.id)
    return change(connection, account, what, author, at)


def remove(connection: Connection, account: Account, author: Author, at: datetime) -> None:
    """Forget an account: its sessions end at once, and its deeds stay in the audit trail. Raises LastAdminError."""
    _keep_an_admin(connection, account)
    connection.execute(delete(tables.account).where(tables.account.c.id == account.id))
    note(connection, Deed(author.who, "delete", "account", account.id, document_of(account), None, author.why), at)


def _keep_an_admin(connection: Connection, leaving: Account) -> None:
    if leaving.administers and not any(one.administers for one in every(connection) if one.id != leaving.id):
        raise LastAdminError(leaving.id)


def set_password(connection: Connection, account: Account, kept: str, author: Author, at: datetime) -> int:
    """Keep another password's hash and sign its owner out everywhere; the new epoch."""
    change(connection, replace(account, password=kept), "change password", author, at)
    return _raised(connection, account.id)


def disable(connection: Connection, account: Account, author: Author, at: datetime) -> bool:
    """Let nobody in by this account any more, from the next request on; whether anybody was let in before. Raises
    LastAdminError."""
    return account.disabled_at is None and edit(connection, replace(account, disabled_at=at), author, at, "disable")


def enable(connection: Connection, account: Account, author: Author, at: datetime) -> bool:
    """Let somebody in again; whether they were kept out before."""
    return account.disabled_at is not None and change(
        connection, replace(account, disabled_at=None), "enable", author, at
    )


def sign_out_everywhere(connection: Connection, account: Account, author: Author, at: datetime) -> int:
    """Make every session of an account void, whatever the browser; the new epoch."""
    deed = Deed(author.who, "sign out everywhere", "account", account.id, None, None, author.why)
    note(connection, deed, at)
    return _raised(connection, account.id)


def note_sign_in(connection: Connection, account: Account, how: str, at: datetime) -> None:
    """Put a sign-in into the audit trail."""
    who = f"{account.name} ({account.id})"
    note(connection, Deed(who, "sign in", "account", account.id, None, {"by": how}), at)


def document_of(account: Account) -> Mapping[str, Any]:
    """An account as the audit trail shows it: no password, no subject."""
    return {
        "email": account.email,
        "name": account.name,
        "role": account.role.value,
        "authorities": list(account.authorities),
        "teams": list(account.teams),
        "disabled": account.disabled_at is not None,
    }


def _raised(connection: Connection, account: str) -> int:
    table = tables.account
    raised = update(table).where(table.c.id == account).values(epoch=table.c.epoch + 1)
    connection.execute(raised)
    return connection.scalar(select(table.c.epoch).where(table.c.id == account)) or 0


def _one(connection: Connection, which: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(tables.account).where(which)).first()
    return _from(row) if row else None


def _from(row: Any) -> Account:
    values = {**row._mapping, "role": Role(row.role)}
    return Account(**{**values, "authorities": tuple(row.authorities), "teams": tuple(row.teams)})


def _row_of(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "role": account.role.value,
        "authorities": list(account.authorities),
        "teams": list(account.teams),
        "password": account.password,
        "subject": account.subject,
        "epoch": account.epoch,
        "created_at": account.created_at,
        "disabled_at": account.disabled_at,
    }
