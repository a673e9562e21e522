"""Which findings are there about teams, workers and their numbers? Each is a small type and one sentence."""

from dataclasses import dataclass
from datetime import date

from directory.findings import Finding, Severity
from directory.numbers import Number
from directory.policy import Denial


@dataclass(frozen=True, slots=True)
class NoNumber(Finding):
    """Nobody can be rung for a team."""

    code = "no-number"
    severity = Severity.SERIOUS
    words = "{name} has no duty number: {because}."
    because: str


@dataclass(frozen=True, slots=True)
class DutyGap(Finding):
    """A dated number ends, or ended, and none follows at once."""

    code = "duty-gap"
    severity = Severity.SERIOUS
    words = "{name} has no number in force from {since} until {until}; enter who follows."
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class OutsidePolicy(Finding):
    """A number stands in the directory that may not be dialled, so that it is never rung."""

    code = "outside-policy"
    severity = Severity.SERIOUS
    words = "A number of {name} is never rung, since {denial}."
    denial: Denial


@dataclass(frozen=True, slots=True)
class UnknownManager(Finding):
    """A worker's manager is nobody in the directory."""

    code = "unknown-manager"
    severity = Severity.SERIOUS
    words = "A worker of {team} has a manager, {manager}, who is not in the directory; their ladder skips that step."
    team: str
    manager: str


@dataclass(frozen=True, slots=True)
class UnknownCover(Finding):
    """Who covers for somebody is nobody in the directory."""

    code = "unknown-cover"
    severity = Severity.SERIOUS
    words = "A worker of {team} is covered by {cover}, who is not in the directory; nobody is rung in their place."
    team: str
    cover: str


@dataclass(frozen=True, slots=True)
class UnknownOnRota(Finding):
    """A turn on a team's rota is given to somebody who is not in the directory."""

    code = "unknown-on-rota"
    severity = Severity.SERIOUS
    words = "The rota of {name} names {whom}, who is not in the directory; the standing number is rung in that turn."
    whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MobileConnects(Finding):
    """A mobile that need not press a key: its mailbox takes the call."""

    code = "mobile-connects"
    severity = Severity.SERIOUS
    words = "{number} of {name} is a mobile that connects without a key; its mailbox would count as a person."
    number: Number


@dataclass(frozen=True, slots=True)
class NumberUnanswered(Finding):
    """A duty number that nobody confirmed at two test calls in a row; ``since`` is when it was flagged."""

    code = "number-unanswered"
    severity = Severity.SERIOUS
    words = "{number} of {name} does not answer: its test calls have failed in a row since {since}; ask the team, and correct it."
    number: Number
    since: date


@dataclass(frozen=True, slots=True)
class MobileOnly(Finding):
    """Every number of a team is a mobile, switched off or in a pocket when it matters."""

    code = "mobile-only"
    severity = Severity.DOUBTFUL
    words = "{name} is reached by mobile only ({numbers}); ask the team for a desk number."
    made_for = frozenset({"X21", "X44"})
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class SharedNumber(Finding):
    """One number stands for several teams."""

    code = "shared-number"
    severity = Severity.DOUBTFUL
    words = "{number} is the number of {many} teams: {teams}; whoever answers must listen for the team that is wanted."
    made_for = frozenset({"X4"})
    number: Number
    many: int
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbours(Finding):
    """Two teams' numbers that a hurried finger takes for each other."""

    code = "neighbours"
    severity = Severity.DOUBTFUL
    words = "{number} of {teams} is easily taken for {others}; read the team back to whoever keys it."
    made_for = frozenset({"X22"})
    number: Number
    teams: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExtensionNeighbours(Finding):
    """A worker's extension that is easily keyed for a team's."""

    code = "extension-neighbours"
    severity = Severity.DOUBTFUL
    words = "The extension of a worker of {team} is easily taken for that of {others}."
    team: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamTwice(Finding):
    """The source prints a team in several rows, each with a number of its own."""

    code = "team-twice"
    severity = Severity.DOUBTFUL
    words = "{name} is printed {many} times, with {numbers}; ask the team in which order they should ring."
    made_for = frozenset({"X3"})
    many: int
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class NameTwice(Finding):
    """Two teams of an authority have the same name."""

    code = "name-twice"
    severity = Severity.DOUBTFUL
    words = "{many} teams are called {name}; a caller cannot tell them apart, so rename or join them."
    many: int


@dataclass(frozen=True, slots=True)
class NumberingGap(Finding):
    """Teams that are counted, with one missing."""

    code = "numbering-gap"
    severity = Severity.DOUBTFUL
    words = "There is {name} and no {missing}; ask whether a team is missing."
    made_for = frozenset({"X5"})
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingZero(Finding):
    """A number that is printed without its leading 0."""

    code = "missing-zero"
    severity = Severity.DOUBTFUL
    words = "{name}: {printed} lacks its leading 0 and is read as {number}; have the source put right."
    made_for = frozenset({"X1"})
    printed: str
    number: Number


@dataclass(frozen=True, slots=True)
class OddGrouping(Finding):
    """A number that is printed with its spaces in unusual places, as a slip of the pen would."""

    code = "odd-grouping"
    severity = Severity.DOUBTFUL
    words = "{name}: {printed} is grouped oddly and is read as {number}; compare it with another source."
    made_for = frozenset({"X2"})
    printed: str
    number: Number


@dataclass(frozen=True, slots=True)
class AwayWithoutCover(Finding):
    """Somebody is or will be away, and nobody covers."""

    code = "away-without-cover"
    severity = Severity.NOTE
    words = "A worker of {team} is away from {since} until {until} without cover; their manager is rung instead."
    team: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Assumed(Finding):
    """A value that no source prints, or that it leaves open."""

    code = "assumed"
    severity = Severity.NOTE
    words = "{name}: assumed, {assumed}."
    assumed: str


@dataclass(frozen=True, slots=True)
class OldReading(Finding):
    """Nobody has compared the directory with its source for more than a year."""

    code = "old-reading"
    severity = Severity.NOTE
    words = "{document} was last compared with the directory of {name} on {read}; compare it again."
    document: str
    read: date
