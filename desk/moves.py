"""How does a family arrive with whom another authority works? No details before its form; then the Team Manager (C:172-C:186)."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import Response

from admin.blueprints import resource_api
from admin.ports import desk, now
from admin.problems import API, Faults, ProblemError
from admin.versions import created_as
from desk.move_shapes import (
    AgreedBody,
    ConferenceBody,
    EscalatedBody,
    MoveBody,
    MoveDecision,
    MoveList,
    MoveOut,
    MoveText,
    SocForm,
)
from desk.new_tasks import begin, finish
from desk.paper_children import children_in
from desk.paper_records import record_of
from desk.paperwork import (
    PaperPath,
    PaperQuery,
    changed,
    found,
    listed,
    needed,
    outside,
    paper_in,
    read,
    sealed_text,
    text_of,
    written,
)
from store.database import Transaction
from store.papers import Paper, Pile

PILE, ABOUT = Pile.MOVE, "move"
WAITING, HERE, DISPUTED = "waiting-for-form", "with-team-manager", "whose-case"
ASKED, ACCEPTED, SETTLED = "conference-asked", "with-district", "settled"
LADDER = ("responsibility-managers", "responsibility-protection", "responsibility-senior")
"""Who must agree whose case it is, step by step (C:186). No number of any of them is printed (X31)."""

CHOICES = {"wants": ("information", "conference"), "stays": ("permanent", "temporary"),
           "conference": ("accepted", "not-needed"), "whose": ("ours", "theirs")}  # fmt: skip
TOP = "It is with the most senior managers already; there is nobody above them."
NOBODY_KNOWN = {"children": [], "form": "", "stays": "", "decided_by": "", "reasons": ""}

api = resource_api("moves", "Families who move in, as other authorities tell of them.")


@api.get("/moves", responses={200: MoveList})
def every_move(query: PaperQuery) -> Mapping[str, object]:
    """Moves, without the families' details, the oldest first."""
    return listed(PILE, query, lambda paper: MoveOut(**_outside(paper)))


@api.post("/moves", responses={201: MoveText})
def new_move(body: MoveBody) -> Response:
    """Another authority tells of a family; its form is awaited."""
    faults = Faults()
    paper_in(body, faults)
    needed(body, faults, "from_authority")
    _choose(body.wants, "wants", faults)
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        made = written(connection, PILE, body, (body.wants, WAITING), NOBODY_KNOWN)
        facts = {"from_authority": body.from_authority, "whose": ""}
        made = changed(connection, PILE, made, replace(made, facts=facts), body.why)
        begin(connection, "move-form", made.authority, ABOUT, made.id, now())
        answer = _shown(connection, made)
    return created_as(answer, f"{API}/moves/{made.id}")


@api.get("/moves/<id>", responses={200: MoveText})
def one_move(path: PaperPath) -> Mapping[str, object]:
    """A move with the family's details; that you read them is noted."""
    with desk().database.write_in_order() as connection:
        return _shown(connection, found(connection, PILE, path.id))


@api.post("/moves/<id>/form", responses={200: MoveText})
def form_here(path: PaperPath, body: SocForm) -> Mapping[str, object]:
    """The completed Form SOC 1233 is here: it goes to the Team Manager (C:178)."""
    faults = Faults()
    needed(body, faults, "form")
    children = children_in(body.children, faults)
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        known = found(connection, PILE, path.id, WAITING)
        text = text_of(PILE, known) | {"children": children, "form": body.form}
        paper = changed(connection, PILE, known, replace(known, state=HERE, sealed=sealed_text(PILE, text)), body.why)
        return _shown(connection, paper, "move-form", "move-decision")


