"""What does anybody see who opens the site? Which lines are open, which team would ring next, and what is amiss."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from admin.lines import numbers_answered, plans_in_force
from admin.ports import desk, now
from ivr.moment import World
from ivr.plan import Plan
from ivr.route import default_route
from routing.ladder import Rung
from routing.reasons import clock_time

blueprint = Blueprint("status", __name__, template_folder="pages")
NEVER = "always"


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as the page shows it: no number but its own."""

    line: str
    name: str
    numbers: tuple[str, ...]
    is_open: bool
    because: str
    until: str
    rings: tuple[str, ...]


@blueprint.get("/")
def status() -> str:
    """The status page: from memory alone, so it stands when the database does not."""
    world = desk().publication.freshest()
    amiss = [(one.alarm.words, clock_time(one.began_at)) for one in desk().alarms.standing(now())]
    return render_template("status.html", rows=line_rows(world), at=clock_time(now()), amiss=amiss)


def line_rows(world: World) -> list[LineRow]:
    """Every line at this moment."""
    return [_row(plan, world) for plan in plans_in_force(world)]


def _row(plan: Plan, world: World) -> LineRow:
    found = default_route(world, plan, now())
    numbers = tuple(number.national for number in numbers_answered(plan, world))
    until = clock_time(found.until) if found.until else NEVER
    rings = tuple(map(_step, found.ladder.rungs))
    return LineRow(plan.line, plan.name, numbers, found.open.is_open, found.open.because.sentence, until, rings)


def _step(rung: Rung) -> str:
    return f"{rung.who} ({rung.step})"
