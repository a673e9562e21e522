"""How urgent is a contact, by a Team Manager's word? Blue, Green, Amber or Red; each with its rationale and its clocks (C:118-C:149).

Two pages of the procedure differ on Amber (24 hours, then 4): both readings are kept, the shorter runs, from the contact (X32, X33).
"""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from admin.auth import author
from admin.blueprints import resource_api
from admin.ports import desk, now
from admin.problems import Faults, ProblemError
from admin.shapes import moment_out
from desk.contact_access import deed, refuse_closed
from desk.contact_shapes import ContactPath
from desk.contact_tasks import ABOUT, follow
from desk.contact_values import sealed
from desk.contacts import held, known
from desk.fields import CAMBRIDGESHIRE
from desk.new_tasks import begin, finish
from desk.paperwork import needed, sealed_text, text_of
from desk.rating_shapes import ClockOut, RatingBody, RatingHistory, RatingOut
from desk.sealed import sealer
from desk.task_kinds import KINDS
from store import callbacks, contacts, conversations, papers, tasks
from store.contacts import Contact, Save
from store.database import Transaction
from store.papers import Paper, Pile, Wanted
from store.tasks import AMBER, NORMAL, RED, TaskState

STATUS = {"blue": "information", "green": "early-help", "amber": "referral", "red": "referral"}
"""What a contact is by its rating: Amber and Red by the Team Manager make it a referral (C:144)."""

URGENCY = {"amber": AMBER, "red": RED}
CLOCKS = {"green": ("early-help",), "amber": ("amber-action", "amber-partners"), "red": ("red-action", "red-partners")}
TO_UNIT = ("unit-hand-over",)
OF_RATINGS = frozenset(kind for kinds in (*CLOCKS.values(), TO_UNIT) for kind in kinds)
ANSWERED = ("decision", "team-manager-now")
"""What is done once the Team Manager has rated."""

NOT_HERE = "Only contacts of Cambridgeshire are rated; the procedure of this record's authority knows no ratings."
NOT_A_RATING = "use one of blue, green, amber, red."
ONLY_RED = "only a case rated Red goes straight to the Unit; leave it out."

api = resource_api("ratings", "Ratings of contacts, and their clocks.")


@api.get("/contacts/<id>/rating", responses={200: RatingHistory})
def every_rating(path: ContactPath) -> Mapping[str, object]:
    """Every rating of a contact, with its rationale."""
    with desk().database.write_in_order() as connection:
        record = known(connection, path.id)
        refuse_closed(connection, record)
        contacts.note_reading(connection, record.id, "read ratings", deed(), now())
        return _shown(connection, record)


@api.put("/contacts/<id>/rating", responses={200: RatingHistory})
def put_rating(path: ContactPath, body: RatingBody) -> Mapping[str, object]:
    """Rate a contact. The one before stays in the history, and its clocks end."""
    with desk().database.write_in_order() as connection:
        record = known(connection, path.id)
        refuse_closed(connection, record)
        if record.authority not in CAMBRIDGESHIRE:
            raise ProblemError(HTTPStatus.CONFLICT, NOT_HERE)
        faults = Faults()
        _check(body, faults)
        body.refuse(faults)
        _rate(connection, record, body)
        return _shown(connection, record)


def _check(body: RatingBody, faults: Faults) -> None:
    if body.rating not in STATUS:
        faults.say("rating", "choice", NOT_A_RATING)
    needed(body, faults, "decided_by", "rationale")
    if body.to_unit and body.rating != "red":
        faults.say("to_unit", "not-red", ONLY_RED)


def _rate(connection: Transaction, record: Contact, body: RatingBody) -> None:
    at, doer, place = now(), author(body.why), len(_given(connection, record))
    text = sealed_text(Pile.RATING, {"decided_by": body.decided_by, "rationale": body.rationale})
    paper = Paper(uuid4().hex[:16], record.authority, record.call, record.id, body.rating, STATUS[body.rating], {"place": place}, text, at,
                  doer.who, at)  # fmt: skip
    papers.add(connection, Pile.RATING, paper, deed(body.why))
    new = Save(sealed({"rating": body.rating}, sealer()), doer.who, at, why=doer.why)
    follow(connection, contacts.save(connection, record, new), held(connection, record))
    for kind in ANSWERED:
        finish(connection, kind, record.id, at)
    _run_clocks(connection, record, body)


def _run_clocks(connection: Transaction, record: Contact, body: RatingBody) -> None:
    """The clocks of the rating run from the contact (X33); those of another stop."""
    wanted = TO_UNIT if body.to_unit else CLOCKS.get(body.rating, ())
    urgency = URGENCY.get(body.rating, NORMAL)
    for kind in OF_RATINGS.difference(wanted):
        finish(connection, kind, record.id, now(), TaskState.WITHDRAWN)
    for kind in wanted:
        begin(connection, kind, record.authority, ABOUT, record.id, record.made_at, urgency=urgency)
    tasks.hasten(connection, record.id, urgency)
    if record.call:
        callbacks.hasten(connection, record.call, urgency)
    if record.call and urgency:
        conversations.hasten(connection, record.call)


def _shown(connection: Transaction, record: Contact) -> Mapping[str, object]:
    given = _given(connection, record)
    running = [task for task in tasks.of_record(connection, ABOUT, record.id) if task.state is TaskState.OPEN]
    clocks = [
        ClockOut(kind=task.kind, words=KINDS[task.kind].words, source=KINDS[task.kind].source,
                 target_at=moment_out(task.target_at), promise_at=moment_out(task.promise_at))
        for task in running if task.kind in OF_RATINGS
    ]  # fmt: skip
    status = given[-1].state if given else "contact"
    items = [_rating(paper) for paper in given]
    return RatingHistory(contact=record.id, status=status, items=items, clocks=clocks).model_dump(mode="json")


def _given(connection: Transaction, record: Contact) -> list[Paper]:
    """In the order in which they were given, two of one moment too."""
    every = papers.those(connection, Pile.RATING, Wanted(about=record.id))
    return sorted(every, key=lambda paper: int(paper.facts["place"]))


def _rating(paper: Paper) -> RatingOut:
    return RatingOut(
        rating=paper.kind,
        status=paper.state,
        at=moment_out(paper.made_at),
        who=paper.made_by,
        **text_of(Pile.RATING, paper),
    )
