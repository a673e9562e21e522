"""What does Twilio's form say happened? A form becomes a call and an event; nothing behind it knows a parameter's name."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from directory.numbers import Number, number_from
from ivr.events import (
    Arrived,
    CallerGone,
    Dequeued,
    Event,
    Keyed,
    LegEnd,
    QueueEnd,
    Silent,
    Talked,
    Unreached,
    Waiting,
)
from ivr.moment import Call
from ivr.position import Stage

MOST_FIELDS = 100
MOST_KEYS = 20
KEYS = frozenset("0123456789*#")
OVER = frozenset(("completed", "busy", "failed", "no-answer", "canceled"))
LEG_ENDS = {
    "busy": LegEnd.BUSY,
    "failed": LegEnd.FAILED,
    "completed": LegEnd.NOT_ACCEPTED,
    "answered": LegEnd.NOT_ACCEPTED,
}


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a webhook in the order sent, repeated names and blank values included."""

    pairs: tuple[tuple[str, str], ...]
    fields: dict[str, str]

    def value(self, name: str) -> str:
        """A field, or an empty text."""
        return self.fields.get(name, "")


def form_from(body: bytes) -> Form:
    """Read a form body. More fields than Twilio ever sends raise ValueError.

    The library's reader decodes every name and value, at a third of a step's cost; most of Twilio's have nothing to decode but a
    number's plus.
    """
    fields = body.decode("utf-8", "replace").replace("+", " ").replace("%2B", "+").split("&") if body else []
    if len(fields) > MOST_FIELDS:
        raise ValueError(f"{len(fields)} fields")
    split = [field.partition("=") for field in fields if field]
    pairs = [
        (_decoded(name) if "%" in name else name, _decoded(value) if "%" in value else value)
        for name, _, value in split
    ]
    named = dict(pairs)
    return Form(tuple(pairs), named if len(named) == len(pairs) else dict(reversed(pairs)))


def _decoded(text: str) -> str:
    return unquote(text, errors="replace")


SAID = ("DialCallStatus", "DialBridged", "QueueResult", "QueuePosition", "QueueTime", "AvgQueueTime")
LONGEST_SAID = 20


def said(form: Form) -> dict[str, str]:
    """What Twilio told of the event, beside the keys: what a record keeps, so that the same can be told again."""
    told = {name: form.fields[name][:LONGEST_SAID] for name in SAID if form.fields.get(name)}
    status = form.value("CallStatus")
    return {**told, "CallStatus": status} if status in OVER else told


def call_from(form: Form) -> Call:
    """Who calls whom."""
    caller, dialled = number_of(form.value("From")), number_of(form.value("To"))
    return Call(form.value("CallSid"), caller, dialled, number_of(form.value("ForwardedFrom")))


@lru_cache(maxsize=8192)
def number_of(text: str) -> Number | None:
    """A number as Twilio sends it; withheld callers in all their spellings are nobody's number (Twilio: voice/twiml)."""
    number = number_from(text) if text.startswith("+") else None
    return number if isinstance(number, Number) else None


def event_from(stage: Stage, form: Form) -> Event:
    """What happened, given what the position was waiting for."""
    if stage not in (Stage.WHISPER, Stage.ACCEPT) and form.value("CallStatus") in OVER:
        return CallerGone(form.value("DialBridged") == "true")
    match stage:
        case Stage.LEG:
            return _leg(form)
        case Stage.KEYS | Stage.NUMBER | Stage.LETTERS | Stage.ACCEPT | Stage.CHOICE:
            return keys_of(form)
        case Stage.WAIT:
            return Waiting(*(counted(form, name) for name in ("QueuePosition", "QueueTime", "AvgQueueTime")))
        case Stage.LEFT:
            return _out_of_queue(form)
        case Stage.ENTER | Stage.WHISPER | Stage.CONFER | Stage.AFTER | Stage.JOINING | Stage.HOLD:
            return Arrived()


QUEUE_ENDS = {"leave": QueueEnd.LEFT, "redirected": QueueEnd.FETCHED, "redirected-from-bridged": QueueEnd.FETCHED}


def _out_of_queue(form: Form) -> Event:
    """A queue of ours is never answered by ``Dial Queue``; should it be, they have talked."""
    result = form.value("QueueResult")
    if result == "hangup":
        return CallerGone(talked=False)
    if result.startswith("bridg"):
        return Talked()
    return Dequeued(QUEUE_ENDS.get(result, QueueEnd.FAILED), counted(form, "QueueTime"))


def counted(form: Form, name: str) -> int:
    """A number that Twilio counts; 0 where there is none."""
    text = form.value(name)[:9]
    return int(text) if text.isascii() and text.isdecimal() else 0


def _leg(form: Form) -> Event:
    if form.value("DialBridged") == "true":
        return Talked()
    return Unreached(LEG_ENDS.get(form.value("DialCallStatus"), LegEnd.NO_ANSWER))


def keys_of(form: Form) -> Keyed | Silent:
    """The keys that a Gather collected."""
    keys = "".join(key for key in form.value("Digits")[:MOST_KEYS] if key in KEYS)
    if not keys and form.value("FinishedOnKey") == "#":
        return Keyed("#")
    return Keyed(keys) if keys else Silent()
