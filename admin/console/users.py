"""Who may sign in? Accounts are made here with a password for one sign-in, or come from the organisation's own accounts."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import author, caller
from admin.console.forms import Wrong, given
from admin.console.keys import listed, roles
from admin.console.pages import answer, blueprint, page
from admin.keys import check_limits
from admin.passwords import hash_of
from admin.ports import desk, now
from admin.problems import Faults, missing
from store.accounts import (
    ONCE,
    Account,
    TakenError,
    by_id,
    create,
    disable,
    enable,
    every,
    new_account,
    sign_out_everywhere,
)
from store.keys import Role

LABELS = {"email": "E-mail address", "name": "Name", "role": "Role", "authorities": "Only for authorities",
          "teams": "Only for teams"}  # fmt: skip
FIELDS = (*LABELS, "why")
LONGEST = {"email": 254, "name": 100}
NOT_AN_ADDRESS = "E-mail address: “{}” is not one; write it as name@example.org."


@blueprint.get("/users")
def users() -> str:
    """Everybody with an account."""
    return page("users", **_shown({}, ()))


@blueprint.post("/users")
def made_user() -> Reply:
    """Make an account, and show its first password this once."""
    fields = given(*FIELDS)
    wrong = _faults(fields)
    if wrong:
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "users", **_shown(fields, wrong))
    password = secrets.token_urlsafe(12)
    fresh = new_account(fields["email"], fields["name"], Role(fields["role"]), now())
    authorities, teams = (tuple(listed(fields[name])) for name in ("authorities", "teams"))
    kept = replace(fresh, password=ONCE + hash_of(password), authorities=authorities, teams=teams)
    return _kept(kept, password, fields)


def _kept(account: Account, password: str, fields: Mapping[str, str]) -> Reply:
    try:
        with desk().database.write_in_order() as connection:
            create(connection, account, author(fields["why"]), now())
    except TakenError:
        taken = (Wrong("email", f"E-mail address: “{account.email}” has an account already."),)
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "users", **_shown(fields, taken))
    words = "Hand it over in person or by telephone. It is good for one sign-in, at which another one is chosen."
    return answer(HTTPStatus.OK, "secret", title=f"The first password of {account.name}", secret=password, words=words,
                  back=url_for("console.users"))  # fmt: skip


def _faults(fields: Mapping[str, str]) -> tuple[Wrong, ...]:
    wrong = [
        Wrong(name, f"{LABELS[name]}: nothing is given; fill it in.")
        for name in ("email", "name", "role")
        if not fields[name]
    ]
    wrong += [Wrong(name, f"{LABELS[name]}: shorten it.") for name, most in LONGEST.items() if len(fields[name]) > most]
    if fields["email"] and ("@" not in fields["email"] or not fields["email"].isprintable()):
        wrong.append(Wrong("email", NOT_AN_ADDRESS.format(fields["email"])))
    if fields["role"] and fields["role"] not in list(Role):
        wrong.append(Wrong("role", "Role: choose one of the list."))
    faults = Faults()
    check_limits(listed(fields["authorities"]), listed(fields["teams"]), faults)
    return (*wrong, *(Wrong(one.field.partition(".")[0], one.message) for one in faults.found))


@blueprint.post("/users/<slug>/<deed>")
def changed_user(slug: str, deed: str) -> Reply:
    """Disable, enable, or sign out everywhere."""
    acts = {"disable": disable, "enable": enable, "sign-out": sign_out_everywhere}
    with desk().database.write_in_order() as connection:
        account = by_id(connection, slug)
        if account is None or deed not in acts or (account.id == caller().id and deed == "disable"):
            raise missing("such account to change; nobody disables their own")
        acts[deed](connection, account, author(request.form.get("why", "")), now())
    return redirect(url_for("console.users"), HTTPStatus.SEE_OTHER)


def _shown(fields: Mapping[str, str], wrong: tuple[Wrong, ...]) -> dict[str, object]:
    with desk().database.read() as connection:
        accounts = every(connection)
    return {"accounts": accounts, "fields": fields, "wrong": wrong, "roles": roles(), "me": caller().id}
