"""Which TwiML reaches a person although nothing of ours answers? A document that any web server can hand out, by GET.

It knows neither who rings nor what became of a Dial: each Dial has no action, so that Twilio goes on with the next verb, whether
nobody answered or a conversation has ended; words in between tell somebody who was helped to hang up (ADR 0015).
"""

from collections.abc import Sequence

from directory.model import Accept
from directory.numbers import Number
from ivr.plan import Plan, Safe
from routing.ladder import RING_SECONDS, WHISPER_SECONDS
from webhooks.ahead import Phone
from webhooks.twiml import dialled, say, shown_number, whole

ACCEPT, ACCEPTED = "accept.xml", "accepted.xml"
"""What the called person hears, and what follows a key: the document that is empty connects the two. Named without a folder, so
that they are found beside whichever file is served."""

HOLD = "Please hold while we connect you."
HELPED = "If you have spoken to somebody, you can hang up now. If not, please stay on the line."
NO_CALL_BACK = "We cannot take a request for a call back at this moment."
AGAIN = "To try again now, press any key."
GOODBYE = "Goodbye."
MARK = "9 9 9"
WHISPER = (
    "This is a call for your duty line. You see our number and not the caller's, so please ask for theirs first. "
    "To take the call, press 1."
)


def accepting() -> dict[str, bytes]:
    """The two files by which a person takes a call and a mailbox does not, by name."""
    keys = f'input="dtmf" numDigits="1" finishOnKey="" timeout="{WHISPER_SECONDS}" method="GET" action="{ACCEPTED}"'
    asked = whole(f"<Gather {keys}>{say(WHISPER)}</Gather><Hangup/>")
    return {ACCEPT: asked, ACCEPTED: whole("")}


def static_document(plan: Plan, phones: Sequence[Phone], night: Phone | None, shown: Number | None) -> bytes:
    """A line's whole call: the opening, each phone in turn, the safe message, and another try for whoever wants one."""
    opening = plan.opening if MARK in plan.opening else f"{plan.opening} {plan.emergency}"
    first = f"{opening} {HOLD}" if phones else opening
    rings = "".join(_ring(phone, shown) for phone in phones)
    return whole(f"{say(first)}{rings}{_safe(plan, night)}{say(GOODBYE)}<Hangup/>")


def _ring(phone: Phone, shown: Number | None) -> str:
    caller_id = f' callerId="{shown_number(shown)}"' if shown else ""
    whisper = f' url="{ACCEPT}" method="GET"' if phone.accept is Accept.KEY else ""
    return (
        f"{say(f'We are trying {phone.who}.')}"
        f'<Dial timeout="{RING_SECONDS}"{caller_id}><Number{whisper}>{dialled(phone.number)}</Number></Dial>'
        f'{say(HELPED)}<Pause length="2"/>'
    )


def _safe(plan: Plan, night: Phone | None) -> str:
    """The safe message whole. Without an action, a key fetches this same document again, under whatever name it is served."""
    node = plan.nodes[plan.safe]
    said = node.say if isinstance(node, Safe) else ""
    other = f"You can also ring {night.who} on {night.number.spoken}." if night and night.stands else ""
    refusal = NO_CALL_BACK if isinstance(node, Safe) and node.call_back else ""
    text = " ".join(part for part in (said, other, refusal, plan.emergency, AGAIN) if part)
    return f'<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="6" method="GET">{say(text)}</Gather>'
