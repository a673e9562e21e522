"""What is the answering path handed? Memory to read, a journal to append to, a clock, and the desk, if there is one."""

from datetime import datetime
from typing import Protocol

from ivr.answering import Answering
from ivr.legs import Belonging, LegEvent, LegPlace, NotOurs
from ivr.moment import World
from ivr.record import Record
from ivr.replies import HangUp, Reply, Say

CANNOT = Say("We cannot connect this call. Goodbye."), HangUp()
"""What a leg of the desk hears where the desk cannot be asked."""


class Publication(Protocol):
    """What is in force, in memory."""

    def current(self) -> World:
        """The world as this worker has it."""
        ...

    def freshest(self) -> World:
        """The world, after a look whether another worker of this machine has published: one ``stat`` a step, since a
        call's next step may be another worker's."""
        ...


class Journal(Protocol):
    """Where each acknowledged event is kept before its reply."""

    def append(self, record: Record) -> None:
        """Keep a record durably; returns within its deadline whether or not the disk does. Never raises."""
        ...


class Alarm(Protocol):
    """Who is told when a caller met a fault."""

    def raised(self, what: str) -> None:
        """Tell of a fault, in words without personal data."""
        ...


class Tally(Protocol):
    """Who counts how soon webhooks are answered."""

    def note(self, how: Answering, seconds: float) -> None:
        """One was answered, in so long. Waits for nothing, and never raises."""
        ...


class Attendance(Protocol):
    """Who is at the desk, in memory."""

    def staffed(self, now: datetime) -> frozenset[str]:
        """The lines that somebody at the desk answers; none where that was last known too long ago."""
        ...


class Switchboard(Protocol):
    """The desk: where each leg belongs now. It may raise whatever its database raises, and may take as long."""

    def belongs(self, call: str, came_from: int | None, now: datetime) -> Belonging:
        """Where a caller belongs. ``came_from`` is the generation of the room that they come out of; none out of the queue,
        and again at each turn of the document in which they wait for somebody."""
        ...

    def leg(self, place: LegPlace, sid: str, event: LegEvent, now: datetime) -> tuple[Reply, ...]:
        """What a leg of the desk does next."""
        ...

    def held(self, call: str, now: datetime) -> None:
        """A held caller's document begins again: nobody is held for longer than a consultation."""
        ...


class NobodyThere:
    """A desk without people: nobody waits for it."""

    def staffed(self, now: datetime) -> frozenset[str]:  # noqa: ARG002  # never
        """No line."""
        return frozenset()


class Unplugged:
    """No desk: it knows of no call, and turns its legs away."""

    def belongs(self, call: str, came_from: int | None, now: datetime) -> Belonging:  # noqa: ARG002  # whoever it is
        """Nowhere."""
        return NotOurs()

    def leg(self, place: LegPlace, sid: str, event: LegEvent, now: datetime) -> tuple[Reply, ...]:  # noqa: ARG002
        """A goodbye."""
        return CANNOT

    def held(self, call: str, now: datetime) -> None:
        """Nobody is held."""


NOBODY, UNPLUGGED = NobodyThere(), Unplugged()
