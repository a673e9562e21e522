"""Who would ring, at any moment, and what changes soon? A form that asks it, the answer with its reasons, and the days to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby
from typing import Any

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import sees_personal_data
from admin.changes import ChangesQuery, as_calendar, changes_asked, seen_words
from admin.console.forms import Wrong, given, refusal
from admin.console.pages import answer, asked, blueprint, page
from admin.console.picking import A_PERSON, A_TEAM, Asked, picked
from admin.console.week_picture import Picture, picture
from admin.lines import plans_in_force
from admin.ports import newest_world
from admin.route import RouteOut, RouteQuery, Wish, route_out, wish_of
from directory.model import Team
from ivr.causes import Cause, RouteChange
from ivr.moment import World
from ivr.period_words import day_words
from routing.clock import local
from routing.reasons import clock_time

FIELDS = ("line", "team", "person", "at")
LABELS = {"line": "Line", "team": "Team", "person": "Worker", "at": "Moment"}
WISHES = (Asked("team", "Team", A_TEAM), Asked("person", "Worker", A_PERSON))
AHEAD = ("7", "30", "90")
CAUSES = {
    Cause.ORDINARY: "Ordinary week", Cause.BANK_HOLIDAY: "Bank holiday", Cause.CLOSURE: "Closure", Cause.OPENING: "Opening",
    Cause.ROTA: "Rota", Cause.NUMBER: "Dated number", Cause.ABSENCE: "Absence", Cause.STAND_IN: "Stand-in",
    Cause.CLOCKS: "Clocks", Cause.PLAN: "New plan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page answers: whose call, when, who rings, how long at most, and the week from then on."""

    whom: str
    when: str
    line: str
    found: RouteOut
    until: str
    seconds: int
    week: Picture


@dataclass(frozen=True, slots=True)
class Listed:
    """A change as the list shows it: its hours, its words, its cause, and the teams that it concerns."""

    when: str
    what: str
    cause: str
    teams: tuple[Team, ...]


@blueprint.get("/route")
def who_rings() -> Reply | str:
    """The form, and the answer to what the address asks."""
    fields = {name: asked(name) for name in FIELDS}
    world = newest_world()
    if not any(fields[name] for name in FIELDS[:3]):
        return page("route", **_form(_typed(fields, world), world), answer=None)
    found: list[Wish] = []
    refused = refusal(lambda: found.append(wish_of(world, RouteQuery.model_validate(_query(fields)))))
    if refused:
        return answer(refused.status, "route", **_form(fields, world, *refused.beside(LABELS)), answer=None)
    return page("route", **_form(_typed(fields, world), world), answer=_answer(world, found[0]))


@blueprint.post("/route")
def ask_who_rings() -> Reply:
    """Turn names into the directory's own, which may stand in an address, and go there."""
    fields, world = given(*FIELDS), newest_world()
    meant = picked(WISHES, fields, world.directory)
    query = {**fields, **meant.slugs}
    refused = refusal(lambda: wish_of(world, RouteQuery.model_validate(_query(query))))
    wrong = meant.beside(refused.beside(LABELS) if refused else (), FIELDS)
    if wrong:
        shown = _form(fields, world, *wrong)
        several = meant.several
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "route", **{**shown, "several": several}, answer=None)
    return redirect(url_for("console.who_rings", **_query(query)), HTTPStatus.SEE_OTHER)


def _query(fields: Mapping[str, str]) -> dict[str, Any]:
    known = {name: fields[name] for name in FIELDS if fields.get(name)}
    return known if sees_personal_data() else {name: text for name, text in known.items() if name != "person"}


def _typed(fields: Mapping[str, str], world: World) -> dict[str, str]:
    """The form's fields for an address: names in place of what stands there."""
    here, personal = world.directory, sees_personal_data()
    person = A_PERSON.text(fields["person"], here) if fields["person"] and personal else ""
    return {**fields, "team": A_TEAM.text(fields["team"], here) if fields["team"] else "", "person": person}


