"""``make volume``: does a step cost more with 153 plans, 100,000 people and ten million events? And how long does it take to let go of
old calls, or to report of a year? Everything in one run, beside a deployment as it is shipped."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import psycopg
from sqlalchemy import func, select, text

from bench.machine import description
from bench.reporting import LIMIT, counted, reports
from bench.rounds import Record, in_turn
from bench.serving import new_database, ours
from bench.written import into
from directory.model import LineNumbers
from directory.numbers import Number
from directory.snapshot import Kind, written
from ivr.plan import Plan
from ivr.reading import plan_from
from routing.clock import SystemClock
from store.database import Database
from store.directory import CURRENT, Author, put_plan, version_of, write
from store.past_events import let_go, put_away
from store.retention import CALLS, take_away
from store.tables import call
from tests.conftest import HOME
from tests.reliability.postgres import cluster
from tests.scale.county import settle

PLANS, EVENTS, EVENTS_A_CALL = 153, 10_000_000, 5
BUNDLED = 7
STEADY, SECONDS = 150.0, 20.0
BATCH = 500
LET_GO = timedelta(days=7)
"""So much of the oldest calls goes."""
US = Author("bench", "a county that is larger than any")

FILLED = """
INSERT INTO event (call, leg, sequence, kind, at, body)
SELECT 'CB' || lpad(to_hex(number / {each}), 32, '0'), '', 'h' || number % {each}, 'step', now() - number * interval '1 minute' / 10,
       json_build_object('line', 'devon', 'node', 'mash', 'directory', 1, 'reasons', json_build_array(
           json_build_object('code', 'next', 'sentence', 'MASH (Devon) rings next.')), 'rings', '+442079460101')
