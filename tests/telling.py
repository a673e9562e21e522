"""How does an acceptance test speak? ``ring("devon").hears("North Devon").presses("1").rings("01392 388481").no_answer()``"""

from datetime import UTC, datetime

from ivr.moment import World
from rehearsal.staging import Rehearsal, Staffed, rehearsal
from routing.wording import moment_from
from telephone import Call
from webhooks.ports import UNPLUGGED
from webhooks.ports import Switchboard as Desk

MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""The week that the tests' days name: Monday 23 November 2026, no holiday in it."""


def at(text: str) -> datetime:
    """``Fri 16:05`` in the tests' week, or any ISO date."""
    found = moment_from(text, MONDAY)
    if found is None:
        raise ValueError(text)
    return found


class Switchboard:
    """Rings lines of a world at moments, and keeps what the code kept."""

    def __init__(self, world: World, staffed: frozenset[str] = frozenset(), desk: Desk = UNPLUGGED) -> None:
        self._world, self._attendance, self._desk = world, Staffed(staffed), desk
        self.staged: Rehearsal | None = None

    def ring(self, line: str, when: str = "Wed 10:00", caller: str = "+442079460999") -> Call:
        """Dial a line's number."""
        self.staged = rehearsal(self._world, at(when), self._attendance, self._desk)
        return self.staged.phone.dial(self._world.directory.lines[line].numbers[0].e164, caller)

    @property
    def reasons(self) -> list[str]:
        """Every reason of the call, as sentences."""
        records = self.staged.memory.records if self.staged else []
        return [reason["sentence"] for record in records for reason in record.body.get("reasons", ())]
