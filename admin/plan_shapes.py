"""How are plans, their history and their drafts given and answered?"""

import difflib
from collections.abc import Iterable
from typing import Annotated, ClassVar

from flask import Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from admin.auth import sees_personal_data
from admin.body import Body, Id, Name, Strict, Text
from admin.plan_proof import RefutedError, Told
from admin.problems import MEDIA_TYPE, FieldProblem, ProblemDocument
from admin.shapes import moment_out
from ivr.plan import Plan
from ivr.proof.gathering import Measured
from ivr.reading import plan_from
from store.drafts import Draft
from store.plans import PlanVersion

LONGEST_PLAN = 200_000
PlanText = Annotated[str, StringConstraints(max_length=LONGEST_PLAN)]
"""The TOML of a plan, as it is written, comments and all."""


class NewPlanDraft(Body):
    """A plan to be prepared: its TOML, or the digest of a plan of this line to begin from."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"anyOf": [{"required": ["text"]}, {"required": ["from"]}]}
    )

    text: PlanText = ""
    origin: Id = Field("", alias="from", description="The digest of a plan that was ever in force or proposed.")
    title: Name = ""


class PlanDraftBody(Body):
    """Another text of a draft; ``base`` is the digest of the plan in force, once the two were compared."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["text"]})

    text: PlanText = ""
    base: Id = ""


class PublishBody(Body):
    """When, and why."""

    at: Text = Field("", description="ISO 8601 or words like “Fri 16:05”; now where it is left out.")


class PlanPublishBody(PublishBody):
    """What, when and why: the TOML of a plan, or the id of a draft."""

    text: PlanText = ""
    draft: Id = ""


class RollbackBody(Body):
    """Back to which plan, and why."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["to", "why"]})

    to: Id = Field("", description="The digest of a plan that was in force for this line.")


class PlanVersionOut(BaseModel):
    """A plan that came into force."""

    digest: str
    state: str = Field(examples=["current", "replaced"])
    at: str
    who: str
    why: str
    version: int = Field(description="The version of the log of changes that did it.")


class DraftOut(BaseModel):
    """A draft of a plan. ``behind``: another plan than its base is in force by now."""

    id: str
    line: str
    title: str
    digest: str
    state: str = Field(examples=["open", "scheduled", "published", "dropped", "refused"])
    base: str
    behind: bool
    who: str
    why: str
    publish_at: str | None
    changed_at: str
    told: str = Field(description="Why it was not published by itself.")
    version: int


class WholeDraftOut(DraftOut):
    """A draft with its TOML."""

    text: str


class PlanSummaryOut(BaseModel):
    """The plan in force for a line, and how many drafts wait."""

    line: str
    name: str
    authority: str
    digest: str
    since: str
    who: str
    drafts: int
    scheduled: int
    refused: int


class PlanList(BaseModel):
    """A page of plans."""

    items: list[PlanSummaryOut]
    next: str | None


class PlanOut(BaseModel):
    """A line's plan in force, its history, the drafts that people prepare, and what changed files propose."""

    line: str
    name: str
    authority: str
    digest: str | None
    text: str
    since: str | None
    history: list[PlanVersionOut]
    drafts: list[DraftOut]
    proposals: list[DraftOut]
    version: int


class PlanTextOut(BaseModel):
    """One plan of a line."""

    digest: str
    line: str
    name: str
    text: str


class PublishedOut(BaseModel):
    """What came of it: in force, or waiting for its moment as a draft."""

    line: str
    digest: str
    in_force: bool
    at: str | None
    draft: str | None
    version: int


class RefutationOut(BaseModel):
    """A promise that does not hold, and a call that shows it, in plain English."""

    line: str
    code: str
    sentence: str
    call: str


class DiffOut(BaseModel):
    """What would change against the plan in force: for callers, in sentences by team and period; and the lines of the text."""

    sentences: list[str]
    text: list[str]


class MeasuredOut(BaseModel):
    """With what figures a line was looked at: its situations and stretches of time, the positions and steps that were tried; and the
    worst that was found, in steps and in seconds."""

    line: str
    situations: int
    stretches: int
    positions: int
    tried: int
    steps: int
    first_ring_seconds: int
    safe_seconds: int


class PlanCheckOut(BaseModel):
    """Whether a draft may be published: what it names and nobody knows, every refutation with its call, and what was measured."""

    sound: bool
    problems: list[FieldProblem]
    refuted: list[RefutationOut]
    measured: list[MeasuredOut]


class RefutedDocument(ProblemDocument):
    """A refusal that says what is refuted, and by which calls."""

    refuted: list[RefutationOut]


def refutations_out(found: Iterable[Told]) -> list[RefutationOut]:
    """Refutations as they are answered."""
    return [RefutationOut(line=one.line, code=one.code, sentence=one.sentence, call=one.call) for one in found]


def measured_out(one: Measured) -> MeasuredOut:
    """The figures of a line as they are answered."""
    return MeasuredOut(**{name: getattr(one, name) for name in MeasuredOut.model_fields})


def refuted_reply(fault: RefutedError) -> Response:
    """422 with each refutation and its call."""
    document = RefutedDocument(
        title=fault.status.phrase, status=fault.status, detail=fault.detail, errors=fault.errors,
        refuted=refutations_out(fault.refuted),
    )  # fmt: skip
    return Response(document.model_dump_json(), fault.status, content_type=MEDIA_TYPE)


def version_out(one: PlanVersion) -> PlanVersionOut:
    """A plan that came into force, as whoever asks may see it."""
    return PlanVersionOut(
        digest=one.digest, state=one.state, at=moment_out(one.at) or "", who=named(one.who), why=named(one.why),
        version=one.version,
    )  # fmt: skip


def draft_out(one: Draft, current: str) -> DraftOut:
    """A draft as it is answered; ``current`` is the digest of the plan in force."""
    plan = plan_from(one.text)
    return DraftOut(
        id=one.id,
        line=one.line,
        title=one.title,
        digest=plan.digest if isinstance(plan, Plan) else "",
        state=one.state,
        base=one.base,
        behind=one.stands and one.base != current,
        who=named(one.who),
        why=named(one.why),
        publish_at=moment_out(one.publish_at),
        changed_at=moment_out(one.changed_at) or "",
        told=named(one.told),
        version=one.version,
    )


def named(words: str) -> str:
    """Who did something, or their own words, for those who see personal data."""
    return words if sees_personal_data() else ""


def lines_changed(before: str, after: str) -> list[str]:
    """The lines of a text that go and come, with the place of each."""
    every = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return list(every)[2:]


class DraftPath(Strict):
    """Which draft of which line."""

    line: str
    id: str


class LinePath(Strict):
    """Which line."""

    line: str


class VersionPath(Strict):
    """Which plan of which line."""

    line: str
    digest: str
