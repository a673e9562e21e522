"""Which other forms have the same signature? Twilio signs names and values joined, so that the borders between them may be moved."""

from collections.abc import Callable, Sequence
from random import Random

Pairs = list[tuple[str, str]]
MOST_MOVES = 4
MOST_TRIES = 40
NAMES = (
    "AccountSid", "CallSid", "CallStatus", "ConferenceSid", "DialBridged", "DialCallStatus", "Digits", "From", "ParentCallSid",
    "QueueResult", "QueueTime", "SequenceNumber", "StatusCallbackEvent", "To",
)  # fmt: skip
"""What is read of a form, and most worth a forgery."""


def joined(pairs: Sequence[tuple[str, str]]) -> str:
    """What is signed of a form."""
    return "".join(name + value for name, value in sorted(set(pairs)))


def moved(dice: Random, pairs: Sequence[tuple[str, str]]) -> Pairs:
    """Another form of the same signature."""
    before = sorted(set(pairs))
    for _ in range(MOST_TRIES):
        now = before
        for _ in range(dice.randint(1, MOST_MOVES)):
            now = dice.choice(MOVES)(dice, now)
        if now != before and joined(now) == joined(before):
            return now
    return _merged(dice, before)


def _merged(dice: Random, pairs: Pairs) -> Pairs:
    """One field swallows the next."""
    if len(pairs) < 2:
        return pairs
    at = dice.randrange(len(pairs) - 1)
    (name, value), swallowed = pairs[at], "".join(pairs[at + 1])
    return [*pairs[:at], (name, value + swallowed), *pairs[at + 2 :]]


def _shifted(dice: Random, pairs: Pairs) -> Pairs:
    """A name gives letters to its value, or takes some of it."""
    at = dice.randrange(len(pairs))
    whole = "".join(pairs[at])
    border = dice.randint(1, len(whole))
    return [*pairs[:at], (whole[:border], whole[border:]), *pairs[at + 1 :]]


def _split(dice: Random, pairs: Pairs) -> Pairs:
    """A field becomes two."""
    at = dice.randrange(len(pairs))
    whole = "".join(pairs[at])
    if len(whole) < 3:
        return pairs
    first, second, third = sorted([*dice.sample(range(1, len(whole) + 1), 2), len(whole)])
    parts = [(whole[:first], ""), (whole[first:second], whole[second:third])]
    return [*pairs[:at], *parts, *pairs[at + 1 :]]


def _named(dice: Random, pairs: Pairs) -> Pairs:
    """One of the names that are read is found somewhere else in what was signed, and becomes a name there."""
    whole, name = joined(pairs), dice.choice(NAMES)
    places = [at for at in range(1, len(whole)) if whole.startswith(name, at)]
    if not places:
        return pairs
    at = dice.choice(places)
    end = next((found for found in (whole.find(other, at + len(name)) for other in NAMES) if found > 0), len(whole))
    head = dice.randint(1, at)
    return [(whole[:head], whole[head:at]), (name, whole[at + len(name) : end]), *_rest(whole[end:])]


def _rest(text: str) -> Pairs:
    """What remains, with a border behind the name with which it begins."""
    name = next((name for name in NAMES if text.startswith(name)), text[:1])
    return [(name, text[len(name) :])] if text else []


MOVES: Sequence[Callable[[Random, Pairs], Pairs]] = (_merged, _shifted, _split, _named)
