"""Which addresses does the door answer? Every one that its grammar can name, on every line of the bundled plans."""

from collections.abc import Iterator

from ivr.legs import LegPlace, LegStage
from ivr.moment import World
from ivr.position import Position, Stage
from webhooks import links

QUERIES = {"tries": 1, "back": (1, 2), "subject": "~mash", "tried": ("A" * 6,), "mark": 2}


def addresses(world: World) -> list[str]:
    """Each node of each plan at each stage, with and without a query; the beginnings, the callbacks and the desk's legs."""
    return [
        links.ROOT,
        links.STATUS,
        links.FALLBACK,
        links.AFTER_FALLBACK,
        links.ROUND_TRIP,
        *_legs(),
        *_positions(world),
    ]


def _legs() -> Iterator[str]:
    return (links.leg_path_of(LegPlace("A" * 16, stage, 1)) for stage in LegStage)


def _positions(world: World) -> Iterator[str]:
    for plan in filter(None, map(world.plans.of_line, world.directory.lines)):
        for place, (node, stage) in enumerate((node, stage) for node in plan.nodes for stage in Stage):
            at = Position(plan.digest, plan.line, node, stage, hop=place % 9)
            yield links.path_of(at)
            if place % 5 == 0:
                yield links.path_of(Position(plan.digest, plan.line, node, stage, hop=1, **QUERIES))  # type: ignore[arg-type]  # each its own
