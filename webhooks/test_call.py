"""How does a running server know its own test call? By a CallSid that only this deployment can make, and only for now.

A test call comes in through the public address, signed as Twilio signs. Its CallSid is the minute in which it was made and a keyed
hash of minute and number, under the deployment's secret; nobody else can make one, and it is good for ten minutes. It moves no clock
and asks for nothing (ruling 25): the server answers the first step as any caller would hear it, keeps no record, and hangs up at
whatever would be the second.
"""

import hmac
from datetime import datetime

from ivr.moment import Keyed
from webhooks.reading import Form
from webhooks.twiml import whole

GOOD_MINUTES = 10
DIGITS = 12
HANGS_UP = whole("<Hangup/>")
CALLER = "client:test-call"
"""Nobody's number: the line is heard as by somebody who withholds theirs."""


def sid_of(dialled: str, keyed: Keyed, now: datetime) -> str:
    """The CallSid of a test call to a number, in the form of Twilio's."""
    minute = f"{int(now.timestamp()) // 60:08x}"
    return f"CA{minute}{keyed(f'test call {dialled} {minute}')[:DIGITS].encode().hex()}"


def is_test_call(form: Form, keyed: Keyed | None, now: datetime) -> bool:
    """Whether this deployment made the call, lately. Any other call costs a comparison."""
    sid = form.value("CallSid")
    if keyed is None:
        return False
    try:
        made = int(sid[2:10], 16)
    except ValueError:
        return False
    if not 0 <= int(now.timestamp()) // 60 - made <= GOOD_MINUTES:
        return False
    minute = datetime.fromtimestamp(made * 60, now.tzinfo)
    return hmac.compare_digest(sid.encode("utf-8", "replace"), sid_of(form.value("To"), keyed, minute).encode())


def form_of(dialled: str, account: str, keyed: Keyed, now: datetime) -> list[tuple[str, str]]:
    """What Twilio would send at the beginning of such a call."""
    fields = {
        "AccountSid": account, "ApiVersion": "2010-04-01", "CallSid": sid_of(dialled, keyed, now), "CallStatus": "ringing",
        "Called": dialled, "Caller": CALLER, "Direction": "inbound", "From": CALLER, "To": dialled,
    }  # fmt: skip
    return sorted(fields.items())
