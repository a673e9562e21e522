"""How does the REST API bring people into a conference, hold, mute and remove them?

A participant that is created joins the moment anything answers, a mailbox included: there is no document that could ask
for a key. (Twilio: voice/api/conference-participant-resource)
"""

from html import escape

from telephone.exchange.announcing import announce
from telephone.exchange.callbacks import callbacks
from telephone.exchange.documents import Inline
from telephone.exchange.floor import Floor
from telephone.exchange.leg import Leg
from telephone.exchange.lives import outgoing
from telephone.exchange.rest.asking import Answer, Ask, Json, Problem, not_found, page, resource, stamp
from telephone.exchange.rest.calls import check_ends, ring_seconds
from telephone.exchange.rest.conferences import known
from telephone.exchange.rest.slots import Slots
from telephone.exchange.room import Member, Room
from telephone.fetching import Order

ATTRIBUTES = {
    "Label": "participantLabel",
    "StartConferenceOnEnter": "startConferenceOnEnter",
    "EndConferenceOnExit": "endConferenceOnExit",
    "Muted": "muted",
    "Beep": "beep",
    "WaitUrl": "waitUrl",
    "WaitMethod": "waitMethod",
    "MaxParticipants": "maxParticipants",
    "ConferenceStatusCallback": "statusCallback",
    "ConferenceStatusCallbackMethod": "statusCallbackMethod",
}


def create(floor: Floor, slots: Slots, ask: Ask) -> Answer:
    """Call somebody who joins when they answer. By name, a conference is made; by sid, it must be live."""
    check_ends(floor, ask)
    name = ask.parts["conference"]
    room = floor.rooms.found(name)
    if (room is None and name.startswith("CF")) or (room and room.status == "completed"):
        raise not_found(ask.path)
    room = room or floor.rooms.named(name)
    told = callbacks(
        ask.value("StatusCallback") or None,
        ask.value("StatusCallbackMethod", "POST"),
        ask.values("StatusCallbackEvent") or "completed",
    )
    leg = floor.calls(ask.value("To"), ask.value("From"), "outbound-api", told, None)
    document, limit = Inline(_document(room.name, ask)), ring_seconds(ask)
    slots.when_free(leg, lambda: leg.lives(outgoing(leg, floor.persona_of(leg), limit, document, floor.context)))
    return Answer(201, _invited(room, leg, ask.value("Label")))


def listed(floor: Floor, ask: Ask) -> Answer:
    """Those who are in it; none once it has ended."""
    room = known(floor, ask)
    found = [each for each in room.members if _matches(each, ask)]
    return page(ask, "participants", (shown(room, each) for each in found), floor.plant.account.sid)


def fetch(floor: Floor, ask: Ask) -> Answer:
    """One of them, by CallSid or label."""
    room, member = _known(floor, ask)
    return Answer(200, shown(room, member))


def update(floor: Floor, ask: Ask) -> Answer:
    """Hold, mute, announce to, or change what happens when they leave. Gone: 20404."""
    room, member = _known(floor, ask)
    if ask.has("Hold"):
        _hold(room, member, ask)
    if ask.has("Muted"):
        room.mutes(member, is_muted=ask.is_true("Muted"))
    if ask.has("EndConferenceOnExit"):
        room.modifies(member, ends_on_exit=ask.is_true("EndConferenceOnExit"))
    if ask.value("AnnounceUrl"):
        announce(floor, room, (member,), Order(ask.value("AnnounceUrl"), ask.value("AnnounceMethod", "POST")))
    return Answer(200, shown(room, member))


def remove(floor: Floor, ask: Ask) -> Answer:
    """Out of the conference; their call goes on behind its Dial."""
    room, member = _known(floor, ask)
    room.leave(member, "participant_updated_via_api", is_kicked=True)
    return Answer(204)


def shown(room: Room, member: Member) -> Json:
    """A participant as the API shows it."""
    return _row(room, member.leg, member.label) | {
        "muted": member.is_muted,
        "hold": member.is_held,
        "start_conference_on_enter": member.starts,
        "end_conference_on_exit": member.ends_on_exit,
        "status": "connected",
    }


def _invited(room: Room, leg: Leg, label: str) -> Json:
    return _row(room, leg, label) | {"muted": False, "hold": False, "status": leg.status}


def _row(room: Room, leg: Leg, label: str) -> Json:
    plant, account = room.plant, room.plant.account.sid
    return {
        "call_sid": leg.sid,
        "conference_sid": room.sid,
        "account_sid": account,
        "label": label or None,
        "coaching": False,
        "call_sid_to_coach": None,
        "date_created": stamp(plant, leg.created_at),
        "date_updated": stamp(plant, plant.timeline.now),
        "api_version": "2010-04-01",
        "uri": resource(account, "Conferences", room.sid, "Participants", leg.sid),
    }


def _known(floor: Floor, ask: Ask) -> tuple[Room, Member]:
    room = known(floor, ask)
    member = room.member(ask.parts["participant"])
    if member is None:
        raise not_found(ask.path)
    return room, member


def _hold(room: Room, member: Member, ask: Ask) -> None:
    if not ask.is_true("Hold"):
        return room.unholds(member)
    url = ask.value("HoldUrl")
    if url and not url.startswith(("http://", "https://")):
        raise Problem(400, 21205, f"HoldUrl is not a valid URL: {url}")
    return room.holds(member, Order(url, ask.value("HoldMethod", "GET")) if url else None)


def _matches(member: Member, ask: Ask) -> bool:
    is_held, is_muted = str(member.is_held).lower(), str(member.is_muted).lower()
    return ask.value("Hold", is_held).lower() == is_held and ask.value("Muted", is_muted).lower() == is_muted


def _document(name: str, ask: Ask) -> str:
    """What the call that is placed executes: it joins, and ends with the conference."""
    given = {ATTRIBUTES[key]: value for key, value in ask.parameters if key in ATTRIBUTES and value}
    events = " ".join(ask.values("ConferenceStatusCallbackEvent"))
    given |= {"statusCallbackEvent": events} if events else {}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in given.items())
    return f"<Response><Dial><Conference{attributes}>{escape(name)}</Conference></Dial></Response>"
