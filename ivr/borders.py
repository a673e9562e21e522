"""What must a directory file know of the lines in force, whoever reads it in?"""

from collections.abc import Callable

from directory.border import Border
from ivr.moment import World
from ivr.naming import teams_in_plans
from routing.calendar import repeats
from routing.clock import LONDON


def border_of(world: World, new_slug: Callable[[], str]) -> Border:
    """The border of this world."""
    return Border(LONDON, new_slug, teams_in_plans(world), frozenset(world.plans.current), repeats)
