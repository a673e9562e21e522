"""How many names has a caller looked up lately? Counted in this worker's own memory: approximate, like ``engaged`` (ruling 21).

By the number that calls; a withheld one is counted call by call. Of those who ring again and again without a number, or with ever
another one, the line's own count stops the harvest; whoever is stopped goes on to a person.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from ivr.moment import Moment
from ivr.steps.dial_by_name import MOST_LOOKUPS

LATELY, AN_HOUR = timedelta(minutes=10), timedelta(hours=1)
MOST_AN_HOUR = 20
"""So many names may one caller look up in an hour, with rests in between."""

MOST_OF_A_LINE = 120
"""So many names are looked up on one line in an hour, whoever asks: in each worker."""

MOST_KEPT = 10_000
"""The oldest are forgotten first, however many callers there are."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """One look-up: when, by whom, on which line, and in which step, so that a retry counts once."""

    at: datetime
    who: str
    line: str
    step: tuple[str, int]


class Lookups:
    """The look-ups of the last hour, in the order in which they came."""

    def __init__(self) -> None:
        self._kept: deque[LookUp] = deque(maxlen=MOST_KEPT)

    def before(self, moment: Moment) -> int:
        """How many there were before this one, which is counted from now on unless there were too many. As many as are allowed
        where the caller's hour is used up, or the line's."""
        by = moment.call.caller.e164 if moment.call.caller else moment.call.sid
        new = LookUp(moment.now, by, moment.plan.line, (moment.call.sid, moment.position.hop))
        hour = [one for one in tuple(self._kept) if moment.now - one.at < AN_HOUR and one.step != new.step]
        mine = [one for one in hour if one.who == by]
        lately = len({one.step for one in mine if moment.now - one.at < LATELY})
        on_line = sum(one.line == new.line for one in hour)
        found = MOST_LOOKUPS if len(mine) >= MOST_AN_HOUR or on_line >= MOST_OF_A_LINE else lately
        if found < MOST_LOOKUPS and all(one.step != new.step for one in tuple(self._kept)):
            self._kept.append(new)
        return found