@api.post("/moves/<id>/decision", responses={200: MoveText})
def decided(path: PaperPath, body: MoveDecision) -> Mapping[str, object]:
    """The family's record is made. Who stays gets a conference; who does not may leave open whose case it is (C:180-C:186)."""
    faults = Faults()
    _choose(body.stays, "stays", faults)
    needed(body, faults, "decided_by", "reasons")
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        known = found(connection, PILE, path.id, HERE)
        text = text_of(PILE, known) | {"stays": body.stays, "decided_by": body.decided_by, "reasons": body.reasons}
        fields = {
            "children": text["children"],
            "concern": text["form"],
            "caller": "other-authority",
            "purpose": "contact",
        }
        record = record_of(connection, known, fields, body.why)
        state, following = _after(body.stays, known.kind)
        to = replace(known, state=state, about=record.id, sealed=sealed_text(PILE, text))
        paper = changed(connection, PILE, known, to, body.why)
        return _shown(connection, paper, "move-decision", "move-records", *following)


def _after(stays: str, wants: str) -> tuple[str, tuple[str, ...]]:
    """Where a decided move stands, and what is to be done then."""
    if stays == "permanent":
        return ASKED, ("move-conference",)
    return (DISPUTED, LADDER[:1]) if wants == "conference" else (SETTLED, ())


@api.post("/moves/<id>/conference", responses={200: MoveText})
def conference(path: PaperPath, body: ConferenceBody) -> Mapping[str, object]:
    """PQA accepts that a conference is needed, and the District allocates the case; or it is not needed (C:182)."""
    faults = Faults()
    _choose(body.conference, "conference", faults)
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        known, accepted = found(connection, PILE, path.id, ASKED), body.conference == "accepted"
        paper = changed(connection, PILE, known, replace(known, state=ACCEPTED if accepted else SETTLED), body.why)
        return _shown(connection, paper, "move-conference", *(("move-allocation",) if accepted else ()))


@api.post("/moves/<id>/escalate", responses={200: MoveText})
def escalated(path: PaperPath, body: EscalatedBody) -> Mapping[str, object]:
    """Those who should agree whose case it is cannot: it goes to those above them (C:186)."""
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        known = found(connection, PILE, path.id, DISPUTED)
        step = int(known.facts.get("step", 0)) + 1
        if step >= len(LADDER):
            raise ProblemError(HTTPStatus.CONFLICT, TOP)
        paper = changed(connection, PILE, known, replace(known, facts={**known.facts, "step": step}), body.why)
        return _shown(connection, paper, LADDER[step - 1], LADDER[step])


@api.post("/moves/<id>/agreed", responses={200: MoveText})
def agreed(path: PaperPath, body: AgreedBody) -> Mapping[str, object]:
    """It is agreed whose case it is; ours goes on to a conference."""
    faults = Faults()
    _choose(body.whose, "whose", faults)
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        known, ours = found(connection, PILE, path.id, DISPUTED), body.whose == "ours"
        facts = {**known.facts, "whose": body.whose}
        paper = changed(
            connection, PILE, known, replace(known, state=ASKED if ours else SETTLED, facts=facts), body.why
        )
        ended = LADDER[int(known.facts.get("step", 0))]
        return _shown(connection, paper, ended, *(("move-conference",) if ours else ()))


def _choose(value: str, field: str, faults: Faults) -> None:
    if value not in CHOICES[field]:
        faults.say(field, "choice", f"use one of {', '.join(CHOICES[field])}.")


def _shown(connection: Transaction, paper: Paper, ended: str = "", *begun: str) -> Mapping[str, object]:
    """A move as it is now, once its task is ended and the next ones are begun."""
    if ended:
        finish(connection, ended, paper.id, now())
    for kind in begun:
        begin(connection, kind, paper.authority, ABOUT, paper.id, now())
    return MoveText(**_outside(paper), **read(connection, PILE, paper)).model_dump(mode="json")


def _outside(paper: Paper) -> dict[str, object]:
    facts = paper.facts
    return {**outside(paper), "from_authority": facts["from_authority"], "whose": facts["whose"]}
