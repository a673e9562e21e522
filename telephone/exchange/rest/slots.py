"""When may the next call start? One a second; the rest stay queued. (Twilio: voice/api/call-resource, queue_time)"""

from collections.abc import Callable
from dataclasses import dataclass

from telephone.exchange.leg import Leg
from telephone.exchange.timeline import Timeline


@dataclass(slots=True)
class Slots:
    """The starts of one kind of calls, so many a second."""

    timeline: Timeline
    per_second: float
    _free_at: float = 0.0

    def when_free(self, leg: Leg, start: Callable[[], None]) -> None:
        """Start a call at its turn; one that was canceled meanwhile is left alone."""
        moment = max(self.timeline.now, self._free_at)
        self._free_at = moment + 1.0 / self.per_second

        def begin() -> None:
            if not leg.is_over:
                start()

        self.timeline.at(moment, begin)
