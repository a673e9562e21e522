"""Does each line answer a call that comes in through the public address? Asked as Twilio asks, up to the first words, on a schedule.

Nobody is rung and nothing is recorded as a call (``webhooks.test_call``); what was found stands in a table of its own. One failure is
tried again at once, so that a hiccup is no alarm.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ivr.alarms import Alarm, Alarming, alarm
from ivr.moment import World
from ivr.plan import Plan
from store import alarms, watched
from store.database import Database
from store.watched import Look, State
from watch.heard import amiss
from watch.posting import Post
from webhooks.links import ROOT
from webhooks.test_call import form_of

KIND = "test-call"
TRIES = 2


@dataclass(frozen=True, slots=True)
class TestCalls:
    """Through which address, of which account, how signed, and who posts."""

    __test__ = False  # no test of pytest's

    public_url: str
    account: str
    sign: Callable[[str, Sequence[tuple[str, str]]], str]
    post: Post

    def round(self, database: Database, world: World, now: datetime) -> None:
        """Call every line that answers a number, and keep how each went."""
        looks = [self._called(plan, number, world, now) for plan, number in _answered(world)]
        failed = [_failure(look) for look in looks if look.state is State.AMISS]
        with database.write() as connection:
            for look in looks:
                watched.keep(connection, look)
            watched.forget(connection, KIND, [look.subject for look in looks])
            alarms.settled(connection, (Alarming.TEST_CALL_FAILED,), failed, now)

    def _called(self, plan: Plan, number: str, world: World, now: datetime) -> Look:
        for _ in range(TRIES):
            look = self._once(plan, number, world, now)
            if look.state is State.WELL:
                break
        return look

    def _once(self, plan: Plan, number: str, world: World, now: datetime) -> Look:
        pairs = form_of(number, self.account, world.keyed, now)
        reply = self.post(f"{self.public_url}{ROOT}", pairs, self.sign(ROOT, pairs))
        words = reply.fault or amiss(reply.document, plan.opening)
        return Look(KIND, plan.line, now, State.AMISS if words else State.WELL, words, reply.milliseconds)


def _answered(world: World) -> list[tuple[Plan, str]]:
    """Every line that is in force and answers a number, with the first of its numbers."""
    plans = (world.plans.by_digest[digest] for _, digest in sorted(world.plans.current.items()))
    return [(plan, numbers[0]) for plan in plans if (numbers := numbers_of(world, plan.line))]


def numbers_of(world: World, line: str) -> list[str]:
    """The numbers that a line answers, E.164."""
    known = world.directory.lines.get(line)
    return [number.e164 for number in known.numbers] if known else []


def _failure(look: Look) -> Alarm:
    return alarm(Alarming.TEST_CALL_FAILED, look.subject, f"The reason: {look.words}.")
