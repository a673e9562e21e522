"""Which duty numbers would be called for a test, when, and why not the others? And what came of the tests so far? Nobody is called."""

import json
from collections.abc import Iterator
from typing import Any

import click

from admin.number_schedule import Goes, Schedule, Scheduled, schedule_of, scheduled
from cli.opened import Opened, opened
from cli.worlds import publication_of
from directory.numbers import Number
from ivr.testable import duties
from routing.clock import SystemClock, local
from routing.reasons import clock_time
from store import number_tests
from store.number_outcomes import WORDS
from store.number_tests import NumberTest

MOST = 50


@click.command(
    help="List every duty number with the time of its next test call, or the reason why it is not called; with --team, a "
    "team's tests so far as well. A dry run: nobody is called."
)
@click.option("--team", default="", help="One team only, by its slug.")
@click.option("--authority", default="", help="One authority only, by its slug.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(team: str, authority: str, as_json: bool) -> None:  # click hands flags over
    """Print what would be called."""
    with opened() as here:
        known, rows = _rows(here, team, authority)
        tests = _history(here, rows) if team else ()
    if as_json:
        click.echo(json.dumps(_object(rows, tests), ensure_ascii=False, indent=1))
        return
    lines = [*(_line(row) for row in rows), *_told(tests)]
    click.echo("\n".join(lines) or "There is no duty number.")
    if not any(choice.tests for choice in known.choices.values()):
        click.echo("No team's numbers are tested yet; an administrator switches it on, on the team's page.")


def _rows(here: Opened, team: str, authority: str) -> tuple[Schedule, tuple[Scheduled, ...]]:
    world = publication_of(here.config, here.database).publish()
    if team and team not in world.directory.teams:
        raise click.ClickException(f"There is no team “{team}”; `dutyline export teams` lists them.")
    with here.database.read() as connection:
        known = schedule_of(connection, world, SystemClock().now())
    wanted = (one for one in duties(world.directory) if team in ("", one.team.slug))
    return known, tuple(scheduled(known, one) for one in wanted if authority in ("", one.team.authority))


def _history(here: Opened, rows: tuple[Scheduled, ...]) -> tuple[NumberTest, ...]:
    with here.database.read() as connection:
        return number_tests.history(connection, [row.one.number.e164 for row in rows], MOST)


def _line(row: Scheduled) -> str:
    flag = " DOES NOT ANSWER." if row.standing and row.standing.flagged_at else ""
    when = f"next call {clock_time(row.next_at)}" if row.state is Goes.WAITS and row.next_at else row.because
    return f"{row.one.team.slug}, {row.one.number.national}: {when}.{flag}"


def _told(tests: tuple[NumberTest, ...]) -> Iterator[str]:
    if tests:
        yield "Tests so far, the newest first:"
    yield from (f"  {clock_time(one.asked_at)}, {Number(one.number).national}: {WORDS[one.outcome]}." for one in tests)


def _object(rows: tuple[Scheduled, ...], tests: tuple[NumberTest, ...]) -> dict[str, Any]:
    numbers = [
        {
            "team": row.one.team.slug, "number": row.one.number.e164, "state": row.state.value, "because": row.because,
            "next_at": local(row.next_at).isoformat() if row.next_at else None,
            "flagged": bool(row.standing and row.standing.flagged_at),
        }
        for row in rows
    ]  # fmt: skip
    history = [{"at": local(one.asked_at).isoformat(), "number": one.number, "outcome": one.outcome} for one in tests]
    return {"numbers": numbers, "history": history}
