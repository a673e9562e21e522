"""What becomes of a telephone that rings?"""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Answers:
    """A person picks up `after` seconds of ringing, and presses these keys at the whispers' Gathers, then none."""

    presses: str = ""
    after: float = 5.0


@dataclass(frozen=True, slots=True)
class PicksUp:
    """A person picks up; what they do at the whisper's Gather is decided then."""

    after: float = 5.0


@dataclass(frozen=True, slots=True)
class HangsUpInWhisper:
    """A person picks up and hangs up `during` seconds into the whisper."""

    during: float = 1.0
    after: float = 5.0


@dataclass(frozen=True, slots=True)
class Voicemail:
    """A mailbox answers and never presses a key. At once when the phone is off; 15-30 s when it rings first."""

    after: float = 1.0


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """It rings until Twilio gives up."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Engaged."""

    after: float = 1.0


@dataclass(frozen=True, slots=True)
class Declines:
    """Somebody presses "reject". Networks say busy; many mobiles divert to voicemail instead: see `Voicemail`."""

    after: float = 4.0


@dataclass(frozen=True, slots=True)
class Fails:
    """The network cannot reach the number."""

    after: float = 0.0


Outcome = Answers | PicksUp | HangsUpInWhisper | Voicemail | NoAnswer | Busy | Declines | Fails


class OutcomeWord(Enum):
    """The words of `dutyline dial --callee NUMBER=OUTCOME`."""

    ANSWERS = "answers"
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    FAILED = "failed"
    VOICEMAIL = "voicemail"
    DECLINES = "declines"

    @classmethod
    def parse(cls, text: str) -> "OutcomeWord":
        """The word, whatever its case; ValueError names what was given and what may be."""
        try:
            return cls(text.strip().lower())
        except ValueError:
            choices = ", ".join(word.value for word in cls)
            raise ValueError(f"{text!r} is not something a telephone does; say one of: {choices}") from None

    @property
    def outcome(self) -> Outcome:
        """What the word means; `answers` presses 1 where a whisper asks for a key."""
        return _MEANINGS[self]


_MEANINGS: dict[OutcomeWord, Outcome] = {
    OutcomeWord.ANSWERS: Answers(presses="1"),
    OutcomeWord.NO_ANSWER: NoAnswer(),
    OutcomeWord.BUSY: Busy(),
    OutcomeWord.FAILED: Fails(),
    OutcomeWord.VOICEMAIL: Voicemail(),
    OutcomeWord.DECLINES: Declines(),
}
