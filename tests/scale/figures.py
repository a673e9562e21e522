"""How is something timed and told? The median and the worst of some rounds, beside what a bare request takes in the same run."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from tests.scale.served import Line

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """What took how many seconds, in the middle and at the worst."""

    what: str
    middle: float
    worst: float

    def told(self, bare: float) -> str:
        """A row of the table: milliseconds, and how many bare requests that is."""
        return f"{self.what:62} {self.middle * 1000:8.1f} {self.worst * 1000:8.1f} {self.middle / bare:8.1f}"


def figure(what: str, taken: Sequence[float]) -> Figure:
    """The figure of some rounds, in seconds."""
    return Figure(what, median(taken), max(taken))


def asked(line: Line, path: str) -> Figure:
    """A page or list, asked for some times after a first time that counts as well where it is the worst."""
    replies = [line.asks("GET", path) for _ in range(ROUNDS)]
    assert {reply.status for reply in replies} == {200}, (path, replies[0].status, replies[0].text[:500])
    return figure(path, [reply.seconds for reply in replies])


def bare(line: Line) -> Figure:
    """The same for a request that does nothing."""
    asked(line, "/healthz")
    return asked(line, "/healthz")


def table(title: str, figures: Sequence[Figure], nothing: Figure) -> None:
    """Print what was measured."""
    print(f"\n{title:62} {'median':>8} {'worst':>8} {'× bare':>8}")  # noqa: T201  # the figures are what this target is for
    for one in (nothing, *figures):
        print(one.told(nothing.middle))  # noqa: T201


def above(figures: Sequence[Figure], seconds: float) -> list[Figure]:
    """Those whose median is above a limit."""
    return [one for one in figures if one.middle > seconds]


def p99(taken: Sequence[float]) -> float:
    """What one in a hundred exceeds."""
    return quantiles(taken, n=100)[-1]
