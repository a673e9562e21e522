"""Speak and end the call."""

from ivr.moment import Moment
from ivr.outcome import Ending, Outcome
from ivr.plan import Goodbye
from ivr.replies import HangUp, Say


def step(node: Goodbye, moment: Moment) -> Outcome:  # noqa: ARG001  # every verb has the same shape
    """Say goodbye."""
    return Outcome((Say(node.say), HangUp()), ending=Ending.SAFE_MESSAGE)
