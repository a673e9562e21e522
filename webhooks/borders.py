"""Do the fields of a form say what Twilio signed? It signs names and values joined, so that a border between them may be moved.

A request that was seen on its way could be sent again with another call's identifier, or as a further event of the same call, under
the signature that it had. The fields by which an event is known are therefore found in the signed text once more: where a border
was moved they stand there otherwise than in the form, or not in it at all.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from webhooks.reading import Form

WORDS = (
    "ParentCallSid", "CallSid", "DialCallStatus", "CallStatus", "DialBridged", "DialCallDuration", "SequenceNumber", "QueueTime",
    "QueueResult", "ConferenceSid", "StatusCallbackEvent", "Digits", "FinishedOnKey", "To",
)  # fmt: skip
"""The names by which a call, its event and what became of it are known, and how some others end; ``webhooks.reading`` reads them,
``ivr.record`` makes keys of them."""

TOLD = re.compile(
    r"ParentCallSidCA[0-9a-f]{32}|CallSidCA[0-9a-f]{32}|DialCallStatus[a-z-]+|CallStatus[a-z-]+|DialBridged(?:true|false)|DialCallDuration\d+"
    r"|SequenceNumber\d+|QueueTime\d+|QueueResult[a-z-]+|ConferenceSidCF[0-9a-f]{32}|StatusCallbackEvent[a-z-]+|Digits[0-9*#]+"
    r"|FinishedOnKey[0-9*#]|To\+\d+",
    re.ASCII,
)
"""Those names with a value as Twilio writes it, as long as it goes."""

ALONE = {"ParticipantCallStatus", "DequeuedCallQueueTime"}
"""The longer names that Twilio sends without the one in which they end (Twilio: voice/api/conference-resource, voice/twiml/queue)."""


def as_signed(form: Form, signed: str) -> Form | None:
    """The form as it may be read, given the text that was signed of it (``guard.joined``); nothing where a border was moved. Of a value
    that goes on otherwise than Twilio writes it only the beginning counts: the rest may be another field's."""
    read = [(name, value, word, found[0]) for name, value, word in _named(form) if (found := TOLD.match(word + value))]
    if TOLD.findall(signed) != [told for *_, told in read]:
        return None
    if not {word for name, _, word, _ in read if name not in ALONE} <= {name for name, *_ in read}:
        return None  # at the end of a longer name, behind an empty field, it would be no field of its own any more
    cut = {
        name: told[len(word) :]
        for name, value, word, told in read
        if len(told) < len(word) + len(value) and form.fields[name] == value
    }
    return replace(form, fields=form.fields | cut) if cut else form


def _named(form: Form) -> Iterable[tuple[str, str, str]]:
    """The fields whose names end in one of the words, as they are signed: name, value and the word."""
    if len(form.pairs) == len(form.fields):
        return [(name, form.fields[name], word) for name, word in _words(tuple(form.fields))]
    return [(name, value, _word(name)) for name, value in sorted(set(form.pairs)) if name.endswith(WORDS)]


@lru_cache(maxsize=256)
def _words(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Twilio sends the same names again and again."""
    return tuple((name, _word(name)) for name in sorted(names) if name.endswith(WORDS))


def _word(name: str) -> str:
    return next(word for word in WORDS if name.endswith(word))
