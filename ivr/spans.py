"""Which time is in these stretches and not in those? Joining, cutting and taking away, with aware moments."""

from collections.abc import Iterable
from datetime import datetime

Span = tuple[datetime, datetime]
"""From a moment until another."""


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time in as few pieces as can be, in order."""
    found: list[Span] = []
    for since, until in sorted(spans):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return tuple(found)


def within(spans: Iterable[Span], whole: Span) -> tuple[Span, ...]:
    """What of these lies in a whole."""
    cut = ((max(since, whole[0]), min(until, whole[1])) for since, until in spans)
    return tuple((since, until) for since, until in cut if since < until)


def without(spans: Iterable[Span], others: tuple[Span, ...]) -> tuple[Span, ...]:
    """What of these is not in the others; the others are joined."""
    left: list[Span] = []
    for since, until in spans:
        for other in within(others, (since, until)):
            left.append((since, other[0]))
            since = other[1]  # what is left of it
        left.append((since, until))
    return tuple((since, until) for since, until in left if since < until)
