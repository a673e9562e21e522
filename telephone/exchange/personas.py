"""Who answers at a number, and what do they do then?

Beside the outcomes that a story tells (`telephone.outcomes`), a `Person` who also takes their time and goes again.
"""

from dataclasses import dataclass
from typing import assert_never

from telephone.outcomes import (
    Answers,
    Busy,
    Declines,
    Fails,
    HangsUpInWhisper,
    NoAnswer,
    PicksUp,
    Voicemail,
)

GREETING_SECONDS = 6.0
"""How long a mailbox speaks before it records in silence."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person who picks up `after` seconds and presses these keys where a document listens, then none.

    They `hesitates` so long after the prompt before the first key: longer than a Gather's timeout is too late. Once
    they hear other people they talk for `talks` seconds and hang up; None: until somebody else does. Seconds.
    """

    presses: str = "1"
    after: float = 5.0
    hesitates: float = 0.5
    talks: float | None = None


Persona = Person | Answers | PicksUp | HangsUpInWhisper | Voicemail | NoAnswer | Busy | Declines | Fails


@dataclass(frozen=True, slots=True)
class Manner:
    """How whoever picks up goes on; seconds. None: without end."""

    presses: str = ""
    hesitates: float = 0.5
    talks: float | None = None
    hangs_up_after: float | None = None
    speaks: float | None = None


def manner(persona: Persona) -> Manner:
    """How whoever picks up goes on; `speaks` limits a mailbox's voice."""
    match persona:
        case Person(presses=keys, hesitates=hesitates, talks=talks):
            return Manner(keys, hesitates, talks)
        case Answers(presses=keys):
            return Manner(keys)
        case HangsUpInWhisper(during=seconds):
            return Manner(hangs_up_after=seconds)
        case Voicemail():
            return Manner(speaks=GREETING_SECONDS)
        case PicksUp() | NoAnswer() | Busy() | Declines() | Fails():
            return Manner()
        case _:
            assert_never(persona)
