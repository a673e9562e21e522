"""How is a plan told to somebody who does not see the drawing? As lists in lists: each step once, with its ways on."""

from dataclasses import dataclass
from datetime import datetime

from admin.drawing.reached import reached
from admin.drawing.telling import Told, mark_of, state_words, title_of, told
from admin.drawing.tree import Branch, Limb, roots
from admin.drawing.ways import glance
from admin.drawing.weeks import week_words
from ivr.moment import Moment, World
from ivr.plan import Plan
from routing.hours import Holidays, Hours, verdict


@dataclass(frozen=True, slots=True)
class Onward:
    """A way on from a step: in words, whether it is open now, and the step itself (``step``) or where it is told (``there``)."""

    words: str
    live: bool
    slug: str
    title: str
    step: "Listed | None" = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A step, whether a caller can come to it at that moment, whether 0 leads to it, and its ways on."""

    told: Told
    reached: bool
    helps: bool
    ways: tuple[Onward, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the list, and what leads there."""

    words: str
    step: Listed


@dataclass(frozen=True, slots=True)
class Rule:
    """Hours of a plan: their week in words, how they stand at that moment, where they were read, and what was assumed."""

    name: str
    week: str
    state: str
    because: str
    source: str
    assumed: str


@dataclass(frozen=True, slots=True)
class Nested:
    """A whole plan in lists. ``safe`` is the step that every step that rings goes on at when nobody answers."""

    parts: tuple[Part, ...]
    hours: tuple[Rule, ...]
    safe: Onward


def listed(world: World, plan: Plan, at: datetime) -> Nested:
    """The plan at a moment."""
    here = glance(world, plan, at)
    known = reached(here)
    parts = tuple(Part(root.words, _step(root.branch, here, known)) for root in roots(here))
    safe = Onward("", live=True, slug=plan.safe, title=title_of(plan.nodes[plan.safe], here))
    return Nested(parts, tuple(_rule(rule, here) for rule in plan.hours.values()), safe)


def _step(branch: Branch, here: Moment, known: frozenset[str]) -> Listed:
    found = told(here.plan.nodes[branch.slug], here)
    onward = tuple(_onward(limb, here, known) for limb in branch.limbs)
    return Listed(found, branch.slug in known, branch.slug == here.plan.otherwise, onward)


def _onward(limb: Limb, here: Moment, known: frozenset[str]) -> Onward:
    title = title_of(here.plan.nodes[limb.way.to], here)
    step = _step(limb.branch, here, known) if limb.branch else None
    return Onward(limb.way.words, limb.way.live, limb.way.to, title, step)


def _rule(rule: Hours, here: Moment) -> Rule:
    found = verdict(rule, here.now, here.world.calendar)
    mark = mark_of(f"hours.{rule.name}", here.plan.marked)
    usual = "bank holidays as usual" if rule.holidays is Holidays.AS_USUAL else "closed on bank holidays"
    return Rule(
        rule.name,
        f"{week_words(rule)}; {usual}",
        state_words(found, rule, here),
        found.because.sentence,
        mark.source if mark else "",
        mark.assumed if mark else "",
    )
