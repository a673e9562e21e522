"""Is a plan fit to be published? What it names must be there, and nothing that is promised may be refuted, also by the lines that
hand over to it. A refutation is told as a call."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from admin.ports import Teller
from admin.problems import FieldProblem, ProblemError
from ivr.grid import handed_over
from ivr.moment import World
from ivr.plan import HandOver, Plan
from ivr.proof.gathering import Refutation
from ivr.proof.prove import Proof, prove

MOST_TOLD = 10
"""So many refutations are played as calls; the others are told in a sentence each."""

REFUTED = (
    "{} refuted; nothing was published. Each call below shows one: mend the plan or the directory, and publish again."
)
NO_AUTHORITY = "There is no authority “{}” in the directory; correct the name."
NO_TEAM = "There is no team “{}” in the directory; add it first, or correct the name."
NO_LINE = "There is no line “{}” to hand over to; publish its plan first, or correct the name."


@dataclass(frozen=True, slots=True)
class Told:
    """A promise that does not hold: the line, a code for machines, the sentence, and the call that shows it (empty: none is needed)."""

    line: str
    code: str
    sentence: str
    call: str


class RefutedError(ProblemError):
    """422: what would be published is refuted. Carries each refutation with its call."""

    def __init__(self, refuted: tuple[Told, ...]) -> None:
        many = "One promise is" if len(refuted) == 1 else f"{len(refuted)} promises are"
        errors = [FieldProblem(field=one.line, code=one.code, message=one.sentence) for one in refuted]
        super().__init__(HTTPStatus.UNPROCESSABLE_ENTITY, REFUTED.format(many), errors)
        self.refuted = refuted


def with_plan(world: World, plan: Plan) -> World:
    """The world in which a plan is in force."""
    return replace(world, plans=world.plans.with_current(plan))


def proof(before: World, after: World, lines: Iterable[str], own: str, now: datetime) -> Proof:
    """What is refuted of the line ``own``, and what is newly so of other ``lines``, which were as they are before; with the figures
    of ``own``."""
    others = sorted(set(lines) - {own})
    found = prove(after, [*([own] if own else ()), *others], now)
    beside = [one for one in found.refuted if one.finding.at.slug in others]
    known = {one.finding.sentence for one in prove(before, others, now).refuted} if beside else set[str]()
    old = [one for one in beside if one.finding.sentence in known]
    return Proof(
        tuple(one for one in found.refuted if one not in old), tuple(one for one in found.measured if one.line == own)
    )


def refuse_refuted(found: Iterable[Refutation], after: World, tell: Teller) -> None:
    """422 with each refutation and its call, if there is one."""
    known = told(found, after, tell)
    if known:
        raise RefutedError(known)


def told(found: Iterable[Refutation], world: World, tell: Teller) -> tuple[Told, ...]:
    """Refutations in words, the first of them with the calls that show them."""
    return tuple(_told(one, place, world, tell) for place, one in enumerate(found))


def _told(one: Refutation, place: int, world: World, tell: Teller) -> Told:
    call = tell(world, one.example) if one.example and place < MOST_TOLD else ""
    return Told(one.finding.at.slug, one.finding.code, one.finding.sentence, call)


def proved(world: World, plan: Plan, now: datetime) -> Proof:
    """The proof of a plan as if it were in force, and of the lines that hand over to it."""
    after = with_plan(world, plan)
    return proof(world, after, leading_to(after, {plan.line}), plan.line, now)


def refutations(world: World, plan: Plan, now: datetime) -> tuple[Refutation, ...]:
    """What would be refuted if this plan were in force."""
    return proved(world, plan, now).refuted


def leading_to(world: World, lines: Collection[str]) -> set[str]:
    """The lines from which a caller may come to one of these."""
    every = [plan for plan in map(world.plans.of_line, world.plans.current) if plan]
    return {plan.line for plan in every if any(one.line in lines for one in handed_over(world, [plan]))}


def unfit(world: World, plan: Plan) -> Iterator[FieldProblem]:
    """What the plan names and the directory does not hold."""
    if plan.authority not in world.directory.authorities:
        yield _problem("authority", NO_AUTHORITY.format(plan.authority))
    for team in sorted(plan.teams - world.directory.teams.keys()):
        yield _problem("team", NO_TEAM.format(team))
    for node in plan.nodes.values():
        if isinstance(node, HandOver) and node.line != plan.line and world.plans.of_line(node.line) is None:
            yield _problem(f"nodes.{node.slug}.line", NO_LINE.format(node.line))


def _problem(field: str, words: str) -> FieldProblem:
    return FieldProblem(field=field, code="unknown", message=f"{field}: {words}")
