"""Who may sign in? Accounts are made here with a password for one sign-in, or come from the organisation's own accounts."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import caller
from admin.console.forms import Wrong, given, refusal
from admin.console.keys import MOST, roles
from admin.console.limiting import Limiting, adds_another, limited_to, limits_given
from admin.console.pages import answer, asked, blueprint, page
from admin.problems import missing
from admin.user_shapes import NewUser, UserAct, UserFields, UserPath, UserSearch
from admin.users import changed_user, every_user, new_password, new_user, one_user, signed_out_user

LABELS = {"email": "E-mail address", "name": "Name", "role": "Role", "authorities": "Only for authorities",
          "teams": "Only for teams", "why": "Why"}  # fmt: skip
FIELDS = ("email", "name", "role", "why")
HAND_OVER = "Hand it over in person or by telephone. It is good for one sign-in, at which another one is chosen."


@blueprint.get("/users")
def users() -> str:
    """Everybody with an account."""
    return page("users", **_shown({}, (), limited_to()))


@blueprint.post("/users")
def made_user() -> Reply:
    """Make an account, and show its first password this once."""
    fields, limiting, made = given(*FIELDS), limits_given(), dict[str, Any]()
    if adds_another():
        return answer(HTTPStatus.OK, "users", **_shown(fields, (), limiting))

    def act() -> Any:
        reply = new_user(body=NewUser.model_validate(_body(fields, limiting)))
        made.update(reply.get_json())
        return reply

    refused = refusal(act)
    if refused is None:
        return _secret(f"The first password of {made['name']}", made)
    return answer(refused.status, "users", **_shown(fields, limiting.beside(refused.beside(LABELS)), limiting))


def _secret(title: str, made: Mapping[str, Any]) -> Reply:
    back = url_for("console.users")
    return answer(HTTPStatus.OK, "secret", title=title, secret=made["password"], words=HAND_OVER, back=back)


@blueprint.get("/users/<slug>")
def user(slug: str) -> str:
    """One account, to be changed."""
    one = one_user(path=UserPath(id=slug))
    limiting = limited_to(one["authorities"], one["teams"])
    return page("user", one=one, fields=one, wrong=(), limiting=limiting, roles=roles())


@blueprint.post("/users/<slug>")
def edited_user(slug: str) -> Reply:
    """Change an account: its name, role and limits."""
    fields, limiting, one = given(*FIELDS), limits_given(), one_user(path=UserPath(id=slug))
    shown = {"one": one, "fields": fields, "limiting": limiting, "roles": roles()}
    if adds_another():
        return answer(HTTPStatus.OK, "user", **shown, wrong=())
    body = UserFields.model_validate(_body(fields, limiting))
    refused = refusal(lambda: changed_user(path=UserPath(id=slug), body=body))
    if refused is None:
        return redirect(url_for("console.users"), HTTPStatus.SEE_OTHER)
    return answer(refused.status, "user", **shown, wrong=limiting.beside(refused.beside(LABELS)))


@blueprint.post("/users/<slug>/<deed>")
def done_to_user(slug: str, deed: str) -> Reply:
    """Disable, enable, sign out everywhere, or give a new password."""
    path, why = UserPath(id=slug), request.form.get("why", "")
    if deed == "password":
        made = new_password(path=path, body=UserAct(why=why))
        return _secret(f"The new password of {made['name']}", made)
    acts = {
        "disable": lambda: changed_user(path=path, body=UserFields(disabled=True, why=why)),
        "enable": lambda: changed_user(path=path, body=UserFields(disabled=False, why=why)),
        "sign-out": lambda: signed_out_user(path=path, body=UserAct(why=why)),
    }
    if deed not in acts:
        raise missing("such change of an account")
    refused = refusal(acts[deed])
    if refused:
        return answer(refused.status, "users", **_shown({}, refused.beside({}), limited_to()))
    return redirect(url_for("console.users"), HTTPStatus.SEE_OTHER)


def _body(fields: Mapping[str, str], limiting: Limiting) -> dict[str, object]:
    """What was typed; a choice that was not made is nothing."""
    return {**fields, "role": fields["role"] or None, **limiting.body}


def _shown(fields: Mapping[str, str], wrong: tuple[Wrong, ...], limiting: Limiting) -> dict[str, object]:
    found = every_user(query=UserSearch(limit=MOST, cursor=asked("cursor")))
    return {
        "accounts": found["items"],
        "more": found["next"],
        "fields": fields,
        "wrong": wrong,
        "limiting": limiting,
        "roles": roles(),
        "me": caller().id,
    }
