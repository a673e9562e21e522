"""What did everybody do on a past call? The caller's keys at the prompts in order, what each phone did, and who was at the desk:
a script by which the same people can be sent through another plan.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

from ivr.plan import Extension, Plan
from ivr.position import Stage
from ivr.record import Record
from rehearsal.pins import keys_of
from telephone import Answers, Busy, Fails, NoAnswer, Outcome, Voicemail

WITHHELD = "anonymous"
ENDED: Mapping[str, Outcome] = {
    "no-answer": NoAnswer(), "busy": Busy(), "failed": Fails(), "not-accepted": Voicemail(),
}  # fmt: skip
ASKING = frozenset((Stage.KEYS, Stage.NUMBER, Stage.LETTERS))
FINISHED = frozenset((Stage.NUMBER, Stage.LETTERS))
"""Where any number of keys is ended by #."""


class Leaves(StrEnum):
    """How a caller left a queue."""

    ANSWERED = "answered"
    CALL_BACK = "call-back"
    GONE = "gone"
    SENT_ON = "sent on"


@dataclass(frozen=True, slots=True)
class Waited:
    """A stay in a queue."""

    seconds: float
    how: Leaves


IN_TIME = Waited(30.0, Leaves.ANSWERED)
"""Whoever comes into a queue who was in none then is answered there."""

GONE: Mapping[str, Any] = {"name": "CallerGone"}


@dataclass(frozen=True, slots=True)
class Script:
    """A call's people. ``caller`` as Twilio sends it; ``keys`` at the prompts in order, empty for silence; ``phones`` by number;
    ``given_up`` the numbers at whose ringing the caller hung up; ``hangs_up`` whether they do so once the keys are pressed."""

    sid: str
    line: str
    dialled: str
    caller: str
    via: str
    begins: datetime
    keys: tuple[str, ...]
    phones: Mapping[str, Outcome]
    given_up: frozenset[str]
    hangs_up: bool
    waits: tuple[Waited, ...]
    staffed: tuple[tuple[datetime, frozenset[str]], ...]


def script(records: Sequence[Record], plans: Mapping[str, Plan]) -> Script | None:
    """The script of a call; nothing where its beginning is not recorded, or a fault met it."""
    steps = caller_steps(records)
    began = next((record for record in steps if "from" in record.body), None)
    if began is None or not began.body.get("to") or any(record.kind == "fault" for record in records):
        return None
    rang = dict(legs(steps))
    return Script(
        sid=began.call,
        line=began.body["line"],
        dialled=began.body["to"],
        caller=began.body["from"] or WITHHELD,
        via=began.body.get("via", ""),
        begins=began.at,
        keys=tuple(keys for _, keys in turns(records, plans)),
        phones={number: outcome for number, outcome in rang.items() if outcome},
        given_up=frozenset(number for number, outcome in rang.items() if outcome is None),
        hangs_up=_hangs_up(steps),
        waits=tuple(_waits(steps)),
        staffed=tuple((one.at, frozenset(one.body.get("staffed", ()))) for one in steps),
    )


def stage_of(record: Record) -> Stage:
    """What a step's position was waiting for."""
    return Stage(str(record.body["asked"]).rpartition("/")[2])


def turns(records: Sequence[Record], plans: Mapping[str, Plan]) -> Iterator[tuple[Record, str]]:
    """Each step in which it was the caller's turn at a prompt, and what they keyed there; nothing for silence."""
    for record in caller_steps(records):
        event = record.body["event"]
        if stage_of(record) in ASKING and event["name"] in ("Keyed", "Silent"):
            yield record, _as_pressed(record, keys_of(event), plans) if event["name"] == "Keyed" else ""


def caller_steps(records: Sequence[Record]) -> list[Record]:
    """The steps of the caller's own leg."""
    return [record for record in records if record.kind == "step" and not record.leg]


def _as_pressed(record: Record, keys: str, plans: Mapping[str, Plan]) -> str:
    """With the # that ends them, where the prompt waits for one; Twilio does not send it."""
    plan, slug = plans.get(record.body.get("plan", "")), str(record.body["asked"]).split("/")[1]
    node = plan.nodes.get(slug) if plan else None
    wanted = node.digits if isinstance(node, Extension) else 0
    ended = keys.endswith("#") or len(keys) < 2 or len(keys) == wanted
    return keys if ended or stage_of(record) not in FINISHED | {Stage.KEYS} else f"{keys}#"


def legs(steps: Sequence[Record]) -> Iterator[tuple[str, Outcome | None]]:
    """Every phone that rang, in order, and what it did; nothing where the caller hung up meanwhile."""
    for record, following in pairwise(steps):
        if record.body.get("rings"):
            yield str(record.body["rings"]), _did(following.body["event"])


def _did(event: Mapping[str, Any]) -> Outcome | None:
    if event["name"] == "Unreached":
        return ENDED.get(event["how"], NoAnswer())
    return None if event["name"] == "CallerGone" and not event["talked"] else Answers("1")


def _hangs_up(steps: Sequence[Record]) -> bool:
    last = steps[-1].body
    return last["event"]["name"] == "CallerGone" or (not last.get("ending") and not last.get("rings"))


def _waits(steps: Sequence[Record]) -> Iterator[Waited]:
    """Every stay in a queue, in order."""
    for place, record in enumerate(steps):
        if any(request["do"] == "join" for request in record.body.get("requests", ())):
            after = steps[place + 1 :]
            left = next((one for one in after if stage_of(one) is Stage.LEFT), None)
            codes = {reason["code"] for one in after for reason in one.body.get("reasons", ())}
            seconds = (left.at - record.at).total_seconds() if left else 0.0
            yield Waited(seconds, _how(left.body["event"] if left else GONE, left, codes))


def _how(event: Mapping[str, Any], left: Record | None, codes: set[str]) -> Leaves:
    here = {reason["code"] for reason in left.body.get("reasons", ())} if left else set()
    if event["name"] == "Talked" or (event.get("how") == "redirected" and "into-room" in codes):
        return Leaves.ANSWERED
    if event["name"] == "CallerGone":
        return Leaves.GONE
    return Leaves.CALL_BACK if "queue-call-back" in here else Leaves.SENT_ON


class Staying:
    """A caller's stays in queues as a script has them, one after the other."""

    def __init__(self, waits: Sequence[Waited]) -> None:
        self._ahead = list(waits)
        self._joined: float | None = None

    def is_over(self) -> None:
        """The caller is in no queue at this moment."""
        if self._joined is not None:
            self._joined, self._ahead = None, self._ahead[1:]

    def leaves(self, elapsed: float) -> Leaves | None:
        """How the caller leaves the queue now, at these seconds of the call; nothing: they wait another turn."""
        waited = self._ahead[0] if self._ahead else IN_TIME
        self._joined = elapsed if self._joined is None else self._joined
        waits_on = waited.how is Leaves.SENT_ON or elapsed - self._joined < waited.seconds
        return None if waits_on else waited.how
