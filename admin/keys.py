"""Who holds a key to the API?"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from flask import Response, jsonify
from pydantic import BaseModel, ConfigDict

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Name, Strict, Text
from admin.listing import Paging, document, matches, page
from admin.ports import desk, now
from admin.problems import API, Faults, missing
from admin.shapes import moment_out
from admin.versions import created, gone
from directory.problems import Fault
from store.keys import Key, Role, create, every, revoke

ID = re.compile(r"[0-9a-f]{1,16}")
LONGEST_NAME = 100

api = resource_api("keys", "API keys. A key itself is shown once, when it is made.")


class KeyPath(Strict):
    """Which key."""

    id: str


class KeySearch(Paging):
    """Which keys."""

    q: Text = ""


class NewKey(Body):
    """A key to be made."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["name", "role"]})

    name: Name = ""
    role: Role | None = None


class KeyOut(BaseModel):
    """A key without its secret."""

    id: str
    name: str
    role: Role
    created_at: str


class ShownKey(KeyOut):
    """A new key, this once with its secret."""

    key: str


class KeyList(BaseModel):
    """A page of keys."""

    items: list[KeyOut]
    next: str | None


@api.get("/keys", responses={200: KeyList})
def every_key(query: KeySearch) -> Mapping[str, object]:
    """Keys that are not revoked, in order of age."""
    with desk().database.read() as connection:
        keys = every(connection)
    found = (key for key in keys if matches(query.q, key.name, key.role))
    cut = page(found, lambda key: f"{key.created_at.isoformat()} {key.id}", query)
    return document([body_of(key) for key in cut.items], cut.next)


@api.post("/keys", responses={201: ShownKey})
def new_key(body: NewKey) -> Response:
    """Make a key and show it, this once."""
    role, doer = _role(body), author(body.why)
    with desk().database.write_in_order() as connection:
        key, secret = create(connection, body.name, role, doer.who, now(), doer.why)
    return created(jsonify({**body_of(key), "key": secret}), f"{API}/keys/{key.id}")


def _role(body: NewKey) -> Role:
    faults = Faults()
    if not body.name:
        faults.note("name", Fault.MISSING)
    if len(body.name) > LONGEST_NAME:
        faults.note("name", Fault.TOO_LONG, str(len(body.name)))
    if body.role is None:
        faults.note("role", Fault.MISSING)
    body.refuse(faults)
    return body.role or Role.VIEWER


@api.delete("/keys/<id>", responses={204: None})
def gone_key(path: KeyPath) -> Response:
    """Revoke a key; it stops working at once."""
    doer = author()
    with desk().database.write_in_order() as connection:
        if not ID.fullmatch(path.id) or not revoke(connection, path.id, doer.who, now(), doer.why):
            raise missing("key with this id")
    return gone()


def body_of(key: Key) -> dict[str, Any]:
    """A key as it is answered."""
    shown = KeyOut(id=key.id, name=key.name, role=key.role, created_at=moment_out(key.created_at) or "")
    return shown.model_dump(mode="json")
