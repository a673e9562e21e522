"""What is asked of whoever sends text messages? One message, once; the answer is one of the carrier's results."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from carrier.port import Result
from directory.numbers import Number


class Texts(Protocol):
    """Whoever sends text messages."""

    def text(self, to: Number, words: str) -> Result:
        """Send one; ``Unknown`` where it may have been sent."""
        ...


@dataclass(frozen=True, slots=True)
class Texting:
    """Text messages that a deployment sends: by whom, and each authority's form, by its slug, that they may offer."""

    texts: Texts
    forms: Mapping[str, str]
