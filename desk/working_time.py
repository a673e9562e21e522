"""In which hours does an authority work? Those of its first line that closes at all; they count a working day."""

from datetime import datetime, timedelta

from ivr.moment import World
from routing.deadlines import Due, Reading, call_back_due
from routing.hours import Hours


def hours_of(authority: str, world: World) -> Hours | None:
    """The hours of an authority's day; nothing where no line of it ever closes, or it is not known."""
    plans = (world.plans.of_line(slug) for slug in sorted(world.directory.lines))
    own = (plan.day for plan in plans if plan and plan.authority == authority and not plan.day.always)
    return next(own, None)


def due_within(received: datetime, within: timedelta, authority: str, world: World) -> Due:
    """A deadline of so long, on the clock and on the authority's working time; on the clock alone where that is not known."""
    hours = hours_of(authority, world)
    if hours is None:
        return Due((Reading("on the clock", received + within),))
    return call_back_due(received, within, hours, world.calendar)
