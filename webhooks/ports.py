"""What is the answering path handed? Memory to read, a journal to append to, and a clock."""

from typing import Protocol

from ivr.moment import World
from ivr.record import Record


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
