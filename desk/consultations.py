"""What does a professional ask who does not want to refer yet? Kept apart from contact records; it may become one (C:107-C:113)."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response

from admin.blueprints import resource_api
from admin.ports import desk, now
from admin.problems import API, Faults
from admin.versions import created_as
from desk.consultation_shapes import (
    AdviceBody,
    BecomesReferral,
    ConsultationBody,
    ConsultationList,
    ConsultationOut,
    ConsultationText,
    PassBody,
    StatementOut,
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
from store.tasks import TaskState

PILE, ABOUT = Pile.CONSULTATION, "consultation"
OPEN, PASSED, ADVISED, REFERRED = "open", "with-adviser", "advised", "referred"
ADVISERS = {"mash-navigator": "consultation-navigator", "early-help-area-manager": "consultation-early-help"}
"""Who advises, and the task that asks them (C:111)."""

NOT_AN_ADVISER = f"use one of {', '.join(ADVISERS)}."
SAY = (
    StatementOut(
        words="Say: “This does not go on social care records. We keep a note of it on a confidential list, and the form is "
        "filed.”",
        source="C:109, X37",
    ),
    StatementOut(
        words="Say: “If you want to refer this child, or are advised to, we take a referral now.”", source="C:113"
    ),
)

api = resource_api("consultations", "Consultations without a referral, kept apart from contact records.")


@api.get("/consultations", responses={200: ConsultationList})
def every_consultation(query: PaperQuery) -> Mapping[str, object]:
    """Consultations, without what was said, the oldest first."""
    return listed(PILE, query, lambda paper: ConsultationOut(**outside(paper)))


@api.post("/consultations", responses={201: ConsultationText})
def new_consultation(body: ConsultationBody) -> Response:
    """Take down who asks, about which child, and what. It makes no contact record."""
    faults = Faults()
    paper_in(body, faults)
    needed(body, faults, "professional", "question")
    text = {
        "professional": body.professional, "agency": body.agency, "reached_by": body.reached_by,
        "children": children_in(body.children, faults), "question": body.question, "advice": "", "advised_by": "",
    }  # fmt: skip
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        made = written(connection, PILE, body, ("", OPEN), text)
        answer = _shown(connection, made)
    return created_as(answer, f"{API}/consultations/{made.id}")


@api.get("/consultations/<id>", responses={200: ConsultationText})
def one_consultation(path: PaperPath) -> Mapping[str, object]:
    """A consultation with what was said; that you read it is noted."""
    with desk().database.write_in_order() as connection:
        return _shown(connection, found(connection, PILE, path.id))


@api.post("/consultations/<id>/pass", responses={200: ConsultationText})
def passed_on(path: PaperPath, body: PassBody) -> Mapping[str, object]:
    """Pass the form to whoever advises; passing it to the other takes it back from the first."""
    faults = Faults()
    if body.to not in ADVISERS:
        faults.say("to", "choice", NOT_AN_ADVISER)
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        known = found(connection, PILE, path.id, OPEN, PASSED)
        paper = changed(connection, PILE, known, replace(known, kind=body.to, state=PASSED), body.why)
        for role, kind in ADVISERS.items():
            if role != body.to:
                finish(connection, kind, paper.id, now(), TaskState.WITHDRAWN)
        begin(connection, ADVISERS[body.to], paper.authority, ABOUT, paper.id, now())
        return _shown(connection, paper)


@api.post("/consultations/<id>/advice", responses={200: ConsultationText})
def advised(path: PaperPath, body: AdviceBody) -> Mapping[str, object]:
    """Write down what was advised; then the form is filed (C:111)."""
    faults = Faults()
    needed(body, faults, "advice", "advised_by")
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        known = found(connection, PILE, path.id, OPEN, PASSED)
        text = text_of(PILE, known) | {"advice": body.advice, "advised_by": body.advised_by}
        paper = changed(
            connection, PILE, known, replace(known, state=ADVISED, sealed=sealed_text(PILE, text)), body.why
        )
        _advised(connection, paper)
        begin(connection, "consultation-filing", paper.authority, ABOUT, paper.id, now())
        return _shown(connection, paper)


@api.post("/consultations/<id>/referral", responses={200: ConsultationText})
def referred(path: PaperPath, body: BecomesReferral) -> Mapping[str, object]:
    """Make it a referral after all: a contact record with what is known, linked to this (C:113)."""
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        known = found(connection, PILE, path.id, OPEN, PASSED, ADVISED)
        text = text_of(PILE, known)
        record = record_of(connection, known, {
            "children": text["children"], "referrer_name": text["professional"], "referrer_contact": text["reached_by"],
            "concern": "\n\n".join(filter(None, (text["question"], text["advice"]))), "purpose": "contact",
        }, body.why)  # fmt: skip
        paper = changed(connection, PILE, known, replace(known, state=REFERRED, about=record.id), body.why)
        _advised(connection, paper)
        return _shown(connection, paper)


def _advised(connection: Transaction, paper: Paper) -> None:
    for kind in ADVISERS.values():
        finish(connection, kind, paper.id, now())


def _shown(connection: Transaction, paper: Paper) -> Mapping[str, object]:
    text = read(connection, PILE, paper)
    return ConsultationText(**outside(paper), **text, say=list(SAY)).model_dump(mode="json")
