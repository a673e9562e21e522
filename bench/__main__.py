"""``make bench``: everything side by side in one run, told as ratios; ``--write`` puts table and picture into the documentation."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench import growth, inside
from bench.drawing import bars, curves
from bench.goals import Goal, goals
from bench.machine import description
from bench.rounds import Record, in_turn
from bench.serving import Contestant, new_database, ours, peer
from bench.shares import held
from bench.starting import starts
from bench.syncing import shared
from bench.written import into
from tests.conftest import WEDNESDAY, bundled_world
from tests.reliability.postgres import cluster

HOME = Path(__file__).parents[1]
PAGE = HOME / "docs" / "performance.md"
PICTURE, CURVES = HOME / "docs" / "performance.svg", HOME / "docs" / "performance-by-contacts.svg"
STEADY, SECONDS = 150.0, 4.0
SHARE = 0.3
"""Of a core, for each of two workers, so that they, PostgreSQL and the client have more than enough with two cores."""


@click.command(help="Measure everything side by side, and print the goals with what was reached.")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="Rounds of each, in turn.")
@click.option("--many", type=click.IntRange(100), default=2000, show_default=True, help="Requests in a round.")
@click.option("--write", is_flag=True, help="Put table and picture into docs/.")
def main(rounds: int, many: int, write: bool) -> None:  # noqa: FBT001  # click hands flags over as booleans
    """Measure, print, and write where that is wanted."""
    with TemporaryDirectory() as place, _contestants(Path(place)) as all_of_them:
        _tell(f"{many} requests a round, {rounds} rounds of {len(all_of_them)} in turn")
        fast = {one.name: one for one in in_turn(all_of_them, rounds, many)}
        pair = [one for one in all_of_them if one.name in ("bare", "ours, SQLite", "ours, PostgreSQL")]
        _tell(f"{STEADY:g} a second for {SECONDS:g} seconds, {rounds} rounds of {len(pair)} in turn")
        steady = {one.name: one for one in in_turn(pair, rounds, int(STEADY * SECONDS), STEADY)}
        memory = {one.name: one.memory for one in all_of_them}
        pair = [one for one in all_of_them if one.name in ("ours, PostgreSQL", "ours, two workers")]
        _tell(f"each worker with {SHARE:g} of a core, {rounds} rounds of {len(pair)} in turn")
        with held([worker for one in pair for worker in one.workers], SHARE):
            scaled = {one.name: one.a_second for one in in_turn(pair, rounds, many // 2)}
        _tell("in the process, without server, wire and disk")
        costs = _inside()
    with TemporaryDirectory() as place:
        _tell("starts")
        others = starts(Path(place))
        _tell("a disk that takes two milliseconds")
        others.append(shared(Path(place)))
    with TemporaryDirectory() as place:
        sizes = growth.grown(Path(place), bundled_world(), WEDNESDAY.now(), rounds, _tell)
        _tell("everybody read in, beside their plain rows")
        read = growth.read_in(Path(place), sizes[-1].served.contacts)
    found = goals(
        {name: one.a_second for name, one in fast.items()},
        {name: (one.quantile(0.5), one.quantile(0.99)) for name, one in steady.items()},
        costs,
    )
    found += [*growth.goals(sizes, read), *others]
    gained = scaled["ours, two workers"] / scaled["ours, PostgreSQL"]
    found.append(Goal("P11", f"two workers, in one, each with {SHARE:g} of a core", gained, 1.6))
    found.sort(key=lambda goal: int(goal.name[1:]))
    beside = "\n".join(_beside(fast, steady, memory, costs, rounds, many))
    by_size = "\n".join(growth.table(sizes))
    reached = "\n".join(_reached(found, sum(one.refused for one in (*fast.values(), *steady.values()))))
    click.echo(f"{beside}\n\n{by_size}\n\n{reached}")
    if write:
        pictures = f"![Replies a second]({PICTURE.name})", f"![What a call costs in a larger directory]({CURVES.name})"
        into(PAGE, "bench", "\n\n".join((pictures[0], beside, pictures[1], by_size, reached)))
        drawn = bars("Replies a second", {name: one.a_second for name, one in fast.items()}, "as fast as they go")
        PICTURE.write_text(drawn, encoding="utf-8")
        CURVES.write_text(curves(*growth.WORDS, growth.lines(sizes), growth.UNITS, {}), encoding="utf-8")


@contextmanager
def _contestants(place: Path) -> Iterator[list[Contestant]]:
    with ExitStack() as here:
        server = here.enter_context(cluster(place / "pg"))
        yield [
            here.enter_context(one)
            for one in (
                peer("bare", "bare"), peer("bare, two workers", "bare", workers=2),
                peer("documented", "documented"), peer("naive, SQLite", "naive", f"sqlite:///{place}/naive.db"),
                peer("naive, PostgreSQL", "naive", new_database(server, "naive")),
                ours("ours, SQLite", place / "one", f"sqlite:///{place}/ours.db"),
                ours("ours, PostgreSQL", place / "two", new_database(server, "ours")),
                ours("ours, two workers", place / "three", new_database(server, "pair"), 2),
            )
        ]  # fmt: skip


def _inside() -> dict[str, float]:
    world, at = bundled_world(), WEDNESDAY.now()
    engine = {f"engine, {line}": micros for line, micros in inside.advancing(world, at).items()}
    return inside.steps(world, at) | engine


def _beside(
    fast: dict[str, Record], steady: dict[str, Record], memory: dict[str, int], costs: dict[str, float], rounds: int, many: int
) -> Iterator[str]:  # fmt: skip
    bare = fast["bare"]
    yield f"{description()}. Medians of {rounds} rounds of {many} requests, taken in turn; 16 connections."
    yield ""
    yield "| who | replies a second | of bare | p50 ms | p99 ms | private MiB | the client was busy |"
    yield "|---|---|---|---|---|---|---|"
    for name, one in fast.items():
        yield (
            f"| {name} | {one.a_second:,.0f} | {one.a_second / bare.a_second:.2f} | {one.quantile(0.5) * 1000:.1f} "
            f"| {one.quantile(0.99) * 1000:.1f} | {memory[name] >> 20} | {one.busiest:.0%} |"
        )
    yield ""
    yield "| at 150 a second | p50 ms | p99 ms |"
    yield "|---|---|---|"
    for name, one in steady.items():
        yield f"| {name} | {one.quantile(0.5) * 1000:.2f} | {one.quantile(0.99) * 1000:.2f} |"
    yield ""
    yield "| in process | microseconds | of bare |"
    yield "|---|---|---|"
    for name, micros in costs.items():
        yield f"| {name} | {micros:.1f} | {micros / costs['bare']:.2f} |"


def _reached(found: list[Goal], refused: int) -> Iterator[str]:
    yield "| goal | what | limit | found | |"
    yield "|---|---|---|---|---|"
    yield from (goal.row() for goal in found)
    yield ""
    yield f"{refused} requests were not answered with 200."


def _tell(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    main()
