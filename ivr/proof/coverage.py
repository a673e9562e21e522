"""Does anybody's phone ring for a caller who asks for nobody, and where not, was that declared? (ruling 10)"""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.findings import Finding
from ivr.engine import advance, start
from ivr.events import Arrived, Event, LegEnd, Silent, Unreached
from ivr.lint import DECLARED_GAP
from ivr.moment import Moment
from ivr.outcome import Outcome
from ivr.plan import MOST_HOPS, CallBack, Night, Plan, Safe
from ivr.position import Stage
from ivr.proof.faults import read, where
from ivr.proof.findings import Uncovered
from ivr.proof.scenes import Scene
from ivr.replies import Enqueue, Ring
from ivr.walk import ways_on
from routing.hours import verdict
from routing.reasons import NoNumber, clock_time


@dataclass(frozen=True, slots=True)
class Answered:
    """How a silent call went until a phone rang, or until it ended: the last step, and every plan's line that was asked."""

    outcome: Outcome
    plan: Plan
    missing: tuple[str, ...]

    @property
    def rings(self) -> bool:
        """Whether a phone rings."""
        return any(isinstance(reply, Ring | Enqueue) for reply in self.outcome.replies)


def uncovered(plan: Plan, scene: Scene) -> Iterator[Finding]:
    """The gap, where a line has one in this situation that nobody has declared."""
    try:
        found = _silent_call(plan, scene)
    except RecursionError:
        return
    if not found.rings and not _declared(found, scene):
        first = scene.look.stretches[0]
        yield Uncovered(where(plan), read(plan), clock_time(first.since), clock_time(first.until))


def _silent_call(plan: Plan, scene: Scene) -> Answered:
    """A caller presses nothing."""
    under, place = scene.under, start(plan)
    event: Event = Arrived()
    missing: list[str] = []
    for _ in range(MOST_HOPS):
        at = under.world.plans.by_digest[place.digest]
        outcome = advance(Moment(under.world, at, under.call, place, event, under.at))
        missing += [why.who for why in outcome.trace if isinstance(why, NoNumber)]
        ways = ways_on(outcome)
        if outcome.ending or not ways or any(isinstance(reply, Ring) for reply in outcome.replies):
            break
        place, event = ways[0], _next(ways[0].stage)
    last = outcome.at or place
    return Answered(outcome, under.world.plans.by_digest[last.digest], tuple(missing))


def _next(stage: Stage) -> Event:
    return Unreached(LegEnd.NO_ANSWER) if stage is Stage.LEG else Silent()


def _declared(found: Answered, scene: Scene) -> bool:
    """Ruling 10: a night that is none-printed, and a team whose row says that no number is printed. A line whose default destination
    is its safe message or a call-back says so itself; but a night that is promised must ring."""
    plan, world = found.plan, scene.under.world
    by_night = not verdict(plan.day, scene.under.at, world.calendar).is_open
    if by_night and plan.night is Night.NONE_PRINTED:
        return True
    if found.missing:
        declared = {
            team.name for team in world.directory.teams.values() if team.source and DECLARED_GAP in team.source.assumed
        }
        return set(found.missing) <= declared
    return not by_night and isinstance(plan.nodes[plan.otherwise], Safe | CallBack)
