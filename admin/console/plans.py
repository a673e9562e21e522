"""Which plans are in force, and what does one look like at a moment? Every line, and the call flow of each as a drawing and as lists."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Response
from markupsafe import Markup

from admin.console.forms import Wrong
from admin.console.pages import answer, asked, blueprint, page
from admin.drawing.drawing import Drawing, drawing_of
from admin.drawing.nested import listed
from admin.drawing.svg import svg_of
from admin.lines import numbers_answered, plans_in_force
from admin.ports import desk, newest_world, now
from admin.problems import Faults, missing
from admin.shapes import moment_in
from ivr.moment import World
from ivr.plan import Night, Plan
from routing.clock import local
from routing.hours import until, verdict
from routing.reasons import clock_time
from store import drafts
from store.plans import PlanVersion, in_force

NIGHTS = {
    Night.EDT: "an emergency duty team",
    Night.CARELINE: "a careline",
    Night.SAME_NUMBER: "the same number, another team",
    Night.NONE_PRINTED: "none is printed",
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line in the list of plans; ``since`` is when its plan came into force, where that is known."""

    line: str
    name: str
    authority: str
    is_open: bool
    until: str
    because: str
    numbers: tuple[str, ...]
    digest: str
    since: datetime | None
    drafts: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A word about a plan, and what it says."""

    name: str
    words: str
    beside: str = ""


@blueprint.app_template_filter("drawn")
def drawn(drawing: Drawing) -> Markup:
    """A drawing as SVG."""
    return svg_of(drawing)


@blueprint.get("/plans")
def plans() -> str:
    """Every line with the plan in force."""
    world = newest_world()
    with desk().database.read() as connection:
        versions = in_force(connection)
        waiting = Counter(draft.line for draft in drafts.every(connection, kind="plan"))
    rows = [_row(plan, world, versions.get(plan.line), waiting[plan.line]) for plan in plans_in_force(world)]
    return page("plans", rows=rows, at=clock_time(now()))


def _row(plan: Plan, world: World, version: PlanVersion | None, waiting: int) -> PlanRow:
    found = verdict(plan.opens, now(), world.calendar)
    changes = until(plan.opens, now(), world.calendar)
    return PlanRow(
        plan.line,
        plan.name,
        _authority(plan, world),
        found.is_open,
        clock_time(changes) if changes else "",
        found.because.sentence,
        _numbers(plan, world),
        plan.digest,
        version.at if version else None,
        waiting,
    )


def _authority(plan: Plan, world: World) -> str:
    known = world.directory.authorities.get(plan.authority)
    return known.name if known else plan.authority


def _numbers(plan: Plan, world: World) -> tuple[str, ...]:
    return tuple(number.national for number in numbers_answered(plan, world))


@blueprint.get("/plans/<line>")
def plan(line: str) -> Response:
    """A plan at a moment: now, or the one that is asked for."""
    world, faults = newest_world(), Faults()
    found = world.plans.of_line(line)
    if found is None:
        raise missing(f"line “{line}”")
    typed = asked("at")
    at = moment_in("at", typed, faults) or now()
    with desk().database.read() as connection:
        version = in_force(connection).get(line)
        waiting = drafts.every(connection, line=line, kind="plan")
    wrong = tuple(Wrong("at", f"At: {problem.message.removeprefix('at: ')}") for problem in faults.found)
    shown = {"typed": typed, "wrong": wrong, "facts": _facts(found, world, version), "waiting": waiting}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return answer(status, "plan", plan=found, **shown, **drawing_shown(world, found, at))


def drawing_shown(world: World, plan: Plan, at: datetime) -> Mapping[str, object]:
    """What a page needs that shows a plan, or a draft of one, at a moment (``flow`` in plan_parts.html)."""
    found, changes = verdict(plan.opens, at, world.calendar), until(plan.opens, at, world.calendar)
    return {
        "drawing": drawing_of(world, plan, at),
        "nested": listed(world, plan, at),
        "at": at,
        "moment": local(at).isoformat(timespec="minutes"),
        "open": found,
        "until": changes,
        "stands_in": _stands_in(world, plan, at),
    }


def _stands_in(world: World, plan: Plan, at: datetime) -> datetime | None:
    """Until when another number rings before everything that is drawn, where one does."""
    override = world.overrides.get(plan.line)
    return override.until if override and override.in_force(at) else None


def _facts(plan: Plan, world: World, version: PlanVersion | None) -> tuple[Fact, ...]:
    since = f"in force since {clock_time(version.at)}, by {version.who}" if version else ""
    teams = world.directory.teams
    named = tuple(teams[slug].name if slug in teams else slug for slug in (*plan.last_resort, plan.night_team) if slug)
    night = named[len(plan.last_resort) :]
    return (
        Fact("Authority", _authority(plan, world)),
        Fact("Answers", ", ".join(_numbers(plan, world)) or "No number yet"),
        Fact("First words", f"“{plan.opening}”"),
        Fact("Last resort", ", then ".join(named[: len(plan.last_resort)]) or "Nobody"),
        Fact("Night", f"{NIGHTS[plan.night][:1].upper()}{NIGHTS[plan.night][1:]}{f': {night[0]}' if night else ''}"),
        Fact("Read from", plan.source, f"reviewed {plan.reviewed}" if plan.reviewed else ""),
        Fact("Version", plan.digest, since),
    )
