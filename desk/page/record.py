"""How is a contact record shown, and saved beside its call as it is typed? Reading it is audited, so no poll reads it."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Response, request, url_for

from admin.calls import SID
from admin.console.forms import Refusal, Wrong
from admin.ports import desk
from admin.problems import Faults, ProblemError, missing
from desk.contact_shapes import SEQUENCE_MOST, CallPath, ContactBody
from desk.contacts import put_contact_of_call, record_of_call
from desk.fields import BY_CODE
from desk.page.pages import blueprint, drawn, second
from desk.page.typed import asked, wrong
from desk.page.untouched import WAS, changed, marks
from store import conversations

MOST_OF_A_REASON = 500
NO_REASON = "Why the name is needed: say it; it stands in the audit trail."
NOT_NAMED = "Only whoever took the call, or is named in the record's access list, is shown the name; ask one of them."
CLOSED = (HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT)
LABELS = {"why": "Why the name is needed"}
Record = Mapping[str, Any]


@blueprint.get("/calls/<call>/record")
def record(call: str) -> str:
    """The form, for the page's script: the call is another one now."""
    return drawn("record", record=record_of(call), wrong=())


def record_of(call: str, why: str = "", over: Mapping[str, Any] | None = None) -> Record:
    """The record of a call for the template; ``over``: what was typed and not kept. Nothing but words where it is closed."""
    if not SID.fullmatch(call):
        raise missing("call with this SID")
    try:
        held: Record = record_of_call(call, why)
    except ProblemError as fault:
        if fault.status in CLOSED:
            return {"call": call, "closed": fault.detail}
        held = {"fields": {}, "hidden": [], "prompts": [], "authority": _authority(call), "saved_at": None}
    forms = {
        "save": url_for("desk_page.save_record", call=call),
        "name": url_for("desk_page.show_name", call=call),
    }
    shown = {WAS: marks(held["fields"])}
    return {"call": call, "saved": _saved(held), "shown": shown, **forms, **form_of(held, over)}


def form_of(held: Record, over: Mapping[str, Any] | None = None) -> Record:
    """The fields of a record that is open, what is kept from view, and what to say or do now."""
    values = {**held["fields"], **(over or {})}
    return {
        "closed": "",
        "parts": asked(values, held["hidden"], held["authority"]),
        "hidden": [BY_CODE[code].label for code in held["hidden"]],
        "prompts": held["prompts"],
    }


def _saved(held: Record) -> str:
    return second(datetime.fromisoformat(held["saved_at"])) if held["saved_at"] else ""


def _authority(call: str) -> str:
    """Whose form it is, as long as nothing is kept: that of the call's line."""
    sites = desk()
    with sites.database.read() as connection:
        talk = conversations.one(connection, call)
    plan = sites.publication.current().plans.of_line(talk.line) if talk else None
    return plan.authority if plan else ""


def save(call: str) -> Record:
    """Save the fields that were sent, as the API saves them."""
    given: dict[str, object] = {"fields": changed(request.form), "page": request.form.get("page", "")}
    sequence = request.form.get("sequence", "")
    if sequence.isdecimal() and len(sequence) <= len(str(SEQUENCE_MOST)):
        given["sequence"] = int(sequence)
    saved: Record = put_contact_of_call(path=CallPath(sid=call), body=ContactBody.model_validate(given))
    return saved


def kept(saved: Record) -> str:
    """What the script is told: when it was saved, and what to say or do now."""
    return drawn("kept", saved=_saved(saved), prompts=saved["prompts"])


def not_kept(fault: ProblemError | Refusal) -> tuple[Wrong, ...]:
    """What is wrong, each at its field."""
    return wrong(fault.errors) or (Wrong("", fault.detail),)


def named(call: str, why: str) -> Record:
    """The record with the caller's name. 403 where a reason is not enough."""
    shown = record_of(call, why)
    if shown.get("hidden"):
        raise ProblemError(HTTPStatus.FORBIDDEN, NOT_NAMED)
    return shown


def reason() -> str:
    """Why somebody wants to see a name. 422 without it."""
    why = request.form.get("why", "").strip()[:MOST_OF_A_REASON]
    if not why:
        faults = Faults()
        faults.say("why", "missing", NO_REASON)
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, NO_REASON, faults.found)
    return why


def refused(fault: ProblemError) -> Response:
    """The script's answer to a save that was refused."""
    return Response(drawn("told", wrong=not_kept(fault)), fault.status)
