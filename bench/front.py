"""Where does the front door break? Webhooks of many calls at workers, journals, the drain and one PostgreSQL, simulated second by second.

A worker is one core: replies and the moving of records take turns on it, as threads do at the interpreter's lock. The workers of a
machine take from one queue, as from one socket; which machine is asked falls by the dice. Twilio asks again where no reply comes in time.
"""

from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from math import ceil
from random import Random
from statistics import mean
from typing import TypeAlias

from simpy import Environment, Event, Resource

from cli.serve import SWITCH_SECONDS
from store.drain import BATCH
from store.journal import MOST_AT_ONCE
from store.upkeep import DRAIN_SECONDS
from telephone.overrides import overrides
from webhooks.links import OVERRIDES

LIMITS = overrides(f"https://dutyline.invalid{OVERRIDES}")
PATIENCE, RETRIES = LIMITS.read, LIMITS.retries
"""Seconds that Twilio waits for a reply, and how often it asks again, by the overrides of our own addresses."""

LOOKS_SECONDS = 0.1

SOON, LATEST = 0.5, 2.0
"""Seconds: of 100 replies 99 are quicker, and none is slower (docs/reliability.md, ``make storm``)."""

BEHIND = "the database falls behind"
SLOW = f"1 of 100 replies takes more than {SOON:g} s"
GROWS, FULL = 0.05, 2 * DRAIN_SECONDS
"""A backlog has no bound that grows by more than this part of what arrives, and is more than arrives in so many seconds."""

Shape: TypeAlias = tuple[float, ...]
"""The webhooks of one call, in seconds since its beginning."""

Doing: TypeAlias = Generator[Event, None, None]


@dataclass(frozen=True, slots=True)
class Move:
    """Seconds that the way to the database takes: ``moving`` of a worker's core, ``taking`` of the database's, ``trip`` of waiting for
    nobody's core meanwhile."""

    moving: float
    taking: float
    trip: float

    @property
    def whole(self) -> float:
        """How long the drain is at it."""
        return self.moving + self.taking + self.trip


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds. ``reply`` of a worker's core for a webhook; ``record`` for each record that is moved and ``batch`` for those that are moved
    together, besides; ``fsync`` of the journal's disk."""

    reply: float
    record: Move
    batch: Move
    fsync: float

    def moved(self, records: int) -> Move:
        """What a batch of so many costs."""
        one, batch = self.record, self.batch
        return Move(
            batch.moving + records * one.moving, batch.taking + records * one.taking, batch.trip + records * one.trip
        )


@dataclass(frozen=True, slots=True)
class Door:
    """What answers: machines, workers of each (a core for each), and the cores of the one database."""

    machines: int
    workers: int
    database: int
    costs: Costs


@dataclass(slots=True)
class Asked:
    """A webhook: when it came first and last, how many seconds of a core it takes, and how often it was asked again."""

    came: float
    last: float
    seconds: float
    again: int = 0
    is_answered: bool = False


@dataclass(slots=True)
class Seen:
    """What came of it. ``replies`` are (when the webhook came, how many seconds it took), ``given_up`` when those came that had none in
    time. ``behind`` is how many records waited for the database at each look. Webhooks came for ``span`` seconds."""

    span: float
    came: int = 0
    again: int = 0
    replies: list[tuple[float, float]] = field(default_factory=list)
    given_up: list[float] = field(default_factory=list)
    behind: list[int] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """So many seconds, or fewer, took this share of all webhooks; one that was given up counts as the whole patience."""
        every = sorted(seconds for _, seconds in self.replies) + [PATIENCE * (RETRIES + 1)] * len(self.given_up)
        return every[ceil(share * len(every)) - 1] if every else 0.0

    def first_beyond(self, seconds: float) -> float | None:
        """When the first webhook came that had waited longer for its reply; nothing where none did."""
        late = [came for came, took in self.replies if took > seconds]
        return min((*late, *self.given_up), default=None)

    @property
    def grows(self) -> bool:
        """Whether the backlog grows without bound: its last quarter against the one before, so that a start does not count."""
        quarter, a_second = len(self.behind) // 4, self.came / self.span
        if not quarter:
            return False
        before, last = mean(self.behind[-2 * quarter : -quarter]), mean(self.behind[-quarter:])
        return last > FULL * a_second and (last - before) / (self.span / 4) > GROWS * a_second

    @property
    def broken(self) -> frozenset[str]:
        """What is not as it should be."""
        found = {BEHIND: self.grows, SLOW: self.quantile(0.99) > SOON}
        return frozenset(what for what, is_so in found.items() if is_so)


