"""In which order is a plan told? From its beginning on, each step where a caller first comes to it; every other way to it says so."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from admin.drawing.ways import Way, ways
from ivr.moment import Moment


@dataclass(frozen=True, slots=True)
class Limb:
    """A way on, and the step behind it where it is told here; none where it is told at another place."""

    way: Way
    branch: "Branch | None"


@dataclass(slots=True)
class Branch:
    """A step with its ways on. It grows while the plan is read, and is left alone afterwards."""

    slug: str
    limbs: list[Limb] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Root:
    """Where one part of the drawing begins, and what leads there."""

    words: str
    branch: Branch


def roots(here: Moment) -> tuple[Root, ...]:
    """The beginning; then what a caller comes to by 0 alone, and when nobody answers, as far as it was not met before."""
    plan, met = here.plan, set[str]()
    begins = (
        ("A call begins", plan.start),
        ("0, silence and wrong keys", plan.otherwise),
        ("When nobody answers", plan.safe),
    )
    return tuple(Root(words, _grown(slug, here, met)) for words, slug in begins if slug not in met)


def _grown(slug: str, here: Moment, met: set[str]) -> Branch:
    """Nearest first, so that each step stands as few steps from the beginning as a caller needs."""
    first = Branch(slug)
    met.add(slug)
    ahead = deque([first])
    while ahead:
        branch = ahead.popleft()
        branch.limbs = list(_limbs(branch, here, met))
        ahead += [limb.branch for limb in branch.limbs if limb.branch]
    return first


def _limbs(branch: Branch, here: Moment, met: set[str]) -> Iterator[Limb]:
    for way in ways(here.plan.nodes[branch.slug], here):
        fresh = way.to not in met
        met.add(way.to)
        yield Limb(way, Branch(way.to) if fresh else None)
