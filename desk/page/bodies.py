"""On which switchboards are the bodies reached that basic checks are answered for? Listed; an administrator enters them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, refusal
from admin.problems import missing
from desk.body_switchboards import every_body, put_switchboard
from desk.callback_shapes import BodyPath, SwitchboardBody
from desk.page.pages import blueprint, drawn
from desk.page.papers import typed, wrong

HERE = "bodies"
LABELS = {"number": "Switchboard", "why": "Where it was found"}


@blueprint.get("/bodies")
def bodies() -> str:
    """The eleven bodies, as they are printed."""
    return drawn("papers/bodies", here=HERE, bodies=_every())


@blueprint.get("/bodies/<code>/switchboard")
def switchboard_form(code: str) -> Response:
    """The form for one body."""
    return _form(code, {})


@blueprint.post("/bodies/<code>/switchboard")
def enter_switchboard(code: str) -> Reply:
    """Enter it, or another one in its place; checks that waited for it can be made."""
    given = typed(*LABELS)
    body = SwitchboardBody.model_validate(given)
    why = refusal(lambda: put_switchboard(path=BodyPath(code=code), body=body))
    if why:
        return _form(code, given, why.status, wrong(why, LABELS))
    return redirect(url_for("desk_page.bodies"), HTTPStatus.SEE_OTHER)


def _every() -> list[Mapping[str, Any]]:
    found: Mapping[str, Any] = every_body()
    return list(found["items"])


def _form(
    code: str, given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()
) -> Response:
    one = next((body for body in _every() if body["code"] == code), None)
    if one is None:
        raise missing(f"body “{code[:40]}”")
    return Response(drawn("papers/body", one=one, given=given, wrong=faults), status)
