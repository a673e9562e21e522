"""What may a handler's status become, and when does it change by itself? Nothing here reads a clock or a table."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from store.presence import Present, Status

WRAP_UP = timedelta(seconds=120)
"""So long a handler writes down a call before the next one rings."""

CHOICES = (Status.AVAILABLE, Status.WRAP_UP, Status.AWAY)
"""What a handler may say of themselves; ringing and on-call are what their telephone does."""

BUSY = frozenset((Status.RINGING, Status.ON_CALL))
ALLOWED: Mapping[Status, frozenset[Status]] = {
    Status.AVAILABLE: frozenset((Status.AVAILABLE, Status.RINGING, Status.WRAP_UP, Status.AWAY)),
    Status.RINGING: frozenset((Status.RINGING, Status.AVAILABLE, Status.ON_CALL, Status.AWAY)),
    Status.ON_CALL: frozenset((Status.ON_CALL, Status.WRAP_UP)),
    Status.WRAP_UP: frozenset((Status.WRAP_UP, Status.AVAILABLE, Status.AWAY)),
    Status.AWAY: frozenset((Status.AWAY, Status.AVAILABLE)),
}
"""From each status the next ones, whether a handler or a telephone brings them."""


def may_choose(since: Status | None, to: Status) -> bool:
    """Whether a handler may say this of themselves now. One who rings or speaks is busy until that is over."""
    if since is None:
        return to in (Status.AVAILABLE, Status.AWAY)
    return to in CHOICES and since not in BUSY and to in ALLOWED[since]


def rests_until(present: Present) -> datetime | None:
    """When a wrap-up ends by itself."""
    return present.since + WRAP_UP if present.status is Status.WRAP_UP else None


def has_rested(present: Present, now: datetime) -> bool:
    """Whether a wrap-up is over, and the handler available again."""
    until = rests_until(present)
    return until is not None and now >= until
