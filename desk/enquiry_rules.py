"""What does Sheffield's procedure say of enquiries? Why somebody may ask, who is answered, and when a second one prompts; pure.

The rule on the second enquiry is printed twice, in two ways (X24). Both are counted, each for itself; the one that fired is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.fields import CALLERS, NOT_PROFESSIONAL
from routing.periods import Period

TWO_YEARS = Period(years=2)
"""How long an enquiry is kept, and within which time a second one prompts (S:27, S:45)."""

STATEMENT = "An enquiry is not a referral. If you want to refer a child, say so, and we take a referral."
"""To be said of every enquiry (S:47)."""

SECOND = 2
KNOWN, NOT_KNOWN, UNSURE = "yes", "no", "unknown"
STANDINGS = (KNOWN, NOT_KNOWN, UNSURE)
"""Whether a child was known to Children's Social Care before. Who is not sure is prompted as if not."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an enquiry is made, and the line of the procedure that knows it."""

    code: str
    words: str
    source: str


REASONS: Sequence[Reason] = (
    Reason("child-protection-plan", "Is the child the subject of a Child Protection Plan?", "S:25"),
    Reason("care-order", "Is the child the subject of a Care Order?", "S:25"),
    Reason("supervision-order", "Is the child the subject of a Supervision Order?", "S:25"),
    Reason("interim-care-order", "Is the child the subject of an Interim Care Order?", "S:25"),
    Reason("welfare-concern", "There are specific child welfare concerns or allegations about the child.", "S:38"),
)
REASON_CODES = tuple(reason.code for reason in REASONS)
AGENCIES = tuple(choice.code for choice in CALLERS)
LEGITIMATE = frozenset(AGENCIES) - NOT_PROFESSIONAL
"""Who may be answered once it is established who they are: professionals. The procedure only gives an example (S:31, X29)."""

REFERS = "The List Custodian sees to it that a referral is made to the area team; its number is in none of the sources (X28)."


@dataclass(frozen=True, slots=True)
class Prompt:
    """What one reading of the rule counts, this enquiry included, and whether it prompts a referral."""

    reading: str
    words: str
    source: str
    count: int
    fired: bool

    @property
    def kept(self) -> Mapping[str, str | int | bool]:
        """The part that is kept with the enquiry."""
        return {"reading": self.reading, "count": self.count, "fired": self.fired}


ANY_SECOND = "any-second-enquiry"
NEW_CHILD = "child-not-known"
READINGS: Mapping[str, tuple[str, str]] = {
    ANY_SECOND: ("Any second enquiry within two years prompts a referral.", "S:27"),
    NEW_CHILD: ("A second enquiry within two years about a child not known before prompts a referral.", "S:45"),
}
"""Each reading with its words and its line."""


def prompts(earlier: int, known: str) -> tuple[Prompt, ...]:
    """Both readings of the rule, where so many enquiries came before this one within two years."""
    counts = {ANY_SECOND: earlier + 1, NEW_CHILD: 0 if known == KNOWN else earlier + 1}
    return tuple(prompt_of(reading, count, fired=count >= SECOND) for reading, count in counts.items())


def prompt_of(reading: str, count: int, *, fired: bool) -> Prompt:
    """A reading in its words."""
    return Prompt(reading, *READINGS[reading], count, fired)
