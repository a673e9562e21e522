"""What would a plan change for callers, in words? Routes are compared over the time that is proved, never text."""

from datetime import timedelta
from functools import lru_cache

from admin.plan_proof import with_plan
from admin.ports import newest_world, now
from ivr.differences import Difference, differences
from ivr.moment import World
from ivr.plan import Plan
from routing.clock import local

AHEAD = timedelta(days=400)
MOST_COMPARED = 32


def compared(plan: Plan, before: Plan | None = None) -> tuple[Difference, ...]:
    """What becomes different where a plan replaces the one in force, or the one that is given."""
    return _compared(newest_world(), before, plan, local(now()).date().isoformat())


@lru_cache(maxsize=MOST_COMPARED)
def _compared(world: World, before: Plan | None, plan: Plan, _day: str) -> tuple[Difference, ...]:
    """The same two plans are compared once a day in each world."""
    old = with_plan(world, before) if before else world
    return differences(old, with_plan(world, plan), (plan.line,), now(), now() + AHEAD)
