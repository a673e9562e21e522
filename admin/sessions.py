"""Who is signed in, in this browser? A signed cookie with an account and its epoch, and nothing else."""

from datetime import timedelta
from typing import cast

from flask import Flask, session

from admin.ports import EXTENSION, Desk, desk
from store.accounts import Account, by_id

LASTS = timedelta(hours=10)
"""A working day, counted from the last request."""

ACCOUNT, EPOCH = "account", "epoch"


def register(flask: Flask) -> None:
    """How the cookie is signed and sent."""
    here = cast("Desk", flask.extensions[EXTENSION])
    flask.secret_key = here.keyed("session")
    flask.config.update(
        SESSION_COOKIE_NAME="__Host-dutyline" if here.secure else "dutyline",
        SESSION_COOKIE_SECURE=here.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=LASTS,
    )


def begin(account: Account, epoch: int) -> None:
    """Sign somebody in; whatever this browser's cookie held before is void."""
    session.clear()
    session.permanent = True
    session[ACCOUNT], session[EPOCH] = account.id, epoch


def end() -> None:
    """Sign out, in this browser."""
    session.clear()


def signed_in() -> Account | None:
    """Whose session this is; nothing when it ended, was ended elsewhere, or the account may not be used any more."""
    account = session.get(ACCOUNT)
    if not isinstance(account, str):
        return None
    with desk().database.read() as connection:
        found = by_id(connection, account)
    good = found is not None and found.disabled_at is None and found.epoch == session.get(EPOCH)
    return found if good else None
