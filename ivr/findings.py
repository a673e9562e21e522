"""What deserves a second look in plans and calendar, and in which words is it said?"""

from dataclasses import dataclass
from datetime import date

from directory.findings import Finding, Severity
from directory.numbers import Number


@dataclass(frozen=True, slots=True)
class NightRefuted(Finding):
    """A line declares a night team, and nobody can ring it (ruling 10)."""

    code = "night-refuted"
    severity = Severity.REFUTED
    words = "The line {name} promises a night, “{night}”, and its night team {team} has no number; enter one or declare the gap."
    night: str
    team: str


@dataclass(frozen=True, slots=True)
class NightGap(Finding):
    """A line declares a night team whose missing number its directory row declares."""

    code = "night-gap"
    severity = Severity.SERIOUS
    words = "The line {name} has the night team {team}, for which no number is printed: callers hear the safe message at night."
    team: str


@dataclass(frozen=True, slots=True)
class NoNight(Finding):
    """A line declares that nobody is printed for its night."""

    code = "no-night"
    severity = Severity.SERIOUS
    words = "The line {name} has nobody for its night: callers hear the safe message and may book a call-back."


@dataclass(frozen=True, slots=True)
class ReachesNobody(Finding):
    """No team that a line may ring has a number."""

    code = "reaches-nobody"
    severity = Severity.SERIOUS
    words = "The line {name} reaches nobody: no team that it rings has a number."


@dataclass(frozen=True, slots=True)
class UnknownTeam(Finding):
    """A plan names a team that the directory does not hold."""

    code = "unknown-team"
    severity = Severity.SERIOUS
    words = "The line {name} rings a team, {team}, that is not in the directory; it is passed over."
    team: str


@dataclass(frozen=True, slots=True)
class UnknownLine(Finding):
    """A plan hands over to a line that has no plan."""

    code = "unknown-line"
    severity = Severity.SERIOUS
    words = (
        "The line {name} hands over to a line, {line}, that has no plan; callers get its default destination instead."
    )
    line: str


@dataclass(frozen=True, slots=True)
class UnansweredLine(Finding):
    """A plan is in force for a line that answers no number."""

    code = "unanswered-line"
    severity = Severity.SERIOUS
    words = "The line {name} answers no number, so that nobody can ring it; give it one."


@dataclass(frozen=True, slots=True)
class DramaNumber(Finding):
    """A number reserved for drama in a deployment that takes real calls (ruling 30)."""

    code = "drama-number"
    severity = Severity.REFUTED
    words = "{name} has a number that is reserved for drama and rings nowhere; enter the real one."


@dataclass(frozen=True, slots=True)
class OldSource(Finding):
    """The procedure behind a line was reviewed long ago."""

    code = "old-source"
    severity = Severity.DOUBTFUL
    words = "The line {name} follows {document}, last reviewed in {reviewed}; ask for the present edition."
    document: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class UndatedSource(Finding):
    """The procedure behind a line does not say when it was reviewed."""

    code = "undated-source"
    severity = Severity.NOTE
    words = "The line {name} follows {document}, which does not say when it was reviewed; ask its authors."
    document: str


@dataclass(frozen=True, slots=True)
class AssumedInPlan(Finding):
    """A part of a plan that no source prints, or that it leaves open."""

    code = "assumed-in-plan"
    severity = Severity.NOTE
    words = "The line {name}, {place}: assumed, {assumed}."
    place: str
    assumed: str


@dataclass(frozen=True, slots=True)
class HolidaysEnd(Finding):
    """The bank holidays that we know end soon, and later ones would be taken for working days."""

    code = "holidays-end"
    severity = Severity.SERIOUS
    words = "The bank holidays are known until {until}; upload a newer official file before then."
    until: date


@dataclass(frozen=True, slots=True)
class NumberStandsIn(Finding):
    """Somebody put a number in front of a whole line for a while."""

    code = "number-stands-in"
    severity = Severity.SERIOUS
    words = "On the line {name}, {number} rings before anything else until {until}: it stands in for everybody."
    number: Number
    until: str
