"""Who changed what, when, and why? The append-only trail, as it was written."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from admin.blueprints import resource_api
from admin.lines import plans_in_force
from admin.listing import Search, closed, document, opened, unreadable_cursor
from admin.ports import desk
from admin.shapes import moment_out
from directory.search import tokens
from store.calls import Scope, trail

api = resource_api("audit", "The append-only, hash-chained trail of changes.")


class DeedSearch(Search):
    """Which deeds."""


class DeedOut(BaseModel):
    """Something done, with the thing before and after."""

    sequence: int
    at: str
    who: str
    what: str
    kind: str
    slug: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    why: str
    hash: str


class DeedList(BaseModel):
    """A page of the trail."""

    items: list[DeedOut]
    next: str | None


@api.get("/audit", responses={200: DeedList})
def every_deed(query: DeedSearch) -> Mapping[str, object]:
    """The trail, newest first."""
    before = opened(query.cursor)
    if before and not (before.isascii() and before.isdecimal() and len(before) < 16):
        raise unreadable_cursor()
    with desk().database.read() as connection:
        rows = trail(connection, query.limit + 1, int(before) if before else None, tokens(query.q), _scope(query))
    items = [_body_of(row) for row in rows[: query.limit]]
    return document(items, closed(str(items[-1]["sequence"])) if len(rows) > query.limit else None)


def _scope(query: DeedSearch) -> Scope | None:
    if not query.authority:
        return None
    world = desk().publication.current()
    teams = (team.slug for team in world.directory.teams.values() if team.authority == query.authority)
    lines = (plan.line for plan in plans_in_force(world) if plan.authority == query.authority)
    return Scope(query.authority, tuple(teams), tuple(lines))


def _body_of(row: Any) -> dict[str, Any]:
    shown = DeedOut(**{**row._mapping, "at": moment_out(row.at)})
    return shown.model_dump(mode="json")
