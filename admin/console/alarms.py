"""What is amiss now, what is looked for, and how does somebody say that they see to it?"""

from collections.abc import Mapping
from http import HTTPStatus

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.alarms import Acknowledgement, AlarmPath, acknowledge_alarm, alarm_out, gone, here, past
from admin.console.forms import given, refusal
from admin.console.pages import allowed, answer, blueprint, page
from admin.ports import desk, newest_world, now
from store import watched
from store.alarms import Standing
from store.watched import Look, State

LABELS = {"until": "Until", "why": "Why"}
KINDS: Mapping[str, str] = {
    "silence": "Silence", "test-call": "Test call", "arrival": "Real test call", "account": "The telephone account",
}  # fmt: skip
STATES: Mapping[State, str] = {
    State.WELL: "Well", State.AMISS: "Amiss", State.UNKNOWN: "Not judged", State.UNDER_WAY: "Under way",
}  # fmt: skip
MOST_SHOWN = 10


@blueprint.get("/alarms")
def alarm_list() -> str:
    """Alarms that last, those that are over, and the last look at each line."""
    at, names = now(), {plan.line: plan.name for plan in newest_world().plans.by_digest.values()}
    with desk().database.read() as connection:
        looks = [_told(look, names) for look in watched.looks(connection)]
    return page(
        "alarms",
        standing=[(alarm_out(one), one.is_quiet(at)) for one in here()],
        over=[alarm_out(one) for one in past()[:MOST_SHOWN]],
        looks=looks,
        acknowledging=allowed("/admin/alarms/<id>/acknowledge"),
    )


def _told(look: Look, names: Mapping[str, str]) -> Mapping[str, object]:
    """A look as the page tells it."""
    words = look.words[:1].upper() + look.words[1:]
    spent = f"Answered in {look.milliseconds} ms." if look.milliseconds is not None and not words else ""
    return {
        "kind": KINDS.get(look.kind, look.kind), "of": names.get(look.subject, look.subject) or "The whole deployment",
        "state": STATES[look.state], "at": look.at, "words": words or spent, "expected": look.expected_at,
    }  # fmt: skip


def _one(key: str) -> Standing:
    found = next((one for one in here() if one.id and one.id == key), None)
    if found is None:
        raise gone()
    return found


@blueprint.get("/alarms/<id>/acknowledge")
def acknowledging(id: str) -> str:  # noqa: A002  # the address's own word
    """An empty form."""
    return page("alarm", alarm=alarm_out(_one(id)), fields={}, wrong=())


@blueprint.post("/alarms/<id>/acknowledge")
def acknowledged(id: str) -> Reply:  # noqa: A002  # the address's own word
    """Acknowledge it."""
    fields = given("until", "why")
    body = Acknowledgement.model_validate(fields)
    refused = refusal(lambda: acknowledge_alarm(path=AlarmPath(id=id), body=body))
    if refused is None:
        return redirect(url_for("console.alarm_list"), HTTPStatus.SEE_OTHER)
    return answer(refused.status, "alarm", alarm=alarm_out(_one(id)), fields=fields, wrong=refused.beside(LABELS))
