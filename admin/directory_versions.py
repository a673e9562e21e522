"""Which versions of the directory were there, and how does it return to one of them?"""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask import Response, jsonify
from pydantic import BaseModel, ConfigDict, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Strict
from admin.directory_rollback import go_back, way_back
from admin.drafts import DirectoryDiffOut, diff_out
from admin.listing import Paging, closed, document, opened, unreadable_cursor
from admin.plan_proof import RefutedError
from admin.plan_shapes import refuted_reply
from admin.ports import desk, newest_world
from admin.problems import Faults
from admin.shapes import moment_out
from directory.problems import Fault
from store.directory_log import LogVersion, versions

LARGEST = 2**53

api = resource_api("directory-versions", "The versions of the directory, and the way back to one.")
api.register_error_handler(RefutedError, refuted_reply)


class DirectoryVersionPath(Strict):
    """Which version."""

    version: int = Field(ge=1, le=LARGEST)


class DirectoryRollbackBody(Body):
    """Back to which version, and why; ``seen`` is the version at which somebody looked at what would change."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["to", "why"]})

    to: int = Field(0, ge=0, le=LARGEST)
    seen: int | None = Field(None, ge=0, le=LARGEST)


class DirectoryVersionOut(BaseModel):
    """One version: how many entries it changed, and the lines whose plans it brought."""

    version: int
    at: str
    entries: int
    lines: list[str]
    who: str
    what: str
    why: str


class DirectoryVersionList(BaseModel):
    """A page of versions."""

    items: list[DirectoryVersionOut]
    next: str | None


class WayBackOut(DirectoryDiffOut):
    """What going back would change now; ``left``: what it leaves alone of policy exceptions and PINs. ``seen`` goes back with it."""

    to: int
    seen: int
    left: list[str]


class WentBackOut(BaseModel):
    """How many entries went back, and the group under which the audit trail keeps that; an entry of it undoes it."""

    entries: int
    group: str
    version: int


@api.get("/directory/versions", responses={200: DirectoryVersionList})
def every_version(query: Paging) -> Mapping[str, object]:
    """Versions, the newest first, with who made each and why."""
    with desk().database.read() as connection:
        found = versions(connection, query.limit + 1, _before(query.cursor))
    items = [_version_out(one) for one in found[: query.limit]]
    following = closed(str(found[query.limit - 1].version)) if len(found) > query.limit else None
    return document(items, following)


def _before(cursor: str) -> int | None:
    text = opened(cursor)
    if text and not (text.isascii() and text.isdigit() and int(text) <= LARGEST):
        raise unreadable_cursor()
    return int(text) if text else None


def _version_out(one: LogVersion) -> dict[str, Any]:
    return DirectoryVersionOut(
        version=one.version, at=moment_out(one.at) or "", entries=one.entries, lines=list(one.lines), who=one.who,
        what=one.what, why=one.why,
    ).model_dump(mode="json")  # fmt: skip


@api.get("/directory/versions/<version>/diff", responses={200: WayBackOut})
def version_diff(path: DirectoryVersionPath) -> dict[str, Any]:
    """What bringing the directory back to this version would change now."""
    world = newest_world()
    back = way_back(path.version, world)
    made = diff_out(list(back.changes), world)
    return WayBackOut(
        to=path.version,
        seen=world.directory.version,
        left=list(back.left),
        entries=made.entries,
        sentences=made.sentences,
    ).model_dump(mode="json")


@api.post("/directory/rollback", responses={200: WentBackOut})
def directory_back(body: DirectoryRollbackBody) -> Response:
    """Bring the directory back to an earlier version, as one new version. Plans stay as they are."""
    faults = Faults()
    if not body.to:
        faults.note("to", Fault.MISSING)
    body.refuse(faults)
    done = go_back(body.to, author(body.why), body.seen)
    out = WentBackOut(entries=len(done.changes), group=done.group, version=done.world.directory.version)
    return jsonify(out.model_dump(mode="json"))
