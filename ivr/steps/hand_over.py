"""Go on in another line's plan, which looks at its own hours."""

from dataclasses import replace

from ivr.moment import Moment
from ivr.outcome import Onward
from ivr.plan import HandOver
from ivr.reasons import HandedOver, NoSuchLine


def step(node: HandOver, moment: Moment) -> Onward:
    """Enter the other line at its start; a line that is not here leads to this line's default destination."""
    plan = moment.world.plans.of_line(node.line)
    if plan is None:
        return Onward(moment.entering(moment.plan.otherwise), trace=(NoSuchLine(node.line),))
    there = replace(moment.entering(plan.start), digest=plan.digest, line=plan.line, back=())
    return Onward(there, (node.say,), (HandedOver(node.line),))
