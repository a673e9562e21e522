"""How long can it take, and can it go on for ever? Every way that a call may drift, without a valid choice and with nobody reached,
is followed to its end: none may come back to itself, and the longest one is measured in steps and in seconds."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from heapq import heappop, heappush
from itertools import count

from ivr.events import Keyed
from ivr.position import Position, Stage
from ivr.proof.places import Move, Place, Places, Reach

Way = tuple[tuple[int, Move], ...]
"""A call so far: each place with the move that was made there."""

AFRESH = frozenset((Stage.LEFT, Stage.CONFER, Stage.AFTER))
"""Out of a queue or a room: the wait itself is bounded by the plan, and what comes next is timed anew."""


class Measure(Enum):
    """What is measured: how long until the first phone rings (where one does), until somebody is there or the safe message was heard,
    and how many steps until the call ends."""

    STEPS = "steps"
    FIRST_RING = "first ring"
    SAFETY = "safety"

    def ends(self, move: Move) -> bool:
        """Whether the measure is over with this move."""
        return move.reaches in ENDS[self]

    def of(self, move: Move) -> float:
        """What a move adds; nothing comes of a way on which no phone ever rings."""
        if self is Measure.STEPS:
            return 1
        return NEVER if self is Measure.FIRST_RING and move.reaches is Reach.MESSAGE else move.seconds


ENDS: Mapping[Measure, frozenset[Reach]] = {
    Measure.STEPS: frozenset(),
    Measure.FIRST_RING: frozenset((Reach.PHONE, Reach.DESK, Reach.MESSAGE)),
    Measure.SAFETY: frozenset((Reach.DESK, Reach.MESSAGE)),
}
NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Drift:
    """Every place behind all those that a call may drift to from it, or the circle that makes this impossible."""

    order: tuple[int, ...] = ()
    circle: tuple[int, ...] = ()


@dataclass(slots=True)
class _Search:
    """A search in depth that keeps the way it has come."""

    ways: list[list[int]]
    done: list[int] = field(default_factory=list)
    state: dict[int, bool] = field(default_factory=dict)

    def circle_from(self, root: int) -> tuple[int, ...]:
        """Settle everything behind a place; the circle that was met, if one was."""
        trail = [(root, iter(self.ways[root]))]
        self.state[root] = False
        while trail:
            at, ahead = trail[-1]
            to = next(ahead, None)
            if to is None:
                self.state[at] = True
                self.done.append(trail.pop()[0])
            elif to not in self.state:
                self.state[to] = False
                trail.append((to, iter(self.ways[to])))
            elif not self.state[to]:
                come = [place for place, _ in trail]
                return tuple(come[come.index(to) :])
        return ()


def drift(places: Places) -> Drift:
    """The places in the order in which they can be measured, or a circle; of mere silence, where there is such a one."""
    ways = [_drifting_from(place) for place in places.every]
    search = _Search(ways)
    for root in range(len(ways)):
        circle = () if root in search.state else search.circle_from(root)
        if circle:
            return Drift(circle=circle)
    return Drift(tuple(search.done))


def _drifting_from(place: Place) -> list[int]:
    drifting = sorted((move for move in place.moves if move.drifts), key=lambda move: isinstance(move.event, Keyed))
    return [to for move in drifting for to in move.onward]


@dataclass(frozen=True, slots=True)
class Worst:
    """By place the most that may still come of one measure, and the move with which it begins."""

    measure: Measure
    ahead: list[float]
    move: list[Move | None]


def worst(places: Places, found: Drift, measure: Measure) -> Worst:
    """The longest drift from every place; less than nothing where there is none."""
    kept = Worst(measure, [NEVER] * len(places.every), [None] * len(places.every))
    for at in found.order:
        for move in places.every[at].moves:
            if move.drifts:
                over = measure.ends(move) or not move.onward
                amount = measure.of(move) + (0.0 if over else max(kept.ahead[to] for to in move.onward))
                if amount > kept.ahead[at]:
                    kept.ahead[at], kept.move[at] = amount, move
    return kept


@dataclass(frozen=True, slots=True)
class Tree:
    """The quickest way from the beginning of a line to every place that a call to it comes to."""

    start: int
    parent: dict[int, tuple[int, Move] | None]
    cost: dict[int, float]

    def way(self, to: int) -> Way:
        """The moves that lead to a place."""
        moves: list[tuple[int, Move]] = []
        came = self.parent[to]
        while came:
            moves.append(came)
            came = self.parent[came[0]]
        return tuple(reversed(moves))


def shortest(places: Places, line: str) -> Tree:
    """By the number of moves, along everything that anybody in the call may come to."""
    start = places.starts[line]
    tree, ahead = Tree(start, {start: None}, {start: 0.0}), deque([start])
    while ahead:
        at = ahead.popleft()
        for move in places.every[at].moves:
            for to in (*move.onward, *move.aside):
                if to not in tree.parent:
                    tree.parent[to], tree.cost[to] = (at, move), tree.cost[at] + 1
                    ahead.append(to)
    return tree


def quickest(places: Places, known: Tree, measure: Measure) -> Tree:
    """By what a measure counts, as far as it is not over. Places behind a queue or a room begin at nothing."""
    begins = [known.start, *(at for at in known.parent if places.every[at].position.stage in AFRESH)]
    tree, order = Tree(known.start, {}, {}), count()
    ahead: list[tuple[float, int, int, tuple[int, Move] | None]] = [(0.0, next(order), at, None) for at in begins]
    while ahead:
        cost, _, at, came = heappop(ahead)
        if at in tree.parent:
            continue
        tree.parent[at], tree.cost[at] = came, cost
        for move, to in _on(places, at, measure):
            if to not in tree.parent:
                heappush(ahead, (cost + measure.of(move), next(order), to, (at, move)))
    return tree


def _on(places: Places, at: int, measure: Measure) -> Iterator[tuple[Move, int]]:
    return ((move, to) for move in places.every[at].moves if not measure.ends(move) for to in move.onward)


@dataclass(frozen=True, slots=True)
class Longest:
    """The most that a measure comes to, and the call that shows it."""

    amount: float = 0.0
    way: Way = ()


def longest(places: Places, known: Tree, found: Worst) -> Longest:
    """Of all callers who go straight to any place and there make no choice any more, the one with whom it takes longest."""
    tree = known if found.measure is Measure.STEPS else quickest(places, known, found.measure)
    straight = _straight(places, tree)
    at = max(straight, key=lambda place: tree.cost[place] + found.ahead[place])
    amount = tree.cost[at] + found.ahead[at]
    return Longest(amount, (*known.way(_root(tree, at)), *tree.way(at), *_drifting(found, at)))


def _straight(places: Places, tree: Tree) -> list[int]:
    """Each place once, without the detours that only # remembers."""
    nearest: dict[Position, int] = {}
    for at in sorted(tree.cost, key=tree.cost.__getitem__):
        nearest.setdefault(replace(places.every[at].position, hop=0, back=()), at)
    return list(nearest.values())


def _root(tree: Tree, at: int) -> int:
    came = tree.parent[at]
    while came:
        at, came = came[0], tree.parent[came[0]]
    return at


def _drifting(found: Worst, at: int) -> Iterator[tuple[int, Move]]:
    move = found.move[at]
    while move:
        yield at, move
        if found.measure.ends(move) or not move.onward:
            return
        at = max(move.onward, key=lambda place: found.ahead[place])
        move = found.move[at]
