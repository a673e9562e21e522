"""What happened in one step of a past call, what did the line do about it, and why? Sentences of a record, for a timeline."""

from collections.abc import Iterator, Mapping
from typing import Any

from ivr.plan import CallBack, DialByName, Extension, Menu, Plan, Safe, StaffOnly
from ivr.position import Stage
from ivr.record import MASKED, Record
from ivr.tries import ENDED, NEXT, Try, who

DONE = frozenset((
    "asked-for-help", "enough-repeats", "call-back-booked", "call-back-kept", "call-back-cancelled", "call-back-number-missing",
    "due-by", "handed-over", "staff", "safe-message", "too-many-steps", "stands-in", "came-back", "line-missing", "rescue-rings",
    "rescue-safe-message", "no-line-answers", "queued", "queue-full", "waited-longest", "closed-while-waiting", "queue-failed",
    "queue-call-back", "into-room", "waits-for-desk", "sent-on", "left-alone", "desk-silent", "extension-found",
    "extension-unknown", "name-chosen", "name-unknown", "names-found", "several-names", "whisper", "accepted", "not-accepted",
    "plan-replaced", "nobody-at-the-desk", "exhausted",
))  # fmt: skip
"""Reasons that say what was done; the others say why it was done so, and may be folded away."""

TOLD = frozenset((NEXT, "chose", "silence", "not-offered", "not-reached", "conversation", "caller-gone"))
"""Reasons whose story the sentences tell already."""

ONE_KEY = 2
"""A key, and the # behind it at most: more keys are a number or a name, which no timeline shows."""


def happened(record: Record, plan: Plan | None, last: Try | None) -> str:
    """What Twilio told in this step; ``last`` is the phone that rang before it."""
    event, stage = record.body.get("event", {}), _stage(record)
    match event.get("name"):
        case "Arrived" if stage is Stage.ENTER and "from" in record.body:
            return f"The call came in on {plan.name if plan else record.body['line']}."
        case "Keyed" if not record.leg:
            return _keyed(record, plan, str(event["keys"]), stage)
        case "Silent" if not record.leg:
            return "The caller pressed nothing."
        case "Unreached":
            return _missed(record, last)
        case "Talked":
            lasted = f" The phone was answered for {_seconds(last.talked)}." if last and last.talked else ""
            return f"Caller and called person were connected; their conversation is over.{lasted}"
        case "CallerGone" | "Waiting" | "Dequeued":
            return _left(event)
        case _:
            return "Something could not be answered as planned." if record.kind == "fault" else ""


def did(record: Record, plan: Plan | None) -> Iterator[str]:
    """What the line did: whom it rang, what it asked, what it booked."""
    for reason in record.body.get("reasons", ()):
        if reason["code"] in DONE:
            yield reason["sentence"]
    if record.body.get("rings"):
        yield f"Rang {who(record)}"
    elif not (record.leg or record.body.get("ending")):
        yield from _asked(record, plan)


def why(record: Record) -> tuple[str, ...]:
    """Why so: what was passed over, and by which hours."""
    reasons = record.body.get("reasons", ())
    return tuple(dict.fromkeys(one["sentence"] for one in reasons if one["code"] not in DONE | TOLD))


def _stage(record: Record) -> Stage | None:
    letter = str(record.body.get("asked", "")).rpartition("/")[2]
    return Stage(letter) if letter in set(Stage) else None


def _missed(record: Record, last: Try | None) -> str:
    how, reasons = str(record.body["event"].get("how")), record.body.get("reasons", ())
    said = next((one["sentence"] for one in reasons if one["code"] == "not-reached"), "The phone was not reached:")
    missed = f"{said.partition(' was not reached:')[0]} was not reached: {ENDED.get(how, how)}"
    return (
        f"{missed}, after {_seconds(last.seconds)} of ringing." if last and last.seconds is not None else f"{missed}."
    )


def _seconds(count: int) -> str:
    return f"{count} second{'' if count == 1 else 's'}"


def _left(event: Mapping[str, Any]) -> str:
    match event.get("name"):
        case "CallerGone":
            return f"The caller hung up {'after a conversation' if event.get('talked') else 'before anybody was connected'}."
        case "Waiting":
            return f"The caller had waited {_seconds(event['seconds'])}, at place {event['place']} in the queue."
        case _:
            return f"The caller was out of the queue after {_seconds(event['seconds'])}."


def _keyed(record: Record, plan: Plan | None, keys: str, stage: Stage | None) -> str:
    asked = str(record.body.get("asked", "")).split("/")
    node = plan.nodes.get(asked[1]) if plan and len(asked) > 1 else None
    if isinstance(node, Menu):
        label = next((option.label for option in node.options if option.key == keys), "")
        return f"The caller pressed {keys}: {label}." if label else f"The caller pressed {keys}."
    if keys == MASKED:
        return f"The caller keyed a PIN, which was {'right' if record.body['event'].get('right') else 'wrong'}."
    if len(keys) <= ONE_KEY:
        return f"The caller pressed {keys}."
    return _keyed_long(node, stage)


def _keyed_long(node: object, stage: Stage | None) -> str:
    if stage is Stage.NUMBER:
        return "The caller keyed a number to be called back on."
    if stage is Stage.LETTERS or isinstance(node, DialByName):
        return "The caller keyed letters of a worker's name."
    return "The caller keyed an extension." if isinstance(node, Extension) else "The caller keyed several digits."


def _asked(record: Record, plan: Plan | None) -> Iterator[str]:
    node = plan.nodes.get(record.body.get("node", "")) if plan else None
    match node:
        case Menu(options=options):
            choices = "; ".join(f"{option.key} for {option.label}" for option in options)
            yield f"The line offered: {choices}."
        case Extension():
            yield "The line asked for a worker's extension."
        case DialByName():
            yield "The line asked for letters of the worker's name, or for a choice of those it read out."
        case StaffOnly():
            yield "The line asked for the staff's PIN."
        case CallBack():
            yield "The line asked about a call back."
        case Safe():
            yield "The line offered a call back."
        case _:
            return
