"""Which programs may use the API? Keys, shown once when they are made, and revoked here."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, filled, given, refusal
from admin.console.limiting import Limiting, adds_another, limited_to, limits_given
from admin.console.pages import answer, blueprint, page
from admin.keys import KeyPath, KeySearch, NewKey, every_key, gone_key, new_key
from store.keys import Role

LABELS = {"name": "Name", "role": "Role", "expires_at": "Expires", "authorities": "Only for authorities",
          "teams": "Only for teams", "why": "Why"}  # fmt: skip
FIELDS = ("name", "role", "expires_at", "why")
MOST = 200
ROLES = {
    Role.ADMIN: "Admin: everything",
    Role.EDITOR: "Editor: teams, people, closures",
    Role.HANDLER: "Handler: looks things up and takes calls",
    Role.AUDITOR: "Auditor: reads everything, the audit trail too",
    Role.VIEWER: "Viewer: sees no personal data",
}


@blueprint.get("/keys")
def keys() -> str:
    """Every key that works."""
    return page("keys", **_shown({}, (), limited_to()))


@blueprint.post("/keys")
def made_key() -> Reply:
    """Make a key, and show it this once."""
    fields, limiting, made = given(*FIELDS), limits_given(), {"key": ""}
    if adds_another():
        return answer(HTTPStatus.OK, "keys", **_shown(fields, (), limiting))

    def act() -> Any:
        reply = new_key(body=NewKey.model_validate({**filled(fields, FIELDS), **limiting.body}))
        made.update(reply.get_json())
        return reply

    refused = refusal(act)
    if refused is None:
        words = "Copy it now: only a hash of it is kept, and it is not shown again."
        return answer(HTTPStatus.OK, "secret", title=f"The key for {made['name']}", secret=made["key"], words=words,
                      back=url_for("console.keys"))  # fmt: skip
    wrong = limiting.beside(refused.beside(LABELS))
    return answer(refused.status, "keys", **_shown(fields, wrong, limiting))


@blueprint.post("/keys/<slug>/revoke")
def revoked_key(slug: str) -> Reply:
    """Revoke a key; it stops working at once."""
    gone_key(path=KeyPath(id=slug))
    return redirect(url_for("console.keys"), HTTPStatus.SEE_OTHER)


def roles() -> list[dict[str, str]]:
    """The roles, to choose from."""
    return [{"value": "", "text": "Choose one"}, *({"value": role.value, "text": text} for role, text in ROLES.items())]


def _shown(fields: Mapping[str, str], wrong: tuple[Wrong, ...], limiting: Limiting) -> dict[str, object]:
    found = every_key(query=KeySearch(limit=MOST))
    return {"found": found, "fields": fields, "wrong": wrong, "limiting": limiting, "roles": roles()}
