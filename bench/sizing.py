"""How large must it be for so many calls a second? Machines, workers, connections, disk, people, from what is known of one call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from bench.front import Costs, Door, Seen, Shape
from bench.known import BY_DESK, DEAREST, HALF, TALK
from bench.people import needed
from store.examining import POOL
from store.upkeep import DRAIN_SECONDS

RESERVED = 10
"""Connections for a backup, an operator and the server itself."""

LEAST_DATABASE = 2
DEAREST_CALL: Shape = tuple(TALK * place / DEAREST for place in range(int(DEAREST)))


@dataclass(frozen=True, slots=True)
class Place:
    """Who runs it, for how many calls a second; ``cores`` of each machine, ``spare`` machines beyond those needed, ``people`` answer."""

    name: str
    rate: float
    cores: int
    spare: int
    people: int


PLACES = (
    Place("a small team", 0.02, 2, 0, 6),
    Place("a county", 5, 2, 1, 60),
    Place("several counties", 20, 4, 1, 240),
    Place("England in a surge", 170, 4, 1, 30_700),
)
"""People are assumed, but for England: all of its children's social workers (``bench.known``)."""

DEAREST_PLACE = Place("England, each call the dearest", 170, 8, 1, 30_700)


@dataclass(frozen=True, slots=True)
class Size:
    """What a place needs. ``webhooks`` come in a second; ``talking`` are calls at a time; ``memory`` are bytes of a machine's workers,
    ``database``, ``journal`` and ``log`` those of an hour."""

    place: Place
    door: Door
    webhooks: float
    talking: float
    memory: float
    database: float
    journal: float
    log: float

    @property
    def workers(self) -> int:
        """Of all machines."""
        return self.door.machines * self.door.workers

    @property
    def connections(self) -> int:
        """Which PostgreSQL must allow."""
        return self.workers * POOL + RESERVED

    @property
    def people(self) -> int:
        """How many must answer, for callers not to wait."""
        return needed(self.place.rate, TALK)

    @property
    def rest(self) -> float:
        """Calls that we ask for in a second."""
        return self.place.rate * BY_DESK

    @property
    def limit(self) -> float:
        """Webhooks a second at which the workers' cores are never idle."""
        return self.workers / (self.door.costs.reply + self.door.costs.record.moving)


@dataclass(frozen=True, slots=True)
class Swept:
    """A size, and what came of it at each rate: calls a second."""

    size: Size
    seen: Mapping[float, Seen]

    @property
    def planned(self) -> Seen:
        """What came of it at the rate for which it is meant."""
        return self.seen[self.size.place.rate]

    def breaks(self, what: str) -> float | None:
        """The lowest rate at which that is broken; nothing where it never was."""
        return next((rate for rate, one in self.seen.items() if what in one.broken), None)


def sized(place: Place, shapes: Sequence[Shape], costs: Costs, found: Mapping[str, float]) -> Size:
    """So that at most ``HALF`` of every core, and of every worker's drain, is taken; spare machines are not counted on."""
    webhooks = place.rate * sum(map(len, shapes)) / len(shapes)
    answering = (costs.reply + costs.record.moving) / (HALF - costs.batch.moving / DRAIN_SECONDS)
    moving = costs.record.whole / (HALF - costs.batch.whole / DRAIN_SECONDS)
    machines = ceil(ceil(webhooks * max(answering, moving)) / place.cores) + place.spare
    workers = machines * place.cores
    taken = webhooks * costs.record.taking + workers * (costs.batch.taking / DRAIN_SECONDS + found["asks"])
    database = max(LEAST_DATABASE, ceil(taken / HALF))
    return Size(
        place, Door(machines, place.cores, database, costs), webhooks,
        talking=place.rate * sum(max(shape) for shape in shapes) / len(shapes), memory=place.cores * found["memory"],
        database=webhooks * 3600 * found["bytes"] / found["records"], journal=webhooks * 3600 * found["record"],
        log=webhooks * 3600 * found["log"],
    )  # fmt: skip
