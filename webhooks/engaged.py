"""Which numbers have as many of our calls as they can take? A hint of this worker's own memory: advisory, never a promise.

A third caller goes on to the next rung rather than to an engaged tone (ruling 7).
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from ivr.moment import Moment
from ivr.outcome import Outcome
from ivr.position import Stage
from ivr.replies import Ring

LONGEST = timedelta(hours=1)


class Engaged:
    """The calls that this worker has put through, by number."""

    def __init__(self) -> None:
        self._since: defaultdict[str, dict[str, datetime]] = defaultdict(dict)

    def full(self, limits: Mapping[str, int], call: str, now: datetime) -> frozenset[str]:
        """The numbers (E.164) at their limit, this call's own left out."""
        return frozenset(number for number, most in limits.items() if self._others(number, call, now) >= most)

    def note(self, limits: Mapping[str, int], moment: Moment, outcome: Outcome) -> None:
        """What a step of the caller's own leg did: a phone that rings now, or one that has ended."""
        if moment.position.stage in (Stage.WHISPER, Stage.ACCEPT):
            return
        for number in limits:
            self._since[number].pop(moment.call.sid, None)
        for reply in outcome.replies:
            if isinstance(reply, Ring) and reply.number.e164 in limits:
                self._since[reply.number.e164][moment.call.sid] = moment.now

    def _others(self, number: str, call: str, now: datetime) -> int:
        return sum(1 for sid, since in tuple(self._since[number].items()) if sid != call and now - since < LONGEST)
