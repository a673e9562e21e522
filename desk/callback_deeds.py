"""What does a handler do with a call-back? Take it, give it back, have it dialled, and say what came of it."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from admin.auth import author, caller
from admin.blueprints import resource_api
from admin.ports import desk, newest_world, now
from admin.problems import Faults, ProblemError
from desk.callback_calls import HEARD, caller_id, is_destination, may_be_called, number_of
from desk.callback_shapes import BackOut, CallBackCommand, CallBackPath, OutcomeBody
from desk.callback_showing import known, noted, shown, with_note
from desk.callback_watch import KIND
from desk.new_tasks import finish
from desk.occupied import RESTING
from desk.outgoing import refusal
from desk.queue import NOT_FREE, NOT_SIGNED_IN
from ivr.moment import World
from store import callback_attempts, callbacks, parties, presence
from store.callback_attempts import GOING, Attempt, Goes
from store.callbacks import ACTIVE, CallBack, Sort, Stand
from store.database import Transaction
from store.keys import Role
from store.presence import Present, Status
from store.tasks import TaskState

REACHED, VERIFIED, CANCELLED, WRONG = "reached", "verified", "cancelled", "wrong-number"
ENDING: Mapping[str, Stand] = {
    REACHED: Stand.DONE, VERIFIED: Stand.DONE, WRONG: Stand.DONE, CANCELLED: Stand.CANCELLED,
}  # fmt: skip
KEEPING = ("no-answer", "left-word")

OVER = "This call back is {state} already."
TAKEN = "A colleague has this call back; they release it first, or dial it themselves."
NOT_YOURS = "A colleague has this call back; only they can release it."
UNDER_WAY = "This call back is being dialled already."
NO_SWITCHBOARD = (
    "No switchboard of this body is known; an administrator enters it first: PUT /bodies/{body}/switchboard."
)
BUSY = "Your phone rings or is spoken on; finish that call first."
NO_LINE = "No line of this authority answers a number, so there is none to ring from; give a line its number first."
NEVER = "This number is never called back: it is one of ours, or callers are sent there, or the policy denies it."
OWN_PHONE = "This is the number of your own phone."
NOT_VERIFIED = "Nobody at the switchboard has answered yet, so nothing was verified; dial it first."
ONLY_CHECKS = "only a check is verified; use reached."

api = resource_api("callback-deeds", "What is done with call-backs.")


@api.post("/callbacks/<id>/take", responses={200: BackOut})
def take_call_back(path: CallBackPath, body: CallBackCommand) -> Mapping[str, object]:
    """Make it your own. 409 where a colleague has it."""
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        found = _active(connection, path.id)
        _refuse_others(found)
        if not found.owner:
            callbacks.change(connection, found.id, owner=caller().id)
            noted(connection, "take", found.id, None, body.why)
        return shown(connection, found.id)


@api.post("/callbacks/<id>/release", responses={200: BackOut})
def release_call_back(path: CallBackPath, body: CallBackCommand) -> Mapping[str, object]:
    """Give it back to everybody."""
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        found = _active(connection, path.id)
        if found.state is Stand.DIALLING:
            raise ProblemError(HTTPStatus.CONFLICT, UNDER_WAY)
        if found.owner and found.owner != caller().id and caller().role is not Role.ADMIN:
            raise ProblemError(HTTPStatus.CONFLICT, NOT_YOURS)
        if found.owner:
            callbacks.change(connection, found.id, owner="")
            noted(connection, "release", found.id, None, body.why)
        return shown(connection, found.id)


@api.post("/callbacks/<id>/dial", responses={200: BackOut})
def dial_call_back(path: CallBackPath, body: CallBackCommand) -> Mapping[str, object]:
    """Ring your own phone in its turn; key 1 there dials whoever is to be called back. ``position`` is its place meanwhile."""
    body.refuse(Faults())
    world = newest_world()
    with desk().database.write_in_order() as connection:
        found = _active(connection, path.id)
        me, number = _me(connection), _dialable(connection, world, found)
        shows = caller_id(world, found)
        if shows is None:
            raise ProblemError(HTTPStatus.CONFLICT, NO_LINE)
        if me.phone == number:
            raise ProblemError(HTTPStatus.CONFLICT, OWN_PHONE)
        new = Attempt(uuid4().hex[:16], found.id, author().who, me.who, me.phone, shows.e164, now())
        _begun(connection, found, me, new)
        _refuse_beyond(connection, number)
        noted(connection, "dial", found.id, {"attempt": new.id}, body.why)
        return shown(connection, found.id)


@api.post("/callbacks/<id>/outcome", responses={200: BackOut})
def outcome_of_call_back(path: CallBackPath, body: OutcomeBody) -> Mapping[str, object]:
    """Say what came of it. Reached, verified, a wrong number and cancelled end it; otherwise it is still to be made."""
    faults = Faults()
    _choice(body, faults)
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        found = known(connection, path.id)
        if body.outcome == VERIFIED and found.kind is not Sort.CHECK:
            faults.say("outcome", "not-a-check", ONLY_CHECKS)
            body.refuse(faults)
        if found.state not in ACTIVE and found.outcome == body.outcome:
            return shown(connection, found.id)
        _refuse_ended(found)
        _tell(connection, found, body)
        return shown(connection, found.id)


def _choice(body: OutcomeBody, faults: Faults) -> None:
    choices = (*ENDING, *KEEPING)
    if body.outcome not in choices:
        faults.say("outcome", "choice", f"use one of {', '.join(choices)}.")


def _active(connection: Transaction, key: str) -> CallBack:
    found = known(connection, key)
    _refuse_ended(found)
    return found


def _refuse_ended(found: CallBack) -> None:
    if found.state not in ACTIVE:
        raise ProblemError(HTTPStatus.CONFLICT, OVER.format(state=found.state.value))


def _refuse_others(found: CallBack) -> None:
    if found.owner not in ("", caller().id):
        raise ProblemError(HTTPStatus.CONFLICT, TAKEN)


def _me(connection: Transaction) -> Present:
    """Whoever asks, at the desk with a phone that is free."""
    me = presence.opened(connection, caller().id)
    if me is None or not me.is_there(now()):
        raise ProblemError(HTTPStatus.CONFLICT, NOT_SIGNED_IN)
    return me


def _dialable(connection: Transaction, world: World, found: CallBack) -> str:
    """The number to be dialled, E.164. 409 in words where it is not to be dialled now."""
    if found.state is Stand.DIALLING:
        raise ProblemError(HTTPStatus.CONFLICT, UNDER_WAY)
    _refuse_others(found)
    number = number_of(connection, found)
    if number is None:
        raise ProblemError(HTTPStatus.CONFLICT, NO_SWITCHBOARD.format(body=found.body))
    goes_there = found.kind is Sort.PLAIN and is_destination(number, world.directory)
    if goes_there or not may_be_called(number, world.directory):
        raise ProblemError(HTTPStatus.CONFLICT, NEVER)
    return number.e164


def _begun(connection: Transaction, found: CallBack, me: Present, new: Attempt) -> None:
    if me.status not in RESTING:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_FREE.format(status=me.status.value))
    if parties.is_busy(connection, me.who):
        raise ProblemError(HTTPStatus.CONFLICT, BUSY)
    if not callbacks.moves(connection, found.id, (Stand.OPEN, Stand.ESCALATED), Stand.DIALLING, owner=me.who):
        raise ProblemError(HTTPStatus.CONFLICT, UNDER_WAY)
    presence.change(connection, me.who, RESTING, Status.RINGING, now())
    callback_attempts.add(connection, new)


def _refuse_beyond(connection: Transaction, number: str) -> None:
    """409 where the caps of calls out are reached; nothing of it is kept."""
    words = refusal(connection, desk().caps, number, now())
    if words:
        raise ProblemError(HTTPStatus.CONFLICT, words)


def _tell(connection: Transaction, found: CallBack, body: OutcomeBody) -> None:
    """Keep an outcome; one that ends it ends the attempt that waits, and its task."""
    tries = callback_attempts.of(connection, found.id)
    if body.outcome == VERIFIED and not any(one.outcome in HEARD for one in tries):
        raise ProblemError(HTTPStatus.CONFLICT, NOT_VERIFIED)
    to = ENDING.get(body.outcome)
    noted(connection, "outcome", found.id, {"outcome": body.outcome, "authority": found.authority}, body.why)
    values: dict[str, object] = {"outcome": body.outcome, "note": with_note(found, body.note).note}
    if to is None:
        callbacks.change(connection, found.id, **values)
        return
    ended = {"state": to.value, "ended_at": now(), "ended_by": author().who, "open_as": None}
    verified = {"verified_at": now(), "verified_by": author().who} if body.outcome == VERIFIED else {}
    callbacks.change(connection, found.id, **values, **ended, **verified)
    for one in tries:
        _stops(connection, one)
    finish(connection, KIND, found.id, now(), TaskState.WITHDRAWN if to is Stand.CANCELLED else TaskState.DONE)


def _stops(connection: Transaction, one: Attempt) -> None:
    """An attempt that waits its turn is over; a phone that rings is told so when it is answered."""
    if one.state in GOING - {Goes.DIALLED}:
        callback_attempts.end(connection, one.id, "withdrawn", now())
    if one.state is Goes.WAITING:
        presence.change(connection, one.handler, (Status.RINGING,), Status.AVAILABLE, now())