FROM generate_series(0, {events} - 1) AS number;
INSERT INTO call (sid, line, began_at, ended_at, rank, ending)
SELECT call, 'devon', min(at), max(at), 2, 'person' FROM event WHERE call LIKE 'CB%' GROUP BY call;
ANALYZE;
"""


@dataclass(frozen=True, slots=True)
class Went:
    """How fast old calls went: by the day, or for good."""

    calls: int
    seconds: float

    @property
    def a_second(self) -> float:
        """Calls, each with all that hangs on it."""
        return self.calls / self.seconds


@click.command(help="Measure a very large deployment beside one as it is shipped.")
@click.option("--events", type=click.IntRange(1000), default=EVENTS, show_default=True, help="Events in the database.")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="Rounds of each, in turn.")
@click.option("--write", is_flag=True, help="Put the table into docs/performance.md.")
def main(events: int, rounds: int, write: bool) -> None:  # noqa: FBT001  # click hands flags over as booleans
    """Measure and print."""
    with TemporaryDirectory() as place, cluster(Path(place) / "pg") as server:
        small, large = (new_database(server, name) for name in ("small", "large"))
        folders = Path(place) / "small", Path(place) / "large"
        for folder, url in zip(folders, (small, large), strict=True):
            with ours("first start", folder, url):
                pass
        _tell(f"{PLANS} plans, 100,000 people, {events:,} events are written")
        _fill(large, events)
        _tell("events of weeks ago are put away by the day")
        away = _put_away(large)
        with ours("as it is shipped", folders[0], small) as one, ours("very large", folders[1], large) as other:
            _tell(f"{STEADY:g} a second for {SECONDS:g} seconds, {rounds} rounds of both in turn")
            few, many = in_turn((one, other), rounds, int(STEADY * SECONDS), STEADY)
            _tell("reports of a year")
            rows, took = counted(large), reports(other, large)
            _tell("old calls are let go")
            purged = _purge(large)
    told = "\n".join(_told(few, many, away, purged, events, _reported(rows, took)))
    click.echo(told)
    if write:
        into(HOME / "docs" / "performance.md", "volume", told)


def _fill(url: str, events: int) -> None:
    database = Database(url)
    settle(database)
    with database.write_in_order() as connection:
        for place in range(PLANS - BUNDLED):
            plan, text = _plan(place)
            number = LineNumbers(plan.line, (Number(f"+442079460{500 + place:03}"),))
            write(connection, written(number), version_of(connection, Kind.LINE, plan.line), US, SystemClock().now())
            put_plan(connection, plan, text, CURRENT, SystemClock().now(), US)
    database.close()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as raw:
        raw.execute("SET synchronous_commit = off")
        for statement in FILLED.format(events=events, each=EVENTS_A_CALL).split(";\n"):
            if statement.strip():
                raw.execute(statement.encode())


def _plan(place: int) -> tuple[Plan, str]:
    text = (HOME / "plans" / "devon" / "devon.toml").read_text(encoding="utf-8")
    text = text.replace('line = "devon"', f'line = "devon-{place:03}"', 1)
    plan = plan_from(text)
    if not isinstance(plan, Plan):
        raise TypeError(plan)
    return plan, text


def _put_away(url: str) -> Went:
    """All that a first round after an upgrade, and those that follow it, have to move."""
    database = Database(url)
    began, moved = time.monotonic(), 0
    while here := put_away(database, None, SystemClock().now()):
        moved += here
    seconds = time.monotonic() - began
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE event, past_event"))
    database.close()
    return Went(moved, seconds)


def _purge(url: str) -> Went:
    """The oldest calls, in batches as the purge of the night takes them, and the days of their events."""
    database = Database(url)
    with database.read() as connection:
        before = (connection.scalar(select(func.min(call.c.began_at))) or SystemClock().now()) + LET_GO
    began, gone, here = time.monotonic(), 0, 1
    while here:
        with database.write() as connection:
            here = take_away(connection, CALLS, before, (), BATCH)
        gone += here
    let_go(database, before)
    seconds = time.monotonic() - began
    database.close()
    return Went(gone, seconds)


def _reported(rows: int, took: dict[str, float]) -> str:
    slowest = max(took.values())
    told = ", ".join(f"by {by} {seconds:.2f} s" for by, seconds in took.items())
    what = f"a year's report beside the year before, out of {rows:,} counts, in seconds: {told}"
    return f"| | {what} | ≤ {LIMIT:g} | **{slowest:.2f}** | {_met(slowest <= LIMIT)} |"


def _told(few: Record, many: Record, away: Went, purged: Went, events: int, report: str) -> Iterator[str]:
    yield f"{description()}. At {STEADY:g} webhooks a second, medians of {len(few.loads)} rounds in turn; PostgreSQL, one worker each."
    yield ""
    yield "| deployment | p50 ms | p99 ms |"
    yield "|---|---|---|"
    for name, one in (("as it is shipped", few), (f"{PLANS} plans, 100,000 people, {events:,} events", many)):
        yield f"| {name} | {one.quantile(0.5) * 1000:.2f} | {one.quantile(0.99) * 1000:.2f} |"
    ratio = many.quantile(0.99) / few.quantile(0.99)
    yield ""
    yield "| goal | what | limit | found | |"
    yield "|---|---|---|---|---|"
    yield f"| P11 | p99 of the very large one, in p99 of the one as it is shipped | ≤ 1.5 | **{ratio:.2f}** | {_met(ratio <= 1.5)} |"
    yield report
    yield ""
    yield (
        f"Of {events:,} events those of weeks ago are put away by the day, {away.a_second * EVENTS_A_CALL:,.0f} a second "
        f"({away.calls * EVENTS_A_CALL:,} in {away.seconds:,.0f} s). Old calls go at {purged.a_second:,.0f} calls a second with "
        f"{purged.a_second * EVENTS_A_CALL:,.0f} events: their rows {BATCH} in a transaction, their events as days."
    )


def _met(is_so: bool) -> str:  # noqa: FBT001
    return "met" if is_so else "not met"


def _tell(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    main()
