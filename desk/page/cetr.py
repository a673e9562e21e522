"""How is a CETR request taken in on a page, by form or as mailed text, and answered by its template? By the API's functions."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Refusal, Wrong, refusal
from admin.console.pages import asked
from desk.case_systems import SYSTEMS
from desk.cetr import answer_request, every_request, mailed_request, new_request, one_request
from desk.cetr_shapes import AUTHORITY, CetrAnswerBody, CetrBody, CetrMailBody, CetrPath, CetrSearch
from desk.page.pages import blueprint, drawn
from desk.page.papers import (
    CHOOSE,
    LIST,
    Listing,
    Row,
    Tag,
    form_page,
    led_to,
    list_page,
    made,
    moment,
    state_asked,
    text,
    typed,
    wrong,
)

HERE = "cetr_requests"
STATES = {"open": "Open", "answered": "Answered"}
CLASSES = {"same-day": "The same day", "next-day": "The next day"}
ORIGINS = {"desk": "Taken down", "mail": "Mailed in"}
WAYS = {"office_number": "office number", "mobile": "mobile", "email": "e-mail"}

OF_REQUEST = {
    "class": "By when it is answered", "received": "When it was received", "requester.name": "Name of whoever asks",
    "requester.organisation": "Organisation", "requester.contact": "Where the reply goes", "child.name": "The child's full name",
    "child.born": "The child's date of birth", "details": "What is asked",
}  # fmt: skip
OF_MAIL = {"text": "The mail", "received": "When it was received"}
WORKER = {"worker.name": "Worker's name", **{f"worker.{way}": f"Worker's {said}" for way, said in WAYS.items()}}
MANAGER = {"manager.name": "Manager's name", **{f"manager.{way}": f"Manager's {said}" for way, said in WAYS.items()}}
OF_ANSWER = {"open": "Whether the child is open", "system": "The system", **WORKER, **MANAGER, "team": "Team"}
NO_CLASSES = {"no-classes": "no line of this authority promises CETR replies, so there is nothing to count by."}
LISTING = Listing(
    "CETR requests", "Who asks with whom a child is, and by when they are answered. The soonest due stands first.",
    (("Take a request down", "desk_page.new_cetr_form"), ("Take in a mail", "desk_page.cetr_mail_form")), STATES,
    ("Answer by", "Received", "Class", "How it came"), "No CETR request is waiting, and none was answered.",
)  # fmt: skip


@blueprint.get("/cetr")
def cetr_requests() -> str:
    """Requests: the open ones first, the soonest due before the others."""
    wanted = CetrSearch(state=state_asked(STATES), cursor=asked("cursor"), limit=LIST)
    return list_page(HERE, LISTING, every_request(query=wanted), _row)


def _row(one: Mapping[str, Any]) -> Row:
    tags = (Tag("Answered", "green"),) if one["state"] == "answered" else (Tag("Open", "blue"),)
    late = (Tag("Late", "red"),) if one["late"] else ()
    cells = (moment(one["received_at"]), CLASSES.get(one["class"], ""), ORIGINS.get(one["origin"], ""))
    return Row(url_for("desk_page.cetr_request", key=one["id"]), moment(one["due"]["target"]), (*late, *tags), cells)


@blueprint.get("/cetr/new")
def new_cetr_form() -> Response:
    """An empty form."""
    return _form("cetr_form", {})


@blueprint.post("/cetr/new")
def take_cetr_down() -> Reply:
    """Take it down, and go on to its clock."""
    given = typed(*OF_REQUEST)
    return _made("cetr_form", OF_REQUEST, given, made(lambda: new_request(body=CetrBody.model_validate(given))))


@blueprint.get("/cetr/mail")
def cetr_mail_form() -> Response:
    """A form for the text of a mail."""
    return _form("cetr_mail_form", {})


@blueprint.post("/cetr/mail")
def take_cetr_mail() -> Reply:
    """Take the mail in as it is: its header says its class."""
    given = typed(*OF_MAIL)
    return _made(
        "cetr_mail_form", OF_MAIL, given, made(lambda: mailed_request(body=CetrMailBody.model_validate(given)))
    )


def _made(form: str, labels: Mapping[str, str], given: Mapping[str, Any], key: str | Refusal) -> Reply:
    if isinstance(key, str):
        return led_to("cetr_request", key)
    return _form(form, given, key.status, wrong(key, labels, NO_CLASSES))


def _form(
    form: str, given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()
) -> Response:
    return form_page(form, status, faults, given=given, classes=CHOOSE | CLASSES, authority=AUTHORITY)


@blueprint.get("/cetr/<key>")
def cetr_request(key: str) -> Response:
    """A request with its clock and what is answered; that it was read is noted."""
    return _shown(key)


@blueprint.post("/cetr/<key>/answer")
def answer_cetr(key: str) -> Reply:
    """Answer it by template, from what the look-up in both systems gave."""
    given = typed(*OF_ANSWER)
    body = CetrAnswerBody.model_validate(given | {"open": {"yes": True, "no": False}.get(text("open"))})
    why = refusal(lambda: answer_request(path=CetrPath(id=key), body=body))
    return _shown(key, why.status, wrong(why, OF_ANSWER), given) if why else led_to("cetr_request", key)


def _shown(
    key: str,
    status: HTTPStatus = HTTPStatus.OK,
    faults: tuple[Wrong, ...] = (),
    given: Mapping[str, Any] | None = None,
) -> Response:
    one: Mapping[str, Any] = one_request(path=CetrPath(id=key))
    words = {"classes": CLASSES, "origins": ORIGINS, "ways": WAYS, "systems": {**CHOOSE, **SYSTEMS}}
    return Response(drawn("papers/cetr", one=one, wrong=faults, given=given or {}, words=words), status)
