"""How do the tests of call-backs speak? Handlers book and dial over the API, and the called stand at phones of drama."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app import Application
from store import tables
from telephone import Leg, Response
from tests.admin.desk_client import Holder
from tests.desk.stage import LINE, Stage
from tests.desk.wall_clock import given, sent

PERSON = "+442079460901"
HELLO = "This is Derbyshire children's social care, returning your call."
Shown = dict[str, Any]


def books(by: Holder, number: str = PERSON, **body: Any) -> Shown:
    """A call-back that a handler books."""
    return sent(by, "POST", "/callbacks", {"number": number, "line": LINE} | body, 201)


def reads(by: Holder, key: str) -> Shown:
    return given(by, f"/callbacks/{key}")


def listed(by: Holder, query: str = "") -> list[Shown]:
    """Every call-back of a query, over all its pages."""
    found: list[Shown] = []
    cursor: str | None = ""
    while cursor is not None:
        shown = given(by, f"/callbacks?limit=200&cursor={cursor}&{query}")
        found, cursor = [*found, *shown["items"]], shown["next"]
    return found


def dials(stage: Stage, by: Holder, key: str) -> Shown:
    shown = sent(by, "POST", f"/callbacks/{key}/dial", {})
    stage.exchange.settle()
    return shown


def outcome(by: Holder, key: str, word: str, status: int = 200, **more: Any) -> Shown:
    return sent(by, "POST", f"/callbacks/{key}/outcome", {"outcome": word, **more}, status)


def legs_to(stage: Stage, number: str) -> list[Leg]:
    """Every call that rang a number."""
    return [leg for leg in stage.exchange.legs if leg.called == number]


def began_at(stage: Stage) -> list[float]:
    """When each new call of ours began: those asked for by REST, and those that a document dialled."""
    asked = [one.at for one in stage.exchange.rest.requests if one.method == "POST" and one.path == "/Calls.json"]
    return sorted([*asked, *(dialled_at(stage))])


def dialled_at(stage: Stage) -> list[float]:
    """When a document began to dial somebody who is called back."""
    answered = [(one.at, one.answer) for one in stage.exchange.attempts]
    return [at for at, answer in answered if isinstance(answer, Response) and "<Number" in str(answer.body)]


def projected(application: Application, call: str, number: str, booked: datetime, **more: Any) -> None:
    """A booking that a caller made, as the journal leaves it in the database."""
    row = {
        "call": call, "node": "back", "hop": 3, "rank": 0, "line": LINE, "number": number, "about": "a call back",
        "booked_at": booked, "target": booked + timedelta(hours=24), "promise": booked + timedelta(hours=48),
        "readings": {"on the clock": (booked + timedelta(hours=24)).isoformat()},
    }  # fmt: skip
    with application.database.write() as connection:
        connection.execute(insert(tables.callback).values(**row | more))
