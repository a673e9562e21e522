"""What can this machine tell of itself, without asking the database? The signs of trouble that a worker sees at this moment."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ivr.alarms import Alarm, Alarming, alarm
from store.journal import Journal
from store.publication import Publication

REMEMBERED_SECONDS = 3600.0


class Health(Protocol):
    """What the upkeep of a worker knows of itself."""

    @property
    def database_answers(self) -> bool:
        """Whether the database answered lately."""
        ...

    @property
    def is_drained(self) -> bool:
        """Whether the database took lately what the journals hold."""
        ...

    @property
    def is_behind(self) -> bool:
        """Whether the database answers, and what is new in it is not taken up."""
        ...

    @property
    def failover_is_behind(self) -> bool:
        """Whether the fail-over folder could not be written."""
        ...


class Refusing(Protocol):
    """Whoever counts the webhooks that were refused."""

    def are_many(self, now: datetime) -> bool:
        """Whether so many look like Twilio's that calls are failing."""
        ...


class Signs:
    """The signs of one worker; ``machine`` is the name by which alarms tell where."""

    def __init__(
        self,
        machine: str,
        journal: Journal,
        folder: Path,
        publication: Publication,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.machine = machine
        self._journal, self._folder, self._publication, self._clock = journal, folder, publication, clock
        self._unsynced, self._unsynced_at = 0, -REMEMBERED_SECONDS

    def now(self, health: Health, refusals: Refusing | None, at: datetime) -> tuple[Alarm, ...]:
        """Everything that is amiss here, as far as memory and the state folder tell."""
        refused = (alarm(Alarming.WEBHOOKS_REFUSED, self.machine),) if refusals and refusals.are_many(at) else ()
        return (*self._of_the_database(health), *self._of_the_machine(health), *refused, *self._stand_ins(at))

    def _of_the_database(self, health: Health) -> Iterator[Alarm]:
        if not health.database_answers:
            yield alarm(Alarming.DATABASE_AWAY, self.machine)
        elif not health.is_drained:
            yield alarm(Alarming.DRAIN_BEHIND, self.machine)
        if health.is_behind:
            yield alarm(Alarming.PUBLICATION_BEHIND, self.machine)

    def _of_the_machine(self, health: Health) -> Iterator[Alarm]:
        if health.failover_is_behind:
            yield alarm(Alarming.FAILOVER_BEHIND, self.machine)
        if overdue := self._journal.overdue:
            yield alarm(Alarming.JOURNAL_OVERDUE, self.machine, count=overdue)
        if lost := self._journal.lost:
            yield alarm(Alarming.JOURNAL_LOST, self.machine, count=lost)
        if self._missed_lately():
            yield alarm(Alarming.JOURNAL_UNSYNCED, self.machine)
        if poison := self._poison():
            yield alarm(Alarming.POISON, self.machine, count=poison)

    def _stand_ins(self, at: datetime) -> Iterator[Alarm]:
        for override in self._publication.freshest().overrides.values():
            if override.in_force(at):
                yield alarm(Alarming.OVERRIDE, override.line)

    def _missed_lately(self) -> bool:
        """Whether an event was acknowledged in the last hour that was not on the disk yet."""
        if self._journal.unsynced != self._unsynced:
            self._unsynced, self._unsynced_at = self._journal.unsynced, self._clock()
        return self._clock() - self._unsynced_at < REMEMBERED_SECONDS

    def _poison(self) -> int:
        with suppress(OSError):
            return sum(1 for _ in (self._folder / "poison").iterdir())
        return 0
