"""Who may sign in? Accounts are made, changed and closed here; a new password is shown once, and good for one sign-in."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify

from admin.auth import author, caller
from admin.blueprints import resource_api
from admin.listing import document, matches, page
from admin.ports import desk, now
from admin.problems import API, Faults, ProblemError, invalid, missing
from admin.scope import refuse_limited
from admin.user_shapes import (
    NewUser,
    UserAct,
    UserFields,
    UserList,
    UserOut,
    UserPath,
    UserSearch,
    UserWithPassword,
    body_of,
    check,
)
from admin.versions import created, gone
from directory.problems import Fault
from store.accounts import (
    ONCE,
    Account,
    LastAdminError,
    TakenError,
    by_id,
    create,
    edit,
    every,
    folded,
    new_account,
    remove,
    set_password,
    sign_out_everywhere,
)
from store.keys import Role

LONGEST_ID = 16
OWN = (
    "Nobody disables, limits or removes their own account, or takes the administrator's role from it; ask another one."
)
LAST = "This is the last administrator without limits; make another one first."
ORGANISATIONS = "This account signs in with the organisation's; its password is changed there."

api = resource_api("users", "Accounts of people who sign in to the console.")


@api.get("/users", responses={200: UserList})
def every_user(query: UserSearch) -> Mapping[str, object]:
    """Everybody with an account, by e-mail address; those that are disabled too."""
    with desk().database.read() as connection:
        accounts = every(connection)
    here = (one for one in accounts if query.authority == "" or query.authority in one.authorities)
    found = (one for one in here if matches(query.q, one.email, one.name, one.role))
    cut = page(found, lambda one: one.email, query)
    return document([body_of(one) for one in cut.items], cut.next)


@api.get("/users/<id>", responses={200: UserOut})
def one_user(path: UserPath) -> dict[str, Any]:
    """An account."""
    with desk().database.read() as connection:
        return body_of(_found(by_id(connection, _id(path))))


def _id(path: UserPath) -> str:
    if len(path.id) > LONGEST_ID or not path.id.isalnum():
        raise missing("account with this id")
    return path.id


def _found(account: Account | None) -> Account:
    if account is None:
        raise missing("account with this id")
    return account


@api.post("/users", responses={201: UserWithPassword})
def new_user(body: NewUser) -> Response:
    """Make an account, and show its first password, this once."""
    _check(body)
    fresh = new_account(body.email or "", body.name or "", body.role or Role.VIEWER, now())
    kept, password = _given_password(_with_fields(fresh, body, now()))
    with _refusals(), desk().database.write_in_order() as connection:
        create(connection, kept, author(body.why), now())
    return created(jsonify({**body_of(kept), "password": password}), f"{API}/users/{kept.id}")


def _check(body: UserFields) -> None:
    refuse_limited()
    faults = Faults()
    check(body, faults)
    body.refuse(faults)


def _given_password(account: Account) -> tuple[Account, str]:
    password = secrets.token_urlsafe(12)
    return replace(account, password=f"{ONCE}{desk().passwords.hash_of(password)}"), password


def _with_fields(account: Account, body: UserFields, at: datetime) -> Account:
    """The account with the fields that are given."""
    given: dict[str, Any] = {name: getattr(body, name) for name in ("name", "role") if name in body.model_fields_set}
    given |= {name: tuple(getattr(body, name)) for name in ("authorities", "teams") if name in body.model_fields_set}
    if body.email:
        given["email"] = folded(body.email)
    if "disabled" in body.model_fields_set:
        given["disabled_at"] = (account.disabled_at or at) if body.disabled else None
    return replace(account, **given)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except TakenError as fault:
        faults = Faults()
        faults.note("email", Fault.TAKEN, str(fault))
        raise invalid(faults.found) from fault
    except LastAdminError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, LAST) from fault


@api.patch("/users/<id>", responses={200: UserOut})
def changed_user(path: UserPath, body: UserFields) -> dict[str, Any]:
    """Change the fields that are given; whoever is disabled is signed out at once."""
    _check(body)
    with _refusals(), desk().database.write_in_order() as connection:
        account = _found(by_id(connection, _id(path)))
        after = _with_fields(account, body, now())
        _refuse_own(account, after)
        if after != account:
            edit(connection, after, author(body.why), now(), _deed(account, after))
    return body_of(after)


def _refuse_own(account: Account, after: Account) -> None:
    """An administrator who took their own rights away could not give them back."""
    if account.id == caller().id and account.administers and not after.administers:
        raise ProblemError(HTTPStatus.CONFLICT, OWN)


def _deed(before: Account, after: Account) -> str:
    """What the audit trail calls it."""
    if replace(before, disabled_at=after.disabled_at) != after:
        return "change"
    return "disable" if after.disabled_at else "enable"


@api.delete("/users/<id>", responses={204: None})
def gone_user(path: UserPath) -> Response:
    """Forget an account; its sessions end at once, and what its owner did stays in the audit trail."""
    refuse_limited()
    with _refusals(), desk().database.write_in_order() as connection:
        account = _found(by_id(connection, _id(path)))
        if account.id == caller().id:
            raise ProblemError(HTTPStatus.CONFLICT, OWN)
        remove(connection, account, author(), now())
    return gone()


@api.post("/users/<id>/password", responses={200: UserWithPassword})
def new_password(path: UserPath, body: UserAct) -> dict[str, Any]:
    """Give an account another password for one sign-in, shown this once; its sessions end at once."""
    refuse_limited()
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        account = _found(by_id(connection, _id(path)))
        if account.subject and not account.password:
            raise ProblemError(HTTPStatus.CONFLICT, ORGANISATIONS)
        kept, password = _given_password(account)
        set_password(connection, account, kept.password or "", author(body.why), now())
    return {**body_of(account), "password": password}


@api.post("/users/<id>/sign-out", responses={200: UserOut})
def signed_out_user(path: UserPath, body: UserAct) -> dict[str, Any]:
    """End every session of an account, in whatever browser."""
    refuse_limited()
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        account = _found(by_id(connection, _id(path)))
        sign_out_everywhere(connection, account, author(body.why), now())
    return body_of(account)
