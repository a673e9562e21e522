"""Who works here? Listed, shown, entered and changed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.done import finished
from admin.console.forms import Wrong, given, refusal
from admin.console.pages import answer, blueprint, page
from admin.console.stale import stale_page
from admin.listing import Search
from admin.people import PersonPath, changed_person, everybody, gone_person, new_person
from admin.person_shapes import NewPerson, PersonFields, body_of
from admin.ports import newest_world, now, version
from admin.problems import missing
from directory.model import Person
from directory.snapshot import Kind, Snapshot

FIELDS = ("name", "team", "extension", "numbers", "accept", "manager", "why")
LABELS = {"name": "Name", "team": "Team", "extension": "Extension", "numbers": "Numbers", "accept": "How a call is taken",
          "manager": "Manager", "why": "Why", "person": "Still needed"}  # fmt: skip
LIST = 25
MOST_CHOICES = 500
"""A longer list is no help; the short name is typed instead."""


@blueprint.get("/people")
def people() -> str:
    """People, found by any word or number."""
    wanted = Search(q=request.args.get("q", "")[:200], cursor=request.args.get("cursor", "")[:500], limit=LIST)
    return page("people", found=everybody(query=wanted), q=wanted.q, teams=newest_world().directory.teams)


@blueprint.get("/people/<slug>")
def person(slug: str) -> str:
    """One person."""
    found, at, directory = person_at(slug)
    absent = found.absence(now())
    return page(
        "person",
        person=body_of(found, directory),
        team=directory.teams.get(found.team),
        manager=directory.people.get(found.manager or ""),
        away=list(enumerate(found.away)),
        absent=absent,
        people=directory.people,
        seen=f"v{at}",
    )


def person_at(slug: str) -> tuple[Person, int, Snapshot]:
    """A person, their version, and a directory at least as new."""
    at, world = version(Kind.PERSON, slug)
    found = world.directory.people.get(slug)
    if found is None or at is None:
        raise missing(f"person “{slug}”")
    return found, at, world.directory


@blueprint.get("/people/new")
def new_person_page() -> str:
    """An empty form."""
    return page("person_form", **_form({"team": request.args.get("team", "")}, ()), person=None)


@blueprint.post("/people/new")
def add_person() -> Reply:
    """Enter somebody."""
    fields, made = given(*FIELDS), {"at": ""}

    def act() -> Any:
        reply = new_person(body=NewPerson.model_validate(_body(fields)))
        made["at"] = reply.get_json()["slug"]
        return reply

    refused = refusal(act)
    if refused is None:
        return redirect(finished(Kind.PERSON, made["at"]), HTTPStatus.SEE_OTHER)
    return answer(refused.status, "person_form", **_form(fields, refused.beside(LABELS)), person=None)


@blueprint.get("/people/<slug>/edit")
def edit_person(slug: str) -> str:
    """The form with what stands there."""
    found, at, _ = person_at(slug)
    fields = {"name": found.name, "team": found.team, "extension": found.extension or "", "manager": found.manager or "",
              "numbers": ", ".join(number.national for number in found.numbers), "accept": found.accept.value}  # fmt: skip
    return page("person_form", **_form(fields, ()), person=found, seen=f"v{at}")


@blueprint.post("/people/<slug>/edit")
def edited_person(slug: str) -> Reply:
    """Change what is given."""
    found, at, _ = person_at(slug)
    fields = given(*FIELDS)
    body = PersonFields.model_validate(_body(fields))
    refused = refusal(lambda: changed_person(path=PersonPath(slug=slug), body=body))
    if refused is None:
        return redirect(finished(Kind.PERSON, slug), HTTPStatus.SEE_OTHER)
    if refused.is_stale:
        return stale_page(Kind.PERSON, slug, fields["name"], url_for("console.edit_person", slug=slug))
    form = _form(fields, refused.beside(LABELS))
    return answer(refused.status, "person_form", **form, person=found, seen=request.form.get("seen", f"v{at}"))


@blueprint.get("/people/<slug>/remove")
def remove_person(slug: str) -> str:
    """Ask once more."""
    found, at, _ = person_at(slug)
    return page("remove", **_removal(found), seen=f"v{at}")


@blueprint.post("/people/<slug>/remove")
def removed_person(slug: str) -> Reply:
    """Remove them, unless somebody names them as manager or cover."""
    found, at, _ = person_at(slug)
    refused = refusal(lambda: gone_person(path=PersonPath(slug=slug)))
    if refused is None:
        return redirect(finished(Kind.PERSON, slug), HTTPStatus.SEE_OTHER)
    if refused.is_stale:
        return stale_page(Kind.PERSON, slug, "", url_for("console.person", slug=slug))
    return answer(refused.status, "remove", **_removal(found), wrong=refused.beside(LABELS), seen=f"v{at}")


def _removal(found: Person) -> dict[str, object]:
    words = "Callers who key the extension hear that it is not known, and reach the team. Nobody may name them as manager or cover."
    return {"title": f"Remove {found.name}", "words": words, "back": url_for("console.person", slug=found.slug)}


def _body(fields: Mapping[str, str]) -> dict[str, Any]:
    numbers = [one.strip() for one in fields["numbers"].split(",") if one.strip()]
    return {**fields, "numbers": numbers, "accept": fields["accept"] or None}


def _form(fields: Mapping[str, str], wrong: tuple[Wrong, ...]) -> dict[str, object]:
    directory = newest_world().directory
    teams = {team.slug: team.name for team in directory.teams.values()}
    names = {one.slug: one.name for one in directory.people.values()}
    return {"fields": fields, "wrong": wrong, "teams": choices(teams, "Choose one"), "people": choices(names, "Nobody")}


def choices(named: Mapping[str, str], nothing: str) -> list[dict[str, str]]:
    """A list to choose from, by name; empty where it would be too long."""
    if len(named) > MOST_CHOICES:
        return []
    ordered = sorted(named.items(), key=lambda pair: pair[1])
    return [{"value": "", "text": nothing}, *({"value": slug, "text": name} for slug, name in ordered)]
