"""Who changed what, when, and why? The append-only trail, as it was written."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from admin.blueprints import resource_api
from admin.body import Text
from admin.listing import Paging, closed, document, opened, tokens, unreadable_cursor
from admin.ports import desk
from admin.shapes import moment_out
from store.calls import trail

api = resource_api("audit", "The append-only, hash-chained trail of changes.")


class DeedSearch(Paging):
    """Which deeds."""

    q: Text = ""


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
        rows = trail(connection, query.limit + 1, int(before) if before else None, tokens(query.q))
    items = [_body_of(row) for row in rows[: query.limit]]
    return document(items, closed(str(items[-1]["sequence"])) if len(rows) > query.limit else None)


def _body_of(row: Any) -> dict[str, Any]:
    shown = DeedOut(**{**row._mapping, "at": moment_out(row.at)})
    return shown.model_dump(mode="json")
