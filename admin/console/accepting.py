"""How does somebody live with a warning for a while? With a reason and an end, by a form; taken back by a button."""

from http import HTTPStatus

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.acceptances import AcceptancePath, NewAcceptance, gone_acceptance, new_acceptance, placed
from admin.console.forms import given, refusal
from admin.console.pages import answer, blueprint, page
from admin.findings import shown

LABELS = {"until": "Until", "why": "Why", "severity": "This finding"}


@blueprint.get("/findings/<id>/accept")
def accepting(id: str) -> str:  # noqa: A002  # the address's own word
    """An empty form."""
    return page("accept", finding=shown(placed(id).finding), fields={}, wrong=())


@blueprint.post("/findings/<id>/accept")
def accepted(id: str) -> Reply:  # noqa: A002  # the address's own word
    """Accept it."""
    fields = given("until", "why")
    body = NewAcceptance.model_validate(fields)
    refused = refusal(lambda: new_acceptance(path=AcceptancePath(id=id), body=body))
    if refused is None:
        return redirect(url_for("console.findings"), HTTPStatus.SEE_OTHER)
    wrong = refused.beside(LABELS)
    return answer(refused.status, "accept", finding=shown(placed(id).finding), fields=fields, wrong=wrong)


@blueprint.post("/findings/<id>/withdraw")
def withdrawn(id: str) -> Reply:  # noqa: A002  # the address's own word
    """Take it back."""
    gone_acceptance(path=AcceptancePath(id=id))
    return redirect(url_for("console.findings"), HTTPStatus.SEE_OTHER)
