"""Which changes of the directory are prepared, what would they do, and when do they come into force?"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from flask import Response, jsonify
from pydantic import BaseModel, ConfigDict, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Name, Strict
from admin.directory_changes import ChangeIn, changes_in
from admin.directory_publishing import (
    Brought,
    begin_directory_draft,
    lines_touched,
    newly_refuted,
    prepared_in,
    publish_directory,
    rewrite_directory_draft,
    told_changes,
    with_changes,
)
from admin.listing import Search, document, matches, page
from admin.plan_proof import RefutedError, told
from admin.plan_shapes import PublishBody, RefutationOut, refutations_out, refuted_reply
from admin.ports import desk, newest_world, now
from admin.press import press
from admin.problems import API, Faults, invalid, missing
from admin.publishing import discard
from admin.scope import forbidden
from admin.shapes import moment_in, moment_out
from admin.uploads import Upload, faults_of, judged
from admin.versions import created, expected, gone, refuse_unseen, resource
from directory.importing import Rest
from directory.problems import Fault
from directory.snapshot import Change
from ivr.differences import differences
from ivr.moment import World
from routing.reasons import clock_time
from store import drafts
from store.drafts import STANDING, Draft, State

MOST_CHANGES = 500
MOST_OF_A_FILE = 500_000
SHOWN = timedelta(days=400)
ONE_OF = "give either changes, or a file as csv."

api = resource_api("drafts", "Changes of the directory that are prepared, and come into force together.")
api.register_error_handler(RefutedError, refuted_reply)


class DirectoryDraftPath(Strict):
    """Which draft."""

    id: str


class DraftSearch(Search):
    """Which drafts."""

    state: State | None = Field(None, description="Only those in this state; else those that may still be published.")


class DirectoryDraftBody(Body):
    """Changes to be prepared, or a file of the directory as text, as imports take it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"anyOf": [{"required": ["changes"]}, {"required": ["csv"]}]}
    )

    title: Name = ""
    changes: list[ChangeIn] = Field([], max_length=MOST_CHANGES)
    csv: str = Field("", max_length=MOST_OF_A_FILE)
    replace: bool = Field(default=False, description="Of a file: remove what it does not hold.")


class PreparedOut(BaseModel):
    """One change that is prepared, in a sentence."""

    kind: str
    slug: str
    removes: bool


class DirectoryDraftOut(BaseModel):
    """A draft of the directory: what it changes, entry by entry."""

    id: str
    title: str
    authority: str = Field(description="Empty where it concerns several.")
    state: str
    changes: list[PreparedOut]
    who: str
    why: str
    publish_at: str | None
    changed_at: str
    told: str = Field(description="Why it was not published by itself.")
    version: int


class DirectoryDraftList(BaseModel):
    """A page of drafts."""

    items: list[DirectoryDraftOut]
    next: str | None


class DirectoryDiffOut(BaseModel):
    """What would change: each entry in a sentence, and for callers, in sentences by team and period."""

    entries: list[str]
    sentences: list[str]


class DirectoryCheckOut(BaseModel):
    """Whether it may be published, and what it would refute."""

    sound: bool
    refuted: list[RefutationOut]


class BroughtOut(BaseModel):
    """What came of it: in force, or waiting for its moment."""

    in_force: bool
    at: str | None
    draft: str
    version: int


@api.get("/drafts", responses={200: DirectoryDraftList})
def every_draft(query: DraftSearch) -> Mapping[str, object]:
    """Drafts of the directory, the earliest changed first."""
    states = (query.state,) if query.state else STANDING
    with desk().database.read() as connection:
        found = drafts.every(connection, kind="directory", states=states)
    wanted = (one for one in found if query.authority in ("", one.authority) and matches(query.q, one.title, one.who))
    cut = page(wanted, lambda one: f"{one.changed_at.isoformat()} {one.id}", query)
    return document([_draft_out(one) for one in cut.items], cut.next)


@api.post("/drafts", responses={201: DirectoryDraftOut})
def new_draft(body: DirectoryDraftBody) -> Response:
    """Prepare changes. Every problem of every one is told, and nothing is kept that could not be written now."""
    changes = _asked(body, newest_world())
    title = body.title or f"Draft of {clock_time(now())}"
    key = begin_directory_draft(changes, title, author(body.why))
    return created(_shown(key), f"{API}/drafts/{key}")


def _asked(body: DirectoryDraftBody, world: World) -> tuple[Change, ...]:
    faults = Faults()
    if bool(body.changes) == bool(body.csv):
        faults.say("changes", "one-of", ONE_OF)
    body.refuse(faults)
    return changes_in(body.changes, world) if body.changes else _of_file(body, world)


