"""Who asks whether we know a child, and what are they told? Basic checks, counted apart from contacts (C:71-C:98).

Only the bodies of the list may ask, only four facts may be told, and only once it is established who asks.
"""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response

from admin.auth import author
from admin.blueprints import resource_api
from admin.ports import desk, now
from admin.problems import API, Faults
from admin.versions import created_as
from desk.bodies import BODIES
from desk.callback_showing import check_of
from desk.check_shapes import CheckAnswer, CheckBody, CheckList, CheckOut, CheckText, Establishing
from desk.contacts import KEY
from desk.new_tasks import begin, finish
from desk.paper_children import children_in
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
from store import callbacks
from store.database import Transaction
from store.papers import Paper, Pile

PILE, ABOUT = Pile.CHECK, "check"
ASKED, ESTABLISHED, ANSWERED, REFUSED = "asked", "established", "answered", "refused"
IDENTITY, CALL_BACK, NOT = "identity", "call-back", "not-established"
YES_NO, CASES = ("yes", "no"), ("", "open", "closed")

NOT_ON_THE_LIST = (
    "“{body}” is not among those whom checks are answered for, and schools and GPs are not: say so kindly, and offer to take a "
    "referral or a consultation. GET /bodies lists those that may ask."
)
NOT_A_WAY = f"use one of {IDENTITY}, {CALL_BACK}, {NOT}."
IN_DOUBT = "it was in doubt who asks: only a call back to the switchboard of their body will do (C:85)."
WHICH_CALL = (
    "name a call back to the switchboard of this body whose outcome is “verified”: POST /callbacks with the body, dial it, and say "
    "what came of it."
)
NOT_KNOWN = "the child is not known, so there is nothing else to tell; leave it empty."

api = resource_api("checks", "Basic checks, which are not contacts.")


@api.get("/checks", responses={200: CheckList})
def every_check(query: PaperQuery) -> Mapping[str, object]:
    """Checks, without who asks and about whom, the oldest first."""
    return listed(PILE, query, lambda paper: CheckOut(**_outside(paper)))


@api.post("/checks", responses={201: CheckText})
def new_check(body: CheckBody) -> Response:
    """Take down who asks, from which body, and about whom. It makes no contact record."""
    faults = Faults()
    paper_in(body, faults)
    needed(body, faults, "enquirer", "involvement", "children")
    if body.body not in BODIES:
        faults.say("body", "not-on-the-list", NOT_ON_THE_LIST.format(body=body.body))
    text = {
        "enquirer": body.enquirer, "involvement": body.involvement, "children": children_in(body.children, faults),
        "answer": None,
    }  # fmt: skip
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        made = written(connection, PILE, body, (body.body, ASKED), text)
        facts = {"in_doubt": body.in_doubt, "established_by": "", "how": "", "callback": ""}
        made = changed(connection, PILE, made, replace(made, facts=facts), body.why)
        begin(connection, "basic-check", made.authority, ABOUT, made.id, now())
        answer = _shown(connection, made)
    return created_as(answer, f"{API}/checks/{made.id}")


@api.get("/checks/<id>", responses={200: CheckText})
def one_check(path: PaperPath) -> Mapping[str, object]:
    """A check; that you read it is noted."""
    with desk().database.write_in_order() as connection:
        return _shown(connection, found(connection, PILE, path.id))


@api.post("/checks/<id>/established", responses={200: CheckText})
def established(path: PaperPath, body: Establishing) -> Mapping[str, object]:
    """It is established who asks and that they are involved; or it is not, and nothing is told. Your name is kept."""
    with desk().database.write_in_order() as connection:
        known, faults = found(connection, PILE, path.id, ASKED), Faults()
        _sound(connection, known, body, faults)
        body.refuse(faults)
        facts = {**known.facts, "established_by": author().who, "how": body.how, "callback": _call_back(known, body)}
        to = replace(known, state=REFUSED if body.how == NOT else ESTABLISHED, facts=facts)
        paper = changed(connection, PILE, known, to, body.why)
        if paper.state == REFUSED:
            finish(connection, "basic-check", paper.id, now())
        return _shown(connection, paper)


def _sound(connection: Transaction, known: Paper, body: Establishing, faults: Faults) -> None:
    if body.how not in (IDENTITY, CALL_BACK, NOT):
        faults.say("how", "choice", NOT_A_WAY)
    if body.how == IDENTITY and known.facts["in_doubt"]:
        faults.say("how", "in-doubt", IN_DOUBT)
    if body.how == CALL_BACK and not _verified(connection, known, _call_back(known, body)):
        faults.say("callback", "not-verified", WHICH_CALL)


def _call_back(known: Paper, body: Establishing) -> str:
    """The call back that is named; else the one that was booked for the check."""
    return body.callback or str(known.facts["callback"])


def _verified(connection: Transaction, known: Paper, key: str) -> bool:
    """Whether it is a call back to the switchboard of the body that asks, made for this check or for none, by which somebody has
    verified who asks since the check was taken down."""
    made = callbacks.one(connection, key) if KEY.fullmatch(key) else None
    if made is None or made.body != known.kind or made.verified_at is None or made.verified_at < known.made_at:
        return False
    return known.facts["callback"] in ("", key) and check_of(made) in ("", known.id)


@api.post("/checks/<id>/answer", responses={200: CheckText})
def answered(path: PaperPath, body: CheckAnswer) -> Mapping[str, object]:
    """Write down what was told: the four facts, and nothing else. 409 before it is established who asks."""
    faults = Faults()
    _permitted(body, faults)
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        known = found(connection, PILE, path.id, ESTABLISHED)
        answer = body.model_dump(include={"known", "case", "worker", "manager", "siblings"})
        text = text_of(PILE, known) | {"answer": answer}
        paper = changed(
            connection, PILE, known, replace(known, state=ANSWERED, sealed=sealed_text(PILE, text)), body.why
        )
        finish(connection, "basic-check", paper.id, now())
        if body.more_wanted:
            begin(connection, "written-request", paper.authority, ABOUT, paper.id, now())
        return _shown(connection, paper)


def _permitted(body: CheckAnswer, faults: Faults) -> None:
    if body.known not in YES_NO:
        faults.say("known", "choice", "use yes or no.")
    if body.case not in CASES:
        faults.say("case", "choice", "use open or closed, or leave it empty.")
    for place, sibling in enumerate(body.siblings):
        if sibling.case not in CASES[1:]:
            faults.say(f"siblings.{place}.case", "choice", "use open or closed.")
    if body.known == "no":
        for name in ("case", "worker", "manager"):
            if getattr(body, name):
                faults.say(name, "not-known", NOT_KNOWN)


def _shown(connection: Transaction, paper: Paper) -> Mapping[str, object]:
    return CheckText(**_outside(paper), **read(connection, PILE, paper)).model_dump(mode="json")


def _outside(paper: Paper) -> dict[str, object]:
    body = BODIES.get(paper.kind)
    return {**outside(paper), **paper.facts, "body": body.name if body else paper.kind}
