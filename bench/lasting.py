"""``make lasting``: does a worker grow over 100,000 calls? One on SQLite, as fast as it answers; looked at after every ten thousand."""

import sys
from collections.abc import Iterator
from pathlib import Path
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
WARM_CALLS, MOST_CALLS, PART = 30_000, 100_000, 10_000
"""Until so many calls its caches fill, and its threads come to want the most at once."""


@click.command(help="Let one worker answer so many calls, and tell how large it was after every ten thousand.")
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


def _grown(worker: Contestant, calls: int) -> Iterator[tuple[int, int]]:
    """Calls answered, and the bytes that are the worker's own by then."""
    answered = 0
    while answered < calls:
        part = min(PART, calls - answered)
        found = load(worker.port, requests(worker.base, worker.to, worker.steps, part * STEPS_A_CALL, answered))
        if found.refused:
            raise RuntimeError(f"{found.refused} requests were not answered with 200")
        answered += part
        sys.stderr.write(f"{answered:,} calls: {worker.memory >> 20} MiB\n")
        yield answered, worker.memory


def _told(grown: list[tuple[int, int]]) -> Iterator[str]:
    yield f"{description()}. {grown[-1][0]:,} calls of {STEPS_A_CALL} webhooks; SQLite, one worker."
    yield ""
    yield f"| calls | {' | '.join(f'{calls:,}' for calls, _ in grown)} |"
    yield f"|---|{'---|' * len(grown)}"
    yield f"| MiB of the worker's own | {' | '.join(str(size >> 20) for _, size in grown)} |"
    yield ""
    warm = [size / (1 << 20) for calls, size in grown if calls >= WARM_CALLS]
    yield "| goal | what | limit | found | |"
    yield "|---|---|---|---|---|"
    yield Goal("P12", "MiB of a worker's own, at most", max(warm), 120, most=True).row()
    between = f"MiB between the smallest and the largest, from the {WARM_CALLS:,}th call on"
    yield Goal("P12", between, max(warm) - min(warm), 5, most=True).row()


if __name__ == "__main__":
    main()
