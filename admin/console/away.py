"""Who is away, from when to when, and who covers?"""

from http import HTTPStatus
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.done import finished
from admin.console.forms import Refusal, asks_again, given, refusal
from admin.console.pages import answer, blueprint, page
from admin.console.people import person_at
from admin.console.picking import A_PERSON, Asked, picked
from admin.console.rebasing import Again, anew
from admin.console.stale import stale_page
from admin.people import PersonPath, changed_person
from admin.person_shapes import PersonFields
from admin.problems import missing
from admin.shapes import moment_out
from directory.model import Person
from directory.snapshot import Kind

LABELS = {"from": "From", "until": "Until", "cover": "Who covers", "why": "Why"}
FIELDS = ("from", "until", "cover", "why")
COVER = Asked("cover", "Who covers", A_PERSON)


@blueprint.get("/people/<slug>/away")
def away_page(slug: str) -> str:
    """An empty form."""
    found, at, _ = person_at(slug)
    return page("away", person=found, fields={}, wrong=(), several={}, seen=f"v{at}")


@blueprint.post("/people/<slug>/away")
def add_absence(slug: str) -> Reply | str:
    """Enter an absence beside those that are there."""
    found, at, directory = person_at(slug)
    fields, seen = given(*FIELDS), request.form.get("seen", f"v{at}")
    if asks_again():
        return page("away", person=found, fields=fields, wrong=(), several={}, seen=seen)
    meant = picked((COVER,), fields, directory)
    new = {"from": fields["from"], "until": fields["until"], "cover": meant.slugs["cover"]}
    refused = _written(found, [*_given(found), new], fields["why"])
    if refused is None or refused.is_stale:
        return _after(slug, refused, anew(request.path, fields, LABELS))
    wrong = meant.beside(refused.beside(LABELS, f"away.{len(found.away)}."), FIELDS)
    return answer(refused.status, "away", person=found, fields=fields, wrong=wrong, several=meant.several, seen=seen)


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


def _after(slug: str, refused: Refusal | None, again: Again | None = None) -> Reply:
    if refused is None:
        return redirect(finished(Kind.PERSON, slug), HTTPStatus.SEE_OTHER)
    return stale_page(Kind.PERSON, slug, url_for("console.person", slug=slug), again)


def _given(found: Person) -> list[dict[str, Any]]:
    return [{"from": moment_out(one.since), "until": moment_out(one.until), "cover": one.cover} for one in found.away]
