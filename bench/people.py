"""How long do callers wait for a person, and phones until they are rung? One queue with so many at its other end, simulated; and Erlang's
formula, which says how many are enough."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from math import exp, inf
from random import Random

from simpy import Container, Environment, Event

SOON = 20.0
WANTED = 0.8
"""So many callers shall have a person within ``SOON`` seconds; assumed, as call centres often promise it."""

HALVINGS = 30


@dataclass(slots=True)
class Waits:
    """``waited`` are the seconds of each who was served; ``gone`` those whose patience came to its end; ``left`` who still wait."""

    came: int = 0
    waited: list[float] = field(default_factory=list)
    gone: int = 0

    @property
    def left(self) -> int:
        """How many were in the queue when the simulation ended."""
        return self.came - len(self.waited) - self.gone

    def within(self, seconds: float) -> float:
        """The share of all who came that was served so soon."""
        return sum(one <= seconds for one in self.waited) / self.came if self.came else 1.0


def waits(
    servers: int, rate: float, service: Callable[[Random], float], span: float, seed: int, patience: float = inf
) -> Waits:
    """``rate`` a second come by the dice for ``span`` seconds; each of ``servers`` serves one at a time."""
    env, dice, seen = Environment(), Random(seed), Waits()  # noqa: S311  # calls that never were
    free = Container(env, servers, servers)

    def one() -> Generator[Event, None, None]:
        came, turn = env.now, free.get(1)
        yield turn if patience == inf else turn | env.timeout(patience)
        if not turn.triggered:
            turn.cancel()
            seen.gone += 1
            return
        seen.waited.append(env.now - came)
        yield env.timeout(service(dice))
        yield free.put(1)

    def come() -> Generator[Event, None, None]:
        while True:
            yield env.timeout(dice.expovariate(rate))
            seen.came += 1
            env.process(one())

    env.process(come())
    env.run(until=span)
    return seen


def talking(seconds: float) -> Callable[[Random], float]:
    """Conversations of so many seconds on average, as uneven as Erlang took them to be."""
    return lambda dice: dice.expovariate(1 / seconds)


def always(seconds: float) -> Callable[[Random], float]:
    """A service that always takes as long."""
    return lambda _: seconds


def has_to_wait(servers: int, load: float) -> float:
    """Erlang C: the share of callers who wait at all, where ``load`` conversations go on at a time on average."""
    if load >= servers:
        return 1.0
    blocked = 1.0
    for many in range(1, servers + 1):
        blocked = load * blocked / (many + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def needed(rate: float, talk: float) -> int:
    """So few people answer ``WANTED`` of the callers within ``SOON`` seconds."""
    load = rate * talk
    fewest, most = int(load) + 1, int(load * 2) + 10
    while fewest < most:
        middle = (fewest + most) // 2
        if served_soon(middle, load, talk) >= WANTED:
            most = middle
        else:
            fewest = middle + 1
    return fewest


def carried(people: int, talk: float) -> float:
    """The most calls a second at which they do so."""
    least, most = 0.0, people / talk
    for _ in range(HALVINGS):
        middle = (least + most) / 2
        least, most = (middle, most) if served_soon(people, middle * talk, talk) >= WANTED else (least, middle)
    return least


def served_soon(servers: int, load: float, talk: float) -> float:
    """The share that has a person within ``SOON`` seconds."""
    return 1 - has_to_wait(servers, load) * exp(-(servers - load) * SOON / talk) if servers > load else 0.0
