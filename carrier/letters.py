"""What is asked of whoever sends e-mail? One letter to one address, once; the answer is one of five outcomes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

LONGEST = 254
ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
MOST_BEFORE_AT = 64


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address that was read, in ASCII."""

    text: str

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.text.rpartition("@")[2]


def address_from(text: str) -> Address | None:
    """The address that a text is: a name of at most 64 characters, an @ and a domain with a dot; none where it is no such."""
    trimmed = text.strip()
    is_one = len(trimmed) <= LONGEST and ADDRESS.fullmatch(trimmed) and trimmed.index("@") <= MOST_BEFORE_AT
    return Address(trimmed) if is_one else None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a letter: its name, and its text, sent as CSV."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail to one address. ``id`` is the same whenever it is tried again."""

    id: str
    to: Address
    subject: str
    text: str
    html: str
    attached: Attachment


@dataclass(frozen=True, slots=True)
class Taken:
    """The server has taken it."""


@dataclass(frozen=True, slots=True)
class Declined:
    """It was not sent, and will not be until somebody changes something. ``code`` is the server's, 0 where it is none of its own."""

    code: int
    words: str


@dataclass(frozen=True, slots=True)
class Later:
    """It was not sent, and may be tried again."""

    code: int
    words: str


@dataclass(frozen=True, slots=True)
class InDoubt:
    """It was handed over, and no answer came: it may have been sent."""

    words: str


@dataclass(frozen=True, slots=True)
class Left:
    """It was not sent, since somebody else has it now."""


Outcome = Taken | Declined | Later | InDoubt | Left


class Mails(Protocol):
    """Whoever sends e-mail. Nothing here raises for what the network or the other side does, and all ends within seconds."""

    def send(self, letter: Letter, hands_over: Callable[[], bool]) -> Outcome:
        """Send one. ``hands_over`` is asked once, when the server has agreed to everything but the letter itself; where it says no,
        nothing is sent."""
        ...
