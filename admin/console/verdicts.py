"""Would this text of a plan be published? Every problem of it, or the proof's verdict with the calls that refute it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from admin.console.pages import blueprint
from admin.plan_proof import Told, told, unfit, with_plan
from admin.ports import desk, newest_world, now
from ivr.moment import World
from ivr.plan import Plan
from ivr.proof.example import Example
from ivr.proof.gathering import Measured
from ivr.proof.prove import Proof, prove
from ivr.reading import PlanProblem, plan_from
from routing.clock import local
from store.drafts import Draft

MOST_CALLS = 5
LINE = re.compile(r"\s*(\d+:\d\d)\s+([A-Z]\w+)\s+(.+)")
MOST_PROVED = 32


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem of the text: in which step (empty: none), where, and the sentence."""

    step: str
    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """One line of a call that is told: when, who, and what; only the last where it is no event."""

    at: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """What a page says of a text: its problems, or what is refuted, or (neither) that it is proved."""

    plan: Plan | None
    world: World
    problems: tuple[PlacedProblem, ...] = ()
    refuted: tuple[Told, ...] = ()
    measured: Measured | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it would be published."""
        return not self.problems and not self.refuted


def verdict_of(draft: Draft, text: str, calls: int = MOST_CALLS) -> ShownVerdict:
    """The verdict of a text that a draft holds or would hold; so many calls are told."""
    world, plan = newest_world(), plan_from(text)
    if not isinstance(plan, Plan):
        return ShownVerdict(None, world, tuple(map(_placed, plan)))
    faults = [PlacedProblem("", one.field, one.message.removeprefix(f"{one.field}: ")) for one in unfit(world, plan)]
    problems, after = (*map(_placed, strange(plan, draft)), *faults), with_plan(world, plan)
    if problems:
        return ShownVerdict(plan, after, problems)
    found = _proved(world, plan, local(now()).date())
    refuted = (*told(found.refuted[:calls], after, desk().tell), *told(found.refuted[calls:], after, _silent))
    measured = next((one for one in found.measured if one.line == plan.line), None)
    return ShownVerdict(plan, after, (), refuted, measured)


@blueprint.app_template_filter("called")
def called(call: str) -> list[CallLine]:
    """A call that is told, line by line."""
    found = [(LINE.fullmatch(line), line.strip()) for line in call.splitlines() if line.strip()]
    return [CallLine(match[1], match[2], match[3]) if match else CallLine("", "", text) for match, text in found]


def strange(plan: Plan, draft: Draft) -> Iterator[PlanProblem]:
    """What a text may not say that is a draft of this line."""
    if plan.line != draft.line:
        yield PlanProblem("line", f"This is a draft of the line “{draft.line}”; leave its name.")
    if plan.authority != draft.authority:
        yield PlanProblem("authority", f"The line belongs to “{draft.authority}”; leave it there.")


@lru_cache(maxsize=MOST_PROVED)
def _proved(world: World, plan: Plan, _day: date) -> Proof:
    """A text is proved once a day in each world: the pages of a draft ask for it again and again. Lines that hand over to this one
    are looked at when it is published."""
    return prove(with_plan(world, plan), (plan.line,), now())


def _silent(_: World, __: Example) -> str:
    return ""


def _placed(problem: PlanProblem) -> PlacedProblem:
    kind, _, rest = problem.field.partition(".")
    return PlacedProblem(rest.partition(".")[0] if kind == "nodes" else "", problem.field, problem.sentence)
