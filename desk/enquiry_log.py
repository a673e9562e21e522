"""How is an enquiry logged? Checked, sealed, matched with earlier ones; a second one begins a task: all in one transaction."""

import json
from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from admin.auth import author
from admin.calls import SID
from admin.ports import desk, newest_world, now
from admin.problems import Faults, ProblemError
from desk.contact_access import deed
from desk.contact_saving import line_of_call
from desk.contact_values import matches_of
from desk.contacts import UNSEALABLE
from desk.enquiry_rules import AGENCIES, REASON_CODES, STANDINGS, TWO_YEARS, prompts
from desk.enquiry_shapes import EnquiryBody
from desk.new_tasks import begin
from desk.paper_children import children_in
from desk.sealed import sealer
from directory.problems import Fault
from store import enquiries
from store.database import Transaction
from store.enquiries import Enquiry
from store.sealing import SealError

ABOUT, REFER = "enquiry", "refer-to-area-team"
CHILD, FAMILY = "child", "family"
CONTENTS, ANSWER, HOW = "enquiry", "enquiry answer", "enquiry verified"
NO_CHOICE = "“{given}” is not one of the choices; use {choices}."
NO_CALL = "this is not a call's SID; leave it out where there was no call."
NOBODY = "an enquiry is about a child or a family: name a child, or give the family's reference."


def logged(connection: Transaction, body: EnquiryBody) -> Enquiry:
    """A new enquiry. 422 with every fault."""
    faults = Faults()
    line, authority = _line(connection, body, faults)
    children = children_in(body.children, faults)
    _check(body, faults)
    body.refuse(faults)
    keys = _keys(body, authority, children)
    earlier = enquiries.alike(connection, authority, counted(keys), TWO_YEARS.begins(now()))
    said = prompts(len(earlier), body.known)
    new = Enquiry(
        uuid4().hex[:16], authority, line, body.call or None, body.agency, body.reason, body.known,
        [prompt.kept for prompt in said], _sealed(body, children), now(), author(body.why).who,
    )  # fmt: skip
    enquiries.add(connection, new, keys, deed(body.why))
    if any(prompt.fired for prompt in said):
        begin(connection, REFER, authority, ABOUT, new.id, now())
    return new


def counted(keys: Mapping[str, str]) -> Collection[str]:
    """The hashes by which enquiries count as the same: a child's alone, or the family's too, as the deployment says (X24)."""
    return [key for key, unit in keys.items() if unit == CHILD or desk().records.enquiry_unit == FAMILY]


def contents(known: Enquiry) -> dict[str, Any]:
    """What an enquiry holds: ``enquirer``, ``children``, ``family``, ``concern``. 409 where our secret does not open it."""
    found: dict[str, Any] = json.loads(opened(known.sealed, CONTENTS))
    return found


def opened(sealed: str, purpose: str) -> str:
    """A sealed text. 409 where our secret does not open it."""
    try:
        return sealer().open(sealed, purpose)
    except SealError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, UNSEALABLE) from fault


def _line(connection: Transaction, body: EnquiryBody, faults: Faults) -> tuple[str, str]:
    """The line of the call, and its authority; else the authority that was given."""
    if body.call and not SID.fullmatch(body.call):
        faults.say("call", "sid", NO_CALL)
    line = line_of_call(connection, body.call) if body.call else None
    world = newest_world()
    plan = world.plans.of_line(line) if line else None
    if plan:
        return plan.line, plan.authority
    if not body.authority:
        faults.note("authority", Fault.MISSING)
    elif body.authority not in world.directory.authorities:
        faults.note("authority", Fault.UNKNOWN, body.authority)
    return line or "", body.authority


def _check(body: EnquiryBody, faults: Faults) -> None:
    choices = (
        ("agency", body.agency, AGENCIES),
        ("reason", body.reason, REASON_CODES),
        ("known", body.known, STANDINGS),
    )
    for field, given, allowed in choices:
        if given not in allowed:
            faults.say(field, "choice", NO_CHOICE.format(given=given[:40], choices=", ".join(allowed)))
    if not (body.children or body.family):
        faults.say("children", "missing", NOBODY)


def _keys(body: EnquiryBody, authority: str, children: list[dict[str, str]]) -> dict[str, str]:
    keys = dict.fromkeys(matches_of(children, sealer()), CHILD)
    if body.family:
        keys[sealer().match(FAMILY, authority, body.family)] = FAMILY
    return keys


def _sealed(body: EnquiryBody, children: list[dict[str, str]]) -> str:
    held = {
        "enquirer": body.enquirer.model_dump(),
        "children": children,
        "family": body.family,
        "concern": body.concern,
    }
    return sealer().seal(json.dumps(held), CONTENTS)
