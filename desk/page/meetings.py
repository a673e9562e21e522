"""How is a strategy meeting arranged on a page, started, led and ended, and who is in it now? By the API's functions."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import blake2s
from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Refusal, Wrong, refusal
from admin.console.pages import asked
from admin.listing import Paging, closed
from admin.ports import newest_world, now
from admin.problems import ProblemError
from admin.versions import unless_known
from desk import meetings as api
from desk.meeting_shapes import InviteBody, MeetingNote, MeetingPath, NewMeeting, SeatBody
from desk.page.pages import blueprint, by_script, drawn
from desk.page.papers import (
    Listing,
    Row,
    Tag,
    form_page,
    led_to,
    list_page,
    made,
    moment,
    named_deed,
    state_asked,
    text,
    typed,
    wrong,
)
from desk.page.whom import Meant, meant

HERE = "meetings"
LATELY, AT_ONCE = timedelta(weeks=4), 200
STATES = {"started": "Started", "planned": "Planned", "ended": "Ended"}
COLOURS = {"started": "green", "planned": "blue", "ended": "grey"}
SITS = {
    "invited": "Not rung yet", "ringing": "Ringing", "in": "In the meeting", "left": "Left", "unreached": "Not reached",
    "removed": "Taken out",
}  # fmt: skip
SEATS = {"invited": "", "ringing": "yellow", "in": "green", "left": "grey", "unreached": "red", "removed": "grey"}
WORDS = {"states": STATES, "colours": COLOURS, "sits": SITS, "seats": SEATS}

OF_NEW = {
    "preset": "Kind of meeting", "call": "The call", "contact": "Contact record", "at": "The time that was agreed",
    "chair": "Who chairs it",
}  # fmt: skip
OF_INVITE = {"to": "Whom", "words": "As what they take part"}
NO_SUCH = {"unknown": "there is none with this id."}
NOBODY_NAMED = {"one-target": "nothing is given; type a name, an extension or a number."}
LISTING = Listing(
    "Strategy meetings", "Conferences of those whom the procedures name. Those of the last four weeks; what goes on stands first.",
    (("Arrange a meeting", "desk_page.new_meeting_form"),), STATES, ("Agreed for", "Kind", "Authority", "Minutes due"),
    "No meeting was arranged in the last four weeks.",
)  # fmt: skip
Act = Callable[[MeetingPath, Meant], object]
DEEDS: Mapping[str, Act] = {
    "start": lambda path, _: api.start(path=path, body=MeetingNote()),
    "invite": lambda path, whom: api.invite(path=path, body=_invitation(whom)),
    "mute": lambda path, _: api.mute(path=path, body=_seat()),
    "unmute": lambda path, _: api.unmute(path=path, body=_seat()),
    "remove": lambda path, _: api.remove(path=path, body=_seat()),
    "lock": lambda path, _: api.lock(path=path, body=MeetingNote()),
    "unlock": lambda path, _: api.unlock(path=path, body=MeetingNote()),
    "end": lambda path, _: api.end(path=path, body=MeetingNote()),
}


def _invitation(whom: Meant) -> InviteBody:
    return InviteBody.model_validate({"to": whom.target, **typed("words")})


def _seat() -> SeatBody:
    return SeatBody.model_validate(typed("seat"))


@blueprint.get("/meetings")
def meetings() -> str:
    """Meetings of late: those under way, then those to come, the soonest first, then those that are over, the newest first."""
    state = state_asked(STATES)
    found = [one for one in _lately() if state in ("", one["state"])]
    found.sort(key=lambda one: datetime.fromisoformat(one["at"]))
    ended = [one for one in reversed(found) if one["state"] == "ended"]
    begun = [one for one in found if one["state"] == "started"]
    items = [*begun, *(one for one in found if one["state"] == "planned"), *ended]
    return list_page(HERE, LISTING, {"items": items, "next": None}, _row)


def _lately() -> list[Mapping[str, Any]]:
    """The API lists the oldest first, by when they were arranged; what was arranged before four weeks ago is passed over."""
    found, cursor = list[Mapping[str, Any]](), closed((now() - LATELY).isoformat())
    while cursor:
        page: Mapping[str, Any] = api.every_meeting(query=Paging(limit=AT_ONCE, cursor=cursor))
        found += page["items"]
        cursor = page["next"]
    return found


def _row(one: Mapping[str, Any]) -> Row:
    locked = (Tag("Locked", "purple"),) if one["locked"] and one["state"] == "started" else ()
    not_begun = (Tag("Nobody to chair it", "red"),) if one["reason"] else ()
    tags = (*not_begun, *locked, Tag(STATES.get(one["state"], one["state"]), COLOURS.get(one["state"], "")))
    cells = (one["name"], _authority(one["authority"]), moment(one["minutes_due"]))
    return Row(url_for("desk_page.meeting", key=one["id"]), moment(one["at"]), tags, cells)


def _authority(slug: str) -> str:
    known = newest_world().directory.authorities.get(slug)
    return known.name if known else slug


@blueprint.get("/meetings/new")
def new_meeting_form() -> Response:
    """The kinds to choose from; of the one that is chosen, whom it names and who of them cannot be rung, and the form."""
    return _form({"preset": asked("preset")})


@blueprint.post("/meetings/new")
def arrange_meeting() -> Reply:
    """Arrange it. Nobody is rung before it is started."""
    given, chair = typed("preset", "call", "contact", "at"), meant("chair", OF_NEW["chair"])
    body = {**given, "chair": chair.target or None}
    key = made(lambda: api.new_meeting(body=NewMeeting.model_validate(body)))
    if isinstance(key, str):
        return led_to("meeting", key)
    said = chair.beside(wrong(key, OF_NEW, NO_SUCH))
    return _form(given | {"chair": text("chair")}, key.status, said, chair)


def _form(
    given: Mapping[str, Any],
    status: HTTPStatus = HTTPStatus.OK,
    faults: tuple[Wrong, ...] = (),
    chair: Meant | None = None,
) -> Response:
    found: Mapping[str, Any] = api.presets(query=Paging(limit=AT_ONCE))
    kinds = [{**one, "owner": _authority(one["authority"])} for one in found["items"]]
    kind = next((one for one in kinds if one["code"] == given["preset"]), None)
    several = chair.several if chair else ()
    return form_page(
        "meeting_form" if kind else "meeting_kinds",
        status,
        faults,
        given=given,
        kinds=kinds,
        kind=kind,
        several=several,
    )


@blueprint.get("/meetings/<key>")
def meeting(key: str) -> Response:
    """A meeting; for its script, the part that renews itself, or 304 for a page that has it."""
    if not by_script():
        return _shown(key)
    reply = Response(_part(_one(key)))
    reply.set_etag(blake2s(reply.get_data(), digest_size=8).hexdigest())
    return unless_known(reply)


@blueprint.post("/meetings/<key>/<deed>")
def meeting_deed(key: str, deed: str) -> Reply:
    """Start it, end it, lock or unlock it, invite somebody else, mute, unmute or remove somebody."""
    act = named_deed(DEEDS, deed)
    whom = meant("to", OF_INVITE["to"])
    why = _refusal(lambda: act(MeetingPath(id=key), whom))
    if why is None:
        return led_to("meeting", key)
    return _shown(key, why.status, whom.beside(wrong(why, OF_INVITE, NOBODY_NAMED)), whom)


def _refusal(act: Callable[[], object]) -> Refusal | None:
    """Why it was not done. Whoever may not lead the meeting is told so on its page."""
    try:
        return refusal(act)
    except ProblemError as fault:
        if fault.status is not HTTPStatus.FORBIDDEN:
            raise
        return Refusal(fault.status, fault.detail)


def _shown(
    key: str, status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = (), whom: Meant | None = None
) -> Response:
    one, given = _one(key), {name: text(name) for name in OF_INVITE}
    is_typed = any(fault.field in OF_INVITE for fault in faults)
    page = drawn(
        "papers/meeting", one=one, part=_part(one), wrong=faults, given=given, invites="invite" in one["can"] or is_typed,
        several=whom.several if whom else (),
    )  # fmt: skip
    return Response(page, status)


def _one(key: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = api.one_meeting(path=MeetingPath(id=key))
    return {**found, "owner": _authority(found["authority"])}


def _part(one: Mapping[str, Any]) -> Markup:
    """What changes while it goes on."""
    chair: Mapping[str, Any] = next((seat for seat in one["seats"] if seat["chair"]), {})
    return Markup(drawn("papers/meeting_now", one=one, chair=chair, words=WORDS))  # noqa: S704  # a template of ours, which escapes
