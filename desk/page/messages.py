"""How do messages wait on a page until somebody has read them? On open cases, in the morning, to the night team: one shelf, three uses."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Refusal, Wrong, refusal
from admin.console.pages import asked
from admin.ports import now
from admin.problems import FieldProblem, ProblemError, missing
from desk import hand_backs, messages, staff_alerts
from desk.contacts import KEY
from desk.hand_backs import HandBackBody, new_hand_back
from desk.message_kinds import BY_ROLE
from desk.message_shelf import READ, UNREAD, MessageQuery, acknowledged, one, those
from desk.messages import OpenCaseBody, new_message
from desk.page.pages import blueprint, drawn
from desk.page.papers import LIST, NOT_CHOSEN, Listing, Row, Tag, authorities, form_page, moment, name_of, typed, wrong
from desk.staff_alerts import StaffAlertBody, new_staff_alert

STATES = {UNREAD: "Unread", READ: "Read"}
COLUMNS = ("Written", "For", "Authority", "To be read by", "Belongs to", "Written by")
NEXT_TEAM = "The team that works next"
SHORT = {"mash-navigator": "MASH navigator", "pqa": "PQA"}
WHERE = {"authority": "Authority", "call": "The call", "about": "The id of the contact record"}
MORNING, AT_ONCE = "morning", 20
"""The list that is worked through, and how many of its entries are opened at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a message says under one label; ``kind`` is the field in which it is written: lines, line, tick or roles."""

    name: str
    label: str
    hint: str = ""
    kind: str = "lines"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One use of the shelf: its place in the address, its words (``end`` is what its reader says), and how one is written."""

    code: str
    kinds: Collection[str]
    title: str
    intro: str
    name: str
    begin: str
    send: str
    end: str
    parts: tuple[Part, ...]
    new: Callable[[Mapping[str, Any]], Response]

    @property
    def labels(self) -> dict[str, str]:
        """The fields of its form, in order."""
        return WHERE | {part.name: part.label for part in self.parts}


OPEN_CASES = Shelf(
    "open-cases", messages.KINDS, "Messages on open cases",
    "What matters about a child whose case is open goes to the three roles that work with them (C:42). Each role reads its own.",
    "Message", "Send a message", "Send it", "I have read it",
    (Part("to", "For whom", "Tick none for all three.", "roles"), Part("text", "What matters")),
    lambda given: new_message(body=OpenCaseBody.model_validate(given)),
)  # fmt: skip
HAND_BACKS = Shelf(
    "hand-backs", hand_backs.KINDS, "Hand-backs of the night team",
    "What the night team did, for the allocated worker or the team of the day, due when the next working day opens (B:63).",
    "Hand-back", "Write a hand-back", "Hand it back", "I take over",
    (Part("happened", "What happened"), Part("left_to_do", "What is left to do")),
    lambda given: new_hand_back(body=HandBackBody.model_validate(given)),
)  # fmt: skip
STAFF_ALERTS = Shelf(
    "staff-alerts", staff_alerts.KINDS, "Alerts of staff",
    "What members of staff ask of the night team. One that comes after the day has ended is heard until it is acknowledged (B:68).",
    "Alert", "Alert the night team", "Pass it on", "I have read it, for the night team",
    (Part("details", "What the night team must know", "The basic, relevant and correct information (B:65)."),
     Part("purpose", "Why the night team is asked (B:66)"),
     Part("contingency", "What is to be done if it does not go as planned (B:65)"),
     Part("manager_consulted", "Which manager was consulted", "Before the alert is passed on (B:67).", "line"),
     Part("somebody_leaves", "A person is to be asked to leave a home (B:65)", kind="tick"),
     Part("description", "What that person looks like", "Needed where somebody is to leave."),
     Part("exceptional", "Why the alert does not come by Mosaic (B:64)")),
    lambda given: new_staff_alert(body=StaffAlertBody.model_validate(given)),
)  # fmt: skip
SHELVES: Mapping[str, Shelf] = {shelf.code: shelf for shelf in (OPEN_CASES, HAND_BACKS, STAFF_ALERTS)}
SHELF_OF: Mapping[str, str] = {kind: shelf.code for shelf in SHELVES.values() for kind in shelf.kinds}


@dataclass(frozen=True, slots=True)
class Opened:
    """A message, and what it says; or, in words, why that is not shown to whoever asks."""

    one: Mapping[str, Any]
    late: bool
    closed: str = ""


def whom(role: str) -> str:
    """A role, in words."""
    return SHORT.get(role) or role.replace("-", " ").capitalize() or NEXT_TEAM


ROLES = {role: whom(role) for role in BY_ROLE}


def shelf_of(code: str) -> Shelf:
    """A use of the shelf, by its place in the address. 404."""
    if code not in SHELVES:
        raise missing(f"kind of message “{code[:16]}”")
    return SHELVES[code]


@blueprint.get("/messages/<shelf>")
def message_list(shelf: str) -> str:
    """Messages without what they say, the oldest first: those that wait, or those that were read."""
    here, every = shelf_of(shelf), authorities()
    state = READ if asked("state") == READ else UNREAD
    about = asked("about") if KEY.fullmatch(asked("about")) else ""
    kept = {"authority": chosen("authority", every), "about": about}
    query = MessageQuery.model_validate(kept | {"state": state, "cursor": asked("cursor"), "limit": LIST})
    found: Mapping[str, Any] = those(here.kinds, query)
    return drawn(
        "papers/message_list", here=here.code, shelf=here, state=state, next=found["next"], kept=kept, authorities=every,
        listing=Listing(here.title, here.intro, (), STATES, COLUMNS, ""),
        rows=[_row(here, row, every) for row in found["items"]],
    )  # fmt: skip


