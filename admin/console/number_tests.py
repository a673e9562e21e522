"""Do duty numbers really answer? Which are called next, why others are not, what came of a team's tests, and whether it wants them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, given, refusal
from admin.console.pages import answer, asked, blueprint, page
from admin.console.team import team_at
from admin.listing import Search
from admin.number_tests import ChoiceIn, every_number_test, put_number_tests, shown
from admin.ports import newest_world
from admin.teams import TeamPath
from store.number_outcomes import WORDS

LIST = 50
LABELS = {"tests": "Test calls", "moves": "A number that does not answer", "why": "Why"}
ON, OFF = "on", "off"
ANSWERS: Mapping[str, bool] = {ON: True, OFF: False}


@blueprint.get("/number-tests")
def number_tests() -> str:
    """Every duty number, by team: when it is called next, or why it is not."""
    query = Search(q=asked("q"), cursor=asked("cursor"), limit=LIST)
    found: Mapping[str, Any] = every_number_test(query=query)
    return page("number_tests", found=found, q=query.q, teams=newest_world().directory.teams, words=WORDS)


@blueprint.get("/teams/<slug>/number-tests")
def team_tests(slug: str) -> str:
    """A team's tests, and the form by which an administrator switches them on or off."""
    return page("team_number_tests", **_shown(slug), wrong=(), fields=_fields(slug))


@blueprint.post("/teams/<slug>/number-tests")
def choose_tests(slug: str) -> Reply:
    """Switch them on or off."""
    fields = given("tests", "moves", "why")
    chosen = {name: ANSWERS[fields[name]] for name in ("tests", "moves") if fields[name] in ANSWERS}
    body = ChoiceIn.model_validate({**chosen, "why": fields["why"]})
    refused = refusal(lambda: put_number_tests(path=TeamPath(slug=slug), body=body))
    if refused is None:
        return redirect(url_for("console.team_tests", slug=slug), HTTPStatus.SEE_OTHER)
    wrong: tuple[Wrong, ...] = refused.beside(LABELS)
    return answer(refused.status, "team_number_tests", **_shown(slug), wrong=wrong, fields=fields)


def _shown(slug: str) -> Mapping[str, Any]:
    team, _, _ = team_at(slug)
    return {"team": team, "found": shown(slug), "words": WORDS}


def _fields(slug: str) -> Mapping[str, str]:
    """What stands there, as the form holds it."""
    found: Mapping[str, Any] = shown(slug)
    return {name: ON if found[name] else OFF for name in ("tests", "moves")}
