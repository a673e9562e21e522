"""What can be refuted of a line, and in which words is it said?"""

from dataclasses import dataclass

from directory.findings import Finding, Severity
from directory.policy import Denial


@dataclass(frozen=True, slots=True)
class Circle(Finding):
    """Nodes that need nobody follow on one another without an end."""

    code = "circle"
    severity = Severity.REFUTED
    words = (
        "On the line {name}, what follows on the step {node} leads round in a circle, or through more than 20 steps, "
        "before anybody is asked or rung; lead it to a menu, a team or the safe message."
    )
    node: str


@dataclass(frozen=True, slots=True)
class Loop(Finding):
    """A caller who makes no choice comes back to where they were."""

    code = "loop"
    severity = Severity.REFUTED
    words = (
        "On the line {name}, a caller who makes no choice and reaches nobody goes round for ever: {nodes}; lead one of "
        "these steps on to a team or the safe message."
    )
    nodes: str


@dataclass(frozen=True, slots=True)
class DeadEnd(Finding):
    """A step after which nothing is heard and nothing happens."""

    code = "dead-end"
    severity = Severity.REFUTED
    words = "On the line {name}, the call comes to nothing in the step {node}: nobody rings, nothing is asked, and it does not end."
    node: str


@dataclass(frozen=True, slots=True)
class SilentPrompt(Finding):
    """The line has a text without a word, or listens and has not said for what."""

    code = "silent-prompt"
    severity = Severity.REFUTED
    words = "On the line {name}, the caller hears nothing in the step {node} where something should be said; give it a text."
    node: str


@dataclass(frozen=True, slots=True)
class EndsWithout999(Finding):
    """A call can end without anybody, and without a word on 999."""

    code = "ends-without-999"
    severity = Severity.REFUTED
    words = "On the line {name}, the step {node} can end a call without saying to dial 9 9 9 in danger; put that into its text."
    node: str


@dataclass(frozen=True, slots=True)
class GoodbyeUnasked(Finding):
    """Goodbye is said to somebody who did not choose to end the call."""

    code = "goodbye-unasked"
    severity = Severity.REFUTED
    words = (
        "On the line {name}, the step {node} says goodbye to a caller who did not choose it from a menu; lead there by an "
        "option alone, and all other ways to a team or the safe message."
    )
    node: str


@dataclass(frozen=True, slots=True)
class NoCallBack(Finding):
    """A call-back is offered aloud, and the key leads elsewhere."""

    code = "no-call-back"
    severity = Severity.REFUTED
    words = (
        "On the line {name}, the step {node} offers a call-back and leads to {target}, which books none; name a step "
        "that does call-back."
    )
    node: str
    target: str


@dataclass(frozen=True, slots=True)
class Late999(Finding):
    """The first words of a call do not name 999 soon enough."""

    code = "late-999"
    severity = Severity.REFUTED
    words = "The line {name} does not say to dial 9 9 9 within its first {allowed} words; begin the opening with it."
    allowed: int


@dataclass(frozen=True, slots=True)
class LongPrompt(Finding):
    """More is said in one go than a caller remembers."""

    code = "long-prompt"
    severity = Severity.REFUTED
    words = (
        "On the line {name}, callers hear {words_said} words at once in the step {node}, {seconds} seconds; the plan "
        "allows {allowed} words."
    )
    node: str
    words_said: int
    seconds: int
    allowed: int


@dataclass(frozen=True, slots=True)
class LongWhisper(Finding):
    """A caller hears nothing for too long while whoever answered listens to the whisper."""

    code = "long-whisper"
    severity = Severity.REFUTED
    words = (
        "On the line {name}, the whisper of the step {node} takes {seconds} seconds, in which the caller hears nothing; "
        "{allowed} are allowed: shorten what is named, or the line's name."
    )
    node: str
    seconds: int
    allowed: int


@dataclass(frozen=True, slots=True)
class TooManySteps(Finding):
    """A caller may need more steps than the plan allows."""

    code = "too-many-steps"
    severity = Severity.REFUTED
    words = "On the line {name}, a call may take {steps} steps to its end; the plan allows {allowed}."
    steps: int
    allowed: int


@dataclass(frozen=True, slots=True)
class LateRing(Finding):
    """It takes too long until somebody's phone rings."""

    code = "late-first-ring"
    severity = Severity.REFUTED
    words = (
        "On the line {name}, {seconds} seconds may go by before the first phone rings, or before the safe message where "
        "none does; the plan allows {allowed}."
    )
    seconds: int
    allowed: int


@dataclass(frozen=True, slots=True)
class LateSafety(Finding):
    """It takes too long until a caller has somebody, or has heard the safe message."""

    code = "late-safety"
    severity = Severity.REFUTED
    words = (
        "On the line {name}, {seconds} seconds may go by before a caller has somebody or has heard the safe message; the "
        "plan allows {allowed}."
    )
    seconds: int
    allowed: int


@dataclass(frozen=True, slots=True)
class Uncovered(Finding):
    """There are minutes in which nobody rings for a caller who asks for nobody, and nobody has declared it."""

    code = "uncovered"
    severity = Severity.REFUTED
    words = (
        "The line {name} has nobody to ring for a caller who asks for nobody, first from {since} until {until}; enter "
        "who answers then, or declare the gap."
    )
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class NeverRung(Finding):
    """A ladder passes over a number that the policy refuses."""

    code = "never-rung"
    severity = Severity.REFUTED
    words = "On the line {name}, a number of {who} is never rung, since {denial}; correct it."
    who: str
    denial: Denial
