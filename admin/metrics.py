"""What can be watched as numbers? Lines, outcomes and codes; never a call, a number or a name. (docs/metrics.md)

It asks no database while somebody waits: what stands here was read a few seconds ago (``admin.readings``), or is in memory.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import version

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from admin import metric_names as named
from admin.metric_names import Metric
from admin.ports import Desk, desk, now
from admin.readings import Machine
from ivr.alarms import Alarming
from ivr.outcome import Ending
from store.measures import UNDER_WAY, Measures
from store.reached import ByLine
from store.tally import BOUNDS, Spread

blueprint = Blueprint("metrics", __name__)

OTHER = "other"
"""The line of whatever belongs to none that is in force."""

OUTCOMES = (*(ending.value for ending in Ending), UNDER_WAY)
QUANTILES = (0.5, 0.95, 1.0)
Value = tuple[tuple[str, ...], float]
"""One value, with those of its labels."""


class Told(Collector):
    """What there is to tell of one application, at one moment."""

    def __init__(self, here: Desk, at: datetime) -> None:
        self._here, self._at = here, at
        self._world = here.publication.freshest()

    def collect(self) -> Iterator[Family]:
        """Every metric of which something is known."""
        yield _gauge(named.BUILD, [((version("dutyline"),), 1)])
        machine, database = self._here.readings.machine.latest(), self._here.readings.database.latest()
        yield from self._of_memory()
        if machine:
            yield from self._of_the_machine(machine)
        if database:
            yield from self._of_the_database(database)
        ages = ("database", self._here.readings.database.age), ("state", self._here.readings.machine.age)
        yield _gauge(named.AGE, [((of,), age) for of, age in ages])

    def _of_memory(self) -> Iterator[Family]:
        upkeep = self._here.upkeep
        yield _gauge(named.ANSWERS, [((), upkeep.database_answers)])
        yield _gauge(named.TAKES, [((), upkeep.database_answers and upkeep.is_drained)])
        yield _gauge(named.SNAPSHOT, [((), upkeep.followed_ago)])
        yield _gauge(named.VERSION, [((), self._world.directory.version)])
        yield _gauge(named.ALARMS, self._alarms())

    def _alarms(self) -> Iterator[Value]:
        standing = [(one.alarm.code, one.is_quiet(self._at)) for one in self._here.alarms.standing(self._at)]
        for code in Alarming:
            yield from (
                ((code.value, said), standing.count((code, known))) for said, known in (("no", False), ("yes", True))
            )

    def _of_the_machine(self, machine: Machine) -> Iterator[Family]:
        since = machine.backlog.since
        yield _gauge(named.JOURNAL, [((), machine.backlog.size)])
        yield _gauge(named.OLDEST, [((), self._ago(since) if since else 0)])
        if machine.failover_made_at:
            yield _gauge(named.FAILOVER, [((), self._ago(machine.failover_made_at))])
        family = HistogramMetricFamily(named.WEBHOOK.name, named.WEBHOOK.meaning, labels=named.WEBHOOK.labels)
        for how, spread in machine.answered.items():
            family.add_metric((how.value,), _buckets(spread), spread.seconds)
        yield family

    def _of_the_database(self, found: Measures) -> Iterator[Family]:
        lines = [*sorted(self._world.plans.current), OTHER]
        yield _gauge(named.CALLS, self._calls(found, lines))
        times = (named.TO_RINGING, found.reached.to_ringing), (named.TO_PERSON, found.reached.to_person)
        for metric, values in (*times, (named.PHONES, found.reached.phones)):
            yield _gauge(metric, self._quantiles(values))
        waiting = [(one.line, one.callers, self._ago(one.since)) for one in found.waiting]
        yield _gauge(named.WAITING, _summed(lines, ((self._line(line), callers) for line, callers, _ in waiting)))
        yield _gauge(named.LONGEST, _most(lines, ((self._line(line), wait) for line, _, wait in waiting)))
        yield _gauge(named.OPEN, _summed(lines, ((self._line(one.line), one.open) for one in found.call_backs)))
        yield _gauge(named.LATE, _summed(lines, ((self._line(one.line), one.late) for one in found.call_backs)))

    def _calls(self, found: Measures, lines: Sequence[str]) -> Iterator[Value]:
        counts = {(line, outcome, window): 0 for line in lines for outcome in OUTCOMES for window in ("1h", "24h")}
        for one in found.calls:
            for window, count in (("1h", one.hour), ("24h", one.day)):
                counts[self._line(one.line), one.outcome, window] += count
        yield from counts.items()

    def _quantiles(self, by_line: ByLine) -> Iterator[Value]:
        found: dict[str, list[float]] = {}
        for line, values in by_line.items():
            found.setdefault(self._line(line), []).extend(values)
        for line, all_of_it in sorted(found.items()):
            yield from (((line, f"{share:g}"), quantile(all_of_it, share)) for share in QUANTILES)

    def _line(self, line: str) -> str:
        return line if line in self._world.plans.current else OTHER

    def _ago(self, at: datetime) -> float:
        return max((self._at - at).total_seconds(), 0.0)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Everything, in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Told(desk(), now()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def quantile(values: Sequence[float], share: float) -> float:
    """The least of the values that so large a share of them does not exceed."""
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


def _gauge(metric: Metric, values: Iterable[Value]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(metric.name, metric.meaning, labels=metric.labels)
    for labels, value in values:
        family.add_metric(labels, value)
    return family


def _summed(lines: Iterable[str], found: Iterable[tuple[str, float]]) -> Iterator[Value]:
    sums = dict.fromkeys(lines, 0.0)
    for line, value in found:
        sums[line] += value
    return (((line,), value) for line, value in sums.items())


def _most(lines: Iterable[str], found: Iterable[tuple[str, float]]) -> Iterator[Value]:
    most = dict.fromkeys(lines, 0.0)
    for line, value in found:
        most[line] = max(most[line], value)
    return (((line,), value) for line, value in most.items())


def _buckets(spread: Spread) -> list[tuple[str, float]]:
    """How many took at most so long."""
    bounds = [*(f"{bound:g}" for bound in BOUNDS), "+Inf"]
    return [(bound, sum(spread.counts[: at + 1])) for at, bound in enumerate(bounds)]
