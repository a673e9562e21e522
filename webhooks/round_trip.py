"""Did a request come through unaltered, and is it signed for the address that we reckon with? Asked by `dutyline doctor`; no effect.

Whoever holds no token of ours learns nothing here: without Twilio's signature and without a proof it is refused as everywhere.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from webhooks.guard import Guard, Pairs
from webhooks.links import ROUND_TRIP
from webhooks.reading import Form

ASKED, PROOF = "Asked", "Proof"
"""The public address for which the request is signed, and what shows that the sender holds a token of ours."""


def is_round_trip(path: str) -> bool:
    """Whether this is the address of the round trip, also below a prefix that a proxy should have taken off."""
    return path.endswith(ROUND_TRIP)


def round_trip(guard: Guard, environ: Mapping[str, Any], form: Form) -> bytes:
    """What arrived here and what we reckon with, as JSON; nothing for a stranger."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    signature = environ.get("HTTP_X_TWILIO_SIGNATURE", "")
    admitted = guard.admits(signature, f"{path}?{query}" if query else path, form.pairs)
    if not admitted and not guard.proves(form.value(PROOF), form.value(ASKED)):
        return b""
    told = {
        "service": "dutyline",
        "admitted": admitted,
        "reckons_with": guard.public_url,
        "signed": bool(signature),
        "path": path,
        "query": query,
        "form": digest_of(form.pairs),
    }
    return json.dumps(told).encode()


def digest_of(pairs: Pairs) -> str:
    """By which both sides know a form, so that none of it has to be sent back."""
    return hashlib.sha256(json.dumps(list(pairs)).encode()).hexdigest()[:16]
