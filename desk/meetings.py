"""How is a strategy meeting held? A conference of those whom the procedure names, each rung and asked for a key.

Whoever arranged it or chairs it has the controls. Cambridgeshire C:154-158, Derbyshire B:57, Derby Y:25.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from flask import Response

from admin.auth import author, caller
from admin.blueprints import resource_api
from admin.listing import Paging, document, page
from admin.ports import desk, newest_world, now
from admin.problems import API, Faults, ProblemError, missing
from admin.versions import created_as
from desk import meeting_deeds, meeting_making
from desk.contact_access import refuse_closed
from desk.contacts import KEY
from desk.meeting_ladders import gap
from desk.meeting_presets import PRESETS, Invitee, Preset
from desk.meeting_shapes import (
    InviteBody,
    InviteeOut,
    MeetingList,
    MeetingNote,
    MeetingOut,
    MeetingPath,
    NewMeeting,
    PresetList,
    PresetOut,
    SeatBody,
)
from desk.meeting_showing import shown
from desk.scene import Scene, scene_of
from desk.targets import target_of
from ivr.moment import World
from store import audit, contacts, meetings, parties
from store.audit import Deed
from store.database import Transaction
from store.keys import Role
from store.meetings import Meeting, Seat
from store.parties import Here

NOT_YOURS = "Only whoever arranged this meeting, or chairs it at the desk, may do this."
NOT_A_LINE = "a line takes part in no meeting; name a person, a role, a team or a number."
NO_SEAT = "no seat of this meeting has this id; read the meeting for its seats."

api = resource_api("meetings", "Strategy meetings: conferences of those whom the procedures name.")
Act = Callable[[Scene, Meeting], None]


@api.get("/meeting-presets", responses={200: PresetList})
def presets(query: Paging) -> Mapping[str, object]:
    """The kinds of meeting, by code, each with whoever takes part and who of them cannot be rung."""
    world = newest_world()
    cut = page(PRESETS.values(), lambda preset: preset.code, query)
    with desk().database.read() as connection:
        items = [_preset(connection, world, preset).model_dump(mode="json") for preset in cut.items]
    return document(items, cut.next)


@api.get("/meetings", responses={200: MeetingList})
def every_meeting(query: Paging) -> Mapping[str, object]:
    """Meetings, the oldest first; those about records that are closed to you are left out."""
    world = newest_world()
    with desk().database.read() as connection:
        open_ones = [one for one in meetings.every(connection) if _may_see(connection, one)]
        cut = page(open_ones, lambda one: f"{one.made_at.isoformat()} {one.id}", query)
        items = [shown(connection, world, one, now()).model_dump(mode="json") for one in cut.items]
    return document(items, cut.next)


@api.post("/meetings", responses={201: MeetingOut})
def new_meeting(body: NewMeeting) -> Response:
    """Arrange a meeting of a preset. Nobody is rung before it is started."""
    world = newest_world()
    with desk().database.write_in_order() as connection:
        meeting = meeting_making.made(connection, world, body, now())
        _note(connection, meeting, "arrange", body.why)
        answer = shown(connection, world, meeting, now()).model_dump(mode="json")
    return created_as(answer, f"{API}/meetings/{meeting.id}")


@api.get("/meetings/<id>", responses={200: MeetingOut})
def one_meeting(path: MeetingPath) -> Mapping[str, object]:
    """A meeting: its seats, who was in when, and what can be done."""
    with desk().database.read() as connection:
        meeting = _known(connection, path.id)
        return shown(connection, newest_world(), meeting, now()).model_dump(mode="json")


@api.post("/meetings/<id>/start", responses={200: MeetingOut})
def start(path: MeetingPath, body: MeetingNote) -> Mapping[str, object]:
    """Ring the chair; everybody else is rung as soon as the chair is there. Twice is once."""
    return _commanded(path, body, "start", meeting_deeds.starts)


@api.post("/meetings/<id>/invite", responses={200: MeetingOut})
def invite(path: MeetingPath, body: InviteBody) -> Mapping[str, object]:
    """One more seat; where the meeting is under way their phone rings now."""
    faults = Faults()
    target = target_of(newest_world(), body.to, faults)
    if target and target["kind"] == "line":
        faults.say("to.line", "not-a-person", NOT_A_LINE)
    body.refuse(faults)
    return _commanded(
        path, body, "invite", lambda scene, meeting: meeting_deeds.invites(scene, meeting, target or {}, body.words)
    )


@api.post("/meetings/<id>/mute", responses={200: MeetingOut})
def mute(path: MeetingPath, body: SeatBody) -> Mapping[str, object]:
    """They hear the others and are not heard."""
    return _at_seat(
        path, body, "mute", lambda scene, meeting, seat: meeting_deeds.mutes(scene, meeting, seat, muted=True)
    )


@api.post("/meetings/<id>/unmute", responses={200: MeetingOut})
def unmute(path: MeetingPath, body: SeatBody) -> Mapping[str, object]:
    """They are heard again."""
    return _at_seat(
        path, body, "unmute", lambda scene, meeting, seat: meeting_deeds.mutes(scene, meeting, seat, muted=False)
    )


@api.post("/meetings/<id>/remove", responses={200: MeetingOut})
def remove(path: MeetingPath, body: SeatBody) -> Mapping[str, object]:
    """They are taken out of the meeting, and told so."""
    return _at_seat(path, body, "remove", meeting_deeds.removes)


@api.post("/meetings/<id>/lock", responses={200: MeetingOut})
def lock(path: MeetingPath, body: MeetingNote) -> Mapping[str, object]:
    """Nobody else is let in, whoever is still being rung included."""
    return _commanded(path, body, "lock", lambda scene, meeting: meeting_deeds.locks(scene, meeting, locked=True))


@api.post("/meetings/<id>/unlock", responses={200: MeetingOut})
def unlock(path: MeetingPath, body: MeetingNote) -> Mapping[str, object]:
    """Others are let in again."""
    return _commanded(path, body, "unlock", lambda scene, meeting: meeting_deeds.locks(scene, meeting, locked=False))


@api.post("/meetings/<id>/end", responses={200: MeetingOut})
def end(path: MeetingPath, body: MeetingNote) -> Mapping[str, object]:
    """The meeting is over for everybody; the task of its minutes begins. Twice is once."""
    return _commanded(path, body, "end", meeting_deeds.ends)


def _commanded(
    path: MeetingPath, body: MeetingNote | InviteBody | SeatBody, what: str, act: Act
) -> Mapping[str, object]:
    body.refuse(Faults())
    world, at = newest_world(), now()
    with desk().database.write_in_order() as connection:
        meeting = _known(connection, path.id)
        if caller().role is not Role.ADMIN and caller().id not in _leaders(connection, meeting):
            raise ProblemError(HTTPStatus.FORBIDDEN, NOT_YOURS)
        scene = scene_of(connection, world, at, path.id)
        if scene is None:
            raise missing(f"meeting “{path.id}”")
        act(scene, meetings.one(connection, path.id) or meeting)
        _note(connection, meeting, what, body.why)
        return shown(connection, world, _known(connection, path.id), at).model_dump(mode="json")


def _at_seat(
    path: MeetingPath, body: SeatBody, what: str, act: Callable[[Scene, Meeting, Seat], None]
) -> Mapping[str, object]:
    def at_seat(scene: Scene, meeting: Meeting) -> None:
        meeting_deeds.under_way(meeting)
        seat = next((one for one in meetings.seats(scene.connection, meeting.id) if one.id == body.seat), None)
        faults = Faults()
        if seat is None:
            faults.say("seat", "unknown", NO_SEAT)
        body.refuse(faults)
        if seat:
            act(scene, meeting, seat)

    return _commanded(path, body, what, at_seat)


def _known(connection: Transaction, key: str) -> Meeting:
    """A meeting. 404; 403 where the record that it is about is closed to whoever asks."""
    found = meetings.one(connection, key) if KEY.fullmatch(key) else None
    if found is None:
        raise missing(f"meeting “{key[:16]}”")
    record = contacts.one(connection, found.contact) if found.contact else None
    if record:
        refuse_closed(connection, record)
    return found


def _may_see(connection: Transaction, meeting: Meeting) -> bool:
    try:
        return bool(_known(connection, meeting.id))
    except ProblemError:
        return False


def _leaders(connection: Transaction, meeting: Meeting) -> set[str]:
    """Whoever arranged it, and the chair where they are at the desk."""
    chairs = (seat for seat in meetings.seats(connection, meeting.id) if seat.chair)
    rung = parties.of_call(connection, meeting.id, (Here.IN,))
    ids = {seat.id for seat in chairs}
    return {meeting.made_by, *(party.handler for party in rung if party.handler and party.transfer in ids)}


def _note(connection: Transaction, meeting: Meeting, what: str, why: str) -> None:
    doer = author(why)
    after = {"preset": meeting.preset, "authority": meeting.authority}
    audit.note(connection, Deed(doer.who, what, "meeting", meeting.id, None, after, doer.why), now())


def _preset(connection: Transaction, world: World, preset: Preset) -> PresetOut:
    return PresetOut(
        code=preset.code, name=preset.name, authority=preset.authority, source=preset.source, assumed=preset.assumed,
        invitees=[_invitee(connection, world, one) for one in preset.invitees],
    )  # fmt: skip


def _invitee(connection: Transaction, world: World, one: Invitee) -> InviteeOut:
    target = {"kind": one.kind, "slug": one.slug, "name": one.words}
    seat = Seat("", "", 0, one.code, one.words, one.source, target)
    wants = "" if one.kind == "referrer" else gap(connection, world, seat, now())
    return InviteeOut(
        code=one.code, words=one.words, source=one.source, to={one.kind: one.slug}, chair=one.chair, gap=wants
    )
