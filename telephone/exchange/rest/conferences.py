"""How does the REST API show and end conferences, and speak to them? (Twilio: voice/api/conference-resource)"""

from telephone.exchange.announcing import announce
from telephone.exchange.floor import Floor
from telephone.exchange.rest.asking import Answer, Ask, Json, Problem, not_found, page, resource, stamp
from telephone.exchange.room import Room
from telephone.fetching import Order


def listed(floor: Floor, ask: Ask) -> Answer:
    """Conferences, the newest first, by FriendlyName and Status."""
    found = [room for room in reversed(floor.rooms.all) if _matches(room, ask)]
    return page(ask, "conferences", map(shown, found), floor.plant.account.sid)


def fetch(floor: Floor, ask: Ask) -> Answer:
    """One conference, ended ones too."""
    return Answer(200, shown(known(floor, ask)))


def update(floor: Floor, ask: Ask) -> Answer:
    """End it for all, or announce something to all."""
    room = known(floor, ask)
    if room.status == "completed":
        raise not_found(ask.path)
    if ask.has("Status"):
        if ask.value("Status") != "completed":
            raise Problem(400, 20001, "Status may only be completed")
        room.end()
    if ask.value("AnnounceUrl"):
        order = Order(ask.value("AnnounceUrl"), ask.value("AnnounceMethod", "POST"))
        announce(floor, room, tuple(room.members), order)
    return Answer(200, shown(room))


def known(floor: Floor, ask: Ask) -> Room:
    """The conference of this sid, or the live one of this name. Raises Problem."""
    room = floor.rooms.found(ask.parts["conference"])
    if room is None:
        raise not_found(ask.path)
    return room


def shown(room: Room) -> Json:
    """A conference as the API shows it; `in-progress` says nothing about who hears whom."""
    plant, account = room.plant, room.plant.account.sid
    return {
        "sid": room.sid,
        "account_sid": account,
        "friendly_name": room.name,
        "status": room.status,
        "region": "ie1",
        "date_created": stamp(plant, room.created_at),
        "date_updated": stamp(plant, plant.timeline.now),
        "reason_conference_ended": room.ended_because or None,
        "call_sid_ending_conference": room.ended_by or None,
        "api_version": "2010-04-01",
        "uri": resource(account, "Conferences", room.sid),
        "subresource_uris": {},
    }


def _matches(room: Room, ask: Ask) -> bool:
    return ask.value("FriendlyName", room.name) == room.name and ask.value("Status", room.status) == room.status
