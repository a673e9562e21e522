"""On which core does a worker run? On one: its threads take turns, and a turn that goes from core to core costs more than the step in it.

The interpreter lets one of a worker's threads go on at a time. Where the kernel spreads them over two cores, each of the dozen turns
of a webhook wakes the other core, and half of a worker's time went there (docs/performance.md).
"""

import os
from collections.abc import Iterable, Sequence


def usable() -> Sequence[int]:
    """The cores that this process may run on; none where the system does not say."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else ()


def least_taken(cores: Sequence[int], taken: Iterable[int | None], first: int) -> int | None:
    """The core that has the fewest of those that are ``taken``; of several the first from place ``first`` on, round and round, so that
    services on one machine do not all begin with the same. Nothing where there is no choice."""
    if len(cores) < 2:
        return None
    held = list(taken)
    begins = first % len(cores)
    return min((*cores[begins:], *cores[:begins]), key=held.count)


def keep_to(core: int) -> bool:
    """This thread, and all that it starts, run there; whether the kernel, or what guards it, lets them."""
    try:
        os.sched_setaffinity(0, {core})
    except OSError:
        return False
    return True
