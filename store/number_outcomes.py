"""What does the outcome of a test call say of a number, and when is it called again? Pure.

A line that is engaged is in use, so somebody is there: that is no failure. Engaged at three tests that lie hours apart it counts as one:
so sounds a receiver that lies beside its phone. What we or the telephone company could not do says nothing of the number.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from routing.periods import Period
from store.number_tests import Standing

CONFIRMED, NO_KEY, NO_ANSWER, UNREACHABLE = "confirmed", "no key", "no answer", "not reachable"
ENGAGED, ANSWERED, UNHEARD, NOT_PLACED = "engaged", "answered", "unheard", "not placed"
"""``ANSWERED``: it was picked up, and no key was pressed yet. ``UNHEARD``: of the call's end nothing was told."""

FAILURES = frozenset((NO_KEY, NO_ANSWER, UNREACHABLE))
FLAGGED_AT = 2
MOST_ENGAGED = 3
PAUSES = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1))
"""After the first failure, the second, and every further one."""

WEEKLY = Period(days=7)
WORDS = {
    CONFIRMED: "Confirmed by key 1",
    NO_KEY: "Picked up, and no key 1: a mailbox, or somebody who did not listen",
    NO_ANSWER: "No answer",
    UNREACHABLE: "The number cannot be reached",
    ENGAGED: "Engaged",
    ANSWERED: "Picked up; no more was told",
    UNHEARD: "Nothing was told of the call",
    NOT_PLACED: "The call could not be placed",
    "": "Under way",
}


def judged(was: Standing, outcome: str, now: datetime) -> Standing:
    """How a number stands after a test; what follows from that is still to be done."""
    new = replace(was, last_at=now, last_outcome=outcome, followed=False)
    if outcome == CONFIRMED:
        return replace(new, failures=0, engaged=0, flagged_at=None)
    engaged = was.engaged + 1 if outcome == ENGAGED else was.engaged
    if outcome in FAILURES or engaged >= MOST_ENGAGED:
        return _failed(new, now)
    return replace(new, engaged=engaged)


def _failed(new: Standing, now: datetime) -> Standing:
    failures = new.failures + 1
    flagged = new.flagged_at or (now if failures >= FLAGGED_AT else None)
    return replace(new, failures=failures, engaged=0, flagged_at=flagged)


def again_at(standing: Standing, every: Period) -> datetime:
    """When a number is due again, counted from its last test."""
    last = standing.last_at or standing.due_at
    if standing.last_outcome == CONFIRMED:
        return last + timedelta(days=every.days + 365 * every.years)
    if standing.last_outcome == ENGAGED and standing.engaged:
        return last + _pause(standing.engaged)
    if standing.last_outcome in FAILURES | {ENGAGED}:
        return last + _pause(standing.failures)
    return last + PAUSES[0]


def _pause(times: int) -> timedelta:
    return PAUSES[min(times, len(PAUSES)) - 1]
