"""How are strategy meetings kept? Each change is made while the meeting's own row is held, so that what happens on one happens in order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from store.database import insert_new
from store.tables_meetings import meeting, meeting_event, meeting_seat


class Stands(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    STARTED = "started"
    ENDED = "ended"


class Sits(StrEnum):
    """How far a seat has come."""

    INVITED = "invited"
    RINGING = "ringing"
    IN = "in"
    LEFT = "left"
    UNREACHED = "unreached"
    REMOVED = "removed"


WITHOUT_MINUTES = select(meeting).where(meeting.c.state == Stands.ENDED.value, meeting.c.minuted.is_(False))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting (``tables_meetings.meeting``)."""

    id: str
    preset: str
    authority: str
    line: str
    caller_id: str
    call: str | None
    contact: str | None
    at: datetime
    made_at: datetime
    made_by: str
    state: Stands = Stands.PLANNED
    locked: bool = False
    minuted: bool = False
    reason: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def room(self) -> str:
        """The conference's name; nothing personal stands in it."""
        return f"meeting-{self.id}"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is to take part (``tables_meetings.meeting_seat``). ``target`` is empty where there is only a ``gap``."""

    id: str
    meeting: str
    place: int
    code: str
    words: str
    source: str
    target: Mapping[str, str]
    chair: bool = False
    muted: bool = False
    state: Sits = Sits.INVITED
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a conference told (``tables_meetings.meeting_event``)."""

    meeting: str
    conference: str
    sequence: int
    what: str
    label: str
    at: datetime


def add(connection: Connection, new: Meeting, seats: tuple[Seat, ...]) -> None:
    """A meeting with its seats."""
    connection.execute(insert(meeting).values(**asdict(new) | {"state": new.state.value}))
    for seat in seats:
        add_seat(connection, seat)


def add_seat(connection: Connection, new: Seat) -> None:
    """One more seat."""
    values = asdict(new) | {"state": new.state.value, "target": dict(new.target)}
    connection.execute(insert(meeting_seat).values(**values))


def opened(connection: Connection, key: str) -> Meeting | None:
    """A meeting, held until the transaction ends."""
    return _made(connection.execute(select(meeting).where(meeting.c.id == key).with_for_update()).first())


def one(connection: Connection, key: str) -> Meeting | None:
    """A meeting as it stands."""
    return _made(connection.execute(select(meeting).where(meeting.c.id == key)).first())


def every(connection: Connection) -> tuple[Meeting, ...]:
    """All meetings, in the order in which they were made."""
    rows = connection.execute(select(meeting).order_by(meeting.c.made_at, meeting.c.id))
    return tuple(found for row in rows if (found := _made(row)))


def without_minutes(connection: Connection) -> tuple[Meeting, ...]:
    """Meetings that are over and whose minutes are nobody's task yet."""
    return tuple(found for row in connection.execute(WITHOUT_MINUTES) if (found := _made(row)))


def change(connection: Connection, key: str, **values: Any) -> None:
    """A meeting's row from now on."""
    connection.execute(update(meeting).where(meeting.c.id == key).values(**values))


def seats(connection: Connection, key: str) -> tuple[Seat, ...]:
    """A meeting's seats, in order."""
    rows = connection.execute(select(meeting_seat).where(meeting_seat.c.meeting == key).order_by(meeting_seat.c.place))
    return tuple(_seat(row) for row in rows)


def seat(connection: Connection, key: str | None) -> Seat | None:
    """A seat."""
    row = connection.execute(select(meeting_seat).where(meeting_seat.c.id == key)).first() if key else None
    return _seat(row) if row else None


def change_seat(connection: Connection, key: str, **values: Any) -> None:
    """A seat's row from now on."""
    connection.execute(update(meeting_seat).where(meeting_seat.c.id == key).values(**values))


def note(connection: Connection, told: Told) -> None:
    """Keep what a conference told; a second time nothing happens."""
    insert_new(connection, meeting_event, [asdict(told)])


def told(connection: Connection, key: str) -> tuple[Told, ...]:
    """What the conferences of a meeting told, in the order in which it happened in each."""
    of_it = select(meeting_event).where(meeting_event.c.meeting == key)
    rows = connection.execute(of_it.order_by(meeting_event.c.conference, meeting_event.c.sequence))
    return tuple(Told(**dict(row._mapping)) for row in rows)


def _made(row: Row[Any] | None) -> Meeting | None:
    return Meeting(**dict(row._mapping) | {"state": Stands(row.state)}) if row else None


def _seat(row: Row[Any]) -> Seat:
    return Seat(**dict(row._mapping) | {"state": Sits(row.state)})
