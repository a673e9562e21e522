"""What is kept, for how long, and what is held? Auditors read it; administrators take away, hold and lift. By the API's functions."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, refusal
from admin.console.pages import asked
from admin.listing import Paging
from admin.ports import desk, now
from admin.shapes import moment_out
from desk.contact_records import NO_REASON
from desk.holds import HoldBody, every_hold, lift, new_hold, one_hold
from desk.page.pages import blueprint, drawn
from desk.page.papers import LIST, led_to, made, text, typed, wrong
from desk.retention import reach
from desk.retention_api import PurgeBody, purge, what_is_due

OF_HOLD = {"record": "Id of the record", "child": "The child", "child.name": "The child's full name",
           "child.born": "The child's date of birth", "why": "Why"}  # fmt: skip
OF_WHY = {"why": "Why"}
PATH = "/desk/retention"


@blueprint.get("/retention")
def kept_records() -> str:
    """Every type of record with its period, and every hold."""
    found: Mapping[str, Any] = every_hold(query=Paging(cursor=asked("cursor"), limit=LIST))
    types: Mapping[str, Any] = what_is_due()
    return drawn("papers/retention", types=types["items"], holds=found["items"], next=found["next"], path=PATH)


@blueprint.get("/retention/purge")
def purge_form() -> Response:
    """What would go as of now: exactly this, or less, is what the form takes away."""
    return _purge_form({"until": moment_out(now()) or ""})


@blueprint.post("/retention/purge")
def purge_records() -> Reply:
    """Take away what the form has shown, and report."""
    given = typed("until", *OF_WHY)
    if not given["why"]:
        return _purge_form(given, HTTPStatus.UNPROCESSABLE_ENTITY, (Wrong("why", f"Why: {NO_REASON}"),))
    reports = list[Mapping[str, Any]]()
    body = PurgeBody.model_validate({**given, "dry_run": False})
    why = refusal(lambda: reports.append(purge(body=body)))
    if why:
        return _purge_form({**given, "until": moment_out(now()) or ""}, why.status, wrong(why, OF_WHY))
    gone = [one for one in reports[0]["items"] if one["purged"]]
    return Response(drawn("papers/retention_report", gone=gone, why=given["why"]))


def _purge_form(
    given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()
) -> Response:
    found: Mapping[str, Any] = purge(body=PurgeBody(until=given["until"]))
    going = [one for one in found["items"] if one["past"] > one["held"]]
    held = sum(one["held"] for one in found["items"])
    return Response(drawn("papers/retention_purge", given=given, wrong=faults, going=going, held=held), status)


@blueprint.get("/retention/holds/new")
def hold_form() -> Response:
    """An empty form."""
    return _hold_form({})


@blueprint.post("/retention/holds/new")
def hold() -> Reply:
    """Hold it, and go on to what that keeps."""
    given = typed(*(name for name in OF_HOLD if name != "child"))
    key = made(lambda: new_hold(body=HoldBody.model_validate(given)))
    if isinstance(key, str):
        return led_to("hold_page", key)
    return _hold_form(given, key.status, wrong(key, OF_HOLD))


def _hold_form(
    given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()
) -> Response:
    return Response(drawn("papers/hold_form", given=given, wrong=faults), status)


@blueprint.get("/retention/holds/<key>")
def hold_page(key: str) -> Response:
    """A hold, what it keeps, and what would go if it were lifted."""
    return _hold(key)


@blueprint.post("/retention/holds/<key>/lift")
def lift_hold(key: str) -> Reply:
    """Lift it, for a reason."""
    why = refusal(lambda: lift(key, text("why"), "why"))
    if why:
        return _hold(key, why.status, wrong(why, OF_WHY))
    return redirect(url_for("desk_page.kept_records"), HTTPStatus.SEE_OTHER)


def _hold(key: str, status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    one, here = one_hold(key), desk()
    kept = reach(here.database, here.records.kept, key, now())
    freed = sum(found.freed for found in kept.values())
    return Response(drawn("papers/hold", one=one, wrong=faults, kept=kept, freed=freed, given={}), status)
