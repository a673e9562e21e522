"""Who was in a meeting, from when until when? Read from what the conference told, in whatever order and however often it came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ivr.legs import RoomTold
from store.meetings import Told

JOINED, LEFT, OVER = "participant-join", "participant-leave", "conference-end"


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of somebody, by the label under which they were in the room; ``until`` is none while they are there."""

    label: str
    since: datetime
    until: datetime | None


def kept(meeting: str, told: RoomTold, now: datetime) -> Told:
    """What a conference told, as it is kept; its own clock counts, else the moment at which it came."""
    return Told(meeting, told.conference[:64], told.sequence, told.what[:40], told.label[:128], told.at or now)


def stays(told: Iterable[Told], ended_at: datetime | None) -> tuple[Stay, ...]:
    """The stays, the earliest first. A leaving that was never told is taken for the end of the meeting."""
    there: dict[tuple[str, str], datetime] = {}
    over: list[Stay] = []
    for one in sorted(told, key=lambda one: (one.conference, one.sequence)):
        key = one.conference, one.label
        if one.what == JOINED:
            there[key] = one.at
        elif one.what == LEFT and key in there:
            over.append(Stay(one.label, there.pop(key), one.at))
        elif one.what == OVER:
            gone = [known for known in there if known[0] == one.conference]
            over += [Stay(known[1], there.pop(known), one.at) for known in gone]
    still = [Stay(label, since, ended_at) for (_, label), since in there.items()]
    return tuple(sorted((*over, *still), key=lambda stay: (stay.since, stay.label)))
