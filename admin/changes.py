"""What changes soon? Every coming change of who rings, with its cause; as a list, and as a calendar file."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from flask import Response
from pydantic import BaseModel, Field

from admin.auth import sees_personal_data
from admin.blueprints import resource_api
from admin.body import Strict, Text
from admin.lines import plans_in_force
from admin.listing import document
from admin.ports import desk, newest_world, now
from admin.problems import Faults, refuse_invalid
from admin.route import rung_number
from admin.shapes import NumberOut, moment_out
from directory.model import Team
from directory.problems import Fault
from ivr.causes import Cause, RouteChange
from ivr.changes import Scheduled, changes_of_lines
from ivr.changes_ics import ics_of_changes
from ivr.moment import World
from ivr.plan import Plan
from ivr.reading import plan_from
from routing.ladder import Rung
from store.drafts import every

CALENDAR = "text/calendar"
FILE = {"description": "The file.", "content": {CALENDAR: {"schema": {"type": "string"}}}}
A_MOBILE = re.compile(r"\b07\d{3} ?\d{6}\b")
HIDDEN = "a mobile"
DAYS, MOST_DAYS = 30, 400

api = resource_api("changes", "What changes soon in who rings, and why.")


class ChangesQuery(Strict):
    """Of which line, team or authority (all where none is named), and how many days ahead."""

    line: Text = Field("", description="The slug of a line.")
    team: Text = Field("", description="The slug of a team: what changes for it, and for the lines that ring it.")
    authority: Text = Field("", description="The slug of an authority.")
    days: int = Field(DAYS, ge=1, le=MOST_DAYS)

    @property
    def ahead(self) -> timedelta:
        """So far."""
        return timedelta(days=self.days)


class PhoneOut(BaseModel):
    """Somebody who rings; no number where it is a person's own and whoever asks may not see it."""

    who: str
    number: NumberOut | None


class ChangeOut(BaseModel):
    """One change."""

    at: str
    until: str | None = Field(description="When it ends, where that is known.")
    lines: list[str]
    teams: list[str] = Field(description="None where it concerns a whole line.")
    cause: Cause
    sentence: str
    before: list[PhoneOut] = Field(description="Who rings without the change, in order.")
    after: list[PhoneOut] = Field(description="Who rings with it.")


class ChangeList(BaseModel):
    """Every change, the ordinary weeks first, then in order of time."""

    items: list[ChangeOut]
    next: str | None = Field(description="Always nothing: the list is whole.")


@api.get("/changes", responses={200: ChangeList})
def every_change(query: ChangesQuery) -> Mapping[str, object]:
    """What changes in the days to come, with its cause."""
    world = newest_world()
    return document((change_out(one, world).model_dump(mode="json") for one in changes_asked(query, world)), None)


@api.get("/changes.ics", responses={200: FILE})
def changes_file(query: ChangesQuery) -> Response:
    """The same as a calendar file (RFC 5545)."""
    return as_calendar(changes_asked(query, newest_world()))


def as_calendar(found: tuple[RouteChange, ...]) -> Response:
    """A calendar file to keep; without mobiles for those who may not see them."""
    reply = Response(ics_of_changes(found, seen_words), content_type=f"{CALENDAR}; charset=utf-8")
    reply.headers["Content-Disposition"] = 'attachment; filename="what-changes.ics"'
    return reply


def changes_asked(query: ChangesQuery, world: World) -> tuple[RouteChange, ...]:
    """The changes of a query. Raises 422 where it names what is not there."""
    faults, here = Faults(), world.directory
    team = here.teams.get(query.team)
    for field, value, known in (
        ("line", query.line, world.plans.of_line(query.line)),
        ("team", query.team, team),
        ("authority", query.authority, here.authorities.get(query.authority)),
    ):
        if value and known is None:
            faults.note(field, Fault.UNKNOWN, value)
    refuse_invalid(faults.found)
    plans = [plan for plan in plans_in_force(world) if _wanted(plan, query)]
    found = changes_of_lines(world, plans, now(), now() + query.ahead, tuple(scheduled()))
    return tuple(one for one in found if team is None or _concerns(one, team))


def _wanted(plan: Plan, query: ChangesQuery) -> bool:
    return (
        query.line in ("", plan.line)
        and query.authority in ("", plan.authority)
        and (not query.team or query.team in plan.teams)
    )


def _concerns(change: RouteChange, team: Team) -> bool:
    return not change.teams or team.slug in change.teams


def scheduled() -> Iterator[Scheduled]:
    """The plans that are published at a time to come."""
    with desk().database.read() as connection:
        drafts = every(connection, kind="plan", states=("scheduled",))
    for draft in drafts:
        plan = plan_from(draft.text)
        if draft.publish_at and isinstance(plan, Plan):
            yield Scheduled(draft.publish_at, plan)


def seen_words(text: str) -> str:
    """Words without the mobiles in them, for those who may not see them: each is somebody's own."""
    return text if sees_personal_data() else A_MOBILE.sub(HIDDEN, text)


def change_out(change: RouteChange, world: World) -> ChangeOut:
    """A change as it is answered."""
    return ChangeOut(
        at=moment_out(change.at) or "",
        until=moment_out(change.until),
        lines=list(change.lines),
        teams=list(change.teams),
        cause=change.cause,
        sentence=seen_words(change.sentence),
        before=[_phone_out(rung, world) for rung in change.before],
        after=[_phone_out(rung, world) for rung in change.after],
    )


def _phone_out(rung: Rung, world: World) -> PhoneOut:
    return PhoneOut(who=rung.who, number=rung_number(rung, world.directory.authorities.get(rung.authority)))
