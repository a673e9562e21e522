"""How is a meeting made of a preset? Its seats, its chair, the line whose number its people see, and the record it is about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

from admin.auth import caller
from admin.calls import SID
from admin.problems import Faults, ProblemError
from admin.shapes import moment_in
from desk.contact_access import deed, refuse_closed
from desk.contacts import KEY, held
from desk.fields import NOT_PROFESSIONAL
from desk.meeting_presets import PRESETS, REFERRER, Invitee, Preset
from desk.meeting_shapes import NewMeeting
from desk.targets import target_of
from directory.problems import Fault
from ivr.moment import World
from store import calls, contacts, conversations, meetings, presence
from store.contacts import Contact
from store.database import Transaction
from store.meetings import Meeting, Seat

EITHER = "a meeting is about a call or about a contact record, not both; leave one out."
NO_CHAIR = "no chair is printed for this meeting; name one, or sign in at the desk with a phone and chair it yourself."
NO_LINE = "No line of this authority answers a number, so there is none to ring from; give a line its number first."
NO_CALL = "It is not known who made the referral: no call belongs to this meeting."
NOT_KNOWN_TO_BE = (
    "Only a professional who made the referral is invited; the contact record does not say that the caller is one."
)


def made(connection: Transaction, world: World, body: NewMeeting, at: datetime) -> Meeting:
    """A meeting of a preset, not started. 422 with every fault."""
    faults = Faults()
    preset = PRESETS.get(body.preset)
    if preset is None:
        faults.note("preset", Fault.UNKNOWN if body.preset else Fault.MISSING, body.preset)
    record = _about(connection, body, faults)
    agreed = moment_in("at", body.at, faults)
    chair = _chair(connection, world, body, preset, at, faults)
    body.refuse(faults)
    if preset is None:
        raise LookupError(body.preset)
    call = body.call or (record.call if record else None)
    line, number = _line(connection, world, preset, call)
    new = Meeting(
        uuid4().hex[:16], preset.code, preset.authority, line, number, call, record.id if record else None,
        agreed or at, at, caller().id,
    )  # fmt: skip
    meetings.add(connection, new, tuple(_seats(connection, new, preset, chair, record, at)))
    return new


def _about(connection: Transaction, body: NewMeeting, faults: Faults) -> Contact | None:
    if body.call and body.contact:
        faults.say("contact", "either", EITHER)
    if body.call and not _is_known(connection, body.call):
        faults.note("call", Fault.UNKNOWN, body.call)
        return None
    if body.call:
        record = contacts.of_call(connection, body.call)
    else:
        record = contacts.one(connection, body.contact) if KEY.fullmatch(body.contact) else None
        if body.contact and record is None:
            faults.note("contact", Fault.UNKNOWN, body.contact)
    if record:
        refuse_closed(connection, record)
    return record


def _is_known(connection: Transaction, call: str) -> bool:
    if not SID.fullmatch(call):
        return False
    return conversations.one(connection, call) is not None or calls.one(connection, call) is not None


def _chair(
    connection: Transaction, world: World, body: NewMeeting, preset: Preset | None, at: datetime, faults: Faults
) -> dict[str, str] | None:
    """Somebody else than the preset's chair; whoever arranges it where the preset has none."""
    if body.chair:
        return dict(target_of(world, body.chair, faults, "chair") or {})
    if preset is None or any(invitee.chair for invitee in preset.invitees):
        return None
    me = presence.one(connection, caller().id)
    if me is None or not me.is_there(at):
        faults.say("chair", "missing", NO_CHAIR)
        return None
    return {"kind": "handler", "slug": me.who, "name": me.name}


def _line(connection: Transaction, world: World, preset: Preset, call: str | None) -> tuple[str, str]:
    """The line that was called, if it is the authority's, else the first of its lines that has a number."""
    talk = conversations.one(connection, call) if call else None
    own = [
        plan.line
        for plan in map(world.plans.of_line, world.plans.current)
        if plan and plan.authority == preset.authority
    ]
    wanted = [talk.line] if talk and talk.line in own else []
    for line in (*wanted, *sorted(own)):
        entry = world.directory.lines.get(line)
        if entry and entry.numbers:
            return line, entry.numbers[0].e164
    raise ProblemError(HTTPStatus.CONFLICT, NO_LINE)


def _seats(
    connection: Transaction,
    new: Meeting,
    preset: Preset,
    chair: dict[str, str] | None,
    record: Contact | None,
    at: datetime,
) -> Iterator[Seat]:
    rows = [_seat(connection, new, invitee, record, at) for invitee in preset.invitees]
    if chair is not None:
        rows = [replace(row, chair=False) for row in rows]
        same = next((row for row in rows if _is_same(row, chair)), None)
        head = same or Seat(uuid4().hex[:16], new.id, 0, "chair", "Chair", "", chair)
        rows = [replace(head, chair=True), *(row for row in rows if row is not same)]
    yield from (replace(row, place=place) for place, row in enumerate(rows, 1))


def _is_same(row: Seat, chair: dict[str, str]) -> bool:
    return (row.target.get("kind"), row.target.get("slug")) == (chair["kind"], chair["slug"])


def _seat(connection: Transaction, new: Meeting, invitee: Invitee, record: Contact | None, at: datetime) -> Seat:
    target, gap = {"kind": invitee.kind, "slug": invitee.slug, "name": invitee.words}, ""
    if invitee.kind == REFERRER:
        gap = _no_referrer(connection, new, record, at)
        target = {} if gap else target | {"slug": new.call or ""}
    return Seat(
        uuid4().hex[:16], new.id, 0, invitee.code, invitee.words, invitee.source, target, chair=invitee.chair, gap=gap
    )


def _no_referrer(connection: Transaction, new: Meeting, record: Contact | None, at: datetime) -> str:
    """Why the caller is not rung: the record says whether they are a professional, and that it was looked at is noted."""
    if not new.call:
        return NO_CALL
    if record is None:
        return NOT_KNOWN_TO_BE
    contacts.note_reading(connection, record.id, "looked at for a meeting", deed(), at)
    return NOT_KNOWN_TO_BE if held(connection, record).get("caller", "") in NOT_PROFESSIONAL else ""
