"""Whose request is this, and may they make it? Bearer keys against the table of roles, before anything is read."""

from http import HTTPStatus
from typing import cast

from flask import Flask, g, request

from admin.ports import desk
from admin.problems import ProblemError
from admin.roles import PUBLIC, Route, may
from store.directory import Author
from store.keys import Key, Role, owner

LONGEST_KEY = 200
LONGEST_REASON = 500


def register(flask: Flask) -> None:
    """Ask every request for its key."""
    flask.before_request(_admit)


def caller() -> Key:
    """The key that made this request."""
    return cast("Key", g.key)


def sees_personal_data() -> bool:
    """Whether names, mobile numbers and callers' numbers are for this caller."""
    return caller().role is not Role.VIEWER


def author(why: str = "") -> Author:
    """Who changes something, for the audit trail; the reason comes from the body or from ``X-Reason``."""
    key, header = caller(), request.headers.get("X-Reason", "")
    return Author(f"{key.name} ({key.id})", (why or header).strip()[:LONGEST_REASON])


def _admit() -> None:
    if request.url_rule is None:
        return
    route: Route = ("GET" if request.method in ("HEAD", "OPTIONS") else request.method, request.url_rule.rule)
    if route in PUBLIC:
        return
    g.key = _key()
    if request.method != "OPTIONS" and not may(caller().role, route):
        words = f"The role {caller().role} may not do this; ask an administrator for a key that may."
        raise ProblemError(HTTPStatus.FORBIDDEN, words)


def _key() -> Key:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and 0 < len(secret.strip()) <= LONGEST_KEY:
        with desk().database.read() as connection:
            key = owner(connection, secret.strip())
        if key:
            return key
    raise ProblemError(
        HTTPStatus.UNAUTHORIZED, "No valid key came with the request; send “Authorization: Bearer dl_...”."
    )
