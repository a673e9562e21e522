"""Who works here? Listed, shown, entered and changed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.done import finished
from admin.console.forms import Refusal, asks_again, given, refusal
from admin.console.pages import answer, asked, blueprint, page
from admin.console.picking import A_PERSON, A_TEAM, Asked, Picked, picked
from admin.console.rebasing import rebased
from admin.console.stale import stale_page
from admin.listing import Search
from admin.people import PersonPath, changed_person, everybody, gone_person, new_person
from admin.person_shapes import NewPerson, PersonFields, body_of
from admin.ports import newest_world, now, version
from admin.problems import missing
from directory.model import Listing, Person
from directory.snapshot import Kind, Snapshot

FIELDS = ("name", "team", "extension", "numbers", "accept", "manager", "listed", "why")
LABELS = {"name": "Name", "team": "Team", "extension": "Extension", "numbers": "Numbers", "accept": "How a call is taken",
          "manager": "Manager", "listed": "Dial by name", "why": "Why", "person": "Still needed"}  # fmt: skip
LIST = 25
LISTED = {Listing.LISTED.value: True, Listing.UNLISTED.value: False}
ASKED = (Asked("team", "Team", A_TEAM), Asked("manager", "Manager", A_PERSON))


@blueprint.get("/people")
def people() -> str:
    """People, found by any word or number; by name where all fit on one page, else by their opaque ids, which may stand in
    the next page's address (ruling 19)."""
    wanted = Search(q=asked("q"), cursor=asked("cursor"), limit=LIST)
    found: Mapping[str, Any] = everybody(query=wanted)
    whole = not (wanted.cursor or found["next"])
    shown = sorted(found["items"], key=lambda one: (one["name"] or "").casefold()) if whole else found["items"]
    return page("people", people=shown, next=found["next"], q=wanted.q, teams=newest_world().directory.teams)


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
    team = A_TEAM.text(asked("team"), newest_world().directory)
    return page("person_form", **_form({"team": team}), person=None)


@blueprint.post("/people/new")
def add_person() -> Reply:
    """Enter somebody."""
    fields, made = given(*FIELDS), {"at": ""}
    meant = picked(ASKED, fields, newest_world().directory)

    def act() -> Any:
        reply = new_person(body=NewPerson.model_validate(_body(fields, meant)))
        made["at"] = reply.get_json()["slug"]
        return reply

    refused = refusal(act)
    if refused is None:
        return redirect(finished(Kind.PERSON, made["at"]), HTTPStatus.SEE_OTHER)
    return answer(refused.status, "person_form", **_refused_form(fields, meant, refused), person=None)


@blueprint.get("/people/<slug>/edit")
def edit_person(slug: str) -> str:
    """The form with what stands there."""
    found, at, directory = person_at(slug)
    return page("person_form", **_form(_fields(found, directory)), person=found, seen=f"v{at}")


def _fields(person: Person, directory: Snapshot) -> dict[str, str]:
    """A person as the form holds them."""
    numbers = ", ".join(number.national for number in person.numbers)
    meant = {"team": A_TEAM.text(person.team, directory), "manager": A_PERSON.text(person.manager or "", directory)}
    known = {"name": person.name, "extension": person.extension or "", "accept": person.accept.value}
    return {**known, **meant, "numbers": numbers, "listed": person.listed.value}


@blueprint.post("/people/<slug>/edit")
def edited_person(slug: str) -> Reply | str:
    """Change what is given."""
    found, at, directory = person_at(slug)
    fields, seen = given(*FIELDS), request.form.get("seen", f"v{at}")
    if asks_again():
        return page("person_form", **_form(fields), person=found, seen=seen)
    meant = picked(ASKED, fields, directory)
    body = PersonFields.model_validate(_body(fields, meant))
    refused = refusal(lambda: changed_person(path=PersonPath(slug=slug), body=body))
    if refused is None:
        return redirect(finished(Kind.PERSON, slug), HTTPStatus.SEE_OTHER)
    if refused.is_stale:
        again = rebased(found, fields, LABELS, lambda person: _fields(person, directory))
        return stale_page(Kind.PERSON, slug, url_for("console.edit_person", slug=slug), again)
    return answer(refused.status, "person_form", **_refused_form(fields, meant, refused), person=found, seen=seen)


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
        return stale_page(Kind.PERSON, slug, url_for("console.person", slug=slug))
    return answer(refused.status, "remove", **_removal(found), wrong=refused.beside(LABELS), seen=f"v{at}")


def _removal(found: Person) -> dict[str, object]:
    words = "Callers who key the extension hear that it is not known, and reach the team. Nobody may name them as manager or cover."
    return {"title": f"Remove {found.name}", "words": words, "back": url_for("console.person", slug=found.slug)}


def _body(fields: Mapping[str, str], meant: Picked) -> dict[str, Any]:
    numbers = [one.strip() for one in fields["numbers"].split(",") if one.strip()]
    read = {"numbers": numbers, "accept": fields["accept"] or None, "listed": LISTED.get(fields["listed"])}
    return {**fields, **meant.slugs, **read}


def _form(fields: Mapping[str, str]) -> dict[str, object]:
    return {"fields": fields, "wrong": (), "several": {}}


def _refused_form(fields: Mapping[str, str], meant: Picked, refused: Refusal) -> dict[str, object]:
    return {"fields": fields, "wrong": meant.beside(refused.beside(LABELS), FIELDS), "several": meant.several}
