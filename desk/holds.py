"""What must not be purged, and why? Legal holds, on one record or on everything about a child."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from flask import Response
from pydantic import BaseModel, Field

from admin.auth import author, caller
from admin.blueprints import resource_api
from admin.body import Body, Slug, Strict
from admin.listing import Paging, document, page
from admin.ports import desk, now
from admin.problems import API, Faults, ProblemError, invalid, missing
from admin.shapes import moment_out
from admin.versions import created_as, gone
from desk.contact_access import deed
from desk.contact_records import CHILD_NEEDED, NO_REASON
from desk.contact_values import NOT_BORN, is_date, match_of
from desk.contacts import KEY, UNSEALABLE
from desk.paper_children import PaperChild
from desk.retention import TYPES
from desk.retention_children import know_children
from desk.sealed import sealer
from store import holds, retention
from store.database import Transaction
from store.holds import Hold
from store.keys import Role
from store.sealing import SealError

PURPOSE = "legal hold"
ONE = "give either the id of a record, or a child by name and date of birth."
NO_RECORD = "there is no record of this id; give the id of a call, contact, enquiry, CETR request or task."
SAY_WHY = "say why; it is kept sealed, for administrators."

api = resource_api("legal-holds", "What must not be purged.")


class HoldPath(Strict):
    """Which hold."""

    id: str


class HoldBody(Body):
    """What is held: a record, or everything about a child; ``why`` is needed, and is kept sealed."""

    record: Slug = Field("", description="The id of a record, or the SID of a call.")
    child: PaperChild = PaperChild()


class HoldOut(BaseModel):
    """A hold. A child's name is not kept with it: they are known by keyed hash alone."""

    id: str
    on: str = Field(examples=["record", "child"])
    record: str | None
    why: str = Field(description="Empty for those who are not administrators.")
    made_at: str | None
    made_by: str


class HoldList(BaseModel):
    """Holds, the oldest first."""

    items: list[HoldOut]
    next: str | None


@api.get("/legal-holds", responses={200: HoldList})
def every_hold(query: Paging) -> Mapping[str, object]:
    """Every hold."""
    with desk().database.read() as connection:
        found = holds.every(connection)
    cut = page(found, lambda hold: f"{hold.made_at.isoformat()} {hold.id}", query)
    return document([_out(hold).model_dump(mode="json") for hold in cut.items], cut.next)


def one_hold(key: str) -> HoldOut:
    """A hold. 404."""
    with desk().database.read() as connection:
        found = next((hold for hold in holds.every(connection) if hold.id == key), None)
    if found is None:
        raise no_such(key)
    return _out(found)


def no_such(key: str) -> ProblemError:
    """There is no hold of this id."""
    return missing(f"legal hold “{key[:16]}”")


@api.post("/legal-holds", responses={201: HoldOut})
def new_hold(body: HoldBody) -> Response:
    """Hold a record, or everything about a child that is there or is still to come."""
    with desk().database.write_in_order() as connection:
        why, faults = author(body.why).why, Faults()
        _check(connection, body, why, faults)
        body.refuse(faults)
        key = match_of(body.child.name, body.child.born, sealer()) if body.child.name else None
        new = Hold(
            uuid4().hex[:16], body.record or None, key, sealer().seal(why, PURPOSE), now(), author(body.why).who
        )  # fmt: skip
        holds.add(connection, new, deed(body.why))
    if key:
        know_children(desk().database)
    answer = _out(new).model_dump(mode="json")
    return created_as(answer, f"{API}/legal-holds")


@api.delete("/legal-holds/<id>", responses={204: None})
def lifted(path: HoldPath) -> Response:
    """Lift a hold; the reason comes in ``X-Reason``."""
    lift(path.id)
    return gone()


def lift(key: str, why: str = "", field: str = "X-Reason") -> None:
    """Lift a hold; the reason is needed, and comes from ``field``. 404, 422."""
    if not author(why).why:
        faults = Faults()
        faults.say(field, "missing", NO_REASON)
        raise invalid(faults.found)
    with desk().database.write_in_order() as connection:
        if not (KEY.fullmatch(key) and holds.lift(connection, key, deed(why), now())):
            raise no_such(key)


def _check(connection: Transaction, body: HoldBody, why: str, faults: Faults) -> None:
    child = bool(body.child.name or body.child.born)
    if not why:
        faults.say("why", "missing", SAY_WHY)
    if bool(body.record) == child:
        faults.say("record", "one-of-two", ONE)
    elif child and not (body.child.name and body.child.born):
        faults.say("child", "missing", CHILD_NEEDED)
    elif child and not is_date(body.child.born):
        faults.say("child.born", "date", NOT_BORN.format(given=body.child.born[:40]))
    elif body.record and not _is_there(connection, body.record):
        faults.say("record", "unknown", NO_RECORD)


def _is_there(connection: Transaction, key: str) -> bool:
    return any(retention.is_there(connection, one.shelf, key) for one in TYPES)


def _out(hold: Hold) -> HoldOut:
    return HoldOut(
        id=hold.id, on="record" if hold.record else "child", record=hold.record,
        why=_why(hold) if caller().role is Role.ADMIN else "", made_at=moment_out(hold.made_at), made_by=hold.made_by,
    )  # fmt: skip


def _why(hold: Hold) -> str:
    try:
        return sealer().open(hold.sealed, PURPOSE)
    except SealError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, UNSEALABLE) from fault
