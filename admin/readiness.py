"""What is worked out before anybody asks? The words to search by, and the findings, of every world that comes into force."""

import gc

from admin.findings import findings_at
from admin.resting import rest
from directory.search import FINDERS
from ivr.moment import World
from routing.clock import Clock

MANY = 100
"""With so many new shelves the collector of garbage would take a noticeable time to look through them, again and again."""


def make_ready(world: World, clock: Clock) -> None:
    """Bring search and findings up to a world."""
    shelves = 0

    def after_a_shelf() -> None:
        nonlocal shelves
        shelves += 1
        rest()

    for finder in FINDERS:
        finder.ready(world.directory, between=after_a_shelf)
    findings_at(world, clock.now())
    if shelves >= MANY:
        gc.freeze()
