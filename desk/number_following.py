"""What follows from a test call? When the number is due again; its managers' alert and its place in the team, once it is flagged.

Done after the call by whichever worker comes to it, in one transaction for all that is open, so that doing it twice is harmless.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from desk.chores import Chore
from desk.new_tasks import BY_ITSELF, Wanted, begun
from desk.number_calls import place
from desk.number_moves import move_back, move_forward
from directory.model import Team
from ivr.moment import World
from ivr.testable import duties
from routing.periods import Period
from store import number_tests, tasks
from store.database import Database, Transaction
from store.number_outcomes import again_at
from store.number_tests import Standing
from store.tasks import TaskState

KIND, ABOUT = "number-unanswered", "team"
LOOK_EVERY = timedelta(minutes=1)


def number_testing(every: Period) -> Chore:
    """Each minute: what follows from the tests that are over, and the next one. ``every``: how long a confirmed number rests."""
    return Chore("number-tests", partial(_round, every=every), lambda now: now + LOOK_EVERY)


def _round(database: Database, world: World, now: datetime, every: Period) -> None:
    follow(database, world, now, every)
    place(database, world, now)


def follow(database: Database, world: World, now: datetime, every: Period) -> None:
    """Do what follows from every test that is over, and from teams that want no tests any more."""
    known = {one.number.e164 for one in duties(world.directory)}
    with database.read() as connection:
        is_news = number_tests.unfollowed(connection) or number_tests.standings(connection).keys() - known
        if not is_news and not _quiet(connection, world):
            return
    with database.write_in_order() as connection:
        number_tests.forget_others(connection, known)
        for one in number_tests.unfollowed(connection):
            _follows(connection, world, one.number, now, every)
        for team in _quiet(connection, world):
            tasks.close(connection, KIND, team, TaskState.DONE, BY_ITSELF, now)


def _follows(connection: Transaction, world: World, number: str, now: datetime, every: Period) -> None:
    known = number_tests.standing_of(connection, number)
    if known is None or known.followed:
        return
    number_tests.stands(connection, replace(known, due_at=again_at(known, every), followed=True))
    if known.flagged_at is None:
        move_forward(connection, number, now)
        return
    for team in _teams_of(connection, world, number):
        _is_flagged(connection, world, team, known, now)


def _is_flagged(connection: Transaction, world: World, team: Team, known: Standing, now: datetime) -> None:
    """The managers hear of it when it is flagged, and not at every further failure."""
    if known.flagged_at == known.last_at:
        begun(connection, Wanted(KIND, team.authority, ABOUT, team.slug, now), world, BY_ITSELF)
    if number_tests.choices(connection)[team.slug].moves:
        move_back(connection, world, team.slug, known.number, now)


def _teams_of(connection: Transaction, world: World, number: str) -> Iterator[Team]:
    """The teams whose number it is, and that want tests."""
    choices = number_tests.choices(connection)
    for one in duties(world.directory):
        if one.number.e164 == number and one.team.slug in choices and choices[one.team.slug].tests:
            yield one.team


def _quiet(connection: Transaction, world: World) -> set[str]:
    """The teams with an alert that have no flagged number any more, or want no tests."""
    alerted = {task.about for task in tasks.open_tasks(connection, kind=KIND)}
    flagged = number_tests.flagged(connection) if alerted else {}
    return alerted - {team.slug for number in flagged for team in _teams_of(connection, world, number)}
