"""What is kept of an end that Twilio never reported? A record like any other, with the reason why the leg counts as over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ivr.record import Record
from routing.reasons import Reason

SWEPT = "swept"
UNREPORTED = "unreported"
LONGEST_CALL = timedelta(hours=4)
"""Twilio ends every call then. (Twilio: voice/api/call-resource, TimeLimit)"""


@dataclass(frozen=True, slots=True)
class EndFromRecord(Reason):
    """The status callback was lost on its way, or its event with a disk; Twilio's REST API knows the end."""

    code = "end-from-record"
    words = "Twilio did not report this end: it was taken from Twilio's own record of the call."


@dataclass(frozen=True, slots=True)
class EndNeverReported(Reason):
    """No status callback came, and Twilio's record cannot be asked or has no such call."""

    code = "end-never-reported"
    words = "No end was reported within four hours, the longest that a call can last: it counts as over."


@dataclass(frozen=True, slots=True)
class End:
    """How a leg ended, as far as is known: in Twilio's word, when, after how many seconds, and how we know."""

    status: str
    ended_at: datetime | None
    seconds: int | None
    reason: Reason


def swept_record(call: str, leg: str, number: str | None, end: End, now: datetime) -> Record:
    """The record of such an end; ``leg`` is empty for the caller's own. There is one for each leg, whoever writes it."""
    body = {
        "status": end.status,
        "seconds": end.seconds,
        "rings": number,
        "ended": end.ended_at.isoformat() if end.ended_at else None,
        "reasons": [{"code": end.reason.code, "sentence": end.reason.sentence}],
    }
    return Record(call, leg, SWEPT, SWEPT, now, body)
