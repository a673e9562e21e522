"""How is a change taken back by the API?"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Strict
from admin.problems import Faults
from admin.undoing import undone

LARGEST = 2**53

api = resource_api("undo", "One-step undo of a change, or of a whole import.")


class DeedPath(Strict):
    """Which entry of the audit trail."""

    sequence: int = Field(ge=1, le=LARGEST)


class UndoBody(Body):
    """Why."""


class ThingOut(BaseModel):
    """Something that stands as it stood before."""

    kind: str
    slug: str


class UndoOut(BaseModel):
    """What was taken back, and the group under which the audit trail keeps that; an entry of it undoes the undo."""

    undone: int
    group: str
    things: list[ThingOut]
    version: int


@api.post("/audit/<sequence>/undo", responses={200: UndoOut})
def new_undo(path: DeedPath, body: UndoBody) -> Mapping[str, Any]:
    """Put back what stood there before; an entry of an import takes the whole import back."""
    body.refuse(Faults())
    found = undone(path.sequence, author(body.why))
    things = [ThingOut(kind=deed.kind, slug=deed.slug) for deed in found.deeds]
    version = found.world.directory.version
    return UndoOut(undone=len(things), group=found.group, things=things, version=version).model_dump(mode="json")
