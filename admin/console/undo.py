"""How is a change taken back on the pages? From its confirmation or the trail, in one step; the undo can itself be undone."""

from http import HTTPStatus

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import author
from admin.console.done import finished
from admin.console.pages import answer, blueprint
from admin.problems import ProblemError
from admin.undoing import undone
from directory.snapshot import Kind


@blueprint.post("/audit/<int:sequence>/undo")
def undo(sequence: int) -> Reply:
    """Put back what stood there before."""
    try:
        found = undone(sequence, author(request.form.get("why", "")))
    except ProblemError as fault:
        words = [error.message for error in fault.errors]
        home = url_for("console.front")
        return answer(fault.status, "refusal", title="Not undone", detail=fault.detail, errors=words, home=home)
    first = found.deeds[0]
    return redirect(finished(Kind(first.kind), first.slug), HTTPStatus.SEE_OTHER)
