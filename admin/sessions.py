"""Who is signed in, in this browser? A signed cookie with an account, its epoch and two moments, and nothing else."""

from datetime import timedelta
from typing import cast

from flask import Flask, session

from admin.ports import EXTENSION, Desk, desk, now
from store.accounts import Account, by_id

IDLE = timedelta(hours=10)
"""A working day, counted from the last request."""

LASTS = timedelta(hours=24)
"""However busy: a page that renews itself would keep an unattended browser signed in for ever."""

ACCOUNT, EPOCH, BEGAN, SEEN = "account", "epoch", "began", "seen"
NEWS = 60
"""Seconds after which another request is worth writing down."""


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
        SESSION_REFRESH_EACH_REQUEST=False,
    )


def begin(account: Account, epoch: int) -> None:
    """Sign somebody in; whatever this browser's cookie held before is void."""
    session.clear()
    session.permanent = True
    session[ACCOUNT], session[EPOCH] = account.id, epoch
    session[BEGAN] = session[SEEN] = _seconds()


def end() -> None:
    """Sign out, in this browser."""
    session.clear()


def signed_in() -> Account | None:
    """Whose session this is; nothing when it ended, was ended elsewhere, or the account may not be used any more."""
    account = session.get(ACCOUNT)
    if not isinstance(account, str) or _is_over():
        return None
    with desk().database.read() as connection:
        found = by_id(connection, account)
    good = found is not None and found.disabled_at is None and found.epoch == session.get(EPOCH)
    if good and _seconds() - session[SEEN] >= NEWS:
        session[SEEN] = _seconds()
    return found if good else None


def _is_over() -> bool:
    began, seen = (timedelta(seconds=_seconds() - int(session.get(name, 0))) for name in (BEGAN, SEEN))
    return began >= LASTS or seen >= IDLE


def _seconds() -> int:
    return int(now().timestamp())
