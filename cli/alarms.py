"""What is amiss, for a shell and for monitoring? The exit code says whether anybody has to look."""

import os
import sys
from datetime import datetime

import click

from app import Config, ConfigError, config_from
from routing.clock import SystemClock
from routing.reasons import clock_time
from store import alarms
from store.alarms import Standing
from store.database import AWAY, Database

AMISS, UNASKED = 2, 3
"""Exit codes: somebody must look; nobody knows. 0: nothing is amiss but what was acknowledged."""

HELP = (
    "List the alarms that last. The exit code is for monitoring: 0 where nothing is amiss but what somebody has acknowledged, 2 where "
    "something is, 3 where the database does not tell."
)


@click.command(help=HELP)
@click.option("--over", is_flag=True, help="List those that are over, too.")
def command(over: bool) -> None:
    """List, and exit by it."""
    try:
        config = config_from(os.environ)
    except ConfigError as problem:
        raise click.ClickException(str(problem)) from problem
    now = SystemClock().now()
    try:
        standing, past = _read(config, over)
    except AWAY:
        click.echo("The database does not tell: it is away, or not migrated yet.")
        sys.exit(UNASKED)
    click.echo("\n".join(_line(one, now) for one in standing) or "Nothing is amiss.")
    for one in past:
        click.echo(f"over     {one.alarm.words} From {clock_time(one.began_at)} until {_moment(one.ended_at)}.")
    sys.exit(AMISS if any(not one.is_quiet(now) for one in standing) else 0)


def _read(config: Config, over: bool) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """It migrates nothing: monitoring asks often, and beside a service."""
    database = Database(config.database_url)
    try:
        with database.read() as connection:
            return alarms.standing(connection), alarms.over(connection, 20) if over else ()
    finally:
        database.close()


def _line(one: Standing, now: datetime) -> str:
    words = f"{one.alarm.words} {one.alarm.detail}".strip()
    if one.is_quiet(now):
        by = f"acknowledged until {_moment(one.acknowledged_until)} by {one.acknowledged_by}"
        return f"known    {words} Since {clock_time(one.began_at)}; {by}."
    return f"ALARM    {words} Since {clock_time(one.began_at)}."


def _moment(at: datetime | None) -> str:
    return clock_time(at) if at else ""
