"""Who would ring on a line at a moment, and why?"""

import json
import os
from datetime import datetime
from typing import Any

import click

from app import ConfigError, config_from
from cli.moments import When
from cli.worlds import world_here
from directory.model import Accept
from ivr.moment import World
from ivr.plan import Plan
from ivr.route import Route, line_of, route, silent_of, wanted_of
from routing.clock import SystemClock, local
from routing.ladder import Rung, Wanted
from routing.reasons import clock_time
from store.bundle import BundleError

NOW = SystemClock().now()
HOW = {Accept.KEY: "press 1 to accept", Accept.CONNECT: "connects on answer"}


@click.command(
    help="Say who would ring on LINE for a caller who presses nothing, or who asks for a team or a worker, for how long, and why. "
    "With --team or --person, LINE may be left out."
)
@click.argument("line", required=False, default="")
@click.option("--team", default="", help="The team that is asked for, by its slug.")
@click.option("--person", default="", help="The worker who is asked for, by the id.")
@click.option(
    "--at", type=When(NOW), default=NOW, help='A moment: 2026-11-27T16:05 or "Fri 16:05"; now where none is given.'
)
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
def command(line: str, team: str, person: str, at: datetime, as_json: bool) -> None:
    """Print one route."""
    try:
        world = world_here(config_from(os.environ))
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem
    wanted = _wanted(world, team, person)
    plan = _plan(world, line, wanted)
    reached, wish = (plan, wanted) if team or person else silent_of(world, plan, at)
    found = route(world, reached, wish, at, dialled=plan)
    click.echo(_json(found, at) if as_json else "\n".join(lines_of(found, at)))


def _wanted(world: World, team: str, person: str) -> Wanted:
    here = world.directory
    if team and team not in here.teams:
        raise click.ClickException(f"There is no team “{team}”; `dutyline export teams` lists them.")
    if person and person not in here.people:
        raise click.ClickException(f"There is no worker “{person}”; `dutyline export people` lists them.")
    return wanted_of(world, here.teams.get(team), here.people.get(person)) if team or person else Wanted()


def _plan(world: World, line: str, wanted: Wanted) -> Plan:
    plan = world.plans.of_line(line) if line else line_of(world, wanted)
    if plan is None:
        which = f"There is no line “{line}”" if line else "Name a line"
        raise click.ClickException(f"{which}; lines are: {', '.join(sorted(world.plans.current))}.")
    return plan


def _turn(rung: Rung) -> str:
    return f", on the rota until {clock_time(rung.shift.until)}" if rung.shift else ""


def lines_of(found: Route, at: datetime) -> list[str]:
    """A route in plain English."""
    state = "open" if found.open.is_open else "closed"
    until = f"until {clock_time(found.until)}" if found.until else "and never changes"
    rungs = [
        f"  {place}. {rung.who} on {rung.number.number.national}: {rung.step}, at most {rung.seconds} seconds, "
        f"{HOW[found.ladder.accept(rung)]}{_turn(rung)}"
        for place, rung in enumerate(found.ladder.rungs, 1)
    ]
    rejected = [f"  - {reason.sentence}" for reason in dict.fromkeys(found.ladder.rejected)]
    return [
        f"{found.plan.name}, {clock_time(at)}: {state} {until}. {found.open.because.sentence}",
        "Rings, in this order:" if rungs else "Nobody rings: the safe message is spoken and a call-back offered.",
        *rungs,
        *(["Not rung:", *rejected] if rejected else []),
    ]


def _json(found: Route, at: datetime) -> str:
    """The same as ``GET /api/v1/route`` answers it, with every number in E.164."""
    opening = {
        "is_open": found.open.is_open, "because": found.open.because.sentence,
        "until": local(found.until).isoformat() if found.until else None,
    }  # fmt: skip
    rings = [_rung(found, rung) for rung in found.ladder.rungs]
    rejected = [{"code": reason.code, "sentence": reason.sentence} for reason in dict.fromkeys(found.ladder.rejected)]
    told = {"line": found.plan.line, "at": local(at).isoformat(), "open": opening, "rings": rings, "rejected": rejected}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _rung(found: Route, rung: Rung) -> dict[str, Any]:
    return {
        "step": rung.step.name.lower().replace("_", "-"), "who": rung.who, "number": rung.number.number.e164,
        "accept": found.ladder.accept(rung).value, "seconds": rung.seconds,
        "because": " ".join(reason.sentence for reason in rung.because),
    }  # fmt: skip
