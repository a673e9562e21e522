"""Who works with a child? Both case systems are asked on a page, and what they say is entered there. No name stands in an address."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Response

from admin.console.forms import Wrong, refusal
from admin.console.picking import A_PERSON, A_TEAM, Asked, Picked, picked
from admin.ports import newest_world
from desk.case_look_up import NO_WORKER, look_up, put_case
from desk.case_shapes import CaseBody
from desk.case_systems import SYSTEMS, Standing
from desk.contact_shapes import ChildBody
from desk.page.pages import blueprint, drawn
from desk.page.papers import CHOOSE, Tag, typed, wrong

HERE = "cases"
STATES = {
    Standing.OPEN.value: Tag("Open", "green"), Standing.NOT_OPEN.value: Tag("Not open", "grey"),
    Standing.UNKNOWN.value: Tag("Not known", "yellow"),
}  # fmt: skip
SAYS = {
    Standing.OPEN.value: "The child is open", Standing.NOT_OPEN.value: "The child is not open",
    Standing.UNKNOWN.value: "Nothing yet: take out what was entered",
}  # fmt: skip
WORDS = {"states": STATES, "says": SAYS, "systems": {**CHOOSE, **SYSTEMS}}

OF_CHILD = {"name": "The child's full name", "born": "The child's date of birth"}
OF_ENTRY = {
    "system": "Which system", "state": "What it says", "worker": "Allocated worker", "manager": "Their manager", "team": "Their team",
}  # fmt: skip
LABELS = {**OF_CHILD, **OF_ENTRY}
ASKED = tuple(
    Asked(name, OF_ENTRY[name], kind) for name, kind in (("worker", A_PERSON), ("manager", A_PERSON), ("team", A_TEAM))
)
WHO_IS_IT = "a child who is open has an allocated worker; name them, or a team."
"""The API's ``NO_WORKER``, without a slug."""


@blueprint.get("/cases")
def cases() -> Response:
    """An empty form."""
    return _page({})


@blueprint.post("/cases")
def look_up_case() -> Response:
    """What both systems say; that it was asked is noted, not for whom."""
    given = typed(*OF_CHILD)
    return _answered(given, lambda: look_up(body=ChildBody.model_validate(given)))


@blueprint.post("/cases/entry")
def enter_case() -> Response:
    """Enter what a system says, and show what both say now."""
    given = typed(*LABELS)
    meant = picked(ASKED, given, newest_world().directory)
    return _answered(given, lambda: put_case(body=CaseBody.model_validate({**given, **meant.slugs})), meant)


def _answered(given: Mapping[str, Any], act: Callable[[], Mapping[str, Any]], meant: Picked | None = None) -> Response:
    found = list[Mapping[str, Any]]()
    why = refusal(lambda: found.append(act()))
    if why is None:
        return _page({name: given[name] for name in OF_CHILD}, found[0])
    said = tuple(replace(one, text=one.text.replace(NO_WORKER, WHO_IS_IT)) for one in wrong(why, LABELS))
    return _page(given, None, why.status, meant.beside(said, tuple(LABELS)) if meant else said, meant)


def _page(
    given: Mapping[str, Any],
    found: Mapping[str, Any] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    faults: tuple[Wrong, ...] = (),
    meant: Picked | None = None,
) -> Response:
    several = meant.several if meant else {}
    page = drawn(
        "papers/cases", here=HERE, given=given, found=found, wrong=faults, several=several, entering=found or meant, words=WORDS
    )  # fmt: skip
    return Response(page, status)
