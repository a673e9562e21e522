"""How does a past call read? Its records as a timeline of sentences: who was tried and for how long, what was rejected and why,
which versions were in force, how it ended, and by when anything is due.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from ivr.kept import plan_at
from ivr.plan import Plan
from ivr.record import Record
from ivr.step_words import did, happened, why
from ivr.swept import SWEPT, UNREPORTED
from ivr.tries import Try, tries

STEPS = frozenset(("step", "fault"))
ENDINGS = {
    "person": "a person was reached",
    "call-back": "a call-back is booked",
    "safe-message": "the safe message was given",
    "caller-gone": "the caller hung up before anybody was connected",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One moment of the timeline: what happened and what was done, whose phone rang (E.164), and why so."""

    at: datetime
    sentences: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    rings: str = ""

    def text(self, number: str = "") -> str:
        """The sentences in one line; ``number`` is that of the phone that rang, as it may be shown."""
        said = " ".join(_ended(one) for one in self.sentences)
        return f"{said.removesuffix('.')}, on {number}." if number and self.rings else said


@dataclass(frozen=True, slots=True)
class Due:
    """A call-back or a reply that a caller was promised: by when, and by when it is aimed at."""

    about: str
    promise: datetime
    target: datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class InForce:
    """A plan that decided steps of the call."""

    line: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Telling:
    """A whole call. ``caller`` is E.164, or empty; ``ending`` is in words, empty while it goes on."""

    sid: str
    line: str
    caller: str
    began_at: datetime | None
    ended_at: datetime | None
    ending: str
    timeline: tuple[Told, ...]
    tried: tuple[Try, ...]
    due: tuple[Due, ...]
    plans: tuple[InForce, ...]
    directories: tuple[int, ...]


def telling(
    records: Sequence[Record], plans: Mapping[str, Plan], ending: str = "", others: Iterable[Told] = ()
) -> Telling:
    """A call told from its records; ``others`` is what happened beside the line: at the desk, and afterwards."""
    steps = [record for record in records if record.kind in STEPS]
    began = next((record for record in steps if "from" in record.body), None)
    tried = tries(records)
    timeline = sorted((*_timeline(records, plans, tried), *others), key=lambda told: told.at)
    return Telling(
        sid=records[0].call if records else "",
        line=str(began.body.get("line") or "") if began else "",
        caller=str(began.body.get("from") or "") if began else "",
        began_at=steps[0].at if steps else None,
        ended_at=_ended_at(records),
        ending=ENDINGS.get(ending, ""),
        timeline=tuple(timeline),
        tried=tried,
        due=tuple(_due(steps)),
        plans=tuple(_in_force(steps, plans)),
        directories=tuple(sorted({one.body["directory"] for one in steps if "directory" in one.body})),
    )


def _timeline(records: Sequence[Record], plans: Mapping[str, Plan], tried: Sequence[Try]) -> Iterator[Told]:
    screened = {record.leg for record in records if record.kind == "step" and record.leg}
    for waits, group in groupby(records, key=_waits):
        ones = list(group)
        for record in ones[-1:] if waits else ones:
            told = _step(record, plans, tried) if record.kind in STEPS else _leg(record, screened)
            if told and told.sentences:
                yield told


def _waits(record: Record) -> bool:
    """Whether it is one of many turns in a queue: of those that follow each other the last tells enough."""
    return record.body.get("event", {}).get("name") == "Waiting" and not record.body.get("reasons")


def _step(record: Record, plans: Mapping[str, Plan], tried: Sequence[Try]) -> Told:
    before = [one for one in tried if one.at < record.at]
    event, plan = (
        happened(record, _asked_plan(record, plans), before[-1] if before else None),
        _plan(record, plans),
    )
    sentences = tuple(dict.fromkeys(text for text in (event, *did(record, plan)) if text))
    return Told(record.at, sentences, why(record), str(record.body.get("rings") or ""))


def _plan(record: Record, plans: Mapping[str, Plan]) -> Plan | None:
    return plans.get(record.body.get("plan", ""))


def _asked_plan(record: Record, plans: Mapping[str, Plan]) -> Plan | None:
    """The plan in which the step began: that of its place, where it is known; a hand-over leads out of it."""
    return plans.get(plan_at(record.body)) or _plan(record, plans)


def _leg(record: Record, screened: set[str]) -> Told | None:
    return _swept(record) if record.kind == SWEPT else _status(record, screened)


def _swept(record: Record) -> Told:
    """An end that Twilio did not report, and how it is known."""
    body = record.body
    whose = "A phone that was rung is off the line" if record.leg else "The call was over"
    known = f" ({body['status']}, {body['seconds'] or 0} seconds)" if body["status"] != UNREPORTED else ""
    return Told(_swept_at(record), (f"{whose}{known}.", *(reason["sentence"] for reason in body["reasons"])))


def _swept_at(record: Record) -> datetime:
    return datetime.fromisoformat(record.body["ended"]) if record.body.get("ended") else record.at


def _status(record: Record, screened: set[str]) -> Told | None:
    status, seconds = record.body.get("status"), record.body.get("seconds")
    if record.leg and status == "in-progress" and record.leg not in screened:
        return Told(record.at, ("The phone was answered and connected.",))
    if not record.leg and status == "completed":
        return Told(
            record.at, (f"The call was over, {seconds} seconds after it began." if seconds else "The call was over.",)
        )
    return None


def _ended_at(records: Sequence[Record]) -> datetime | None:
    own = [one for one in records if not one.leg]
    ends = [
        one.at for one in own if one.body.get("ending") or (one.kind != SWEPT and one.body.get("status") == "completed")
    ]
    return max((*ends, *(_swept_at(one) for one in own if one.kind == SWEPT)), default=None)


def _due(steps: Sequence[Record]) -> Iterator[Due]:
    asked = [request for record in steps for request in record.body.get("requests", ())]
    gone = {(one["node"], one["hop"]) for one in asked if one["do"] == "cancel"}
    for one in asked:
        if one["do"] == "book":
            promise, target = (datetime.fromisoformat(one[name]) for name in ("promise", "target"))
            yield Due(str(one["about"]), promise, target, cancelled=(one["node"], one["hop"]) in gone)


def _in_force(steps: Sequence[Record], plans: Mapping[str, Plan]) -> Iterator[InForce]:
    for digest in dict.fromkeys(one.body["plan"] for one in steps if one.body.get("plan")):
        plan = plans.get(digest)
        line = plan.line if plan else next(one.body["line"] for one in steps if one.body.get("plan") == digest)
        yield InForce(line, plan.name if plan else line, digest)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
