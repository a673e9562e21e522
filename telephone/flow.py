"""Where does a call go after a verb?"""

from dataclasses import dataclass
from typing import Literal

from telephone.fetching import Failure, Order


@dataclass(frozen=True, slots=True)
class Onward:
    """To the next verb of the document."""


@dataclass(frozen=True, slots=True)
class Goto:
    """To another document; the verbs behind this one are not reached."""

    order: Order


@dataclass(frozen=True, slots=True)
class Over:
    """This leg's documents are at their end."""

    how: Literal["the line hung up", "the line had nothing more to say", "rejected", "busy"]


@dataclass(frozen=True, slots=True)
class Left:
    """Out of the queue: to the verb behind the Enqueue, or its action."""


Flow = Onward | Goto | Over | Left


class DocumentFailed(Exception):  # noqa: N818 - named for what happened
    """A document could not be had or executed, nor its fallback."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure
