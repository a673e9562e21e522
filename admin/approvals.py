"""What waits for a second person, and what became of what did?"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify
from pydantic import BaseModel, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Strict
from admin.listing import Search, document, matches, page
from admin.ports import desk, newest_world, now
from admin.problems import Faults, ProblemError, missing
from admin.scope import refuse_outside
from admin.shapes import NumberOut, moment_out, number_out
from admin.whys import REJECTION, refuse_without_why
from directory.numbers import Number
from directory.snapshot import Change, Kind
from store import approvals
from store.approvals import Approval, DecidedError, SamePersonError, State
from store.directory import StaleError

ID = re.compile(r"[0-9a-f]{1,16}")
DECIDED = (
    "This does not wait any more: it was approved, rejected, or is older than a week. Ask again if it is still wanted."
)
SAME = (
    "Whoever asks cannot be the one who approves, nor can anybody whose key or account they have made or changed within the last week; "
    "ask another administrator."
)
CHANGED = "The authority has changed since this was asked for; reject it, and ask again on what stands there now."

api = resource_api("approvals", "Policy exceptions that wait for a second person.")


class ApprovalPath(Strict):
    """Which approval."""

    id: str


class ApprovalSearch(Search):
    """Which approvals."""

    state: State | None = Field(None, description="Only those that are waiting, approved, rejected or expired.")


class Decision(Body):
    """A decision; why it is so can be said, and must be said of a rejection."""


class WantedOut(BaseModel):
    """A number that the policy should allow, and why."""

    number: NumberOut
    reason: str


class ApprovalOut(BaseModel):
    """An authority's exceptions as somebody asked for them, whole, and what became of them."""

    id: str
    authority: str
    exceptions: list[WantedOut]
    version: int = Field(description="The version of the authority on which it was asked for.")
    why: str
    asked_by: str
    asked_at: str
    expires_at: str
    state: State
    decided_by: str | None
    decided_at: str | None


class ApprovalList(BaseModel):
    """A page of approvals."""

    items: list[ApprovalOut]
    next: str | None


@api.get("/approvals", responses={200: ApprovalList})
def every_approval(query: ApprovalSearch) -> Mapping[str, object]:
    """Everything that was asked for, the oldest first."""
    with desk().database.read() as connection:
        found = approvals.every(connection, now())
    cut = page((one for one in found if _wanted(one, query)), lambda one: f"{one.asked_at.isoformat()} {one.id}", query)
    return document([approval_out(one) for one in cut.items], cut.next)


def _wanted(one: Approval, query: ApprovalSearch) -> bool:
    if query.authority not in ("", one.slug) or query.state not in (None, one.state):
        return False
    return matches(query.q, one.id, one.slug, one.why, one.asked_by, one.state)


@api.get("/approvals/<id>", responses={200: ApprovalOut})
def one_approval(path: ApprovalPath) -> dict[str, Any]:
    """Something that was asked for."""
    return approval_out(_found(path.id))


def _found(approval: str) -> Approval:
    if ID.fullmatch(approval):
        with desk().database.read() as connection:
            found = approvals.one(connection, approval, now())
        if found:
            return found
    raise missing("approval with this id")


def _own(approval: str) -> Approval:
    """What was asked for of an authority that is this caller's to change."""
    found = _found(approval)
    refuse_outside([Change(Kind.AUTHORITY, found.slug, None)], newest_world())
    return found


@api.post("/approvals/<id>/approve", responses={200: ApprovalOut})
def approved(path: ApprovalPath, body: Decision) -> Response:
    """Agree, as another administrator than the one who asked: the exceptions are in force at once."""
    refuse_faults(body)
    asked, doer = _own(path.id), author(body.why)
    try:
        with desk().database.write_in_order() as connection:
            decided = approvals.approve(connection, asked, doer, now())
    except SamePersonError as fault:
        raise ProblemError(HTTPStatus.FORBIDDEN, SAME) from fault
    except StaleError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, CHANGED) from fault
    except DecidedError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, DECIDED) from fault
    desk().publication.publish()
    return jsonify(approval_out(decided))


@api.post("/approvals/<id>/reject", responses={200: ApprovalOut})
def rejected(path: ApprovalPath, body: Decision) -> Response:
    """Refuse, or take back what one has asked for; nothing is written."""
    refuse_faults(body)
    asked, doer = _own(path.id), author(body.why)
    if not doer.why:
        refuse_without_why(REJECTION)
    try:
        with desk().database.write_in_order() as connection:
            decided = approvals.reject(connection, asked, doer, now())
    except DecidedError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, DECIDED) from fault
    return jsonify(approval_out(decided))


def refuse_faults(body: Body) -> None:
    """422 where the body itself has faults."""
    body.refuse(Faults())


def approval_out(one: Approval) -> dict[str, Any]:
    """An approval as it is answered."""
    return ApprovalOut(
        id=one.id,
        authority=one.slug,
        exceptions=[WantedOut(number=number_out(Number(e164), None), reason=why) for e164, why in one.exceptions],
        version=one.version,
        why=one.why,
        asked_by=one.asked_by,
        asked_at=moment_out(one.asked_at) or "",
        expires_at=moment_out(one.expires_at) or "",
        state=one.state,
        decided_by=one.decided_by,
        decided_at=moment_out(one.decided_at),
    ).model_dump(mode="json")
