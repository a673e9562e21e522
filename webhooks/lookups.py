"""How many names has a caller looked up lately? Counted in this worker's own memory: approximate, like ``engaged`` (ruling 21).

By the number that calls; a withheld one is counted call by call.
"""

from collections import deque
from datetime import datetime, timedelta

from ivr.moment import Moment
from ivr.steps.dial_by_name import MOST_LOOKUPS

LATELY = timedelta(minutes=10)
MOST_KEPT = 10_000
"""The oldest are forgotten first, however many callers there are."""


class Lookups:
    """The look-ups of the last ten minutes: when, by whom, and in which step, so that a retry counts once."""

    def __init__(self) -> None:
        self._kept: deque[tuple[datetime, str, tuple[str, int]]] = deque(maxlen=MOST_KEPT)

    def before(self, moment: Moment) -> int:
        """How many there were before this one, which is counted from now on unless there were too many."""
        by = moment.call.caller.e164 if moment.call.caller else moment.call.sid
        step = (moment.call.sid, moment.position.hop)
        mine = {at_step for at, who, at_step in tuple(self._kept) if who == by and moment.now - at < LATELY}
        if step not in mine and len(mine) < MOST_LOOKUPS:
            self._kept.append((moment.now, by, step))
        return len(mine - {step})
