"""How is a duty number tested? The one that is due longest is called, once a minute at most; what comes of it is kept with the number.

The test, its party and the errand that rings are one transaction: what a worker does not finish another one looks for, and never
places a second time (``desk.errands``, ``desk.results``).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

from desk.scene import Scene
from ivr.moment import World
from ivr.testable import Duty, duties, never, not_now, shown
from store import errands, number_tests, parties
from store.database import Database, Transaction
from store.errands import RING, Wish
from store.number_outcomes import (
    ANSWERED,
    CONFIRMED,
    ENGAGED,
    NO_ANSWER,
    NO_KEY,
    NOT_PLACED,
    PAUSES,
    UNHEARD,
    UNREACHABLE,
    judged,
)
from store.number_tests import NumberTest
from store.parties import UNKNOWN, Party, Role

URGENCY = 9
"""Behind every other call."""

OF_THE_NUMBER = frozenset((21211, 21214, 21215, 21216, 21217))
"""Twilio's refusals that are about the number, and would be a caller's fate, too."""

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
TOLD = {"busy": ENGAGED, "failed": UNREACHABLE, "no-answer": NO_ANSWER, UNKNOWN: NOT_PLACED}
"""Twilio's CallStatus, and our own word for a call of which nothing was found."""


def place(database: Database, world: World, now: datetime) -> bool:
    """Begin the test that is due longest, if there is one and none began within the minute."""
    with database.read() as connection:
        wanted = tuple(_due(connection, world, now))
    if not wanted:
        return False
    with database.write() as connection:
        if not number_tests.takes_the_minute(connection, now):
            return False
        return any(_begun(connection, world, one, now) for one in wanted)


def _due(connection: Transaction, world: World, now: datetime) -> Iterator[Duty]:
    """Numbers that are due and may be called now, each once, the longest due first."""
    choices, standings = number_tests.choices(connection), number_tests.standings(connection)

    def due_at(one: Duty) -> datetime:
        known = standings.get(one.number.e164)
        return known.due_at if known else BEGINNING

    chosen = (one for one in duties(world.directory) if one.team.slug in choices and choices[one.team.slug].tests)
    due = {one.number.e164: one for one in chosen if due_at(one) <= now and _may_be_called(world, one, now)}
    yield from sorted(due.values(), key=lambda one: (due_at(one), one.number.e164))


def _may_be_called(world: World, one: Duty, now: datetime) -> bool:
    return not never(world, one) and not not_now(world, one, now)


def _begun(connection: Transaction, world: World, one: Duty, now: datetime) -> bool:
    number, shows, key = one.number.e164, shown(world, one.team), uuid4().hex[:16]
    if shows is None or number_tests.is_in_use(connection, number, now):
        return False
    if not number_tests.begin(connection, NumberTest(key, number, one.team.slug, now), now + PAUSES[0]):
        return False
    parties.add(connection, Party(key, key, Role.TESTED, one.team.name, number, shows.e164, now))
    errands.ask(connection, key, Wish(RING, key, urgency=URGENCY), now)
    return True


def picked_up(scene: Scene) -> None:
    """Somebody or something has answered: what ends without a key from now on has failed."""
    number_tests.ends(scene.connection, scene.call, ANSWERED, scene.now)


def confirmed(scene: Scene, party: Party) -> None:
    """Key 1. It counts whenever it comes, also where the test was given up meanwhile."""
    parties.goes(scene.connection, party.id, CONFIRMED)
    known = number_tests.opened(scene.connection, scene.call)
    if known and known.outcome != CONFIRMED:
        _over(scene, known, CONFIRMED, replaced=known.outcome)


def gone(scene: Scene, party: Party, how: str) -> None:
    """The call is over, or was never placed; ``how`` is Twilio's CallStatus, or our own words."""
    known = number_tests.opened(scene.connection, scene.call)
    if known and known.outcome in ("", ANSWERED):
        _over(scene, known, _outcome(scene, party, known, how), replaced=known.outcome)


def _outcome(scene: Scene, party: Party, known: NumberTest, how: str) -> str:
    if how == "completed":
        return NO_KEY if known.outcome == ANSWERED else UNHEARD
    if party.sid is None:
        code = errands.refusal_of(scene.connection, party.id)
        return UNREACHABLE if code in OF_THE_NUMBER else NOT_PLACED
    return TOLD.get(how, UNHEARD)


def _over(scene: Scene, known: NumberTest, outcome: str, replaced: str) -> None:
    """Keep the outcome, and how the number stands now; once."""
    if not number_tests.ends(scene.connection, known.id, outcome, scene.now, (replaced,)):
        return
    was = number_tests.standing_of(scene.connection, known.number)
    if was:
        number_tests.stands(scene.connection, judged(was, outcome, scene.now))