def chosen(name: str, options: Collection[str]) -> str:
    """What the address asks for under this name, if it is one of these; else nothing."""
    return asked(name) if asked(name) in options else ""


def _row(here: Shelf, row: Mapping[str, Any], names: Mapping[str, str]) -> Row:
    is_read = row["state"] == READ
    read = Tag(f"Read by {name_of(row['read_by'])}", "green") if is_read else Tag("Unread", "blue")
    cells = (
        whom(row["role"]), names.get(row["authority"], ""), moment(row["due_at"]) or "No time is printed",
        "A contact record" if row["about"] else "A call" if row["call"] else "Nothing", name_of(row["made_by"]),
    )  # fmt: skip
    tags = (*((Tag("Late", "red"),) if is_late(row) else ()), read)
    return Row(url_for("desk_page.message", shelf=here.code, key=row["id"]), moment(row["made_at"]), tags, cells)


def is_late(row: Mapping[str, Any]) -> bool:
    """Whether it should have been read by now."""
    due = row["due_at"]
    return row["state"] == UNREAD and bool(due) and datetime.fromisoformat(due) <= now()


@blueprint.get("/messages/<shelf>/new")
def new_message_form(shelf: str) -> Response:
    """An empty form, but for the record that it is about."""
    return _form(shelf_of(shelf), {name: asked(name) for name in WHERE})


@blueprint.post("/messages/<shelf>/new")
def send_message(shelf: str) -> Reply:
    """Write it, whole or not at all; then its page, or those that were sent together."""
    here, replies = shelf_of(shelf), list[Response]()
    given = _given(here)
    why = _refused(lambda: replies.append(here.new(given)))
    if why:
        return _form(here, given, why.status, wrong(why, here.labels))
    key = replies[0].get_json().get("id")
    return _to("message", shelf=shelf, key=key) if key else _to("message_list", shelf=shelf, about=given["about"])


def _given(here: Shelf) -> dict[str, Any]:
    taken: dict[str, Callable[[str], object]] = {
        "tick": lambda name: request.form.get(name) == "yes",
        "roles": request.form.getlist,
    }
    others = {part.name: taken[part.kind](part.name) for part in here.parts if part.kind in taken}
    return typed(*(name for name in here.labels if name not in others)) | others


def _refused(act: Callable[[], object]) -> Refusal | None:
    """Why not; a record that is closed is a fault of the field that names it, and what was typed stays."""
    try:
        return refusal(act)
    except ProblemError as fault:
        if fault.status is not HTTPStatus.FORBIDDEN:
            raise
        return Refusal(fault.status, fault.detail, (FieldProblem(field="about", code="closed", message=fault.detail),))


def _form(
    here: Shelf, given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()
) -> Response:
    return form_page("message_form", status, faults, given=given, shelf=here, roles=ROLES)


@blueprint.get("/messages/<shelf>/<key>")
def message(shelf: str, key: str) -> Response:
    """A message with what it says; that it was read is noted."""
    return _shown(shelf_of(shelf), key)


@blueprint.post("/messages/<shelf>/<key>/acknowledge")
def acknowledge_message(shelf: str, key: str) -> Reply:
    """You have read it, and see to it; on to its page, or to what waits beside it."""
    here, read = shelf_of(shelf), list[Mapping[str, Any]]()
    why = refusal(lambda: read.append(acknowledged(here.kinds, key, "")))
    if why:
        return _shown(here, key, why.status, (Wrong("", why.detail),))
    if request.form.get("then") == MORNING:
        return _to("morning", authority=read[0]["authority"])
    return _to("message", shelf=shelf, key=key)


def _shown(here: Shelf, key: str, status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    found = one(here.kinds, key)
    page = drawn(
        "papers/message", shelf=here, one=found, wrong=faults, whom=whom(str(found["role"])), late=is_late(found),
        authorities=authorities(),
    )  # fmt: skip
    return Response(page, status)


@blueprint.get("/messages/hand-backs/morning")
def morning() -> Response:
    """What the night team left for one authority, opened: each reading is noted."""
    every = authorities()
    authority = chosen("authority", every)
    is_wrong = "authority" in request.args and not authority
    found: Mapping[str, Any] = {"items": [], "next": None}
    if authority:
        query = {"authority": authority, "state": UNREAD, "cursor": asked("cursor"), "limit": AT_ONCE}
        found = those(HAND_BACKS.kinds, MessageQuery.model_validate(query))
    page = drawn(
        "papers/message_morning", shelf=HAND_BACKS, authority=authority, authorities=every,
        entries=[_opened(row) for row in found["items"]], next=found["next"], then=MORNING,
        wrong=(Wrong("authority", f"Authority: {NOT_CHOSEN}"),) if is_wrong else (),
    )  # fmt: skip
    return Response(page, HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK)


def _opened(row: Mapping[str, Any]) -> Opened:
    try:
        return Opened(one(HAND_BACKS.kinds, row["id"]), is_late(row))
    except ProblemError as fault:
        return Opened(row, is_late(row), fault.detail)


def _to(endpoint: str, **values: Any) -> Reply:
    return redirect(url_for(f"{blueprint.name}.{endpoint}", **values), HTTPStatus.SEE_OTHER)
