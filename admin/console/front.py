"""What stands on the first page? The search, who is on duty now, what is to be looked at, and what changed lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from admin.auth import caller
from admin.console.closures import early_time
from admin.console.findings import how_many
from admin.console.pages import asked, blueprint, page
from admin.listing import Search
from admin.people import everybody
from admin.ports import desk, now
from admin.problems import missing
from admin.status_page import line_rows
from admin.teams import every_team
from admin.who import AUDITORS, EDITORS
from directory.snapshot import Kind
from routing.reasons import clock_time
from store.audit import alone
from store.calls import trail

RECENT, LOOKED_AT, FOUND = 5, 50, 20
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Recent:
    """A change as the first page tells it."""

    what: str
    who: str
    at: datetime
    link: str


@blueprint.get("")
def front() -> str:
    """The first page."""
    return page("front", recent=_recent(), findings=how_many(), **_on_duty())


@blueprint.get("/on-duty")
def on_duty() -> str:
    """The part of the first page that renews itself."""
    return page("on_duty", **_on_duty())


def _on_duty() -> Mapping[str, object]:
    return {"lines": line_rows(desk().publication.freshest()), "at": clock_time(now()), "early": early_time()}


def _recent() -> list[Recent] | None:
    """The newest changes, for those who make or read them."""
    if caller().role not in EDITORS | AUDITORS:
        return None
    with desk().database.read() as connection:
        rows = trail(connection, LOOKED_AT)
    return [_told(row) for row in rows if row.kind in list(Kind)][:RECENT]


def _told(row: Any) -> Recent:
    name = (row.after or row.before or {}).get("name") or row.slug
    link = url_for("console.team", slug=row.slug) if row.kind == "team" and row.after else ""
    return Recent(f"{alone(row.what).capitalize()} {row.kind} {name}", row.who, row.at, link)


@blueprint.get("/search")
def search() -> str:
    """Teams and people, by any word, alias or number. The words stand in the address, which nobody logs (ruling 19)."""
    q = asked("q")
    wanted = Search(q=q, limit=FOUND)
    teams: Mapping[str, Any] = every_team(query=wanted) if q else {}
    people: Mapping[str, Any] = everybody(query=wanted) if q else {}
    return page(
        "search",
        q=q,
        teams=teams.get("items", []),
        people=people.get("items", []),
        more_teams=bool(teams.get("next")),
        more_people=bool(people.get("next")),
    )


@blueprint.get("/<path:nowhere>")
def nowhere(nowhere: str) -> str:
    """A page of ours for an address that leads nowhere."""
    raise missing(f"page “{nowhere[:LONGEST_QUERY]}”")
