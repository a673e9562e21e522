"""Who asks with whom a child is, and by when are they answered? CETR requests, taken down or mailed in (D:7-D:16)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from flask import Response

from admin.auth import author
from admin.blueprints import resource_api
from admin.listing import document, matches, page
from admin.ports import desk, newest_world, now
from admin.problems import API, Faults, ProblemError, missing
from admin.shapes import moment_out
from admin.versions import created_as
from desk.cetr_mail import Mail, mail_from
from desk.cetr_reply import reply_of
from desk.cetr_shapes import (
    CetrAnswerBody,
    CetrBody,
    CetrDue,
    CetrHead,
    CetrList,
    CetrMailBody,
    CetrOut,
    CetrPath,
    CetrReading,
    CetrSearch,
)
from desk.cetr_taking import ABOUT, CONTENTS, KIND, Taken, due_in, received_in, written
from desk.contact_access import deed
from desk.contacts import KEY, UNSEALABLE
from desk.new_tasks import finish
from desk.paper_children import PaperChild, children_in
from desk.sealed import sealer
from routing.deadlines import ReplyClass
from store import cetr
from store.cetr import ANSWERED, OPEN, CetrRequest
from store.database import Transaction
from store.sealing import SealError

ANSWER = "cetr answer"
NO_CLASS = f"use one of {', '.join(ReplyClass)}."
EMPTY = "nothing is given; name the child, or say what is asked."
IS_ANSWERED = "This request is answered already; read it to see what was said."
NOT_STATED = "The request names no class in its header, or both: it is answered as the sooner, the same day."
BY_THE_CUT_OFF = "The promise is the later reading of the procedure; work to the target (D:8, D:10)."

api = resource_api(
    "cetr-requests", "Requests for the contact details of a child's worker, each with its class and clock."
)


@api.get("/cetr-requests", responses={200: CetrList})
def every_request(query: CetrSearch) -> Mapping[str, object]:
    """Requests without anybody's name: open ones first, the soonest due first."""
    with desk().database.read() as connection:
        found = cetr.every(connection, query.authority, query.state)
    wanted = (one for one in found if matches(query.q, one.reply, one.state, one.id))
    cut, at = page(wanted, _place, query), now()
    return document([_dumped(_head(one, at)) for one in cut.items], cut.next)


@api.post("/cetr-requests", responses={201: CetrOut})
def new_request(body: CetrBody) -> Response:
    """Take a request down."""
    faults = Faults()
    if body.class_ not in list(ReplyClass):
        faults.say("class", "choice", NO_CLASS)
    mail = Mail(ReplyClass(body.class_) if body.class_ in list(ReplyClass) else ReplyClass.SAME_DAY, stated=True)
    if not (body.child.name or body.child.born or body.details):
        faults.say("details", "missing", EMPTY)
    held = {
        "requester": body.requester.model_dump(),
        "child": _child(body.child, faults),
        "details": body.details,
    }
    taken = _taken(body.authority, "desk", mail, body.received, held, faults)
    body.refuse(faults)
    return _made(taken, body.why)


@api.post("/cetr-mail", responses={201: CetrOut})
def mailed_request(body: CetrMailBody) -> Response:
    """Take a request in as it was mailed: its class is read from its header, and the rest is kept sealed as it is."""
    faults = Faults()
    if not body.text:
        faults.say("text", "missing", EMPTY)
    nobody = {"name": "", "organisation": "", "contact": ""}
    held = {"requester": nobody, "child": _child(PaperChild(), faults), "details": body.text}
    taken = _taken(body.authority, "mail", mail_from(body.text), body.received, held, faults)
    body.refuse(faults)
    return _made(taken, body.why)


@api.get("/cetr-requests/<id>", responses={200: CetrOut})
def one_request(path: CetrPath) -> Mapping[str, object]:
    """A request; that it was read is noted."""
    with desk().database.write_in_order() as connection:
        known = _known(connection, path.id)
        cetr.note_reading(connection, known.id, deed(), now())
        return _shown(known)


@api.post("/cetr-requests/<id>/answer", responses={200: CetrOut})
def answer_request(path: CetrPath, body: CetrAnswerBody) -> Mapping[str, object]:
    """Answer a request by template, from what the look-up gave. Its task is done."""
    with desk().database.write_in_order() as connection:
        known, faults = _known(connection, path.id), Faults()
        if known.state != OPEN:
            raise ProblemError(HTTPStatus.CONFLICT, IS_ANSWERED)
        text = reply_of(body, known.authority, newest_world().directory, now(), faults)
        body.refuse(faults)
        sealed, who = sealer().seal(text, ANSWER), author(body.why).who
        to = replace(known, state=ANSWERED, answer=sealed, answered_at=now(), answered_by=who)
        cetr.change(connection, to, deed(body.why), now())
        finish(connection, KIND, known.id, now())
        return _shown(to)


def _taken(authority: str, origin: str, mail: Mail, received: str, held: Mapping[str, object], faults: Faults) -> Taken:
    at = received_in(received, faults)
    return Taken(authority, origin, mail, at, due_in(authority, mail.reply, at, newest_world(), faults), held)


def _child(given: PaperChild, faults: Faults) -> Mapping[str, str]:
    """The child; faults are named as those of the one child that there is."""
    found = Faults()
    child = children_in([given], found)[0]
    for fault in found.found if given.name or given.born else ():
        at = fault.field.replace("children.0", "child")
        faults.say(at, fault.code, fault.message.partition(": ")[2])
    return child


def _made(taken: Taken, why: str) -> Response:
    with desk().database.write_in_order() as connection:
        new = written(connection, taken, why)
        answer = _shown(new)
    return created_as(answer, f"{API}/{ABOUT}-requests/{new.id}")


def _known(connection: Transaction, key: str) -> CetrRequest:
    found = cetr.one(connection, key) if KEY.fullmatch(key) else None
    if found is None:
        raise missing(f"CETR request “{key[:16]}”")
    return found


def _place(one: CetrRequest) -> str:
    """Open ones first, the soonest due first."""
    return f"{one.state != OPEN:d} {one.target_at.isoformat()} {one.id}"


def _head(one: CetrRequest, at: datetime) -> CetrHead:
    readings = [CetrReading(name=name, at=moment_out(datetime.fromisoformat(text))) for name, text in one.readings]
    return CetrHead(
        id=one.id, authority=one.authority, class_=one.reply, stated=one.stated, origin=one.origin, state=one.state,
        received_at=moment_out(one.received_at), late=one.state == OPEN and one.target_at <= at,
        due=CetrDue(target=moment_out(one.target_at), promise=moment_out(one.promise_at), readings=readings),
        told=BY_THE_CUT_OFF if one.stated else NOT_STATED,
    )  # fmt: skip


def _shown(one: CetrRequest) -> Mapping[str, object]:
    try:
        held, reply = json.loads(sealer().open(one.sealed, CONTENTS)), sealer().open(one.answer, ANSWER)
    except SealError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, UNSEALABLE) from fault
    return _dumped(
        CetrOut(
            **_head(one, now()).model_dump(), **held, reply=reply, answered_at=moment_out(one.answered_at),
            answered_by=one.answered_by,
        )
    )  # fmt: skip


def _dumped(shape: CetrHead) -> Mapping[str, object]:
    return shape.model_dump(mode="json", by_alias=True)
