"""How is a consultation taken down on a page, passed to whoever advises, and perhaps made a referral? By the API's functions."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, refusal
from admin.console.pages import asked
from desk.consultation_shapes import AdviceBody, BecomesReferral, ConsultationBody, PassBody
from desk.consultations import (
    ADVISED,
    OPEN,
    PASSED,
    SAY,
    advised,
    every_consultation,
    new_consultation,
    one_consultation,
    passed_on,
    referred,
)
from desk.page.pages import blueprint, drawn
from desk.page.papers import (
    CHILDREN,
    LIST,
    Listing,
    Row,
    Tag,
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
from desk.paperwork import PaperPath, PaperQuery

HERE = "consultations"
STATES = {"open": "Open", "with-adviser": "With the adviser", "advised": "Advised", "referred": "Referred"}
COLOURS = {"open": "blue", "with-adviser": "yellow", "advised": "green", "referred": "purple"}
ADVISERS = {"mash-navigator": "MASH navigator", "early-help-area-manager": "Early Help area manager"}
WORDS = {"states": STATES, "colours": COLOURS, "advisers": ADVISERS}

OF_WHO_ASKS = {
    "call": "The call", "authority": "Authority", "professional": "Full name of whoever asks", "agency": "Agency",
    "reached_by": "How they are reached",
}  # fmt: skip
OF_ADVICE = {"to": "Who advises", "advice": "What was advised", "advised_by": "Who advised it"}
LABELS = {**OF_WHO_ASKS, "children": "Children", **CHILDREN, "question": "What they ask", **OF_ADVICE}
LISTING = Listing(
    "Consultations", "Professionals who ask for advice and do not refer yet. Kept apart from contact records.",
    (("Take a consultation down", "desk_page.new_consultation_form"),), STATES, ("Asked", "Who advises", "Taken by"),
    "No consultation was asked for.",
)  # fmt: skip
DEEDS: Mapping[str, Callable[[PaperPath], object]] = {
    "pass": lambda path: passed_on(path=path, body=PassBody.model_validate(typed("to"))),
    "advice": lambda path: advised(path=path, body=AdviceBody.model_validate(typed("advice", "advised_by"))),
    "referral": lambda path: referred(path=path, body=BecomesReferral()),
}


@blueprint.get("/consultations")
def consultations() -> str:
    """Consultations, the oldest first."""
    wanted = PaperQuery(state=state_asked(STATES), cursor=asked("cursor"), limit=LIST)
    return list_page(HERE, LISTING, every_consultation(query=wanted), _row)


def _row(one: Mapping[str, Any]) -> Row:
    tag = Tag(STATES.get(one["state"], one["state"]), COLOURS.get(one["state"], ""))
    where = url_for("desk_page.consultation", key=one["id"])
    adviser = ADVISERS.get(one["kind"], "Nobody yet")
    return Row(where, moment(one["made_at"]), (tag,), (adviser, name_of(one["made_by"])))


@blueprint.get("/consultations/new")
def new_consultation_form() -> Response:
    """An empty form."""
    return _form({})


@blueprint.post("/consultations/new")
def take_consultation_down() -> Reply:
    """Take it down; no contact record is made."""
    given = typed(*OF_WHO_ASKS, "question") | {"children": children_typed()}
    if asks_for_another():
        return _form(given)
    key = made(lambda: new_consultation(body=ConsultationBody.model_validate(given)))
    return led_to("consultation", key) if isinstance(key, str) else _form(given, key.status, wrong(key, LABELS))


def _form(given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    return form_page("consultation_form", status, faults, given=given, say=SAY)


@blueprint.get("/consultations/<key>")
def consultation(key: str) -> Response:
    """A consultation with what was said; that it was read is noted."""
    return _shown(key)


@blueprint.post("/consultations/<key>/<deed>")
def consultation_deed(key: str, deed: str) -> Reply:
    """Pass it to whoever advises, write down the advice, or make it a referral after all."""
    act = named_deed(DEEDS, deed)
    why = refusal(lambda: act(PaperPath(id=key)))
    return _shown(key, why.status, wrong(why, LABELS)) if why else led_to("consultation", key)


def _shown(key: str, status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    one: Mapping[str, Any] = one_consultation(path=PaperPath(id=key))
    given = {name: text(name) for name in OF_ADVICE}
    is_asked, may_refer = one["state"] in (OPEN, PASSED), one["state"] in (OPEN, PASSED, ADVISED)
    page = drawn(
        "papers/consultation", one=one, wrong=faults, given=given, words=WORDS, is_asked=is_asked, may_refer=may_refer
    )
    return Response(page, status)
