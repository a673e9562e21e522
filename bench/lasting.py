"""``make lasting``: does a worker grow over 100,000 calls? One on SQLite, as fast as it answers; looked at after every thousand."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory

import click

from bench.asked import requests
from bench.goals import Goal
from bench.load import load
from bench.machine import description
from bench.serving import Contestant, ours
from bench.written import into
from tests.conftest import HOME

STEPS_A_CALL = 5
WARM_CALLS, MOST_CALLS = 30_000, 100_000
"""Until so many calls its caches fill."""

MOST, MOST_GROWN = 120, 5
"""MiB."""

PART, LOOK = 10_000, 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """How large the worker was within ten thousand calls, in MiB: at least, which is what it keeps, and at most, while it also counted
    a day for the reports or tidied up."""

    calls: int
    least: float
    most: float


@click.command(help="Let one worker answer so many calls, and tell how large it was meanwhile.")
@click.option("--calls", type=click.IntRange(WARM_CALLS), default=MOST_CALLS, show_default=True, help="How many.")
@click.option("--write", is_flag=True, help="Put the table into docs/performance.md.")
def main(calls: int, write: bool) -> None:  # noqa: FBT001  # click hands flags over as booleans
    """Measure and print."""
    with (
        TemporaryDirectory() as place,
        ours("one worker", Path(place) / "own", f"sqlite:///{place}/own.db") as worker,
    ):
        told = "\n".join(_told(list(_grown(worker, calls))))
    click.echo(told)
    if write:
        into(HOME / "docs" / "performance.md", "lasting", told)


def _grown(worker: Contestant, calls: int) -> Iterator[Part]:
    for answered in range(0, calls, PART):
        looks = list(_looks(worker, answered, min(answered + PART, calls)))
        yield (part := Part(min(answered + PART, calls), min(looks), max(looks)))
        sys.stderr.write(f"{part.calls:,} calls: {part.least:.0f} to {part.most:.0f} MiB\n")


def _looks(worker: Contestant, answered: int, until: int) -> Iterator[float]:
    for at in range(answered, until, LOOK):
        steps = min(LOOK, until - at) * STEPS_A_CALL
        found = load(worker.port, requests(worker.base, worker.to, worker.steps, steps, at))
        if found.refused:
            raise RuntimeError(f"{found.refused} requests were not answered with 200")
        yield worker.memory / (1 << 20)


def _told(grown: list[Part]) -> Iterator[str]:
    webhooks = f"{grown[-1].calls * STEPS_A_CALL:,} webhooks, as many as {grown[-1].calls:,} calls have"
    yield f"{description()}. {webhooks}, SQLite, one worker, looked at after every {LOOK:,} calls."
    yield ""
    yield "| within the ten thousand up to call | MiB of its own, at least | at most |"
    yield "|---|---|---|"
    yield from (f"| {part.calls:,} | {part.least:.0f} | {part.most:.0f} |" for part in grown)
    yield ""
    yield "| goal | what | limit | found | |"
    yield "|---|---|---|---|---|"
    yield Goal("P12", "MiB of a worker's own, at most", max(part.most for part in grown), MOST, most=True).row()
    since = f"MiB by which it grew from the {WARM_CALLS:,}th call on"
    yield Goal("P12", since, _growth([part for part in grown if part.calls >= WARM_CALLS]), MOST_GROWN, most=True).row()


def _growth(kept: list[Part]) -> float:
    """By how much the straight line through the least of each part rises from the first to the last: what falls again is no growth,
    and one part that is smaller than the others does not make one."""
    slope, _ = linear_regression([part.calls for part in kept], [part.least for part in kept])
    return slope * (kept[-1].calls - kept[0].calls)


if __name__ == "__main__":
    main()
