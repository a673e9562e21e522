"""Who answers how much, and how soon? All of them in turn, round after round, so that what the machine does meanwhile befalls each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.asked import requests
from bench.load import Load, load
from bench.serving import Contestant

WARM = 300


@dataclass(slots=True)
class Record:
    """What came of one contestant's rounds."""

    name: str
    loads: list[Load] = field(default_factory=list)

    @property
    def a_second(self) -> float:
        """Replies a second, the median of the rounds."""
        return median(one.a_second for one in self.loads)

    def quantile(self, share: float) -> float:
        """Seconds, the median of the rounds."""
        return median(one.quantile(share) for one in self.loads)

    @property
    def busiest(self) -> float:
        """How busy the client was at most."""
        return max(one.busy for one in self.loads)

    @property
    def refused(self) -> int:
        """Replies that were none."""
        return sum(one.refused for one in self.loads)


def in_turn(contestants: Sequence[Contestant], rounds: int, many: int, rate: float = 0.0) -> Iterator[Record]:
    """Every contestant's record, of ``many`` requests a round, as fast as they go or ``rate`` a second."""
    records = {one.name: Record(one.name) for one in contestants}
    for one in contestants:
        load(one.port, list(requests(one.base, one.to, one.steps, WARM, 0)))
    for seed in range(1, rounds + 1):
        for one in contestants:
            asked = list(requests(one.base, one.to, one.steps, many, seed))
            records[one.name].loads.append(load(one.port, asked, rate))
    yield from records.values()