def _form(fields: Mapping[str, str], world: World, *wrong: Wrong) -> dict[str, object]:
    lines = [{"value": plan.line, "text": plan.name} for plan in plans_in_force(world)]
    return {
        "fields": fields, "wrong": wrong, "several": {}, "personal": sees_personal_data(),
        "lines": [{"value": "", "text": "The line that rings the team"}, *lines],
    }  # fmt: skip


def _answer(world: World, wish: Wish) -> Answer:
    found = route_out(world, wish.route, wish.at)
    return Answer(
        whom=_whom(world, wish),
        when=clock_time(wish.at),
        line=wish.plan.name,
        found=found,
        until=clock_time(wish.route.until) if wish.route.until else "",
        seconds=sum(rung.seconds for rung in found.rings),
        week=picture(world, wish.plan, wish.asked, wish.at, seen_words),
    )


def _whom(world: World, wish: Wish) -> str:
    person, team = wish.wanted.person, wish.wanted.team
    if person:
        return A_PERSON.label(person, world.directory) if sees_personal_data() else "a worker"
    return team.name if team else "whoever chooses nothing"


@blueprint.get("/changes")
def what_changes() -> Reply | str:
    """What changes in the days to come, day by day."""
    found: list[tuple[RouteChange, ...]] = []
    refused = refusal(lambda: found.append(changes_asked(_changes_query(), newest_world())))
    changes = found[0] if found else ()
    shown = {"days": _by_day(changes), "weeks": [_listed(one) for one in changes if one.cause is Cause.ORDINARY]}
    status = refused.status if refused else HTTPStatus.OK
    wrong = refused.beside({"line": "Line", "team": "Team", "authority": "Authority"}) if refused else ()
    return answer(status, "changes", **shown, **_filters(), wrong=wrong)


@blueprint.get("/changes.ics")
def changes_calendar() -> Response:
    """The same as a calendar file, for whoever is signed in; a program takes it from the API with a key."""
    return as_calendar(changes_asked(_changes_query(), newest_world()))


def _changes_query() -> ChangesQuery:
    days = asked("days")
    return ChangesQuery(
        line=asked("line"),
        team=asked("team"),
        authority=asked("authority"),
        days=int(days if days in AHEAD else AHEAD[1]),
    )


def _filters() -> dict[str, object]:
    world = newest_world()
    lines = [{"value": plan.line, "text": plan.name} for plan in plans_in_force(world)]
    councils = [{"value": one.slug, "text": one.name} for one in world.directory.authorities.values()]
    query = _changes_query()
    return {
        "lines": [{"value": "", "text": "Every line"}, *lines],
        "authorities": [{"value": "", "text": "Every authority"}, *councils],
        "spans": [{"value": days, "text": f"{days} days"} for days in AHEAD],
        "query": query,
        "team": world.directory.teams.get(query.team),
    }


def _by_day(changes: tuple[RouteChange, ...]) -> list[tuple[str, list[Listed]]]:
    coming = (one for one in changes if one.cause is not Cause.ORDINARY)
    days = groupby(coming, key=lambda one: local(one.at).date())
    return [(day_words(day), [_listed(one) for one in found]) for day, found in days]


def _listed(change: RouteChange) -> Listed:
    teams = newest_world().directory.teams
    named = tuple(teams[slug] for slug in change.teams if slug in teams)
    what = seen_words(change.what)
    return Listed(_hours(change), what[0].upper() + what[1:], CAUSES[change.cause], named)


def _hours(change: RouteChange) -> str:
    """From which hour until when; nothing for the clocks, which say it themselves."""
    if change.cause in (Cause.CLOCKS, Cause.ORDINARY):
        return ""
    since, until = local(change.at), local(change.until) if change.until else None
    if until is None:
        return f"{since:%H:%M}"
    same = until.date() == since.date()
    return f"{since:%H:%M} until {until:%H:%M}" if same else f"{since:%H:%M} until {clock_time(until)}"
