"""How does a handler log an enquiry on a page, see what came before, and answer it or refer the child? By the API's functions."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, refusal
from admin.console.pages import asked
from desk.enquiries import every_enquiry, new_enquiry, one_enquiry
from desk.enquiry_rules import KNOWN, LEGITIMATE, NOT_KNOWN, REASONS, STATEMENT, UNSURE
from desk.enquiry_shapes import EnquiryAnswer, EnquiryBody, EnquiryPath, EnquirySearch, Verification
from desk.enquiry_steps import NOT_LEGITIMATE, ReferralBody, answer, refer, verify
from desk.fields import CALLERS
from desk.page.pages import blueprint, drawn
from desk.page.papers import (
    CHILDREN,
    CHOOSE,
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
    named_deed,
    state_asked,
    text,
    typed,
    wrong,
)

HERE = "enquiries"
STATES = {"open": "Open", "verified": "Verified", "answered": "Answered", "referred": "Referred"}
COLOURS = {"open": "blue", "verified": "yellow", "answered": "green", "referred": "purple"}
WHO = {choice.code: choice.label for choice in CALLERS}
WHY = {reason.code: reason.words for reason in REASONS}
KNOWN_BEFORE = {UNSURE: "Not known", KNOWN: "Yes", NOT_KNOWN: "No"}
WORDS = {"who": WHO, "reasons": WHY, "known": KNOWN_BEFORE, "states": STATES, "colours": COLOURS}

OF_WHO_ASKS = {
    "call": "The call", "authority": "Authority", "agency": "Which body they are from",
    "enquirer.name": "Full name of whoever asks", "enquirer.role": "Their role",
    "enquirer.contact": "How they are called back", "reason": "Why they ask",
}  # fmt: skip
OF_WHOM = {
    "family": "The family's reference", "known": "Known to us before", "concern": "What they are worried about",
}  # fmt: skip
FIELDS = (*OF_WHO_ASKS, *OF_WHOM)
LABELS = {**OF_WHO_ASKS, "children": "Children", **CHILDREN, **OF_WHOM}
OF_DEEDS = {"how": "How it was established", "answer": "What they were told"}
LISTING = Listing(
    "Enquiries", "Professionals who ask whether a child is known. An enquiry is not a referral.",
    (("Log an enquiry", "desk_page.new_enquiry_form"), ("Count them", "desk_page.enquiry_report")), STATES, ("Logged", "Who asks", "Why"),
    "No enquiry is logged.",
)  # fmt: skip
DEEDS: Mapping[str, Callable[[EnquiryPath], object]] = {
    "verification": lambda path: verify(path=path, body=Verification.model_validate(typed("how"))),
    "answer": lambda path: answer(path=path, body=EnquiryAnswer.model_validate(typed("answer"))),
    "referral": lambda path: refer(path=path, body=ReferralBody()),
}


@blueprint.get("/enquiries")
def enquiries() -> str:
    """Enquiries, the newest first."""
    wanted = EnquirySearch(state=state_asked(STATES), cursor=asked("cursor"), limit=LIST)
    return list_page(HERE, LISTING, every_enquiry(query=wanted), _row)


def _row(one: Mapping[str, Any]) -> Row:
    tags = [Tag(STATES.get(one["state"], one["state"]), COLOURS.get(one["state"], ""))]
    if one["fired"] and not one["contact"]:
        tags.append(Tag("Second enquiry", "red"))
    where = url_for("desk_page.enquiry", key=one["id"])
    return Row(where, moment(one["made_at"]), tuple(tags), (WHO.get(one["agency"], ""), WHY.get(one["reason"], "")))


@blueprint.get("/enquiries/new")
def new_enquiry_form() -> Response:
    """An empty form."""
    return _form({"known": UNSURE})


@blueprint.post("/enquiries/new")
def log_enquiry() -> Reply:
    """Log it, and go on to what came before."""
    given = typed(*FIELDS) | {"children": children_typed()}
    if asks_for_another():
        return _form(given)
    made_or_not = made(lambda: new_enquiry(body=EnquiryBody.model_validate(given)))
    if isinstance(made_or_not, str):
        return led_to("enquiry", made_or_not)
    return _form(given, made_or_not.status, wrong(made_or_not, LABELS))


def _form(given: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    choices = {"agencies": CHOOSE | WHO, "reasons": CHOOSE | WHY, "standings": KNOWN_BEFORE}
    return form_page("enquiry_form", status, faults, given=given, statement=STATEMENT, **choices)


@blueprint.get("/enquiries/<key>")
def enquiry(key: str) -> Response:
    """An enquiry with its chronology; that it was read is noted."""
    return _shown(key)


@blueprint.post("/enquiries/<key>/<deed>")
def enquiry_deed(key: str, deed: str) -> Reply:
    """Say how it was established who asks, what they were told, or make a referral."""
    act = named_deed(DEEDS, deed)
    why = refusal(lambda: act(EnquiryPath(id=key)))
    return _shown(key, why.status, wrong(why, OF_DEEDS)) if why else led_to("enquiry", key)


def _shown(key: str, status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    one: Mapping[str, Any] = one_enquiry(path=EnquiryPath(id=key))
    chronology = sorted([*one["chronology"], one], key=lambda other: datetime.fromisoformat(other["made_at"]))
    given = {name: text(name) for name in OF_DEEDS}
    page = drawn(
        "papers/enquiry", one=one, chronology=chronology, wrong=faults, given=given, words=WORDS,
        can_be_told=one["agency"] in LEGITIMATE, not_to_be_told=NOT_LEGITIMATE,
    )  # fmt: skip
    return Response(page, status)
