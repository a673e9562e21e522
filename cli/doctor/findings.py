"""What is a finding of the doctor's: how bad, in one sentence, with what to do about it? (docs/doctor.md)"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How bad a finding is, the worst first."""

    FAILS = "fails-calls"
    SOON = "soon-fails"
    KNOW = "worth-knowing"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: ``words`` and ``remedy`` have what was found in braces."""

    code: str
    grade: Grade
    words: str
    remedy: str

    def found(self, **about: object) -> "Found":
        """A finding of this kind."""
        return Found(self, {name: str(value) for name, value in about.items()})


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and what it is about."""

    kind: Kind
    about: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """What is amiss, in one sentence."""
        text = self.kind.words.format_map(self.about)
        return text[:1].upper() + text[1:]

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return self.kind.remedy.format_map(self.about)


Findings = Iterator[Found]


class CannotLookError(Exception):
    """A part could not be looked at; the message says why, as the end of a sentence."""


class NothingThereError(Exception):
    """There is nothing of this part to look at yet; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a deployment. ``of_twilio`` is left out where nothing is asked of Twilio."""

    name: str
    look: Callable[..., Findings]
    of_twilio: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of looking at a part; ``unseen`` says why it was not looked at, or not at all of it."""

    part: str
    found: tuple[Found, ...]
    unseen: str = ""
    left_out: str = ""
