"""Is the caller texted the address of the online form, and what became of that? By the API's function.

What stands beside the call is renewed again and again, so no record is read for it: what a record forbids is said when it is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, redirect
from werkzeug.wrappers import Response as Reply

from admin.console.forms import refusal
from admin.ports import desk
from desk.contact_shapes import CallPath
from desk.form_offers import KIND, NO_NUMBER, FormOffer, offer_form
from desk.page.calls import ENDED, TALKING, Shown
from desk.page.front import address, refused
from desk.page.now import answered, here
from desk.page.pages import blueprint, by_script, drawn
from desk.texted import ASKED, MAYBE, NOT_SENT, SENT
from store import papers
from store.papers import Pile, Wanted

PERHAPS = (
    "The text with the online form may have been sent, so it is not sent again: tell the caller the form's address."
)
WORDS: Mapping[str, str] = {
    "": "",
    SENT: "The online form was texted to the caller.",
    MAYBE: PERHAPS,
    ASKED: PERHAPS,
    NOT_SENT: "The text was not sent. Try again, or tell the caller the form's address.",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether the form can be asked for, and what there is to say of it."""

    may: bool
    words: str


@blueprint.app_template_global("form_offer")
def form_offer(call: Shown) -> Offer | None:
    """What stands beside a call; nothing where no text messages are set up, or no form of its authority is known."""
    texting = desk().texting
    if texting is None or not texting.forms.get(call.authority) or call.state not in (TALKING, ENDED):
        return None
    if not call.caller.number:
        return Offer(may=False, words=NO_NUMBER)
    with desk().database.read() as connection:
        before = papers.those(connection, Pile.MESSAGE, Wanted(kinds=[KIND], about=call.caller.call))
    states = sorted((one.state for one in before), key=NOT_SENT.__eq__)
    state = states[0] if states else ""
    return Offer(may=state in ("", NOT_SENT), words=WORDS[state])


@blueprint.post("/calls/<call>/form-offer")
def text_the_form(call: str) -> Reply:
    """Send it; the page as it is afterwards, or why it was not sent."""
    why = refusal(lambda: offer_form(path=CallPath(sid=call), body=FormOffer()))
    if why and by_script():
        return Response(drawn("told", wrong=why.beside({})), why.status)
    if why:
        return refused(call, why.status, why.beside({}))
    return answered(call) if by_script() else redirect(address(here(call)), HTTPStatus.SEE_OTHER)
