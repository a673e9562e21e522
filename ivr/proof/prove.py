"""What is proved of some lines, and what is refuted?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from directory.findings import Finding, Severity
from ivr.lint import findings
from ivr.moment import World
from ivr.proof.example import Example


@dataclass(frozen=True, slots=True)
class Refutation:
    """A promise that does not hold: the finding, and a call that shows it (none where no call is needed to see it)."""

    finding: Finding
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a proof: every refutation, the worst first."""

    refuted: tuple[Refutation, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is refuted."""
        return not self.refuted


def prove(world: World, lines: Iterable[str], now: datetime) -> Proof:
    """The proof of some lines over the 400 days from ``now``."""
    asked = frozenset(lines)
    found = (one for one in findings(world, now) if one.severity is Severity.REFUTED and one.at.slug in asked)
    return Proof(tuple(Refutation(one) for one in found))
