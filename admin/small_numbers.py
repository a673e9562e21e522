"""Which numbers may be shown? Small counts are left out and the others rounded, so that no two reports tell by their difference what
neither tells. Whatever is worked out of counts is worked out of the rounded ones.
"""

from collections.abc import Mapping
from itertools import accumulate

LEAST = 5
"""A smaller number could say who it was, and is left out; the others are rounded to it (assumed: no source names a limit)."""

ENOUGH = {50: LEAST, 90: 2 * LEAST, 95: 4 * LEAST}
"""Of how many values a percentile is told: of fewer it would be one call's own (assumed)."""


def rounded(count: int) -> int | None:
    """To the nearest five; none: fewer."""
    return (count + LEAST // 2) // LEAST * LEAST if count >= LEAST else None


def share(part: int, whole: int) -> int | None:
    """The part of a whole in whole per cent, of the two rounded; none where either is left out."""
    shown, of = rounded(part), rounded(whole)
    return None if shown is None or of is None else min(100, (200 * shown + of) // (2 * of))


def percentile(values: Mapping[int, int], percent: int) -> int | None:
    """The smallest value that so many per cent of the values do not exceed; ``values``: how often each is there. None: too few."""
    count = sum(values.values())
    if count < ENOUGH[percent]:
        return None
    ordered = sorted(values)
    reached = accumulate(values[value] for value in ordered)
    return next(value for value, up_to in zip(ordered, reached, strict=True) if 100 * up_to >= percent * count)
