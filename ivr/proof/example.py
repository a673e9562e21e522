"""Which call shows it? A refutation as a call that anybody can make: when, with which keys, and what each phone does."""

from dataclasses import dataclass
from datetime import datetime

from directory.numbers import Number
from ivr.events import LegEnd

SILENCE = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A call to a line. ``keys`` are what is pressed at each prompt (``SILENCE``: nothing), ``phones`` how each phone that rings ends
    (the others are answered), ``staffed`` the lines that somebody at the desk answers; ``unanswered`` says that they take nobody out
    of a queue all the same. ``emptied`` says that the directory holds no number and nobody. A caller of none withholds the number."""

    line: str
    at: datetime
    caller: Number | None = None
    keys: tuple[str, ...] = ()
    phones: tuple[tuple[Number, LegEnd], ...] = ()
    staffed: frozenset[str] = frozenset()
    emptied: bool = False
    unanswered: bool = False
