"""What is proved of some lines, and what is refuted? Every position that a call can come to, in every situation of the next 400 days and
under stress, is explored with the engine that answers calls; whatever does not hold is shown by a call."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ivr.grid import handed_over
from ivr.moment import World
from ivr.plan import Plan
from ivr.proof.gathering import Gathered, Measured, Refutation
from ivr.proof.scenes import scenes

Telling = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a proof: every refutation, the worst first, and the figures of each line."""

    refuted: tuple[Refutation, ...]
    measured: tuple[Measured, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is refuted."""
        return not self.refuted


def quietly(_: str) -> None:
    """Tell nobody how far the proof is."""


def prove(world: World, lines: Iterable[str], now: datetime, telling: Telling = quietly) -> Proof:
    """The proof of some lines over the 400 days from ``now``. ``telling`` hears what is being looked at."""
    asked = [plan for line in lines if (plan := world.plans.of_line(line))]
    refuted: list[Refutation] = []
    measured: list[Measured] = []
    for group in connected(world, asked):
        gathered = Gathered(world, group)
        for number, scene in enumerate(scenes(world, group, now), 1):
            telling(f"{', '.join(plan.line for plan in group)}: circumstance {number}")
            gathered.look_at(scene)
        refuted += gathered.refuted(now)
        measured += gathered.measured()
    return Proof(tuple(sorted(refuted, key=lambda one: one.finding.rank)), tuple(measured))


def connected(world: World, plans: Iterable[Plan]) -> Iterator[tuple[Plan, ...]]:
    """The plans in groups that hand over to one another, so that what they share is looked at once."""
    left = {plan.line: (plan, {one.line for one in handed_over(world, [plan])}) for plan in plans}
    while left:
        first, lines = left.pop(next(iter(left)))
        group = [first]
        while near := next((line for line, (_, reached) in left.items() if reached & lines), ""):
            plan, reached = left.pop(near)
            group.append(plan)
            lines |= reached
        yield tuple(group)
