"""Who is away, from when to when, and who covers?"""

from http import HTTPStatus
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.done import finished
from admin.console.forms import Refusal, given, refusal
from admin.console.pages import answer, blueprint, page
from admin.console.people import choices, person_at
from admin.console.stale import stale_page
from admin.people import PersonPath, changed_person
from admin.person_shapes import PersonFields
from admin.problems import missing
from admin.shapes import moment_out
from directory.model import Person
from directory.snapshot import Kind, Snapshot

LABELS = {"from": "From", "until": "Until", "cover": "Who covers", "why": "Why"}
FIELDS = ("from", "until", "cover", "why")


@blueprint.get("/people/<slug>/away")
def away_page(slug: str) -> str:
    """An empty form."""
    found, at, directory = person_at(slug)
    return page("away", person=found, fields={}, wrong=(), cover=_colleagues(found, directory), seen=f"v{at}")


@blueprint.post("/people/<slug>/away")
def add_absence(slug: str) -> Reply:
    """Enter an absence beside those that are there."""
    found, at, directory = person_at(slug)
    fields = given(*FIELDS)
    new = {name: fields[name] for name in ("from", "until", "cover")}
    refused = _written(found, [*_given(found), new], fields["why"])
    if refused is None or refused.is_stale:
        return _after(slug, refused)
    wrong = refused.beside(LABELS, f"away.{len(found.away)}.")
    shown = {"person": found, "fields": fields, "cover": _colleagues(found, directory)}
    return answer(refused.status, "away", **shown, wrong=wrong, seen=request.form.get("seen", f"v{at}"))


@blueprint.post("/people/<slug>/away/<int:place>/remove")
def end_absence(slug: str, place: int) -> Reply:
    """Back already."""
    found, _, _ = person_at(slug)
    if place >= len(found.away):
        raise missing("such absence")
    left = [one for at, one in enumerate(_given(found)) if at != place]
    refused = _written(found, left, request.form.get("why", ""))
    if refused is None or refused.is_stale:
        return _after(slug, refused)
    return answer(refused.status, "refusal", title="Not changed", detail=refused.beside(LABELS)[0].text,
                  home=url_for("console.person", slug=slug))  # fmt: skip


def _written(found: Person, away: list[dict[str, Any]], why: str) -> Refusal | None:
    body = PersonFields.model_validate({"away": away, "why": why})
    return refusal(lambda: changed_person(path=PersonPath(slug=found.slug), body=body))


def _after(slug: str, refused: Refusal | None) -> Reply:
    if refused is None:
        return redirect(finished(Kind.PERSON, slug), HTTPStatus.SEE_OTHER)
    return stale_page(Kind.PERSON, slug, "", url_for("console.person", slug=slug))


def _given(found: Person) -> list[dict[str, Any]]:
    return [{"from": moment_out(one.since), "until": moment_out(one.until), "cover": one.cover} for one in found.away]


def _colleagues(found: Person, directory: Snapshot) -> list[dict[str, str]]:
    named = {one.slug: one.name for one in directory.people.values() if one.slug != found.slug}
    return choices(named, "Nobody: the manager rings")
