"""What can somebody do with their own account? Change its password, sign out here, sign out everywhere."""

from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, redirect, request, url_for

from admin import sessions
from admin.auth import author, caller
from admin.console.pages import page, refused
from admin.passwords import weaknesses
from admin.ports import desk, now
from admin.problems import ProblemError, missing
from admin.sign_in import Mistake, home_of
from store.accounts import Account, by_id, set_password, sign_out_everywhere

NOT_THE_PASSWORD = "Enter the password that you signed in with."  # noqa: S105  # a sentence
NOT_ALIKE = "Enter the new password twice, alike both times."
NO_PASSWORD = "You sign in with your organisation's account; its password is changed there."  # noqa: S105  # a sentence

blueprint = Blueprint("account", __name__, url_prefix="/admin")
blueprint.register_error_handler(ProblemError, refused)


@blueprint.get("/account")
def own() -> str:
    """The page."""
    return _page(_own(), [])


@blueprint.post("/account/password")
def change_password() -> Response:
    """Another password; every other browser is signed out."""
    account, new = _own(), request.form.get("new", "")
    mistakes = _mistakes(account, new)
    if mistakes:
        return Response(_page(account, mistakes), HTTPStatus.UNPROCESSABLE_ENTITY)
    kept = desk().passwords.hash_of(new)
    with desk().database.write_in_order() as connection:
        epoch = set_password(connection, account, kept, author(), now())
    sessions.begin(account, epoch)
    return cast(
        "Response",
        redirect(home_of(account) if account.once else url_for("account.own", changed=""), HTTPStatus.SEE_OTHER),
    )


def _mistakes(account: Account, new: str) -> list[Mistake]:
    if not account.password:
        return [Mistake("current", NO_PASSWORD)]
    known = desk().passwords.right(account.password_hash, request.form.get("current", ""))
    mistakes = [] if known else [Mistake("current", NOT_THE_PASSWORD)]
    mistakes += [Mistake("new", words) for words in weaknesses(new, account.email, account.name)]
    if request.form.get("again", "") != new:
        mistakes.append(Mistake("again", NOT_ALIKE))
    return mistakes


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Sign out, in this browser."""
    sessions.end()
    return cast("Response", redirect(url_for("sign_in.form", out="here"), HTTPStatus.SEE_OTHER))


@blueprint.post("/sign-out-everywhere")
def sign_out_all() -> Response:
    """Sign out, in every browser."""
    account = _own()
    with desk().database.write_in_order() as connection:
        sign_out_everywhere(connection, account, author(), now())
    sessions.end()
    return cast("Response", redirect(url_for("sign_in.form", out="everywhere"), HTTPStatus.SEE_OTHER))


def _own() -> Account:
    with desk().database.read() as connection:
        account = by_id(connection, caller().id)
    if account is None:
        raise missing("account of yours any more")
    return account


def _page(account: Account, mistakes: list[Mistake]) -> str:
    return page("account", account=account, wrong=mistakes, changed="changed" in request.args)
