"""How does something prepared come into force? Judged against the newest world, written in order, published before anybody is told.

The same for a request, for the command line, and for what is published by itself at its moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from admin.auth import caller
from admin.caller import Caller
from admin.ports import Teller, desk, untold
from admin.problems import FieldProblem, ProblemError
from admin.scope import forbidden, refuse_outside
from directory.problems import Fault, Problem
from directory.snapshot import Change
from ivr.moment import World
from routing.clock import Clock
from store.calls import log_version
from store.database import Database, Transaction
from store.publication import Publication

ATTEMPTS = 5
BUSY = "Others are changing plans or directory at this moment; try again."

Write = Callable[[Transaction, datetime], object]
"""Writes what was judged, in one transaction."""


class BusyError(ProblemError):
    """409: others were quicker, time and again."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.CONFLICT, BUSY)


@dataclass(frozen=True, slots=True)
class Press:
    """What publishing needs. ``asking`` is whose request it is; none where the command line or the clock does it."""

    database: Database
    publication: Publication
    clock: Clock
    tell: Teller = untold
    asking: Caller | None = None

    def newest(self) -> World:
        """The world at the newest version that the database holds."""
        return self.publication.publish() if self.publication.behind() else self.publication.current()

    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now()

    def brought(self, judge: Callable[[World], Write]) -> World:
        """Write what the judge makes of the newest world; a change in between makes it judge anew. The world afterwards."""
        for _ in range(ATTEMPTS):
            world = self.newest()
            write = judge(world)
            with self.database.write_in_order() as connection:
                if log_version(connection) == world.directory.version:
                    write(connection, self.now())
                    break
        else:
            raise BusyError
        return self.publication.publish()

    def refuse_strange_plan(self, line: str, authority: str, world: World) -> None:
        """403 where whoever asks is limited, and this plan, or the one in force, is not of their authority."""
        known = world.plans.of_line(line)
        authorities = {authority, *((known.authority,) if known else ())}
        if self.asking and self.asking.limited and not authorities <= self.asking.authorities:
            one = Problem(f"line {line}", Fault.OUTSIDE)
            raise forbidden([FieldProblem(field=one.field, code=one.code, message=one.sentence)])

    def refuse_strange(self, changes: list[Change], world: World) -> None:
        """403 where an entry is not this caller's to change."""
        if self.asking:
            refuse_outside(changes, world)


def press() -> Press:
    """The press of the application that answers this request."""
    here = desk()
    return Press(here.database, here.publication, here.clock, here.tell, caller())
