"""What do counts come to? Sums of what calls added (``store.report_counts``) as the figures of a report, rounded and hidden at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from admin.report_shapes import Beside, Figures, Spread, TeamFigures
from admin.small_numbers import percentile, rounded, share
from ivr.counting import MISSED, OFFERED, Measure
from store.report_beside import Kept, Transfers
from store.report_counts import Sum

By = str | int | date


@dataclass(slots=True)
class Counts:
    """Every measure of one row: how often it had which value."""

    of: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def number(self, *measures: Measure) -> int:
        """How often these measures were counted."""
        return sum(sum(self.of[one.value].values()) for one in measures if one.value in self.of)

    def spread(self, measure: Measure) -> Spread:
        """How a measure's values are spread."""
        values = self.of.get(measure.value, Counter())
        return Spread(median=percentile(values, 50), p90=percentile(values, 90), p95=percentile(values, 95))

    def up_to(self, measure: Measure, most: int) -> int:
        """How often a measure was at most so much."""
        return sum(count for value, count in self.of.get(measure.value, Counter()).items() if value <= most)


def by_row(sums: Iterable[Sum]) -> dict[By, Counts]:
    """The counts of each row."""
    found: dict[By, Counts] = defaultdict(Counts)
    for one in sums:
        found[one.by].of[one.measure][one.value] += one.count
    return found


def added(rows: Iterable[Counts]) -> Counts:
    """Several rows as one."""
    total = Counts()
    for row in rows:
        for measure, values in row.of.items():
            total.of[measure].update(values)
    return total


def within_target(lines: Mapping[By, Counts], targets: Mapping[str, int]) -> tuple[int, int]:
    """Calls that reached a person within the target of their line, and all that were offered on lines that have one."""
    having = [(counts, targets[str(line)]) for line, counts in lines.items() if str(line) in targets]
    reached = sum(counts.up_to(Measure.TO_PERSON, target) for counts, target in having)
    return reached, sum(counts.number(*OFFERED) for counts, _ in having)


def figures(counts: Counts, within: tuple[int, int], target: int | None) -> Figures:
    """The figures of calls; ``within``: as ``within_target`` has them, ``target``: the seconds, where all have the same."""
    number = counts.number
    offered, answered, gone = number(*OFFERED), number(Measure.PERSON), number(Measure.CALLER_GONE)
    closed, known = number(Measure.CLOSED), number(Measure.CLOSED, Measure.OPEN)
    wrong = number(Measure.WRONG_DOOR)
    return Figures(
        offered=rounded(offered), answered=rounded(answered), abandoned=rounded(gone),
        call_backs=rounded(number(Measure.CALL_BACK)), safe_messages=rounded(number(Measure.SAFE_MESSAGE)),
        answered_percent=share(answered, offered), abandoned_percent=share(gone, offered),
        out_of_hours=rounded(closed), out_of_hours_percent=share(closed, known),
        wrong_door=rounded(wrong), wrong_door_percent=share(wrong, offered),
        seconds_to_ringing=counts.spread(Measure.TO_RINGING), seconds_to_person=counts.spread(Measure.TO_PERSON),
        phones=counts.spread(Measure.DEPTH), target_seconds=target,
        within_target=rounded(within[0]), within_target_percent=share(*within),
    )  # fmt: skip


def team_figures(counts: Counts) -> TeamFigures:
    """The figures of those who were rung."""
    number = counts.number
    calls, took, missed = number(Measure.CALLED), number(Measure.TOOK), number(*MISSED)
    rang = number(*MISSED, Measure.CONNECTED, Measure.GONE_MEANWHILE, Measure.NOT_KNOWN)
    return TeamFigures(
        calls=rounded(calls), answered=rounded(took), answered_percent=share(took, calls),
        phones=rounded(rang), not_reached=rounded(missed), not_reached_percent=share(missed, rang),
        no_answer=rounded(number(Measure.NO_ANSWER)), busy=rounded(number(Measure.BUSY)),
        failed=rounded(number(Measure.FAILED)), not_accepted=rounded(number(Measure.NOT_ACCEPTED)),
        seconds_to_answer=counts.spread(Measure.TOOK_AFTER),
    )  # fmt: skip


def beside(moved: Transfers, backs: Kept, met: Kept) -> Beside:
    """What was counted beside the calls."""
    return Beside(
        transfers=rounded(moved.asked), transfers_completed=rounded(moved.completed), transfers_failed=rounded(moved.failed),
        call_backs_due=rounded(backs.due), call_backs_on_time=rounded(backs.kept),
        call_backs_on_time_percent=share(backs.kept, backs.due),
        deadlines_due=rounded(met.due), deadlines_met=rounded(met.kept), deadlines_met_percent=share(met.kept, met.due),
    )  # fmt: skip


def worth_a_row(counts: Counts) -> bool:
    """Whether anything at all was counted."""
    return any(counts.of.values())
