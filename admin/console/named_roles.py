"""Who holds a named role, who deputises, and who is reached for it now? Listed, shown, entered and changed."""

from collections.abc import Mapping
from http import HTTPStatus
from itertools import zip_longest
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import sees_personal_data
from admin.console.done import finished
from admin.console.forms import Wrong, asks_again, given, refusal
from admin.console.pages import answer, asked, blueprint, page
from admin.console.picking import A_PERSON, A_TEAM, Asked, Picked, picked
from admin.console.rebasing import rebased
from admin.console.stale import stale_page
from admin.listing import Search
from admin.named_role_shapes import NewRole, RoleFields, role_out
from admin.named_roles import RolePath, changed_role, every_role, gone_role, new_role
from admin.ports import newest_world, now, version
from admin.problems import missing
from directory.importing import slug_of
from directory.model import Role
from directory.snapshot import Kind, Snapshot

PLACES = ("deputies-0", "deputies-1", "deputies-2")
DEPUTIES = {place: f"Deputy {at}" for at, place in enumerate(PLACES, 1)}
FIELDS = ("name", "authority", "team", "holder", *PLACES, "numbers", "why")
LABELS = {"name": "Name", "authority": "Authority", "slug": "Name", "team": "Team", "holder": "Held by", "numbers": "Numbers",
          "why": "Why", **{place.replace("-", "."): label for place, label in DEPUTIES.items()}}  # fmt: skip
ASKED = (Asked("team", "Team", A_TEAM), Asked("holder", "Held by", A_PERSON),
         *(Asked(place, label, A_PERSON) for place, label in DEPUTIES.items()))  # fmt: skip
LIST = 50


@blueprint.get("/roles")
def named_roles() -> str:
    """Named roles, found by any word, with who is reached for each now."""
    wanted = Search(q=asked("q"), cursor=asked("cursor"), limit=LIST)
    return page("named_roles", found=every_role(query=wanted), q=wanted.q, directory=newest_world().directory)


@blueprint.get("/roles/<slug>")
def named_role(slug: str) -> str:
    """One role."""
    found, at, directory = _role_at(slug)
    shown = role_out(found, directory, now())
    return page("named_role", role=shown, directory=directory, sees=sees_personal_data(), seen=f"v{at}")


def _role_at(slug: str) -> tuple[Role, int, Snapshot]:
    """A role, its version, and a directory at least as new."""
    at, world = version(Kind.ROLE, slug)
    found = world.directory.roles.get(slug)
    if found is None or at is None:
        raise missing(f"role “{slug}”")
    return found, at, world.directory


@blueprint.get("/roles/new")
def new_role_page() -> str:
    """An empty form."""
    return page("named_role_form", **_form({}, (), None), role=None)


@blueprint.post("/roles/new")
def add_role() -> Reply:
    """Enter a role."""
    fields, meant = _typed()
    body = NewRole.model_validate(_body(fields, meant))
    refused = refusal(lambda: new_role(body=body))
    if refused is None:
        return redirect(finished(Kind.ROLE, slug_of(body.authority, body.name or "")), HTTPStatus.SEE_OTHER)
    return answer(refused.status, "named_role_form", **_form(fields, refused.beside(LABELS), meant), role=None)


@blueprint.get("/roles/<slug>/edit")
def edit_role(slug: str) -> str:
    """The form with what stands there."""
    found, at, directory = _role_at(slug)
    return page("named_role_form", **_form(_fields(found, directory), (), None), role=found, seen=f"v{at}")


@blueprint.post("/roles/<slug>/edit")
def edited_role(slug: str) -> Reply | str:
    """Change what is given. Deputies beyond those that the form shows stay as they are."""
    found, at, directory = _role_at(slug)
    fields, meant = _typed()
    if asks_again():
        return page("named_role_form", **_form(fields, (), None), role=found, seen=request.form.get("seen", f"v{at}"))
    known = _body(fields, meant)
    known["deputies"] += found.deputies[len(PLACES) :]
    del known["authority"]
    refused = refusal(lambda: changed_role(path=RolePath(slug=slug), body=RoleFields.model_validate(known)))
    if refused is None:
        return redirect(finished(Kind.ROLE, slug), HTTPStatus.SEE_OTHER)
    if refused.is_stale:
        again = rebased(found, fields, LABELS, lambda role: _fields(role, directory))
        return stale_page(Kind.ROLE, slug, url_for("console.edit_role", slug=slug), again)
    form = _form(fields, refused.beside(LABELS), meant)
    return answer(refused.status, "named_role_form", **form, role=found, seen=request.form.get("seen", f"v{at}"))


@blueprint.get("/roles/<slug>/remove")
def remove_role(slug: str) -> str:
    """Ask once more."""
    found, at, _ = _role_at(slug)
    return page("remove", **_removal(found), seen=f"v{at}")


@blueprint.post("/roles/<slug>/remove")
def removed_role(slug: str) -> Reply:
    """Remove it."""
    found, at, _ = _role_at(slug)
    refused = refusal(lambda: gone_role(path=RolePath(slug=slug)))
    if refused is None:
        return redirect(finished(Kind.ROLE, slug), HTTPStatus.SEE_OTHER)
    if refused.is_stale:
        return stale_page(Kind.ROLE, slug, url_for("console.named_role", slug=slug))
    return answer(refused.status, "remove", **_removal(found), wrong=refused.beside(LABELS), seen=f"v{at}")


def _removal(found: Role) -> dict[str, object]:
    words = "Nobody can be put through to the role any more, and it no longer stands in the gap report."
    return {"title": f"Remove {found.name}", "words": words, "back": url_for("console.named_role", slug=found.slug)}


def _fields(role: Role, directory: Snapshot) -> dict[str, str]:
    """A role as the form holds it."""
    people = {"holder": role.holder or "", **dict(zip(PLACES, role.deputies, strict=False))}
    named = {field: A_PERSON.text(slug, directory) for field, slug in people.items()}
    numbers = ", ".join(number.national for number in role.numbers)
    return {"name": role.name, "team": A_TEAM.text(role.team or "", directory), **named, "numbers": numbers}


def _typed() -> tuple[dict[str, str], Picked]:
    """The form, its deputies without a gap between them, and whom it means."""
    fields = given(*FIELDS)
    deputies = [fields[place] for place in PLACES if fields[place]]
    fields |= dict(zip_longest(PLACES, deputies, fillvalue=""))
    return fields, picked(ASKED, fields, newest_world().directory)


def _body(fields: Mapping[str, str], meant: Picked) -> dict[str, Any]:
    """The form as the API reads it."""
    numbers = [one.strip() for one in fields["numbers"].split(",") if one.strip()]
    deputies = [meant.slugs[place] for place in PLACES if meant.slugs[place]]
    people = {"team": meant.slugs["team"], "holder": meant.slugs["holder"], "deputies": deputies}
    return {**{name: fields[name] for name in ("name", "authority", "why")}, **people, "numbers": numbers}


def _form(fields: Mapping[str, str], wrong: tuple[Wrong, ...], meant: Picked | None) -> dict[str, object]:
    known = newest_world().directory.authorities.values()
    authorities = [{"value": "", "text": "Choose one"}, *({"value": one.slug, "text": one.name} for one in known)]
    shown = {"fields": fields, "authorities": authorities, "deputies": DEPUTIES}
    if meant is None:
        return {**shown, "wrong": wrong, "several": {}}
    return {**shown, "wrong": meant.beside(wrong, FIELDS), "several": meant.several}
