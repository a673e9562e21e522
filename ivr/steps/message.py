"""Speak, then go on."""

from ivr.moment import Moment
from ivr.outcome import Onward
from ivr.plan import Message


def step(node: Message, moment: Moment) -> Onward:
    """Say the message before whatever comes next."""
    return Onward(moment.entering(node.go), (node.say,))
