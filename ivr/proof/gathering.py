"""What has been found out about a group of lines? Each finding once, with the shortest call that shows it; of each measure the worst."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from math import ceil

from directory.findings import Finding, Severity
from ivr.events import Keyed
from ivr.findings import NightRefuted
from ivr.lint import line_findings
from ivr.moment import World
from ivr.plan import Plan
from ivr.proof.calls import example
from ivr.proof.coverage import uncovered
from ivr.proof.example import Example
from ivr.proof.faults import faults, opening_faults, read, where
from ivr.proof.findings import LateRing, LateSafety, Loop, TooManySteps, Uncovered
from ivr.proof.measuring import Drift, Measure, Tree, Way, drift, longest, shortest, worst
from ivr.proof.places import Move, Places, first_step, places
from ivr.proof.scenes import Scene
from routing.hours import verdict

ROUNDS = 3
"""So often an example goes round a loop."""


@dataclass(frozen=True, slots=True)
class Refutation:
    """A promise that does not hold: the finding, and a call that shows it (none where no call is needed to see it)."""

    finding: Finding
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """With what figures a line was looked at: its situations in so many stretches of time, the positions and steps that were tried in
    all of them and under every stress; and the worst that was found, in steps and in seconds."""

    line: str
    name: str
    situations: int
    stretches: int
    positions: int
    tried: int
    steps: int
    first_ring_seconds: int
    safe_seconds: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A scene with its places, and for each line the shortest ways."""

    scene: Scene
    places: Places
    trees: Mapping[str, Tree]

    def call(self, line: str, way: Way) -> Example:
        """A way as a call."""
        return example(line, self.scene, self.places, way)

    def line_at(self, at: int, own: str) -> str:
        """The line from which a place is reached, its own before others."""
        reached = [line for line, tree in self.trees.items() if at in tree.parent]
        return own if own in reached else reached[0]


@dataclass(slots=True)
class Tally:
    """The figures of one line so far, and the call that took longest by each measure."""

    situations: int = 0
    stretches: int = 0
    positions: int = 0
    tried: int = 0
    worst: dict[Measure, int] = field(default_factory=dict)
    calls: dict[Measure, Example] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """What was found about these plans."""

    world: World
    plans: tuple[Plan, ...]
    found: dict[tuple[str, ...], Refutation] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    nights: dict[str, Example] = field(default_factory=dict)

    def look_at(self, scene: Scene) -> None:
        """Explore one scene."""
        seen = places(self.plans, scene.under)
        looked = Looked(scene, seen, {plan.line: shortest(seen, plan.line) for plan in self.plans})
        self._faults(looked)
        found = drift(seen)
        if found.circle:
            self._loop(looked, found.circle)
        for plan in self.plans:
            self._counts(plan.line, looked)
            if not found.circle:
                self._measures(plan.line, looked, found)
            if scene.is_plain:
                self._covers(plan, scene)

    def refuted(self, now: datetime) -> Iterator[Refutation]:
        """Everything that does not hold."""
        promised = [one for plan in self.plans for one in line_findings(self.world, plan, now)]
        broken = [one for one in promised if one.severity is Severity.REFUTED]
        nights = {one.at.slug for one in broken if isinstance(one, NightRefuted)}
        for one in broken:
            yield Refutation(one, self.nights.get(one.at.slug, Example(one.at.slug, now)))
        for kept in self.found.values():
            if not (isinstance(kept.finding, Uncovered) and kept.finding.at.slug in nights):
                yield kept
        for plan in self.plans:
            yield from self._over_budget(plan)

    def measured(self) -> Iterator[Measured]:
        """The figures of each line."""
        for plan in self.plans:
            tally = self.tallies[plan.line]
            counts = tally.situations, tally.stretches, tally.positions, tally.tried
            yield Measured(plan.line, plan.name, *counts, *(tally.worst.get(measure, 0) for measure in BY_MEASURE))

    def _keep(self, finding: Finding, call: Example) -> None:
        key = finding.code, finding.at.slug, str(getattr(finding, "node", ""))
        self.found.setdefault(key, Refutation(finding, call))

    def _faults(self, looked: Looked) -> None:
        for at, place in enumerate(looked.places.every):
            for move in place.moves:
                for finding in move.faults:
                    line = looked.line_at(at, finding.at.slug)
                    self._keep(finding, looked.call(line, (*looked.trees[line].way(at), (at, move))))

    def _loop(self, looked: Looked, circle: tuple[int, ...]) -> None:
        every = looked.places.every
        positions = [every[at].position for at in circle]
        plan = self.world.plans.by_digest[positions[0].digest]
        line = looked.line_at(circle[0], plan.line)
        rounds = ROUNDS * tuple((at, _leading(looked.places, at, to)) for at, to in pairwise((*circle, circle[0])))
        nodes = ", ".join(dict.fromkeys(position.node for position in positions))
        self._keep(
            Loop(where(plan), read(plan), nodes), looked.call(line, (*looked.trees[line].way(circle[0]), *rounds))
        )

    def _counts(self, line: str, looked: Looked) -> None:
        tally = self.tallies.setdefault(line, Tally())
        reached = looked.trees[line].parent
        tally.positions += len(reached)
        tally.tried += sum(len(looked.places.every[at].moves) for at in reached)
        if looked.scene.is_plain:
            tally.situations += 1
            tally.stretches += looked.scene.look.stands_for

    def _measures(self, line: str, looked: Looked, found: Drift) -> None:
        tally = self.tallies[line]
        for measure in Measure:
            most = longest(looked.places, looked.trees[line], worst(looked.places, found, measure))
            if most.amount > tally.worst.get(measure, 0):
                tally.worst[measure] = ceil(most.amount)
                tally.calls[measure] = looked.call(line, most.way)

    def _covers(self, plan: Plan, scene: Scene) -> None:
        call = Example(plan.line, scene.under.at)
        if not verdict(plan.day, scene.under.at, self.world.calendar).is_open:
            self.nights.setdefault(plan.line, call)
        for finding in uncovered(plan, scene):
            self._keep(finding, call)
        self._comes_back(plan, scene)

    def _comes_back(self, plan: Plan, scene: Scene) -> None:
        """A phone that we rang was diverted to us (ruling 8): that call has a beginning of its own."""
        ours = scene.under.call.dialled
        if ours:
            step, plans = first_step(plan, scene.under, ours), self.world.plans.by_digest
            for finding in (*opening_faults(step, plans), *faults(step, plans)):
                self._keep(finding, Example(plan.line, scene.under.at, ours))

    def _over_budget(self, plan: Plan) -> Iterator[Refutation]:
        tally, budget = self.tallies[plan.line], plan.budget
        for measure, (kind, field_) in BY_MEASURE.items():
            most, allowed = tally.worst.get(measure, 0), getattr(budget, field_)
            if most > allowed:
                yield Refutation(kind(where(plan), read(plan), most, allowed), tally.calls[measure])


BY_MEASURE: Mapping[Measure, tuple[type[TooManySteps | LateRing | LateSafety], str]] = {
    Measure.STEPS: (TooManySteps, "steps"),
    Measure.FIRST_RING: (LateRing, "first_ring_seconds"),
    Measure.SAFETY: (LateSafety, "safe_seconds"),
}
"""Which finding says that a measure is too much, and which part of the budget allows how much; in the order of ``Measured``."""


def _leading(places: Places, at: int, to: int) -> Move:
    """A move from one place to the next; silence before wrong keys."""
    moves = [move for move in places.every[at].moves if move.drifts and to in move.onward]
    return min(moves, key=lambda move: isinstance(move.event, Keyed))
