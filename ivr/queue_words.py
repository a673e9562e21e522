"""What does a caller hear who waits for the desk? Their place, a wait that is no more exact than it can be, and comfort."""

from ivr.events import Waiting

COMFORT = "Thank you for waiting. You are still in the queue."
OFFER = "For a call back without losing your place, press 1."
STAYS = "We have closed, but you keep your place: everybody who waits now is still answered."
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
A_MINUTE = 60
ROUGHLY = 10
"""Minutes above which only every fifth is said."""


def place(waiting: Waiting) -> str:
    """``You are second in the queue.``"""
    if waiting.place <= len(ORDINALS):
        return f"You are {ORDINALS[max(waiting.place, 1) - 1]} in the queue."
    return f"There are {waiting.place - 1} callers before you."


def expected(waiting: Waiting) -> str:
    """About how long it may take, in minutes rounded up; nothing where the queue has no experience of it."""
    if waiting.average <= waiting.seconds:
        return "We will answer as soon as we can." if waiting.average else ""
    minutes = -(-(waiting.average - waiting.seconds) // A_MINUTE)
    if minutes > ROUGHLY:
        minutes = -(-minutes // 5) * 5
    return f"We expect to answer in about {'a minute' if minutes == 1 else f'{minutes} minutes'}."


def said(waiting: Waiting, comfort: str) -> str:
    """Everything of one turn, but for the offer of a call back."""
    thanks = (comfort or COMFORT) if waiting.seconds else ""
    return " ".join(text for text in (thanks, place(waiting), expected(waiting)) if text)
