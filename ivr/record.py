"""What is kept of a step? The one record that is journalled before the reply; every row anywhere is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from ivr.events import CallerGone, Keyed, Unreached
from ivr.moment import Moment
from ivr.outcome import BookCallBack, CancelCallBack, Outcome, Request
from ivr.plan import StaffOnly
from ivr.position import Stage
from ivr.replies import Ring

CHILD_STAGES = frozenset((Stage.WHISPER, Stage.ACCEPT))


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


def step_record(moment: Moment, outcome: Outcome, parent: str, at: datetime) -> Record:
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
        "event": _event(moment),
        "reasons": [{"code": reason.code, "sentence": reason.sentence} for reason in outcome.trace],
        "requests": [_request(request) for request in outcome.requests],
        "rings": next((reply.number.e164 for reply in outcome.replies if isinstance(reply, Ring)), None),
        "ending": outcome.ending.value if outcome.ending else None,
    }
    if asked.hop == 0:
        body |= {"from": call.caller.e164 if call.caller else None, "to": call.dialled.e164 if call.dialled else None}
    leg, sequence = (call.sid if parent else ""), f"{asked.stage if parent else 'h'}{asked.hop}"
    return Record(parent or call.sid, leg, sequence, "step", at, body)


def _event(moment: Moment) -> Mapping[str, Any]:
    event = moment.event
    name = type(event).__name__
    match event:
        case Keyed() if isinstance(moment.plan.nodes.get(moment.position.node), StaffOnly):
            return {"name": name, "keys": "PIN"}
        case Keyed(keys=keys):
            return {"name": name, "keys": keys}
        case Unreached(how=how):
            return {"name": name, "how": how.value}
        case CallerGone(talked=talked):
            return {"name": name, "talked": talked}
        case _:
            return {"name": name}


def _request(request: Request) -> Mapping[str, Any]:
    match request:
        case BookCallBack():
            readings = {reading.name: reading.at.isoformat() for reading in request.due.readings}
            return {"do": "book", "node": request.node, "hop": request.hop, "number": request.number.e164,
                    "about": request.about, "promise": request.due.promise.isoformat(),
                    "target": request.due.target.isoformat(), "readings": readings}  # fmt: skip
        case CancelCallBack():
            return {"do": "cancel", "node": request.node, "hop": request.hop}
        case _:
            assert_never(request)
