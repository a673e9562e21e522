"""On which line has nobody rung for longer than its history explains? (``routing.silence`` says how that is known.)"""

from collections.abc import Mapping
from datetime import date, datetime

from ivr.alarms import Alarm, Alarming, alarm
from ivr.moment import World
from ivr.plan import Plan
from routing.clock import local
from routing.reasons import clock_time
from routing.silence import Habit, Line, Thin, habit, improbable_at, window_of
from store import alarms, watched
from store.database import Database
from store.watched import Look, State

KIND = "silence"


class Silences:
    """One worker's rounds; how a line is rung is worked out once a day."""

    def __init__(self) -> None:
        self._habits: dict[str, tuple[date, Line, Habit | Thin]] = {}

    def round(self, database: Database, world: World, now: datetime) -> None:
        """Look at every line, and keep what was found."""
        plans = [world.plans.by_digest[digest] for _, digest in sorted(world.plans.current.items())]
        with database.read() as connection:
            last = watched.last_rung(connection, window_of(now)[0], ours(world))
        looks = [self._looked(database, world, plan, last, now) for plan in plans]
        silent = [_silent(look) for look in looks if look.state is State.AMISS]
        with database.write() as connection:
            for look in looks:
                watched.keep(connection, look)
            watched.forget(connection, KIND, [look.subject for look in looks])
            alarms.settled(connection, (Alarming.LINE_SILENT,), silent, now)

    def _looked(
        self, database: Database, world: World, plan: Plan, last: Mapping[str, datetime], now: datetime
    ) -> Look:
        line = Line(plan.opens, world.calendar)
        known = self._habit(database, world, plan.line, line, now)
        if isinstance(known, Thin) or plan.line not in last:
            words = known.words if isinstance(known, Thin) else "nobody rang it yet"
            return Look(KIND, plan.line, now, State.UNKNOWN, words)
        expected = improbable_at(known, line, last[plan.line])
        state = State.AMISS if expected and expected <= now else State.WELL
        return Look(KIND, plan.line, now, state, f"last call {clock_time(last[plan.line])}", expected_at=expected)

    def _habit(self, database: Database, world: World, slug: str, line: Line, now: datetime) -> Habit | Thin:
        """Anew each day, and where hours, closures or holidays have changed."""
        today, before = local(now).date(), self._habits.get(slug)
        if before is None or before[:2] != (today, line):
            with database.read() as connection:
                calls = watched.rung_at(connection, slug, window_of(now)[0], ours(world))
            before = self._habits[slug] = today, line, habit(calls, line, now)
        return before[2]


def ours(world: World) -> list[str]:
    """The numbers that our lines answer."""
    return list(world.directory.line_answering)


def _silent(look: Look) -> Alarm:
    since = clock_time(look.expected_at) if look.expected_at else ""
    return alarm(Alarming.LINE_SILENT, look.subject, f"{look.words.capitalize()}; improbable since {since}.")
