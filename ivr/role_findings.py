"""Which findings are there about named roles? Each is a small type and one sentence; none names a worker."""

from dataclasses import dataclass

from directory.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class VacantRole(Finding):
    """Nobody holds a role, nobody stands in, and it has no number."""

    code = "vacant-role"
    severity = Severity.SERIOUS
    words = "The role {name} is vacant: {because}."
    because: str


@dataclass(frozen=True, slots=True)
class UnknownInRole(Finding):
    """A role is given to somebody who is not in the directory."""

    code = "unknown-in-role"
    severity = Severity.SERIOUS
    words = "The role {name} names {whom}, who is not in the directory and is passed over."
    whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleUnreached(Finding):
    """Somebody is named for a role, and nobody of them can be rung."""

    code = "role-unreached"
    severity = Severity.SERIOUS
    words = "Nobody is reached for the role {name} at this moment: whoever is named for it is away or has no number."


@dataclass(frozen=True, slots=True)
class NoDeputy(Finding):
    """A role that stands and falls with one person."""

    code = "no-deputy"
    severity = Severity.DOUBTFUL
    words = "The role {name} has no deputy and no number of its own; name who stands in while its holder is away."


@dataclass(frozen=True, slots=True)
class DeputyAway(Finding):
    """A deputy of a role is or will be away."""

    code = "deputy-away"
    severity = Severity.NOTE
    words = "Deputy {place} for the role {name} is away from {since} until {until}."
    place: int
    since: str
    until: str
