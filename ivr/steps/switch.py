"""Go one way while hours are open, another while they are closed."""

from ivr.moment import Moment
from ivr.outcome import Onward
from ivr.plan import Switch
from routing.hours import verdict


def step(node: Switch, moment: Moment) -> Onward:
    """Follow the verdict of the named hours."""
    found = verdict(moment.plan.hours[node.hours], moment.now, moment.world.calendar)
    return Onward(moment.entering(node.open if found.is_open else node.closed), trace=(found.because,))
