"""How is a meeting shown? Its seats, whom they could not reach, who was in when, and what can be done with it."""

from datetime import datetime

from admin.shapes import moment_out
from desk.meeting_attendance import stays
from desk.meeting_ladders import gap
from desk.meeting_legs import label_of
from desk.meeting_minutes import ABOUT, MINUTES
from desk.meeting_presets import PRESETS
from desk.meeting_shapes import MeetingOut, SeatOut, StayOut
from desk.transfers import TriedOut
from ivr.moment import World
from store import meetings, parties, tasks
from store.database import Transaction
from store.meetings import Meeting, Seat, Sits, Stands
from store.parties import Party

OVER = frozenset((Sits.IN, Sits.LEFT, Sits.REMOVED))
CAN = {
    Stands.PLANNED: ["start", "invite"],
    Stands.STARTED: ["invite", "mute", "unmute", "remove", "lock", "end"],
    Stands.ENDED: [],
}


def shown(connection: Transaction, world: World, meeting: Meeting, at: datetime) -> MeetingOut:
    """A meeting as it stands."""
    preset = PRESETS.get(meeting.preset)
    rung = parties.of_call(connection, meeting.id)
    seats = meetings.seats(connection, meeting.id)
    return MeetingOut(
        id=meeting.id,
        preset=meeting.preset,
        name=preset.name if preset else meeting.preset,
        authority=meeting.authority,
        call=meeting.call,
        contact=meeting.contact,
        at=moment_out(meeting.at),
        state=meeting.state.value,
        locked=meeting.locked,
        reason=meeting.reason,
        started_at=moment_out(meeting.started_at),
        ended_at=moment_out(meeting.ended_at),
        seats=[_seat(connection, world, seat, rung, at) for seat in seats],
        attendance=_attendance(connection, meeting, seats, rung),
        minutes_due=_minutes_due(connection, meeting),
        can=_can(meeting),
    )


def _can(meeting: Meeting) -> list[str]:
    if not meeting.locked:
        return CAN[meeting.state]
    return [{"lock": "unlock"}.get(one, one) for one in CAN[meeting.state] if one != "invite"]


def _seat(connection: Transaction, world: World, seat: Seat, rung: tuple[Party, ...], at: datetime) -> SeatOut:
    tried = [
        TriedOut(who=party.who, outcome=party.outcome) for party in rung if party.transfer == seat.id and party.outcome
    ]
    return SeatOut(
        id=seat.id, code=seat.code, words=seat.words, source=seat.source, chair=seat.chair, state=seat.state.value,
        muted=seat.muted, gap="" if seat.state in OVER else gap(connection, world, seat, at), tried=tried,
    )  # fmt: skip


def _attendance(
    connection: Transaction, meeting: Meeting, seats: tuple[Seat, ...], rung: tuple[Party, ...]
) -> list[StayOut]:
    by_id = {seat.id: seat for seat in seats}
    by_label = {label_of(party): by_id[party.transfer] for party in rung if party.transfer in by_id}
    found = stays(meetings.told(connection, meeting.id), meeting.ended_at)
    return [
        StayOut(
            seat=by_label[stay.label].id, words=by_label[stay.label].words,
            since=moment_out(stay.since), until=moment_out(stay.until),
        )
        for stay in found if stay.label in by_label
    ]  # fmt: skip


def _minutes_due(connection: Transaction, meeting: Meeting) -> str | None:
    """The target: the sooner reading."""
    begun = (task for task in tasks.of_record(connection, ABOUT, meeting.id) if task.kind == MINUTES)
    return next((moment_out(task.target_at) for task in begun), None)
