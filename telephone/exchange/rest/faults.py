"""What can go wrong between an application and the REST API?"""

import re
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from telephone.exchange.rest.asking import Ask


class Fault(Enum):
    """A fault, told by what the client sees and whether the request was executed all the same."""

    TOO_MANY = "429 with code 20429; not executed"
    BROKEN = "500; not executed"
    BROKEN_AFTER = "500; executed"
    HUNG = "no answer; never executed"
    SLOW = "no answer before the client gives up; executed later"
    RESET = "connection reset; not executed"
    LOST_REPLY = "connection reset; executed"


@dataclass(slots=True)
class RestFault:
    """When a fault strikes: requests of this method and path (a pattern, searched), so many times, so probably.

    `times` None: always. `seconds` is when a slow request is executed: virtual seconds later.
    """

    fault: Fault
    method: str = r"GET|POST|DELETE"
    path: str = ""
    times: int | None = 1
    probability: float = 1.0
    seconds: float = 20.0
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._pattern = re.compile(self.path)

    def strikes(self, ask: Ask, random: Random) -> bool:
        """Whether this request is struck; counts it."""
        if self.times == 0 or not re.fullmatch(self.method, ask.method) or not self._pattern.search(ask.path):
            return False
        if random.random() >= self.probability:
            return False
        self.times = None if self.times is None else self.times - 1
        return True
