"""How does a handler find a child's records, or begin one without a call? By the API's functions; no name stands in an address."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, refusal
from admin.problems import FieldProblem
from desk.contact_records import search
from desk.contact_shapes import ChildBody, ContactBody
from desk.contact_values import Value
from desk.contacts import new_contact
from desk.page import typed as of_record
from desk.page.pages import blueprint, drawn
from desk.page.papers import authorities, form_page, led_to, made, typed, wrong

HERE = "records"
OF_CHILD = {"name": "The child's full name", "born": "The child's date of birth"}
BEGINNING = ("caller", "children", "concern")
"""What a record begins with; all its fields follow on its own page."""

NOTHING_YET = Wrong("f-concern", "Write down what is known: who is calling, a child, or the concern.")


@blueprint.get("/records")
def records() -> Response:
    """An empty form."""
    return _found({}, None)


@blueprint.post("/records")
def find_records() -> Response:
    """The records of a child; that each was found is noted."""
    given, found = typed(*OF_CHILD), list[Mapping[str, Any]]()
    why = refusal(lambda: found.append(search(body=ChildBody.model_validate(given))))
    if why:
        return _found(given, None, why.status, wrong(why, OF_CHILD))
    return _found(given, found[0]["items"])


def _found(
    given: Mapping[str, Any],
    found: Sequence[Mapping[str, Any]] | None,
    status: HTTPStatus = HTTPStatus.OK,
    faults: tuple[Wrong, ...] = (),
) -> Response:
    page = drawn("papers/records", here=HERE, given=given, found=found, wrong=faults, authorities=authorities())
    return Response(page, status)


@blueprint.get("/records/new")
def new_record_form() -> Response:
    """An empty form."""
    return _form("", {})


@blueprint.post("/records/new")
def begin_record() -> Reply:
    """Begin it, and go on to all its fields."""
    authority = request.form.get("authority", "")
    fields = {code: value for code, value in of_record.typed(request.form).items() if _holds(value)}
    body = ContactBody.model_validate({"authority": authority, "fields": fields})
    key = made(lambda: new_contact(body=body))
    if isinstance(key, str):
        return led_to("contact_record", key)
    return _form(authority, fields, key.status, tuple(_wrong(key.errors)) or (Wrong("", key.detail),))


def _holds(value: Value) -> bool:
    return bool(value) if isinstance(value, str) else any(any(person.values()) for person in value)


def _wrong(errors: Sequence[FieldProblem]) -> Iterator[Wrong]:
    for error in errors:
        if error.field == "authority":
            yield Wrong("authority", f"Authority: {error.message.removeprefix('authority: ')}")
        elif error.field == "fields":
            yield NOTHING_YET
        else:
            yield from of_record.wrong([error])


def _form(
    authority: str, fields: Mapping[str, Value], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()
) -> Response:
    parts = of_record.asked(fields, (), "").values()
    shown = [one for part in parts for one in part if one.field.code in BEGINNING]
    return form_page("record_form", status, faults, authority=authority, fields=shown)