class _Journal:
    """One worker's file: who waits for the next fsync, and how many records the database does not have yet."""

    def __init__(self, env: Environment, fsync: float) -> None:
        self._env, self._fsync, self.waiting, self.kept = env, fsync, list[Event](), 0
        self._stirs = env.event()

    def append(self) -> Event:
        synced = self._env.event()
        self.waiting.append(synced)
        if not self._stirs.triggered:
            self._stirs.succeed()
        return synced

    def writes(self) -> Doing:
        while True:
            if not self.waiting:
                self._stirs = self._env.event()
                yield self._stirs
            batch, self.waiting = self.waiting[:MOST_AT_ONCE], self.waiting[MOST_AT_ONCE:]
            yield self._env.timeout(self._fsync)
            self.kept += len(batch)
            for synced in batch:
                synced.succeed()


class _Run:
    """One simulation."""

    def __init__(self, door: Door, span: float, seed: int) -> None:
        self.env, self._door, self.seen = Environment(), door, Seen(span)
        self._takes, self._where = Random(f"takes {seed}"), Random(f"where {seed}")  # noqa: S311  # no secrets
        self._database = Resource(self.env, door.database)
        self._machines = [Resource(self.env, door.workers) for _ in range(door.machines)]
        self._journals = [
            [_Journal(self.env, door.costs.fsync) for _ in range(door.workers)] for _ in range(door.machines)
        ]
        self._open: deque[Asked] = deque()
        for cores, journals in zip(self._machines, self._journals, strict=True):
            for journal in journals:
                self.env.process(journal.writes())
                self.env.process(self._drains(journal, cores))
        self.env.process(self._loses_patience())

    def arrive(self, moments: Sequence[float]) -> Doing:
        for moment in moments:
            yield self.env.timeout(moment - self.env.now)
            self.seen.came += 1
            self._ask(Asked(moment, moment, self._takes.expovariate(1.0) * self._door.costs.reply))

    def _ask(self, asked: Asked) -> None:
        self._open.append(asked)
        self.env.process(self._answers(asked, asked.last))

    def _answers(self, asked: Asked, since: float) -> Doing:
        machine = self._where.randrange(self._door.machines)
        yield from self._works(self._machines[machine], asked.seconds)
        yield self._where.choice(self._journals[machine]).append()
        if not asked.is_answered and self.env.now - since <= PATIENCE:
            asked.is_answered = True
            self.seen.replies.append((asked.came, self.env.now - asked.came))

    def _works(self, cores: Resource, seconds: float) -> Doing:
        with cores.request() as core:
            yield core
            yield self.env.timeout(seconds)

    def _loses_patience(self) -> Doing:
        """Asks again for whatever was not answered in time; looks at the backlog as long as webhooks come."""
        while True:
            yield self.env.timeout(LOOKS_SECONDS)
            if self.env.now <= self.seen.span:
                self.seen.behind.append(sum(one.kept for journals in self._journals for one in journals))
            while self._open and self._open[0].last < self.env.now - PATIENCE:
                asked = self._open.popleft()
                if not asked.is_answered:
                    self._again(asked)

    def _again(self, asked: Asked) -> None:
        if asked.again == RETRIES:
            self.seen.given_up.append(asked.came)
            return
        asked.again, asked.last = asked.again + 1, self.env.now
        self.seen.again += 1
        self._ask(asked)

    def _drains(self, journal: _Journal, cores: Resource) -> Doing:
        """What lies there is moved, batch by batch; then a pause (``store.upkeep``)."""
        while True:
            yield self.env.timeout(DRAIN_SECONDS)
            while journal.kept:
                batch = min(journal.kept, BATCH)
                costs = self._door.costs.moved(batch)
                yield from self._takes_turns(cores, costs.moving)
                yield self.env.timeout(costs.trip)
                yield from self._works(self._database, costs.taking)
                journal.kept -= batch

    def _takes_turns(self, cores: Resource, seconds: float) -> Doing:
        """As long as a thread may keep the interpreter, then another has its turn."""
        while seconds > 0.0:
            yield from self._works(cores, min(seconds, SWITCH_SECONDS))
            seconds -= SWITCH_SECONDS


def simulated(door: Door, rate: float, shapes: Sequence[Shape], span: float, seed: int) -> Seen:
    """``rate`` calls a second, each of one of these shapes, for ``span`` seconds, other calls being in progress when they begin. It ends
    when every webhook is answered or given up."""
    run, dice = _Run(door, span, seed), Random(seed)  # noqa: S311  # calls that never were
    run.env.process(run.arrive(moments(rate, shapes, span, dice)))
    run.env.run(until=span + (PATIENCE + LOOKS_SECONDS) * (RETRIES + 2))
    return run.seen


def moments(rate: float, shapes: Sequence[Shape], span: float, dice: Random) -> list[float]:
    """When webhooks come: calls begin by the dice, the first of them as long before the first second as a call takes."""
    begins, found = -max(max(shape) for shape in shapes), list[float]()
    while (begins := begins + dice.expovariate(rate)) <= span:
        found += [begins + after for after in dice.choice(shapes) if 0.0 <= begins + after <= span]
    return sorted(found)
