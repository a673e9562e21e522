"""Who would ring on a line at a moment, and why?"""

import os
from datetime import datetime

import click

from app import ConfigError, config_from
from cli.moments import When
from cli.worlds import world_here
from ivr.moment import World
from ivr.plan import Plan
from ivr.route import Route, default_route, route
from routing.clock import SystemClock
from routing.ladder import Rung, Wanted
from routing.reasons import clock_time
from store.bundle import BundleError

NOW = SystemClock().now()


@click.command(help="Say who would ring on LINE, for its default destination or for a team, and why.")
@click.argument("line")
@click.option("--team", default="", help="The team that is asked for, by its slug.")
@click.option(
    "--at", type=When(NOW), default=NOW, help='A moment: 2026-11-27T16:05 or "Fri 16:05"; now where none is given.'
)
def command(line: str, team: str, at: datetime) -> None:
    """Print one route."""
    try:
        world = world_here(config_from(os.environ))
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem
    plan = world.plans.of_line(line)
    if plan is None:
        raise click.ClickException(f"There is no line “{line}”; lines are: {', '.join(sorted(world.plans.current))}.")
    found = route(world, plan, _wanted(world, plan, team), at) if team else default_route(world, plan, at)
    click.echo("\n".join(lines_of(found, at)))


def _wanted(world: World, plan: Plan, team: str) -> Wanted:
    if team not in world.directory.teams:
        known = ", ".join(sorted(slug for slug in plan.teams))
        raise click.ClickException(f"There is no team “{team}”; this line rings: {known}.")
    return Wanted(world.directory.teams[team])


def _turn(rung: Rung) -> str:
    return f", on the rota until {clock_time(rung.shift.until)}" if rung.shift else ""


def lines_of(found: Route, at: datetime) -> list[str]:
    """A route in plain English."""
    state = "open" if found.open.is_open else "closed"
    until = f"until {clock_time(found.until)}" if found.until else "and never changes"
    rungs = [
        f"  {place}. {rung.who} on {rung.number.number.national}: {rung.step}, {found.ladder.accept(rung)} to accept{_turn(rung)}"
        for place, rung in enumerate(found.ladder.rungs, 1)
    ]
    rejected = [f"  - {reason.sentence}" for reason in found.ladder.rejected]
    return [
        f"{found.plan.name}, {clock_time(at)}: {state} {until}. {found.open.because.sentence}",
        "Rings, in this order:" if rungs else "Nobody rings: the safe message is spoken and a call-back offered.",
        *rungs,
        *(["Not rung:", *rejected] if rejected else []),
    ]
