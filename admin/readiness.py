"""What is worked out before anybody asks? The words to search by, and the findings, of every world that comes into force.

The interpreter runs one thread at a time, so that work in the background can keep a caller waiting. It is done in parts of a
few milliseconds, with a rest after each.
"""

import time

from admin.findings import findings_at
from directory.search import FINDERS
from ivr.moment import World
from routing.clock import Clock

REST_SECONDS = 0.004


def make_ready(world: World, clock: Clock) -> None:
    """Bring search and findings up to a world."""
    for finder in FINDERS:
        finder.ready(world.directory, between=_rest)
    findings_at(world, clock.now())


def _rest() -> None:
    time.sleep(REST_SECONDS)
