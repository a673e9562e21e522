"""Who is next? A child at risk before advice, then whoever has waited longest; and who answers them."""

from collections.abc import Iterable
from datetime import datetime

from store.conversations import RISK, Conversation
from store.presence import Present, Status


def in_order(waiting: Iterable[Conversation]) -> tuple[Conversation, ...]:
    """The waiting callers, the next one first."""
    return tuple(sorted(waiting, key=lambda one: (one.priority != RISK, one.queued_at, one.call)))


def free_for(line: str, handlers: Iterable[Present], now: datetime) -> Present | None:
    """The handler who answers this line and has been available longest."""
    free = [one for one in handlers if one.status is Status.AVAILABLE and line in one.lines and one.is_there(now)]
    return min(free, key=lambda one: (one.since, one.who), default=None)
