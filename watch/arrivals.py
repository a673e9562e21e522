"""Does a real call to a line arrive at us? One of our numbers rings the others, and our own webhook must have seen it.

Off unless a deployment says how often: each call costs. A call from one of our own lines is never put through to anybody (ruling 8):
it hears the safe message for a few seconds and hangs up. It is judged by the record of its arrival, which is then taken away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from carrier.listening import Listening
from carrier.port import Busy, Done, Gone, Refused, Result, Unknown
from directory.numbers import Number
from ivr.alarms import Alarming, alarm
from ivr.moment import World
from store import alarms, watched
from store.database import Database, Transaction
from store.watched import Look, State
from watch.test_calls import numbers_of

KIND = "arrival"
LISTENS_SECONDS = 8
ARRIVES_WITHIN = timedelta(seconds=60)
JUDGED_AFTER = timedelta(seconds=90)
"""Its record is on its way to the database meanwhile."""

CLOCKS_DIFFER = timedelta(seconds=5)
PLACED = "placed"
ARRIVED = "it arrived"
MISSING = "our own webhook did not see it within a minute"
DOUBTFUL = "it may not have been placed: the telephone company did not answer"
NOT_PLACED = "the telephone company did not place it"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Who places the calls."""

    listening: Listening

    def place(self, database: Database, world: World, now: datetime) -> None:
        """Ring each line. That it is rung is written first, so that a worker that dies in between rings nobody twice."""
        for line in sorted(world.plans.current):
            for dialled, caller in _ends(world, line):
                look = Look(KIND, line, now, State.UNDER_WAY, PLACED, place=f"{caller} {dialled}")
                with database.write() as connection:
                    watched.keep(connection, look)
                _noted(database, look, self.listening.listen(Number(dialled), Number(caller), LISTENS_SECONDS), now)

    def judge(self, database: Database, _: World, now: datetime) -> None:
        """Look for each call that was placed a while ago."""
        with database.read() as connection:
            waiting = [one for one in watched.looks(connection) if one.kind == KIND and one.state is State.UNDER_WAY]
        for look in waiting:
            if look.at <= now - JUDGED_AFTER:
                with database.write() as connection:
                    _judged(connection, look, now)


def _ends(world: World, line: str) -> Iterator[tuple[str, str]]:
    """The number of a line that is rung, and one of ours that rings it."""
    dialled = numbers_of(world, line)
    others = sorted(number for number in world.directory.line_answering if number not in dialled[:1])
    if dialled and others:
        yield dialled[0], others[0]


def _noted(database: Database, look: Look, result: Result, now: datetime) -> None:
    """What is not placed is not waited for. An answer that was lost says nothing: the call is judged, should it come."""
    match result:
        case Done():
            return
        case Unknown():
            state, said = State.UNDER_WAY, DOUBTFUL
        case Refused(words=words):
            state, said = State.AMISS, f"{NOT_PLACED}: {words}"
        case Busy() | Gone():
            state, said = State.UNKNOWN, NOT_PLACED
    with database.write() as connection:
        watched.settled(connection, look, state, said)
        if state is State.AMISS:
            alarms.raised(connection, [alarm(Alarming.ARRIVAL_MISSING, look.subject, f"The reason: {said}")], now)


def _judged(connection: Transaction, look: Look, now: datetime) -> None:
    caller, _, dialled = look.place.partition(" ")
    sid = watched.arrived(connection, dialled, caller, look.at - CLOCKS_DIFFER, look.at + ARRIVES_WITHIN)
    doubtful = look.words == DOUBTFUL
    state = State.WELL if sid else State.UNKNOWN if doubtful else State.AMISS
    if not watched.settled(connection, look, state, ARRIVED if sid else DOUBTFUL if doubtful else MISSING):
        return
    if sid:
        watched.taken_out(connection, sid)
        alarms.over_for(connection, Alarming.ARRIVAL_MISSING, look.subject, now)
    elif not doubtful:
        alarms.raised(connection, [alarm(Alarming.ARRIVAL_MISSING, look.subject, f"The reason: {MISSING}.")], now)
