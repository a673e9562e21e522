"""Who holds a key to the API?"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from flask import Response, jsonify
from pydantic import BaseModel, ConfigDict, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Name, Slug, Strict, Text
from admin.listing import Search, document, matches, page
from admin.ports import desk, newest_world, now
from admin.problems import API, Faults, missing
from admin.scope import refuse_limited
from admin.shapes import moment_in, moment_out
from admin.versions import created, gone
from directory.problems import Fault
from store.keys import Key, Role, Terms, create, every, revoke

ID = re.compile(r"[0-9a-f]{1,16}")
LONGEST_NAME = 100
PAST = "“{}” has passed; give a later moment, or leave it out."

api = resource_api("keys", "API keys. A key itself is shown once, when it is made.")


class KeyPath(Strict):
    """Which key."""

    id: str


class KeySearch(Search):
    """Which keys; of an authority are those that are limited to it."""


class NewKey(Body):
    """A key to be made."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["name", "role"]})

    name: Name = ""
    role: Role | None = None
    expires_at: Text | None = Field(None, description="ISO 8601, or words like “Fri 16:05”; never where not given.")
    authorities: list[Slug] = Field([], max_length=20, description="Limit changes to these authorities.")
    teams: list[Slug] = Field([], max_length=50, description="Limit changes to these teams.")


class KeyOut(BaseModel):
    """A key without its secret."""

    id: str
    name: str
    role: Role
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    authorities: list[str]
    teams: list[str]


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
    here = (key for key in keys if query.authority == "" or query.authority in key.authorities)
    found = (key for key in here if matches(query.q, key.name, key.role))
    cut = page(found, lambda key: f"{key.created_at.isoformat()} {key.id}", query)
    return document([body_of(key) for key in cut.items], cut.next)


@api.post("/keys", responses={201: ShownKey})
def new_key(body: NewKey) -> Response:
    """Make a key and show it, this once."""
    refuse_limited()
    (role, terms), doer = _terms(body), author(body.why)
    with desk().database.write_in_order() as connection:
        key, secret = create(connection, body.name, role, doer.who, now(), doer.why, terms)
    return created(jsonify({**body_of(key), "key": secret}), f"{API}/keys/{key.id}")


def _terms(body: NewKey) -> tuple[Role, Terms]:
    faults = Faults()
    if not body.name:
        faults.note("name", Fault.MISSING)
    if len(body.name) > LONGEST_NAME:
        faults.note("name", Fault.TOO_LONG, str(len(body.name)))
    if body.role is None:
        faults.note("role", Fault.MISSING)
    terms = Terms(_expiry(body, faults), tuple(body.authorities), tuple(body.teams))
    check_limits(terms.authorities, terms.teams, faults)
    body.refuse(faults)
    return body.role or Role.VIEWER, terms


def _expiry(body: NewKey, faults: Faults) -> datetime | None:
    expiry = moment_in("expires_at", body.expires_at, faults)
    if expiry and expiry <= now():
        faults.say("expires_at", "past", PAST.format(body.expires_at))
    return expiry


def check_limits(authorities: Sequence[str], teams: Sequence[str], faults: Faults) -> None:
    """Note every authority and team, as limits of a key or an account, that does not exist."""
    directory = newest_world().directory
    for field, slugs, known in (("authorities", authorities, directory.authorities), ("teams", teams, directory.teams)):
        for place, slug in enumerate(slugs):
            if slug not in known:
                faults.note(f"{field}.{place}", Fault.UNKNOWN, slug)


@api.delete("/keys/<id>", responses={204: None})
def gone_key(path: KeyPath) -> Response:
    """Revoke a key; it stops working at once."""
    refuse_limited()
    doer = author()
    with desk().database.write_in_order() as connection:
        if not ID.fullmatch(path.id) or not revoke(connection, path.id, doer.who, now(), doer.why):
            raise missing("key with this id")
    return gone()


def body_of(key: Key) -> dict[str, Any]:
    """A key as it is answered."""
    return KeyOut(
        id=key.id,
        name=key.name,
        role=key.role,
        created_at=moment_out(key.created_at) or "",
        expires_at=moment_out(key.expires_at),
        last_used_at=moment_out(key.last_used_at),
        authorities=list(key.authorities),
        teams=list(key.teams),
    ).model_dump(mode="json")
