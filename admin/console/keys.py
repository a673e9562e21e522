"""Which programs may use the API? Keys, shown once when they are made, and revoked here."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import given, refusal
from admin.console.pages import answer, blueprint, page
from admin.keys import KeyPath, KeySearch, NewKey, every_key, gone_key, new_key
from store.keys import Role

LABELS = {"name": "Name", "role": "Role", "expires_at": "Expires", "authorities": "Only for authorities",
          "teams": "Only for teams", "why": "Why"}  # fmt: skip
FIELDS = tuple(LABELS)
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
    return page("keys", found=every_key(query=KeySearch(limit=MOST)), **_form({}, ()))


@blueprint.post("/keys")
def made_key() -> Reply:
    """Make a key, and show it this once."""
    fields, made = given(*FIELDS), {"key": ""}

    def act() -> Any:
        reply = new_key(body=NewKey.model_validate(_body(fields)))
        made.update(reply.get_json())
        return reply

    refused = refusal(act)
    if refused is None:
        words = "Copy it now: only a hash of it is kept, and it is not shown again."
        return answer(HTTPStatus.OK, "secret", title=f"The key for {made['name']}", secret=made["key"], words=words,
                      back=url_for("console.keys"))  # fmt: skip
    found = every_key(query=KeySearch(limit=MOST))
    return answer(refused.status, "keys", found=found, **_form(fields, refused.beside(LABELS)))


@blueprint.post("/keys/<slug>/revoke")
def revoked_key(slug: str) -> Reply:
    """Revoke a key; it stops working at once."""
    gone_key(path=KeyPath(id=slug))
    return redirect(url_for("console.keys"), HTTPStatus.SEE_OTHER)


def roles() -> list[dict[str, str]]:
    """The roles, to choose from."""
    return [{"value": "", "text": "Choose one"}, *({"value": role.value, "text": text} for role, text in ROLES.items())]


def listed(text: str) -> list[str]:
    """Slugs that were typed with commas between."""
    return [one.strip() for one in text.split(",") if one.strip()]


def _body(fields: Mapping[str, str]) -> dict[str, object]:
    single = {name: fields[name] for name in ("name", "role", "expires_at", "why") if fields[name]}
    return {**single, "authorities": listed(fields["authorities"]), "teams": listed(fields["teams"])}


def _form(fields: Mapping[str, str], wrong: tuple[object, ...]) -> dict[str, object]:
    return {"fields": fields, "wrong": wrong, "roles": roles()}
