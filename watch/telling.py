"""Who is told of an alarm, and how often? By text message, once for each that has stood for a minute, and again every few hours.

Trouble of a machine is told by that machine, which needs its database for nothing; the rest by one worker of all.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from carrier.port import Done
from carrier.texting import Texts
from directory.numbers import Number
from ivr.alarms import OF_A_MACHINE, Alarm
from store import alarms
from store.alarm_book import AlarmBook
from store.alarms import Standing
from store.database import Database
from store.told import Told

STANDS_FOR = timedelta(seconds=60)
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Telling:
    """Whose text messages, to whom, how often again; ``site`` is how this deployment is called."""

    texts: Texts
    to: Sequence[Number]
    every: timedelta
    site: str
    told: Told

    def of_this_machine(self, book: AlarmBook, now: datetime) -> int:
        """Tell of what this machine sees of itself; how many alarms were told."""
        due = [one for one in book.standing(now) if one.alarm.code in OF_A_MACHINE and _is_due(one, now)]
        claimed = [one for one in due if self.told.claims(one.alarm.key, now - self.every, now)]
        for one in claimed:
            self._send(one.alarm)
        return len(claimed)

    def of_all(self, database: Database, now: datetime) -> int:
        """Tell of everything else, whichever worker comes first; how many alarms were told."""
        again = now - self.every
        with database.read() as connection:
            untold = set(alarms.untold(connection, again))
            due = [one for one in alarms.standing(connection) if one.id in untold and _is_due(one, now)]
        claimed = []
        for one in due:
            if one.alarm.code not in OF_A_MACHINE:
                with database.write() as connection:
                    claimed += [one] if alarms.claimed_to_tell(connection, one.id, again, now) else []
        for one in claimed:
            self._send(one.alarm)
        return len(claimed)

    def _send(self, one: Alarm) -> None:
        """A message that is refused or lost is not sent a second time; the log says so, and the alarm stands where it stood."""
        for number in self.to:
            result = self.texts.text(number, f"Dutyline {self.site}: {one.words}"[:LONGEST])
            if not isinstance(result, Done):
                logging.getLogger("dutyline").error(
                    "nobody was told of an alarm: %s (%s)", one.code, type(result).__name__
                )


def _is_due(one: Standing, now: datetime) -> bool:
    return one.began_at <= now - STANDS_FOR and not one.is_quiet(now)
