"""Who would ring, and why? For a line, a team or a person, at any moment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from admin.auth import sees_personal_data
from admin.blueprints import resource_api
from admin.body import Strict, Text
from admin.ports import newest_world, now
from admin.problems import Faults, invalid
from admin.shapes import NumberOut, moment_in, moment_out, number_out, office_number
from directory.model import Accept, Authority, Team
from directory.problems import Fault
from ivr.moment import World
from ivr.plan import Plan
from ivr.route import Route, line_of, route, silent_of, wanted_of
from routing.hours import Verdict
from routing.ladder import Ladder, Rung, Step, Wanted
from routing.reasons import Exhausted, NotConfirmed

NO_LINE = "no line of its authority is in force; name one."

api = resource_api("route", "Who would ring, and why.")


class RouteQuery(Strict):
    """Whom somebody wants to reach, and when; at least one of line, team and person."""

    line: Text = ""
    team: Text = ""
    person: Text = ""
    at: Text = Field(
        "", description="ISO 8601 or words like “Fri 16:05”, on England's clock; now where it is left out."
    )


class OpenOut(BaseModel):
    """Whether the line is open, why, and until when."""

    is_open: bool
    because: str
    until: str | None


class RungOut(BaseModel):
    """One phone that rings."""

    step: str = Field(examples=["worker", "manager", "duty", "last-resort", "night"])
    who: str
    number: NumberOut | None
    accept: Accept
    seconds: int = Field(description="The longest that it keeps the caller.")
    because: str


class ReasonOut(BaseModel):
    """Why something is as it is, as where somebody is not rung."""

    code: str
    sentence: str


class RouteOut(BaseModel):
    """The answer for one moment."""

    line: str
    at: str
    open: OpenOut
    rings: list[RungOut]
    rejected: list[ReasonOut]


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom somebody wants to reach: on which line, at which moment; without team and person for a caller who presses nothing."""

    world: World
    plan: Plan
    wanted: Wanted
    at: datetime

    @property
    def names_somebody(self) -> bool:
        """Whether a team or a person is asked for."""
        return bool(self.wanted.team or self.wanted.person)

    def asked(self, at: datetime) -> tuple[Plan, Wanted]:
        """Whose line is reached, and who is asked for, at some moment."""
        return (self.plan, self.wanted) if self.names_somebody else silent_of(self.world, self.plan, at)

    @property
    def route(self) -> Route:
        """Who would ring at the moment of the wish."""
        return route(self.world, *self.asked(self.at), self.at, dialled=self.plan)


@api.get("/route", responses={200: RouteOut})
def who_would_ring(query: RouteQuery) -> dict[str, object]:
    """Who would ring, in order, each with its reason and the rejected alternatives."""
    world = newest_world()
    wish = wish_of(world, query)
    return route_out(world, wish.route, wish.at).model_dump(mode="json")


def wish_of(world: World, query: RouteQuery) -> Wish:
    """What a query asks for. Raises 422 with everything that is wrong in it."""
    faults = Faults()
    at = moment_in("at", query.at, faults) or now()
    plan, wanted = _asked(world, query, faults)
    if plan is None and not faults.found:
        faults.say("line", "no-line", NO_LINE)
    if plan is None or faults.found:
        raise invalid(faults.found)
    return Wish(world, plan, wanted, at)


def _asked(world: World, query: RouteQuery, faults: Faults) -> tuple[Plan | None, Wanted]:
    here = world.directory
    plan, team, person = world.plans.of_line(query.line), here.teams.get(query.team), here.people.get(query.person)
    for field, value, found in (
        ("line", query.line, plan),
        ("team", query.team, team),
        ("person", query.person, person),
    ):
        if value and found is None:
            faults.note(field, Fault.UNKNOWN, value)
    if not (query.line or query.team or query.person):
        faults.note("line", Fault.MISSING)
    wanted = wanted_of(world, team, person) if team or person else Wanted()
    return plan or line_of(world, wanted), wanted


def route_out(world: World, found: Route, at: datetime) -> RouteOut:
    """A route as it is answered."""
    authority = world.directory.authorities.get(found.plan.authority)
    rings = [_rung_out(found.ladder, rung, authority) for rung in found.ladder.rungs]
    reasons = (*found.ladder.rejected, *(() if rings else (Exhausted(),)))
    rejected = [ReasonOut(code=reason.code, sentence=reason.sentence) for reason in reasons]
    opening = open_out(found.open, found.until)
    return RouteOut(line=found.plan.line, at=moment_out(at) or "", open=opening, rings=rings, rejected=rejected)


def next_call(team: Team, world: World) -> dict[str, Any] | None:
    """What the next call for a team would do, by the line that rings it."""
    plan = line_of(world, Wanted(team))
    return route_out(world, route(world, plan, Wanted(team), now()), now()).model_dump(mode="json") if plan else None


def open_out(verdict: Verdict, until: datetime | None) -> OpenOut:
    """A verdict as it is answered."""
    return OpenOut(is_open=verdict.is_open, because=verdict.because.sentence, until=moment_out(until))


def _rung_out(climbed: Ladder, rung: Rung, authority: Authority | None) -> RungOut:
    accept = climbed.accept(rung)
    reasons = (*rung.because, *((NotConfirmed(rung.who),) if accept is Accept.CONNECT else ()))
    return RungOut(
        step=step_out(rung.step),
        who=rung.who,
        number=rung_number(rung, authority),
        accept=accept,
        seconds=rung.seconds,
        because=" ".join(reason.sentence for reason in reasons),
    )


def step_out(step: Step) -> str:
    """A step's name as it is answered: ``last-resort``."""
    return step.name.lower().replace("_", "-")


def rung_number(rung: Rung, authority: Authority | None) -> NumberOut | None:
    """A rung's number, as far as whoever asks may see it."""
    if rung.is_personal:
        return number_out(rung.number.number, authority) if sees_personal_data() else None
    return office_number(rung.number.number, authority)
