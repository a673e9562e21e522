"""How is a check told? What was proved and with what figures, what was refuted with the calls that show it, and the findings."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from textwrap import fill
from typing import Any

from admin.findings import finding_out
from directory.findings import SEVERITIES, Finding, Severity
from ivr.moment import World
from ivr.plan import ASSUMED
from ivr.proof.example import Example
from ivr.proof.gathering import Measured, Refutation
from ivr.proof.prove import Proof
from ivr.proof.scenes import AHEAD
from rehearsal.examples import told_example

HEADINGS = {
    Severity.REFUTED: "Refuted: something is promised that is not so",
    Severity.SERIOUS: "Serious: somebody may not be reached",
    Severity.DOUBTFUL: "Doubtful: ask, and put it right",
    Severity.NOTE: "Notes: assumed, or getting old",
}
PROVED = f"Proved, for every call that can be made in the next {AHEAD.days} days"
HOW = (
    "Every position that a call can come to was tried with the engine that answers calls: with every key and with none, with each "
    "phone answered, unanswered, engaged, dead or a mailbox, with nobody and with somebody at the desk, and with an emptied "
    "directory. Each call ends with a person, in a queue that has a bound, with a call-back or with the whole safe message. Nobody "
    "who makes no choice goes round. The first words name 999. No minute is uncovered that is not declared, and no number rings "
    "that the policy refuses. In brackets is what the plan allows."
)
NOTHING_PROVED = Proof(())
WIDTH = 110


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: problems of files that cannot be read, else findings, and the proof of every line. ``accepted`` counts the
    findings that somebody has accepted for a time, which are left out."""

    problems: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    proof: Proof = NOTHING_PROVED
    world: World | None = None
    accepted: int = 0

    @property
    def refuted(self) -> tuple[Refutation, ...]:
        """Everything that is refuted; what no proof was needed for stands last, without a call."""
        shown = [one.finding for one in self.proof.refuted]
        others = (one for one in self.findings if one.severity is Severity.REFUTED and one not in shown)
        return (*self.proof.refuted, *(Refutation(one) for one in others))

    @property
    def is_sound(self) -> bool:
        """Whether everything could be read, and nothing that is promised is refuted."""
        return not self.problems and not self.refuted


def told(checked: Checked) -> str:
    """What was found, in words: first what holds, then the rest, the worst first."""
    if checked.problems:
        return "\n".join(["Cannot be read:", *(f"  {problem}" for problem in checked.problems)])
    parts = [_proofs(checked) if checked.proof.measured else "", _refutations(checked)]
    parts += [_part(severity, checked.findings) for severity in SEVERITIES if severity is not Severity.REFUTED]
    return "\n\n".join([*(part for part in parts if part), _summary(checked)])


def _proofs(checked: Checked) -> str:
    wrong = {one.finding.at.slug for one in checked.refuted}
    proved = [_proved(one, checked.world) for one in checked.proof.measured if one.line not in wrong]
    return "\n".join(
        [
            PROVED,
            *(
                fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
                for text in (HOW, *proved)
            ),
        ]
    )


def _proved(one: Measured, world: World | None) -> str:
    plan = world.plans.of_line(one.line) if world else None
    budget = plan.budget if plan else ASSUMED
    return (
        f"{one.name}: {one.tried:,} steps at {one.positions:,} positions, in {one.situations} situations that stand for "
        f"{one.stretches:,} stretches of time. At most {one.steps} steps ({budget.steps}); the first phone rings within "
        f"{one.first_ring_seconds} s ({budget.first_ring_seconds}); within {one.safe_seconds} s ({budget.safe_seconds}) somebody "
        f"is there, or the safe message was heard."
    )


def _refutations(checked: Checked) -> str:
    lines = [line for one in checked.refuted for line in _refuted(one, checked.world)]
    return "\n".join([HEADINGS[Severity.REFUTED], *lines]) if lines else ""


def _refuted(one: Refutation, world: World | None) -> Iterator[str]:
    yield from _lines(one.finding)
    if one.example and world:
        yield "    This call shows it:"
        yield from (f"      {line}" for line in told_example(world, one.example).splitlines())


def _part(severity: Severity, found: Iterable[Finding]) -> str:
    lines = [line for one in found if one.severity is severity for line in _lines(one)]
    return "\n".join([HEADINGS[severity], *lines]) if lines else ""


def _lines(finding: Finding) -> list[str]:
    read = "; ".join(text for text in (finding.evidence.source, ", ".join(finding.evidence.points)) if text)
    about = f"    {finding.code}, {finding.at.kind} {finding.at.slug}"
    return [f"  {finding.sentence}", f"{about} ({read})" if read else about]


def _summary(checked: Checked) -> str:
    every = [*(one.finding for one in checked.refuted), *checked.findings]
    counts = {severity: sum(one.severity is severity for one in dict.fromkeys(every)) for severity in SEVERITIES}
    accepted = f"; {checked.accepted} more are accepted for a time" if checked.accepted else ""
    return ", ".join(f"{count} {severity}" for severity, count in counts.items()) + f"{accepted}."


def as_object(checked: Checked) -> dict[str, object]:
    """What was found, for machines."""
    return {
        "sound": checked.is_sound,
        "problems": list(checked.problems),
        "proofs": [_proof_out(one, checked) for one in checked.proof.measured],
        "refutations": [_refutation_out(one, checked.world) for one in checked.refuted],
        "findings": [_finding_out(one) for one in checked.findings if one.severity is not Severity.REFUTED],
        "accepted": checked.accepted,
    }


def _proof_out(one: Measured, checked: Checked) -> dict[str, Any]:
    plan = checked.world.plans.of_line(one.line) if checked.world else None
    sound = all(refuted.finding.at.slug != one.line for refuted in checked.refuted)
    return {"sound": sound, **asdict(one), "budget": asdict(plan.budget) if plan else {}}


def _refutation_out(one: Refutation, world: World | None) -> dict[str, Any]:
    told_ = told_example(world, one.example) if one.example and world else ""
    return {**_finding_out(one.finding), "example": _example_out(one.example) if one.example else None, "call": told_}


def _example_out(example: Example) -> dict[str, Any]:
    return {
        "line": example.line,
        "at": example.at.isoformat(),
        "caller": example.caller.e164 if example.caller else "anonymous",
        "keys": list(example.keys),
        "phones": [{"number": number.e164, "ends": how.value} for number, how in example.phones],
        "staffed": sorted(example.staffed),
        "emptied": example.emptied,
        "unanswered": example.unanswered,
    }


def _finding_out(finding: Finding) -> dict[str, Any]:
    return finding_out(finding).model_dump(mode="json")
