"""How does somebody sign in with a password? The same words for an unknown account and for a wrong password."""

import math
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, redirect, render_template, request

from admin import lockout, sessions
from admin.console.pages import VENDOR, refused
from admin.ports import desk, now
from admin.problems import ProblemError
from store.accounts import Account, by_email, change, note_sign_in
from store.directory import Author
from store.keys import Role

FRONT, AT_THE_DESK = "/admin", "/desk"
LOCAL = re.compile(r"/(?:admin|desk)(?:[/?][^\\\x00-\x20\x7f]*)?")
"""Where signing in may lead back to: a page of the console or of the desk, and nothing that a browser takes for another site."""

LONGEST_EMAIL = 254
NO_EMAIL = "Enter your e-mail address."
NO_PASSWORD = "Enter your password."  # noqa: S105  # a sentence
WRONG = "The e-mail address or the password is wrong; try again, or ask an administrator for a new password."
WAIT = "Too many attempts failed; try again in {}. Nothing is wrong with the account itself."

blueprint = Blueprint("sign_in", __name__, url_prefix="/admin", template_folder="pages")
blueprint.register_error_handler(ProblemError, refused)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong on a page: the id of its field (empty: none), and the sentence."""

    field: str
    text: str


@blueprint.get("/sign-in")
def form() -> str:
    """The page."""
    return page([])


@blueprint.post("/sign-in")
def sign_in() -> Response:
    """Sign in with e-mail address and password."""
    email, password = request.form.get("email", "").strip(), request.form.get("password", "")
    empty = [(Mistake("email", NO_EMAIL), email), (Mistake("password", NO_PASSWORD), password)]
    mistakes = [mistake for mistake, given in empty if not given]
    if mistakes:
        return refusal(mistakes)
    attempt = lockout.attempt(email)
    wait = lockout.wait(attempt)
    if wait:
        return _to_wait(wait)
    account = _whose(email, password)
    if account is None:
        return refusal([Mistake("email", WRONG)])
    lockout.succeeded(attempt)
    return signed_in(account, "password", local(request.form.get("next", "")))


def signed_in(account: Account, how: str, onward: str) -> Response:
    """Begin the session, and go on."""
    with desk().database.write_in_order() as connection:
        note_sign_in(connection, account, how, now())
    sessions.begin(account, account.epoch)
    reply = cast("Response", redirect(onward or home_of(account), HTTPStatus.SEE_OTHER))
    lockout.remember(reply, account.email)
    return reply


def _whose(email: str, password: str) -> Account | None:
    """Whose address and password these are; an unknown account takes as long as a wrong password."""
    with desk().database.read() as connection:
        account = by_email(connection, email) if _readable(email) else None
    usable = account if account and account.disabled_at is None else None
    passwords = desk().passwords
    if not passwords.right(usable.password_hash if usable else "", password) or usable is None:
        return None
    if passwords.outdated(usable.password_hash) and not usable.once:
        _keep_stronger(usable, password)
    return usable


def _readable(email: str) -> bool:
    return len(email) <= LONGEST_EMAIL and email.isprintable()


def _keep_stronger(account: Account, password: str) -> None:
    kept = replace(account, password=desk().passwords.hash_of(password))
    with desk().database.write_in_order() as connection:
        change(connection, kept, "strengthen hash", Author("dutyline", "today's settings"), now())


def _to_wait(wait: timedelta) -> Response:
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    words = WAIT.format("a minute" if minutes == 1 else f"{minutes} minutes")
    reply = refusal([Mistake("email", words)], HTTPStatus.TOO_MANY_REQUESTS)
    reply.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return reply


def refusal(mistakes: list[Mistake], status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Response:
    """The page again, and why."""
    return Response(page(mistakes), status)


def page(mistakes: list[Mistake]) -> str:
    """The page for signing in."""
    given = request.form.get("next") or request.args.get("next", "")
    return render_template(
        "sign_in.html",
        wrong=mistakes,
        styled=VENDOR.is_file(),
        next=local(given) if given else "",
        email=request.form.get("email", ""),
        out=request.args.get("out", ""),
        provider=desk().provider,
    )


def local(given: str) -> str:
    """Where to go after signing in: a page of ours that was asked for, or empty: nowhere in particular."""
    return given if LOCAL.fullmatch(given) else ""


def home_of(account: Account) -> str:
    """The page on which somebody's day begins."""
    return AT_THE_DESK if account.role is Role.HANDLER else FRONT
