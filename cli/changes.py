"""What changes soon, on a line or on all?"""

import json
import os
from collections.abc import Iterable
from datetime import timedelta

import click

from app import ConfigError, config_from
from cli.worlds import world_here
from ivr.causes import RouteChange
from ivr.changes import changes_of_lines
from ivr.changes_ics import ics_of_changes
from ivr.moment import World
from ivr.plan import Plan
from routing.clock import SystemClock, local
from store.bundle import BundleError


@click.command(help="Say what changes soon in who rings, on LINE or on every line, each change with its cause.")
@click.argument("line", required=False, default="")
@click.option("--days", type=click.IntRange(1, 400), default=30, show_default=True, help="How far ahead to look.")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
@click.option("--ics", "as_ics", is_flag=True, help="Print a calendar file.")
def command(line: str, days: int, as_json: bool, as_ics: bool) -> None:
    """Print what changes."""
    if as_json and as_ics:
        raise click.UsageError("Give either --json or --ics.")
    try:
        world = world_here(config_from(os.environ))
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem
    since = SystemClock().now().replace(second=0, microsecond=0)
    found = changes_of_lines(world, plans_of(world, line), since, since + timedelta(days=days))
    click.echo(ics_of_changes(found) if as_ics else _json(found) if as_json else "\n".join(lines_of(found)))


def plans_of(world: World, line: str) -> list[Plan]:
    """The plan of a line, or of every line."""
    if line and world.plans.of_line(line) is None:
        raise click.ClickException(f"There is no line “{line}”; lines are: {', '.join(sorted(world.plans.current))}.")
    plans = (world.plans.of_line(one) for one in ([line] if line else sorted(world.plans.current)))
    return [plan for plan in plans if plan]


def lines_of(found: Iterable[RouteChange]) -> list[str]:
    """The changes in plain English, one a line."""
    return [one.sentence for one in found]


def _json(found: Iterable[RouteChange]) -> str:
    items = [
        {
            "at": local(one.at).isoformat(), "until": local(one.until).isoformat() if one.until else None,
            "lines": one.lines, "teams": one.teams, "cause": one.cause.value, "sentence": one.sentence,
        }
        for one in found
    ]  # fmt: skip
    return json.dumps({"items": items}, ensure_ascii=False, indent=2)
