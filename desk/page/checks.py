"""How is a basic check taken down on a page, and answered with four facts once it is established who asks? By the API's functions."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, refusal
from admin.console.pages import asked
from admin.ports import desk
from admin.problems import ProblemError
from desk.bodies import BODIES
from desk.callback_deeds import VERIFIED, outcome_of_call_back
from desk.callback_shapes import CallBackBody, CallBackPath, OutcomeBody
from desk.callback_showing import listed
from desk.callbacks import new_call_back
from desk.check_shapes import CheckAnswer, CheckBody, Establishing
from desk.checks import CALL_BACK, IDENTITY, NOT, answered, established, every_check, new_check, one_check
from desk.page.pages import blueprint, drawn
from desk.page.papers import (
    CHILDREN,
    CHOOSE,
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
    text,
    typed,
    wrong,
)
from desk.page.work import may_be_verified
from desk.paper_children import MOST
from desk.paperwork import PaperPath, PaperQuery
from store import callbacks
from store.callbacks import ACTIVE, Sort

HERE = "checks"
STATES = {"asked": "Asked", "established": "Established", "answered": "Answered", "refused": "Refused"}
COLOURS = {"asked": "blue", "established": "yellow", "answered": "green", "refused": "grey"}
CLEAR, NOBODY = "It is clear who they are, and that they are involved", "It is not established: nothing is told"
HOW = {IDENTITY: CLEAR, CALL_BACK: "By a call back to their switchboard", NOT: NOBODY}
CASES = {"": "Not told", "open": "Open", "closed": "Closed"}
NO_CALL_BACK = "No call back is booked for this check; book one first."
WORDS = {"states": STATES, "colours": COLOURS, "how": HOW, "known": {"yes": "Yes", "no": "No"}, "cases": CASES}

OF_CHECK = {
    "call": "The call", "authority": "Authority", "body": "Which body they are from", "enquirer": "Full name of whoever asks",
    "involvement": "How they are involved in the case",
}  # fmt: skip
SIBLINGS = {f"siblings.{at}.case": f"Sibling {at + 1}" for at in range(MOST)}
OF_ANSWER = {"known": "Whether the child is known", "case": "The case", "worker": "Worker", "manager": "Manager"}
LABELS = {**OF_CHECK, "children": "Children", **CHILDREN, "how": "How it was established", **OF_ANSWER, **SIBLINGS}
INSTEAD = {
    "not-on-the-list": "choose one; nobody else is answered, and schools and GPs are not: say so kindly, and offer to take a "
    "referral or a consultation.",
}
LISTING = Listing(
    "Basic checks", "Bodies that may ask whether a child is known, and are told four facts at most. A check is no contact.",
    (("Take a check down", "desk_page.new_check_form"),), STATES, ("Asked", "Which body", "Taken by"), "No check was asked for.",
)  # fmt: skip


@blueprint.get("/checks")
def checks() -> str:
    """Checks, the oldest first."""
    wanted = PaperQuery(state=state_asked(STATES), cursor=asked("cursor"), limit=LIST)
    return list_page(HERE, LISTING, every_check(query=wanted), _row)


def _row(one: Mapping[str, Any]) -> Row:
    tag = Tag(STATES.get(one["state"], one["state"]), COLOURS.get(one["state"], ""))
    where = url_for("desk_page.check", key=one["id"])
    return Row(where, moment(one["made_at"]), (tag,), (one["body"], name_of(one["made_by"])))


@blueprint.get("/checks/new")
def new_check_form() -> Response:
    """An empty form."""
    return _form({"authority": ""})


@blueprint.post("/checks/new")
def take_check_down() -> Reply:
    """Take it down; nothing is told yet."""
    given = typed(*OF_CHECK) | {"children": children_typed(), "in_doubt": bool(text("in_doubt"))}
    if asks_for_another():
        return _form(given)
    key = made(lambda: new_check(body=CheckBody.model_validate(given)))
    return led_to("check", key) if isinstance(key, str) else _form(given, key.status, wrong(key, LABELS, INSTEAD))


def _form(given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    bodies = {**CHOOSE, **{body.code: body.name for body in BODIES.values()}}
    return form_page("check_form", status, faults, given=given, bodies=bodies)


@blueprint.get("/checks/<key>")
def check(key: str) -> Response:
    """A check; that it was read is noted."""
    return _shown(key)


@blueprint.post("/checks/<key>/<deed>")
def check_deed(key: str, deed: str) -> Reply:
    """Say how it was established who asks, have their switchboard called back, or write down what was told."""
    act = named_deed(DEEDS, deed)
    given = typed("how", *OF_ANSWER) | {"siblings": _siblings(), "more_wanted": bool(text("more_wanted"))}
    if asks_for_another():
        return _shown(key, given=given)
    why = refusal(lambda: act(PaperPath(id=key), given))
    return _shown(key, why.status, wrong(why, LABELS), given) if why else led_to("check", key)


def _siblings() -> list[dict[str, str]]:
    cases = (text(name) for name in SIBLINGS)
    return [{"case": case} for case in cases if case]


def _establish(path: PaperPath, given: Mapping[str, Any]) -> object:
    return established(path=path, body=Establishing(how=given["how"]))


def _call_back(path: PaperPath, _: Mapping[str, Any]) -> object:
    one = one_check(path=path)
    body = {
        "kind": Sort.CHECK.value, "body": one["kind"], "authority": one["authority"], "call": one["call"] or "", "check": one["id"],
    }  # fmt: skip
    return new_call_back(body=CallBackBody.model_validate(body))


def _verified(path: PaperPath, _: Mapping[str, Any]) -> object:
    """What came of its call back, and so it is established. Said once already, the outcome stays; so this can be tried again."""
    key = str(one_check(path=path)["callback"])
    if not key:
        raise ProblemError(HTTPStatus.CONFLICT, NO_CALL_BACK)
    outcome_of_call_back(path=CallBackPath(id=key), body=OutcomeBody(outcome=VERIFIED))
    return established(path=path, body=Establishing(how=CALL_BACK))


def _answer(path: PaperPath, given: Mapping[str, Any]) -> object:
    told = {name: value for name, value in given.items() if name != "how"}
    return answered(path=path, body=CheckAnswer.model_validate(told))


DEEDS: Mapping[str, Callable[[PaperPath, Mapping[str, Any]], object]] = {
    "established": _establish,
    "call-back": _call_back,
    "verified": _verified,
    "answer": _answer,
}


def _shown(
    key: str,
    status: HTTPStatus = HTTPStatus.OK,
    faults: tuple[Wrong, ...] = (),
    given: Mapping[str, Any] | None = None,
) -> Response:
    one: Mapping[str, Any] = one_check(path=PaperPath(id=key))
    ways = {NOT: NOBODY} if one["in_doubt"] else {IDENTITY: CLEAR, NOT: NOBODY}
    page = drawn(
        "papers/check", one=one, wrong=faults, given=given or {}, words=WORDS, ways=ways, more=another(), **_call_back_of(one)
    )  # fmt: skip
    return Response(page, status)


def _call_back_of(one: Mapping[str, Any]) -> Mapping[str, object]:
    """The call-back that was booked for the check, and whether it goes on, may be verified now, or may be booked anew."""
    with desk().database.read() as connection:
        known = callbacks.one(connection, one["callback"])
        back: Mapping[str, Any] | None = next(iter(listed(connection, [known] if known else [])), None)
    goes_on = back is not None and back["state"] in ACTIVE
    is_verified = back is not None and back["verified_at"] is not None
    may_verify = back is not None and (is_verified or may_be_verified(back))
    return {"callback": back, "goes_on": goes_on, "may_verify": may_verify, "may_book": not (goes_on or is_verified)}
