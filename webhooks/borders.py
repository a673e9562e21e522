"""Do the fields of a form say what Twilio signed? It signs names and values joined, so that a border between them may be moved.

A request that was seen on its way could be sent again with another call's identifier, or as a further event of the same call, under
the signature that it had. The fields by which an event is known are therefore found in the signed text once more: where a border
was moved they stand there otherwise than in the form, or not in it at all.
"""

import re

from webhooks.guard import Pairs

WORDS = ("CallSid", "CallStatus", "SequenceNumber", "QueueTime", "Digits", "FinishedOnKey", "To")
"""How the names end by which a call and its event are known; ``webhooks.reading`` reads them, ``ivr.record`` makes keys of them."""

TOLD = re.compile(
    r"CallSidCA[0-9a-f]{32}|CallStatus[a-z-]+|SequenceNumber\d+|QueueTime\d+|Digits[0-9*#]+|FinishedOnKey[0-9*#]|To\+\d+",
    re.ASCII,
)
"""Those names with a value as Twilio writes it, as long as it goes."""


def are_as_signed(pairs: Pairs, signed: str) -> bool:
    """Whether a form's fields stand as they do in the text that was signed of it (``guard.joined``)."""
    named = sorted({pair for pair in pairs if pair[0].endswith(WORDS)})
    return TOLD.findall(signed) == [told for name, value in named if (told := _told(name, value))]


def _told(name: str, value: str) -> str:
    """What a field tells, as it stands in the signed text; nothing where it is not as Twilio writes it. Keys may be followed by
    others that no telephone of today has: only the first of them are read."""
    word = next(word for word in WORDS if name.endswith(word))
    found = TOLD.match(word + value)
    return found[0] if found and (word == "Digits" or found.end() == len(word + value)) else ""
