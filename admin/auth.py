"""Whose request is this, and may they make it? A key or a session against the table of roles, before anything is read."""

from contextlib import suppress
from http import HTTPStatus
from typing import cast

from flask import Flask, Response, g, redirect, request, url_for

from admin import sessions
from admin.caller import Caller, by_account, by_key
from admin.ports import desk, now
from admin.problems import API, ProblemError
from admin.roles import ALWAYS, PUBLIC, may
from admin.who import Route
from store.accounts import Account
from store.database import AWAY
from store.directory import Author
from store.keys import Key, Role, note_use, owner, use_is_news

LONGEST_KEY = 200
LONGEST_REASON = 500
NOT_YOURS = "The role {role} may not do this; ask an administrator for {means} that may."


def register(flask: Flask) -> None:
    """Ask every request whose it is."""
    flask.before_request(_admit)


def caller() -> Caller:
    """Whoever made this request."""
    return cast("Caller", g.caller)


def sees_personal_data() -> bool:
    """Whether names, mobile numbers and callers' numbers are for this caller."""
    return caller().role is not Role.VIEWER


def author(why: str = "") -> Author:
    """Who changes something, for the audit trail; the reason comes from the body or from ``X-Reason``."""
    doer, header = caller(), request.headers.get("X-Reason", "")
    return Author(f"{doer.name} ({doer.id})", (why or header).strip()[:LONGEST_REASON])


def _admit() -> Response | None:
    if request.url_rule is None:
        return None
    route: Route = ("GET" if request.method in ("HEAD", "OPTIONS") else request.method, request.url_rule.rule)
    if route in PUBLIC:
        return None
    if not request.path.startswith(API):
        return _admit_person(route)
    _admit_key(route)
    return None


def _admit_key(route: Route) -> None:
    g.caller = by_key(_key())
    if request.method != "OPTIONS" and not may(caller().role, route):
        raise ProblemError(HTTPStatus.FORBIDDEN, NOT_YOURS.format(role=caller().role, means="a key"))


def _key() -> Key:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and 0 < len(secret.strip()) <= LONGEST_KEY:
        with desk().database.read() as connection:
            key = owner(connection, secret.strip(), now())
        if key:
            _note_use(key)
            return key
    raise ProblemError(
        HTTPStatus.UNAUTHORIZED, "No valid key came with the request; send “Authorization: Bearer dl_...”."
    )


def _note_use(key: Key) -> None:
    """A database that is busy or full does not keep anybody from reading."""
    if use_is_news(key, now()):
        with suppress(*AWAY), desk().database.write() as connection:
            note_use(connection, key, now())


def _admit_person(route: Route) -> Response | None:
    account = sessions.signed_in()
    if account is None:
        return _to_sign_in()
    g.caller = by_account(account)
    if _first_the_password(account, route):
        return cast("Response", redirect(url_for("account.own"), HTTPStatus.SEE_OTHER))
    if not may(caller().role, route):
        raise ProblemError(HTTPStatus.FORBIDDEN, NOT_YOURS.format(role=caller().role, means="an account"))
    return None


def _to_sign_in() -> Response:
    """To the page for signing in, and back again from there, where there is a page to come back to."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return cast("Response", redirect(url_for("sign_in.form", next=back), HTTPStatus.SEE_OTHER))


def _first_the_password(account: Account, route: Route) -> bool:
    return account.once and route not in ALWAYS
