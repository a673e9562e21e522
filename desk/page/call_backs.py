"""Where does a handler find every call-back, book one, and read and end one with its attempts? By the API's functions."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import caller
from admin.console.forms import Wrong, refusal
from admin.console.pages import asked
from admin.lines import plans_in_force
from admin.ports import desk, newest_world, now
from desk.bodies import BODIES
from desk.callback_deeds import outcome_of_call_back
from desk.callback_shapes import LONGEST_HOURS, CallBackBody, CallBackPath, CallBackQuery, OutcomeBody
from desk.callbacks import every_call_back, new_call_back, one_call_back
from desk.occupied import RESTING
from desk.page.acts import CALL_BACKS
from desk.page.calls import line_name
from desk.page.now import OUTCOMES
from desk.page.pages import blueprint, drawn
from desk.page.papers import (
    CHOOSE,
    LIST,
    Row,
    Tag,
    form_page,
    led_to,
    made,
    moment,
    named_deed,
    state_asked,
    text,
    typed,
    wrong,
)
from desk.page.work import may_be_verified
from store import presence
from store.callbacks import ACTIVE, Sort, Stand
from store.keys import Role

HERE = "call_backs"
STATES = {
    Stand.OPEN.value: Tag("Open", "blue"),
    Stand.ESCALATED.value: Tag("About to be late", "orange"),
    Stand.DIALLING.value: Tag("Being dialled", "yellow"),
    Stand.WAITING.value: Tag("Waits for a switchboard", "grey"),
    Stand.DONE.value: Tag("Done", "green"),
    Stand.CANCELLED.value: Tag("Cancelled", "grey"),
    Stand.MERGED.value: Tag("Joined another", "grey"),
}
SHOWN = {
    "": "Still to be made",
    Stand.WAITING.value: "Waiting for a switchboard",
    Stand.DONE.value: "Done",
    Stand.CANCELLED.value: "Cancelled",
}
COLUMNS = ("Call back by", "Whom", "For", "Tried", "Who has it")
URGENCIES = {"normal": "Normal", "amber": "Amber", "red": "Red"}
URGENT = {"amber": Tag("Amber", "orange"), "red": Tag("Red", "red")}
KINDS = {
    Sort.PLAIN.value: "To ring somebody back",
    Sort.CHECK.value: "To check who asks, on the switchboard of their body",
}
VERIFIED = {"verified": "It was them: their switchboard has verified who asks"}
CAME = {**dict(OUTCOMES), "cancelled": "Not wanted: cancel it"}
TOLD = {**dict(OUTCOMES), "verified": "It was them", "cancelled": "Cancelled"}
TRIED = {
    "picked up": "picked up; how long they spoke was not told",
    "given up": "given up: the handler hung up before anybody was heard to answer",
}
GOES = {
    "waiting": "waits its turn",
    "ringing": "the handler’s phone rings",
    "dialled": "dialled",
    "over": "nothing was told",
}

OF_BOOKING = {
    "call": "The call", "kind": "What it is for", "number": "Number", "body": "Which body", "person": "Whom to ask for",
    "about": "What it is about", "line": "Line", "authority": "Authority", "within": "Within how many hours",
    "urgency": "How urgent",
}  # fmt: skip
HOURS = f"write whole hours, from 1 to {LONGEST_HOURS}."
OF_HOURS = dict.fromkeys(("int-parsing", "int-type", "greater-than-equal", "less-than-equal"), HOURS)
INSTEAD = {
    **OF_HOURS,
    "not-on-the-list": "choose one; checks are answered for nobody else.",
    "not-a-check": "only a check names a body; choose none, or say that it is a check.",
}
OF_DEEDS = {"outcome": "What came of it", "note": "Note"}
DEEDS: Mapping[str, Callable[[CallBackPath], object]] = {
    **CALL_BACKS,
    "outcome": lambda path: outcome_of_call_back(path=path, body=OutcomeBody.model_validate(typed(*OF_DEEDS))),
}


@blueprint.get("/call-backs")
def call_backs() -> str:
    """Call-backs, those rated red first, then the sooner due: those that are still to be made, or those of a state."""
    state = state_asked(SHOWN)
    wanted = CallBackQuery.model_validate({"state": state, "cursor": asked("cursor"), "limit": LIST})
    found: Mapping[str, Any] = every_call_back(query=wanted)
    rows = [_row(one) for one in found["items"]]
    return drawn(
        "papers/call_backs", here=HERE, columns=COLUMNS, shown=SHOWN, state=state, rows=rows, next=found["next"]
    )


def _row(one: Mapping[str, Any]) -> Row:
    urgent = (URGENT[one["urgency"]],) if one["urgency"] in URGENT else ()
    where, times = url_for("desk_page.read_call_back", key=one["id"]), len(one["attempts"])
    tried = f"{times} time{'' if times == 1 else 's'}" if times else "Not yet"
    cells = (_whom(one), _line(one), tried, _owner(one) or "Nobody")
    return Row(where, moment(one["target"]), (*urgent, STATES[one["state"]]), cells)


def _whom(one: Mapping[str, Any]) -> str:
    """The number; of a check the body, as it is printed."""
    body = BODIES.get(one["body"])
    number = str(one["number"]["national"]) if one["number"] else ""
    return ", ".join(part for part in (body.name if body else "", number) if part) or "Number not shown"


def _line(one: Mapping[str, Any]) -> str:
    return line_name(one["line"], newest_world()) if one["line"] else ""


def _owner(one: Mapping[str, Any]) -> str:
    return "" if not one["owner"] else "You" if one["owner"] == caller().id else "A colleague"


@blueprint.get("/call-backs/new")
def new_call_back_form() -> Response:
    """An empty form."""
    return _form({"kind": Sort.PLAIN.value, "urgency": "normal"})


@blueprint.post("/call-backs/new")
def book_call_back() -> Reply:
    """Book it; where one to the same number is still to be made it joins that one, which is shown."""
    given = typed(*OF_BOOKING)
    body = given | {"within": given["within"] or None}
    key = made(lambda: new_call_back(body=CallBackBody.model_validate(body)))
    if isinstance(key, str):
        return led_to("read_call_back", key)
    return _form(given, key.status, wrong(key, OF_BOOKING, INSTEAD))


def _form(given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    lines = {plan.line: plan.name for plan in sorted(plans_in_force(newest_world()), key=lambda plan: plan.name)}
    bodies = {body.code: body.name for body in BODIES.values()}
    return form_page(
        "call_back_form", status, faults, given=given, kinds=KINDS, urgencies=URGENCIES, lines={"": "None"} | lines,
        bodies=CHOOSE | bodies,
    )  # fmt: skip


@blueprint.get("/call-backs/<key>")
def read_call_back(key: str) -> Response:
    """A call-back with what was written down; that it was read is noted."""
    return _shown(key)


@blueprint.post("/call-backs/<key>/<deed>")
def call_back_deed(key: str, deed: str) -> Reply:
    """Take it, give it back, have it dialled, or say what came of it."""
    act = named_deed(DEEDS, deed)
    why = refusal(lambda: act(CallBackPath(id=key)))
    return _shown(key, why.status, wrong(why, OF_DEEDS)) if why else led_to("read_call_back", key)


def _shown(key: str, status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    one: Mapping[str, Any] = one_call_back(path=CallBackPath(id=key))
    readings = sorted(one["readings"], key=lambda reading: datetime.fromisoformat(reading["at"]))
    outcomes = CAME | (VERIFIED if may_be_verified(one) else {})
    words = {"states": STATES, "urgent": URGENT, "told": TOLD, "tried": TRIED, "goes": GOES}
    page = drawn(
        "papers/call_back", one=one, readings=readings, whom=_whom(one), line=_line(one), owner=_owner(one), words=words,
        outcomes=outcomes, wrong=faults, given={name: text(name) for name in OF_DEEDS}, can=_can(one),
    )  # fmt: skip
    return Response(page, status)


def _can(one: Mapping[str, Any]) -> Mapping[str, bool]:
    """What the API takes now (``desk.callback_deeds``); ``ring``: whoever asks is at the desk, and their phone is free."""
    is_active, is_dialled = one["state"] in ACTIVE, one["state"] == Stand.DIALLING
    is_mine, is_free = one["owner"] == caller().id, not one["owner"]
    is_ready = one["state"] in (Stand.OPEN, Stand.ESCALATED) and one["number"] is not None
    return {
        "outcome": is_active,
        "take": is_active and is_free,
        "release": is_active and not (is_dialled or is_free) and (is_mine or caller().role is Role.ADMIN),
        "dial": is_ready and (is_mine or is_free),
        "ring": _is_at_rest(),
    }


def _is_at_rest() -> bool:
    with desk().database.read() as connection:
        me = presence.one(connection, caller().id)
    return me is not None and me.is_there(now()) and me.status in RESTING
