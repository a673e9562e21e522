"""What do Twilio's status callbacks tell? Each one is kept; a call's state is the highest rank seen, not the last (D:number)."""

from datetime import datetime

from ivr.record import Record
from webhooks.reading import Form


def status_record(form: Form, now: datetime) -> Record:
    """The record of a callback: keyed by sequence number and status, so that late, doubled and reordered ones merge."""
    sid, parent, status = form.value("CallSid"), form.value("ParentCallSid"), form.value("CallStatus")
    body = {
        "status": status,
        "seconds": _whole(form.value("CallDuration")),
        "rings": form.value("To") if parent else None,
    }
    return Record(
        parent or sid, sid if parent else "", f"s{form.value('SequenceNumber')}:{status}", "status", now, body
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None
