"""Say by when a reply of a class is due: the later reading is promised, both are kept (D:8, X10)."""

from ivr.moment import Moment
from ivr.outcome import Onward
from ivr.plan import Deadline
from ivr.reasons import DueBy
from ivr.speech import moment as spoken
from routing.deadlines import class_due


def step(node: Deadline, moment: Moment) -> Onward:
    """Say the moment, then go on. ``{due}`` in the text stands for it."""
    due = class_due(node.reply, moment.now, node.cut_off, moment.plan.day, moment.world.calendar)
    says = node.say.replace("{due}", spoken(due.promise, moment.now))
    return Onward(moment.entering(node.go), (says,), (DueBy(due.promise, due.target),))
