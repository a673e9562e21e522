"""How is a family who moves in followed on a page, from another authority's word until it is known whose case it is? By the API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, refusal
from admin.console.pages import asked
from admin.named_role_shapes import ReachedOut, role_out
from admin.ports import desk, newest_world, now
from desk.move_shapes import AgreedBody, ConferenceBody, EscalatedBody, MoveBody, MoveDecision, SocForm
from desk.moves import (
    DISPUTED,
    LADDER,
    PILE,
    TOP,
    agreed,
    conference,
    decided,
    escalated,
    every_move,
    form_here,
    new_move,
    one_move,
)
from desk.page.pages import blueprint, drawn
from desk.page.papers import (
    CHILDREN,
    LIST,
    Listing,
    Row,
    Tag,
    another,
    asks_for_another,
    children_typed,
    form_page,
    led_to,
    list_page,
    made,
    moment,
    name_of,
    named_deed,
    state_asked,
    typed,
    wrong,
)
from desk.paperwork import PaperPath, PaperQuery
from desk.task_kinds import KINDS
from desk.task_shapes import TaskQuery
from desk.tasks import every_task
from store import papers

HERE = "moves"
STATES = {
    "waiting-for-form": "Waiting for its form", "with-team-manager": "With the Team Manager",
    "conference-asked": "Conference asked for", "whose-case": "Whose case is open", "with-district": "With the District",
    "settled": "Settled",
}  # fmt: skip
COLOURS = {
    "waiting-for-form": "blue", "with-team-manager": "yellow", "conference-asked": "purple", "whose-case": "red",
    "with-district": "green", "settled": "grey",
}  # fmt: skip
WANTS = {"information": "To inform us only", "conference": "A Transfer-In Conference, perhaps a transfer of the case"}
STAYS = {"permanent": "Yes, its residence is permanent", "temporary": "No, it is here for a time, or does not settle"}
CONFERENCES = {"accepted": "PQA accepts that it is needed", "not-needed": "It is not needed"}
WHOSE = {"ours": "Ours", "theirs": "The other authority's"}
WORDS = {
    "states": STATES, "colours": COLOURS, "wants": WANTS, "stays": STAYS, "conferences": CONFERENCES, "whose": WHOSE,
}  # fmt: skip
RUNGS = {
    "responsibility-managers": "First line managers", "responsibility-protection": "Child protection managers",
    "responsibility-senior": "More senior managers",
}  # fmt: skip
PASSED, ASKED = "Could not agree", "Asked now"
NO_NUMBER = "No number is printed (X31); an editor can enter one, as the role “{slug}”."
MOST_TASKS = 50

OF_NOTICE = {
    "call": "The call", "authority": "Authority", "from_authority": "The authority that the family comes from",
    "wants": "What it wants",
}  # fmt: skip
OF_DECISION = {"stays": "Whether the family stays", "decided_by": "Who decided it", "reasons": "Reasons"}
OF_DEEDS = {"form": "What the form says", **OF_DECISION, "conference": "The conference", "whose": "Whose case it is"}
LABELS = {**OF_NOTICE, "children": "Children", **CHILDREN, **OF_DEEDS}
LISTING = Listing(
    "Families moving in", "Families of whom another authority tells us. Nothing of a family is taken down before its form is here.",
    (("Take one down", "desk_page.new_move_form"),), STATES, ("Told", "From", "What it wants", "Taken by"),
    "No authority has told of a family.",
)  # fmt: skip
DEEDS: Mapping[str, Callable[[PaperPath], object]] = {
    "form": lambda path: form_here(
        path=path, body=SocForm.model_validate(typed("form") | {"children": children_typed()})
    ),
    "decision": lambda path: decided(path=path, body=MoveDecision.model_validate(typed(*OF_DECISION))),
    "conference": lambda path: conference(path=path, body=ConferenceBody.model_validate(typed("conference"))),
    "escalate": lambda path: escalated(path=path, body=EscalatedBody()),
    "agreed": lambda path: agreed(path=path, body=AgreedBody.model_validate(typed("whose"))),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: who must agree there, where that stands, and who of ours is reached, or words that nobody is."""

    who: str
    stands: str
    is_asked: bool
    reached: ReachedOut | None
    nobody: str


@blueprint.get("/moves")
def moves() -> str:
    """Moves without the families' details, the oldest first."""
    wanted = PaperQuery(state=state_asked(STATES), cursor=asked("cursor"), limit=LIST)
    return list_page(HERE, LISTING, every_move(query=wanted), _row)


def _row(one: Mapping[str, Any]) -> Row:
    tag = Tag(STATES.get(one["state"], one["state"]), COLOURS.get(one["state"], ""))
    cells = (one["from_authority"], WANTS.get(one["kind"], ""), name_of(one["made_by"]))
    return Row(url_for("desk_page.move", key=one["id"]), moment(one["made_at"]), (tag,), cells)


@blueprint.get("/moves/new")
def new_move_form() -> Response:
    """An empty form, without a field for anything of the family."""
    return _form({})


@blueprint.post("/moves/new")
def take_move_down() -> Reply:
    """Take down which authority tells us; its form is awaited."""
    given = typed(*OF_NOTICE)
    key = made(lambda: new_move(body=MoveBody.model_validate(given)))
    return led_to("move", key) if isinstance(key, str) else _form(given, key.status, wrong(key, LABELS))


def _form(given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    return form_page("move_form", status, faults, given=given, wants=WANTS)


@blueprint.get("/moves/<key>")
def move(key: str) -> Response:
    """A move with what may be done now; that it was read is noted."""
    return _shown(key)


@blueprint.post("/moves/<key>/<deed>")
def move_deed(key: str, deed: str) -> Reply:
    """Its form is here, the Team Manager decides, PQA accepts, managers cannot agree, or they do."""
    act = named_deed(DEEDS, deed)
    if asks_for_another():
        return _shown(key)
    why = refusal(lambda: act(PaperPath(id=key)))
    return _shown(key, why.status, wrong(why, LABELS)) if why else led_to("move", key)


def _shown(key: str, status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    one: Mapping[str, Any] = one_move(path=PaperPath(id=key))
    open_tasks: Mapping[str, Any] = every_task(
        query=TaskQuery(authority=one["authority"], about=one["id"], limit=MOST_TASKS)
    )
    page = drawn(
        "papers/move", one=one, wrong=faults, given=typed(*OF_DEEDS) | {"children": children_typed()}, more=another(),
        words=WORDS, tasks=open_tasks["items"], rungs=_ladder(one) if one["state"] == DISPUTED else (), top=TOP,
    )  # fmt: skip
    return Response(page, status)


def _ladder(one: Mapping[str, Any]) -> tuple[Rung, ...]:
    """Every step, however far the question has climbed."""
    with desk().database.read() as connection:
        paper = papers.one(connection, PILE, one["id"])
    step = int(paper.facts.get("step", 0)) if paper else 0
    return tuple(_rung(at, step, one["authority"]) for at in range(len(LADDER)))


def _rung(at: int, step: int, authority: str) -> Rung:
    kind, directory = LADDER[at], newest_world().directory
    slug = f"{authority}-{KINDS[kind].role}"
    role = directory.roles.get(slug)
    reached = role_out(role, directory, now()).reached_now if role else None
    stands = ASKED if at == step else PASSED if at < step else ""
    return Rung(RUNGS[kind], stands, at == step, reached, NO_NUMBER.format(slug=slug))
