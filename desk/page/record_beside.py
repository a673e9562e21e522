"""What belongs to a contact record beside its fields? Its rating, who may read it, who changed it, and the text to hand over."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Refusal, Wrong, refusal
from admin.ports import desk
from admin.problems import FieldProblem
from desk.contact_records import one_access, one_history, put_access
from desk.contact_shapes import AccessBody, ContactPath
from desk.contacts import hand_over_of_contact
from desk.fields import BY_CODE
from desk.page.pages import blueprint, drawn
from desk.page.papers import led_to, text, typed, wrong
from desk.page.record_by_id import is_rated, open_record
from desk.rating_shapes import RatingBody
from desk.ratings import NOT_HERE, every_rating, put_rating
from store import accounts, keys

RATINGS = {choice.code: choice.label for choice in BY_CODE["rating"].choices}
COLOURS = {"blue": "blue", "green": "green", "amber": "orange", "red": "red"}
STATUSES = {
    "contact": "Contact", "information": "Information, or no further action", "early-help": "Early help", "referral": "Referral",
}  # fmt: skip
WORDS = {"ratings": RATINGS, "colours": COLOURS, "statuses": STATUSES}
LABELS = {code: field.label for code, field in BY_CODE.items()}

OF_RATING = {
    "rating": "Rating", "decided_by": "Team Manager who decided", "rationale": "Why", "to_unit": "Straight to the Unit",
}  # fmt: skip
OF_ACCESS = {"allowed": "Who may read it", "blocked": "Whom it is closed to", "why": "Why the lists are changed"}
LISTS = ("allowed", "blocked")
NOBODY = "nobody signs in by the name or address “{who}”; where two people have a name, give the address."
WAS_CHANGED = "Somebody has changed the lists since you opened the page. What stands there now is below; nothing of yours is written yet."


@blueprint.get("/records/<key>/rating")
def record_rating(key: str) -> Response:
    """Every rating of a record with its clocks; that they were read is noted."""
    return _rating(key)


@blueprint.post("/records/<key>/rating")
def rate_record(key: str) -> Reply:
    """Write a Team Manager's rating down."""
    body = RatingBody.model_validate(typed(*OF_RATING) | {"to_unit": bool(text("to_unit"))})
    why = refusal(lambda: put_rating(path=ContactPath(id=key), body=body))
    return _rating(key, why.status, wrong(why, OF_RATING)) if why else led_to("record_rating", key)


def _rating(key: str, status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    one, given = open_record(key), typed(*OF_RATING)
    held: Mapping[str, Any] = every_rating(path=ContactPath(id=key))
    why_not = "" if is_rated(one.authority) else NOT_HERE
    page = drawn(
        "papers/record_rating", one=one, held=held, given=given, words=WORDS, why_not=why_not, rated=not why_not,
        wrong=faults,
    )  # fmt: skip
    return Response(page, status)


@blueprint.get("/records/<key>/access")
def record_access(key: str) -> Response:
    """Who may read a record, and who wrote in it."""
    return _access(key)


@blueprint.post("/records/<key>/access")
def change_access(key: str) -> Reply:
    """Say who may read it, unless somebody has changed that since the page was opened."""
    named = _named()
    lists = {name: [named.ids.get(who.strip().casefold(), who) for who in text(name).splitlines()] for name in LISTS}
    body = AccessBody.model_validate(lists | typed("why"))
    why = refusal(lambda: put_access(path=ContactPath(id=key), body=body))
    return _access(key, why) if why else led_to("record_access", key)


@dataclass(frozen=True, slots=True)
class Named:
    """Whoever may sign in: the name by which each id is shown, and the ids by names and addresses."""

    shown: Mapping[str, str]
    ids: Mapping[str, str]


def _named() -> Named:
    """A name that two people have is nobody's."""
    with desk().database.read() as connection:
        people, machines = accounts.every(connection), keys.every(connection)
    every = [*((one.id, one.name, one.email) for one in people), *((one.id, one.name, one.id) for one in machines)]
    often = Counter(name.casefold() for _, name, _ in every)
    shown = {key: name if often[name.casefold()] == 1 else other for key, name, other in every}
    ids = {other.casefold(): key for key, _, other in every}
    return Named(shown, {name.casefold(): key for key, name in shown.items()} | ids)


def _access(key: str, why: Refusal | None = None) -> Response:
    one, path, named = open_record(key), ContactPath(id=key), _named()
    now, history = one_access(path=path).get_json(), dict[str, Any](one_history(path=path))
    lists = {name: "\n".join(sorted(named.shown.get(who, who) for who in now[name])) for name in LISTS}
    page = drawn(
        "papers/record_access", one=one, now=lists, given=typed(*OF_ACCESS) if why else lists, seen=f"v{now['version']}",
        is_stale=bool(why and why.is_stale), history=history["items"], labels=LABELS, rated=is_rated(one.authority),
        wrong=_faults(why) if why else (),
    )  # fmt: skip
    return Response(page, why.status if why else HTTPStatus.OK)


def _faults(why: Refusal) -> tuple[Wrong, ...]:
    if why.is_stale:
        return (Wrong("now", WAS_CHANGED),)
    said = tuple(_said(error) for error in why.errors)
    return wrong(Refusal(why.status, why.detail, said), OF_ACCESS)


def _said(error: FieldProblem) -> FieldProblem:
    """The API knows nobody of this id; a page is given names."""
    if error.code != "unknown":
        return error
    who = error.message.partition("“")[2].rpartition("”")[0]
    return error.model_copy(update={"message": f"{error.field}: {NOBODY.format(who=who)}"})


@blueprint.get("/records/<key>/hand-over")
def record_hand_over(key: str) -> str:
    """The record as text, to be copied; that it was read is noted."""
    held = hand_over_of_contact(path=ContactPath(id=key)).get_data(as_text=True)
    one = open_record(key)
    return drawn("papers/record_hand_over", one=one, held=held, rated=is_rated(one.authority))
