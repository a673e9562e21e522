"""What is kept of a step? The one record that is journalled before the reply; every row anywhere is made from it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, assert_never

from ivr.events import CallerGone, Dequeued, Keyed, Unreached, Waiting
from ivr.kept import UNKEPT, Webhook, generation_waited_for, kept
from ivr.moment import Moment
from ivr.outcome import BookCallBack, CancelCallBack, JoinQueue, LeaveQueue, Outcome, Request
from ivr.plan import StaffOnly
from ivr.position import BESIDE, Stage
from ivr.reasons import Staff
from ivr.replies import Ring
from ivr.steps.helping import AGAIN, BACK, HELP

CHILD_STAGES = frozenset((Stage.WHISPER, Stage.ACCEPT))
HELPING = HELP | BACK | AGAIN
MASKED = "PIN"
"""What stands in a record for a PIN; whether it was right stands beside it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A fact about a call. (call, leg, sequence) is unique, so that a retry on any worker writes the same one (ruling 17)."""

    call: str
    leg: str
    sequence: str
    kind: str
    at: datetime
    body: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        """The record as JSON."""
        head = {"call": self.call, "leg": self.leg, "sequence": self.sequence, "kind": self.kind}
        return {**head, "at": self.at.isoformat(), **self.body}


def record_from(document: Mapping[str, Any]) -> Record:
    """The record that ``document`` wrote."""
    head = {"call", "leg", "sequence", "kind", "at"}
    body = {name: value for name, value in document.items() if name not in head}
    at = datetime.fromisoformat(document["at"])
    return Record(document["call"], document["leg"], document["sequence"], document["kind"], at, body)


def step_record(moment: Moment, outcome: Outcome, parent: str, at: datetime, webhook: Webhook = UNKEPT) -> Record:
    """The record of a step; ``parent`` is the caller's call where the step ran on a called person's leg, else empty.
    ``at`` is the moment to the microsecond; what was decided depends on its minute alone."""
    asked, call = moment.position, moment.call
    reached = outcome.at or asked
    body = {
        "line": reached.line,
        "plan": reached.digest,
        "directory": moment.world.directory.version,
        "node": reached.node,
        "asked": f"{asked.line}/{asked.node}/{asked.stage}",
        "event": _event(moment, outcome),
        "reasons": [{"code": reason.code, "sentence": reason.sentence} for reason in outcome.trace],
        "requests": [_request(request) for request in outcome.requests],
        "rings": next((reply.number.e164 for reply in outcome.replies if isinstance(reply, Ring)), None),
        "ending": outcome.ending.value if outcome.ending else None,
        **kept(moment, webhook),
    }
    if asked.hop == 0:
        body |= {"from": call.caller.e164 if call.caller else None, "to": call.dialled.e164 if call.dialled else None}
    return Record(parent or call.sid, call.sid if parent else "", _sequence(moment, parent), "step", at, body)


def _sequence(moment: Moment, parent: str) -> str:
    """What a retry of this step has in common with it, and no other step of the call does."""
    asked, generation = moment.position, generation_waited_for(moment.belongs)
    if isinstance(moment.event, Waiting):
        return f"{asked.stage}{asked.hop}.{moment.event.seconds}"
    if asked.stage is Stage.CHOICE and isinstance(moment.event, Keyed):
        return f"{asked.stage}{asked.hop}.{moment.event.keys}"
    if generation is not None:
        return f"{asked.stage}{asked.hop}.w{generation}"
    return f"{asked.stage if parent or asked.stage in BESIDE else 'h'}{asked.hop}"


def _event(moment: Moment, outcome: Outcome) -> Mapping[str, Any]:
    event = moment.event
    name = type(event).__name__
    match event:
        case Keyed(keys=keys) if keys not in HELPING and _asks_for_pin(moment):
            return {"name": name, "keys": MASKED, "right": any(isinstance(reason, Staff) for reason in outcome.trace)}
        case Keyed(keys=keys):
            return {"name": name, "keys": keys}
        case Unreached(how=how):
            return {"name": name, "how": how.value}
        case CallerGone(talked=talked):
            return {"name": name, "talked": talked}
        case Waiting(place=place, seconds=seconds):
            return {"name": name, "place": place, "seconds": seconds}
        case Dequeued(how=how, seconds=seconds):
            return {"name": name, "how": how.value, "seconds": seconds}
        case _:
            return {"name": name}


def _asks_for_pin(moment: Moment) -> bool:
    return isinstance(moment.plan.nodes.get(moment.position.node), StaffOnly)


def _request(request: Request) -> Mapping[str, Any]:
    match request:
        case BookCallBack():
            readings = {reading.name: reading.at.isoformat() for reading in request.due.readings}
            return {"do": "book", "node": request.node, "hop": request.hop, "number": request.number.e164,
                    "about": request.about, "promise": request.due.promise.isoformat(),
                    "target": request.due.target.isoformat(), "readings": readings}  # fmt: skip
        case CancelCallBack():
            return {"do": "cancel", "node": request.node, "hop": request.hop}
        case JoinQueue():
            numbers = {"caller": request.caller, "dialled": request.dialled}
            return {"do": "join", "node": request.node, "hop": request.hop, "queue": request.queue,
                    "priority": request.priority, "place": asdict(request.place), "chosen": list(request.chosen),
                    **{name: number.e164 if number else None for name, number in numbers.items()}}  # fmt: skip
        case LeaveQueue():
            return {"do": "leave", "node": request.node, "hop": request.hop}
        case _:
            assert_never(request)
