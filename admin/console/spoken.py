"""How long does a prompt take to say, and is that more than the plan's budget allows?"""

from dataclasses import dataclass

from ivr.plan import ASSUMED
from ivr.proof.words import seconds_of, words_of


@dataclass(frozen=True, slots=True)
class Spoken:
    """A prompt's words (at most ``most``), the seconds that it takes, and how many choices are counted in."""

    words: int
    seconds: int
    most: int
    choices: int = 0

    @property
    def is_long(self) -> bool:
        """Whether it is longer than the budget allows."""
        return self.words > self.most


def spoken(text: str, most: int, choices: tuple[str, ...] = ()) -> Spoken:
    """How long a text takes to say, with the choices after it."""
    whole = " ".join((text, *choices))
    return Spoken(words_of(whole), round(seconds_of(whole)), most, len(choices))


def most_words(budget: object) -> int:
    """How many words a plan's budget allows in one go; what is assumed where it says nothing, or nothing that can be read."""
    given = budget.get("prompt_words") if isinstance(budget, dict) else None
    return given if isinstance(given, int) else ASSUMED.prompt_words