def _of_file(body: DirectoryDraftBody, world: World) -> tuple[Change, ...]:
    found = judged(Upload(body.csv.encode(errors="replace"), Rest.GOES if body.replace else Rest.STAYS), world).found
    if any(one.code is Fault.OUTSIDE for one in found.problems):
        raise forbidden(faults_of(found.problems))
    if found.problems:
        raise invalid(faults_of(found.problems))
    return found.changes


def found_directory_draft(key: str) -> Draft:
    """A draft of the directory, or 404."""
    if key.isalnum() and key.isascii():
        with desk().database.read() as connection:
            found = drafts.one(connection, key)
        if found and found.kind == "directory":
            return found
    raise missing(f"draft “{key}” of the directory")


def _own(key: str) -> Draft:
    """A draft that holds nothing but what is this caller's to change."""
    found = found_directory_draft(key)
    press().refuse_strange([one.change for one in prepared_in(found)], newest_world())
    return found


def _shown(key: str) -> Response:
    draft = found_directory_draft(key)
    return resource(_draft_out(draft), draft.version)


@api.get("/drafts/<id>", responses={200: DirectoryDraftOut})
def one_draft(path: DirectoryDraftPath) -> Response:
    """A draft of the directory."""
    return _shown(path.id)


@api.put("/drafts/<id>", responses={200: DirectoryDraftOut})
def put_draft(path: DirectoryDraftPath, body: DirectoryDraftBody) -> Response:
    """Replace what a draft changes, made on what stands there now. One that was scheduled or refused is open again."""
    draft = _own(path.id)
    seen = expected(draft.version)
    rewrite_directory_draft(draft, _asked(body, newest_world()), author(body.why), seen)
    return _shown(path.id)


@api.delete("/drafts/<id>", responses={204: None})
def gone_draft(path: DirectoryDraftPath) -> Response:
    """Let a draft go."""
    draft = _own(path.id)
    discard(draft, author(), expected(draft.version))
    return gone()


@api.get("/drafts/<id>/diff", responses={200: DirectoryDiffOut})
def draft_diff(path: DirectoryDraftPath) -> dict[str, Any]:
    """What a draft changes, in words: each entry, and for callers whom, when, and who rings instead."""
    changes = [one.change for one in prepared_in(found_directory_draft(path.id))]
    return diff_out(changes, newest_world()).model_dump(mode="json")


def diff_out(changes: list[Change], world: World) -> DirectoryDiffOut:
    """What changes would do in this world, in words."""
    lines, at = sorted(lines_touched(changes, world)), now()
    found = differences(world, with_changes(world, changes), lines, at, at + SHOWN)
    entries = list(told_changes(changes, world.directory))
    return DirectoryDiffOut(entries=entries, sentences=[one.sentence for one in found])


@api.get("/drafts/<id>/check", responses={200: DirectoryCheckOut})
def draft_check(path: DirectoryDraftPath) -> dict[str, Any]:
    """Whether a draft would make a promise of a line fail that holds now, with the calls that show it."""
    world, changes = newest_world(), [one.change for one in prepared_in(found_directory_draft(path.id))]
    found = told(newly_refuted(changes, world, now()), with_changes(world, changes), desk().tell)
    return DirectoryCheckOut(sound=not found, refuted=refutations_out(found)).model_dump(mode="json")


@api.post("/drafts/<id>/publish", responses={200: BroughtOut})
def published_draft(path: DirectoryDraftPath, body: PublishBody) -> Response:
    """Write what a draft changes now, or at its moment. What somebody has changed since it was prepared is not written over."""
    faults = Faults()
    at = moment_in("at", body.at, faults)
    body.refuse(faults)
    draft = found_directory_draft(path.id)
    refuse_unseen(draft.version)
    return jsonify(_brought_out(publish_directory(draft, author(body.why), at)))


def _brought_out(done: Brought) -> dict[str, Any]:
    version = done.world.directory.version
    out = BroughtOut(in_force=done.at is None, at=moment_out(done.at), draft=done.draft, version=version)
    return out.model_dump(mode="json")


def _draft_out(one: Draft) -> dict[str, Any]:
    changes = [prepared.change for prepared in prepared_in(one)]
    return DirectoryDraftOut(
        id=one.id,
        title=one.title,
        authority=one.authority,
        state=one.state,
        changes=[PreparedOut(kind=each.kind, slug=each.slug, removes=each.entry is None) for each in changes],
        who=one.who,
        why=one.why,
        publish_at=moment_out(one.publish_at),
        changed_at=moment_out(one.changed_at) or "",
        told=one.told,
        version=one.version,
    ).model_dump(mode="json")
