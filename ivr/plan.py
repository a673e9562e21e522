"""What is a call plan? Data that a duty manager could draw: named nodes, each one verb."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from routing.deadlines import CutOff, ReplyClass
from routing.hours import Hours

MOST_OPTIONS = 5
MOST_HOPS = 60


class Night(StrEnum):
    """How a line declares its night (ruling 10)."""

    EDT = "edt"
    CARELINE = "careline"
    SAME_NUMBER = "same-number"
    NONE_PRINTED = "none-printed"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a menu: said as ``For <label>, press <key>.``"""

    key: str
    label: str
    go: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Ask for one key."""

    slug: str
    say: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """Go one way while the named hours are open and another while they are closed."""

    slug: str
    hours: str
    open: str
    closed: str


@dataclass(frozen=True, slots=True)
class Extension:
    """Ask for a known worker's extension and climb that worker's ladder; ``otherwise`` after three unknown ones.
    ``by_name`` is the node that finds the worker by name instead."""

    slug: str
    say: str
    digits: int
    otherwise: str
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class DialByName:
    """Ask for the first letters of a worker's name and climb that worker's ladder; ``otherwise`` when nobody is found."""

    slug: str
    say: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class RingTeam:
    """Climb a team's ladder. ``named`` is how team or group are announced and whispered; ``without_number`` is said instead
    of ``say`` as long as nobody has entered a number for the team."""

    slug: str
    team: str
    named: str
    say: str
    without_number: str = ""


class Priority(StrEnum):
    """Who is answered first: a risk before advice."""

    RISK = "risk"
    ADVICE = "advice"


class Closing(StrEnum):
    """What becomes of callers who wait when the line closes: they are answered still, or go to the night."""

    FINISH = "finish"
    HAND_OVER = "hand-over"


@dataclass(frozen=True, slots=True)
class Queue:
    """Wait for a handler at the desk; ``otherwise`` where nobody is there, too many wait, or it takes ``longest_seconds``."""

    slug: str
    say: str
    priority: Priority
    otherwise: str
    call_back: str
    most_waiting: int
    longest_seconds: int
    closing: Closing
    comfort: str


@dataclass(frozen=True, slots=True)
class Message:
    """Speak, then go on."""

    slug: str
    say: str
    go: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Say by when a reply of a class is due, then go on (D:8)."""

    slug: str
    say: str
    reply: ReplyClass
    cut_off: CutOff
    go: str


@dataclass(frozen=True, slots=True)
class CallBack:
    """Book a call-back, read the number back, say the due time."""

    slug: str
    say: str
    about: str
    within_hours: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """Go on in another line's plan."""

    slug: str
    say: str
    line: str


@dataclass(frozen=True, slots=True)
class Safe:
    """Speak the safe message whole and offer a call-back."""

    slug: str
    say: str
    call_back: str


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Speak and end the call."""

    slug: str
    say: str


@dataclass(frozen=True, slots=True)
class StaffOnly:
    """Let staff on: by the number they call from, or by the authority's PIN; ``otherwise`` after three wrong ones."""

    slug: str
    say: str
    go: str
    otherwise: str


Node = (
    Menu | Switch | Extension | DialByName | RingTeam | Queue | Message | Deadline | CallBack | HandOver | Safe | Goodbye
    | StaffOnly
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """A part of a plan that had to be assumed: which (``nodes.consult``), where it was read, and what was assumed."""

    place: str
    source: str
    assumed: str


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a line may ask of a caller at worst: seconds until the first phone rings, seconds until somebody or the safe message,
    words in one go, steps of a call. What a plan does not say is assumed (docs/checking.md)."""

    first_ring_seconds: int = 240
    safe_seconds: int = 300
    prompt_words: int = 100
    steps: int = 30


ASSUMED = Budget()
"""Of a plan without a table ``[budget]``."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One line's plan, whole and checked, known by its digest (12 hexadecimal digits). Compared by identity."""

    line: str
    name: str
    digest: str
    authority: str
    opening: str
    emergency: str
    start: str
    otherwise: str
    safe: str
    hours: Mapping[str, Hours]
    open_by: str
    day_by: str
    night: Night
    night_team: str
    last_resort: tuple[str, ...]
    nodes: Mapping[str, Node]
    order: tuple[str, ...]
    source: str = ""
    reviewed: str = ""
    marked: tuple[Marked, ...] = ()
    budget: Budget = ASSUMED

    @property
    def opens(self) -> Hours:
        """The hours in which the line is open at all."""
        return self.hours[self.open_by]

    @property
    def day(self) -> Hours:
        """The hours that decide between the day's ladder and the night team, and that count as working time."""
        return self.hours[self.day_by]

    @property
    def teams(self) -> frozenset[str]:
        """The slugs of every team that the plan may ring."""
        rung = {node.team for node in self.nodes.values() if isinstance(node, RingTeam)}
        return frozenset((rung | {*self.last_resort, self.night_team}) - {""})


@dataclass(frozen=True, slots=True, eq=False)
class Plans:
    """Every plan in memory by digest, and the one in force for each line."""

    by_digest: Mapping[str, Plan] = field(default_factory=dict)
    current: Mapping[str, str] = field(default_factory=dict)

    def of_line(self, line: str) -> Plan | None:
        """The plan in force for a line."""
        return self.by_digest.get(self.current.get(line, ""))

    def with_current(self, *plans: Plan) -> "Plans":
        """These plans in force; what they replace stays loadable by digest."""
        return Plans(
            {**self.by_digest, **{plan.digest: plan for plan in plans}},
            {**self.current, **{plan.line: plan.digest for plan in plans}},
        )
