"""How does a handler book a call-back? To a number that may be called, or, for a check, to a switchboard that we know already."""

from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

from admin.auth import author
from admin.calls import SID
from admin.ports import now
from admin.problems import Faults, ProblemError
from desk.bodies import BODIES
from desk.callback_calls import is_destination
from desk.callback_shapes import CallBackBody
from desk.callback_showing import URGENCIES, noted, sealed_words
from desk.callback_times import due, escalates_at, told
from desk.checks import ASKED
from desk.contacts import KEY
from desk.paperwork import NO_CALL, NOT_NOW, changed
from desk.targets import EMERGENCY
from directory.numbers import Number, NumberRefusal, number_from
from directory.problems import Fault
from directory.rows import number_for
from ivr.moment import World
from store import callbacks, papers, switchboards
from store.callbacks import ACTIVE, CallBack, Sort, Stand
from store.database import Transaction
from store.papers import Paper, Pile

NOT_GIVEN = (
    "a check is never made on a number that whoever asks has given; leave it out: the known switchboard of their body is dialled "
    "(C:85)."
)
OURS = "callers are sent to this number, so it is never called back; ring it yourself."
WHOSE = "name the line or the authority."
NOT_THEIRS = "this line belongs to {authority}; leave the authority out, or name another line."
NOT_A_BODY = "“{body}” is not among those whom checks are answered for; GET /bodies lists them."
ONLY_CHECKS = "only a check names a body; use the kind “check”, or leave it out."
NO_CHECK = "there is no check of this id for which this body asks this authority; leave it out where there is none."
HAS_ONE = "A call back is booked for this check already; go on with that one."
CHECKS_FOR = "cambridgeshire"
"""Whose list of bodies it is (C:73-C:83)."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The authority and the line of a call-back."""

    authority: str
    line: str


def booked(connection: Transaction, world: World, body: CallBackBody) -> CallBack:
    """The call-back, or the one that it has joined. 422 with every fault."""
    faults = Faults()
    kind = Sort.CHECK if body.kind == Sort.CHECK else Sort.PLAIN
    _choices(body, kind, faults)
    whose = _whose(body, kind, world, faults)
    number = _number(body, kind, whose, world, faults)
    check = _check(connection, body, whose, faults) if body.check else None
    body.refuse(faults)
    if check:
        _refuse_second(connection, check)
    new = _new(connection, world, body, whose, number)
    made = callbacks.add(connection, new)
    if check:
        bound = replace(check, facts={**check.facts, "callback": made.id})
        changed(connection, Pile.CHECK, check, bound, body.why)
    kept = callbacks.opened(connection, made.merged_into or made.id) or made
    after = {"authority": whose.authority, "line": whose.line, "kind": kind.value, "joined": made.merged_into}
    noted(connection, "book", made.id, after, body.why)
    return kept


def _new(connection: Transaction, world: World, body: CallBackBody, whose: Whose, number: Number | None) -> CallBack:
    at, within = now(), timedelta(hours=body.within) if body.within else None
    found = due(at, within, whose.authority, whose.line, world)
    waits = body.kind == Sort.CHECK and switchboards.one(connection, body.body) is None
    return CallBack(
        uuid4().hex[:16], whose.authority, whose.line, number.e164 if number else None, at, author().who, found.target,
        found.promise, told(found), escalates_at(at, found.target), kind=Sort(body.kind), body=body.body,
        sealed=sealed_words(body.about, body.person, body.check), call=body.call or None, urgency=URGENCIES.index(body.urgency),
        state=Stand.WAITING if waits else Stand.OPEN,
    )  # fmt: skip


def _choices(body: CallBackBody, kind: Sort, faults: Faults) -> None:
    if body.kind not in tuple(Sort):
        faults.say("kind", "choice", "use plain or check.")
    if body.urgency not in URGENCIES:
        faults.say("urgency", "choice", f"use {', '.join(URGENCIES)}.")
    if body.call and not SID.fullmatch(body.call):
        faults.say("call", "sid", NO_CALL)
    if kind is Sort.CHECK and body.body not in BODIES:
        faults.say("body", "not-on-the-list", NOT_A_BODY.format(body=body.body))
    elif kind is Sort.PLAIN and body.body:
        faults.say("body", "not-a-check", ONLY_CHECKS)


def _check(connection: Transaction, body: CallBackBody, whose: Whose, faults: Faults) -> Paper | None:
    """The check that the call-back is made for, which this body asks this authority."""
    paper = papers.one(connection, Pile.CHECK, body.check) if KEY.fullmatch(body.check) else None
    if paper is None or (paper.kind, paper.authority) != (body.body, whose.authority):
        faults.say("check", "unknown", NO_CHECK)
    return paper


def _refuse_second(connection: Transaction, check: Paper) -> None:
    """409 where it is established already who asks, or another call-back may still establish it."""
    known = callbacks.one(connection, check.facts["callback"])
    if check.state != ASKED:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_NOW.format(state=check.state))
    if known and (known.state in ACTIVE or known.verified_at):
        raise ProblemError(HTTPStatus.CONFLICT, HAS_ONE)


def _whose(body: CallBackBody, kind: Sort, world: World, faults: Faults) -> Whose:
    plan = world.plans.of_line(body.line) if body.line else None
    if body.line and plan is None:
        faults.note("line", Fault.UNKNOWN, body.line)
    if plan and body.authority not in ("", plan.authority):
        faults.say("authority", "not-theirs", NOT_THEIRS.format(authority=plan.authority))
    if plan:
        return Whose(plan.authority, plan.line)
    named = body.authority or (CHECKS_FOR if kind is Sort.CHECK else "")
    if named and named not in world.directory.authorities:
        faults.note("authority", Fault.UNKNOWN, named)
    elif not named and not body.line:
        faults.say("authority", "missing", WHOSE)
    return Whose(named, _first_line(named, world))


def _first_line(authority: str, world: World) -> str:
    """The authority's first line that has a number; empty where none has one."""
    lines = world.directory.lines
    plans = (plan for slug in sorted(lines) if lines[slug].numbers and (plan := world.plans.of_line(slug)))
    return next((plan.line for plan in plans if plan.authority == authority), "")


def _number(body: CallBackBody, kind: Sort, whose: Whose, world: World, faults: Faults) -> Number | None:
    if kind is Sort.CHECK:
        if body.number:
            faults.say("number", "given", NOT_GIVEN)
        return None
    if not body.number:
        faults.note("number", Fault.MISSING)
        return None
    return number_to_call(body.number, whose.authority, world, faults)


def number_to_call(text: str, authority: str, world: World, faults: Faults) -> Number | None:
    """A number that may be called back: allowed by policy, none of ours, and none to which callers are sent (ruling 8)."""
    if number_from(text) is NumberRefusal.SHORT_CODE:
        faults.say("number", "emergency", EMERGENCY)
        return None
    found = number_for(text, world.directory, authority)
    if not isinstance(found, Number):
        faults.note("number", found, text)
    elif is_destination(found, world.directory):
        faults.say("number", "destination", OURS)
    else:
        return found
    return None
