"""What would be different for callers? Who rings before and after, for every team of a line, over every stretch in which nothing
changes; and what the menus say. Told by team and period: routes are compared, never text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from ivr.choosable import named
from ivr.compared import NOTHING_CHOSEN, Change, Comparison, Side, compared, side
from ivr.moment import World
from ivr.period_words import Frame, period
from ivr.plan import Plan
from ivr.plan_words import plan_changes
from ivr.spans import Span, joined, within, without
from routing.ladder import Step

MOST_NAMED = 4
MOST_SENTENCES = 40

Told = tuple[str, tuple[Span, ...]]
"""What becomes of a route, and when."""


class Part(StrEnum):
    """What of a line is different."""

    LINE = "line"
    OPENING = "opening"
    ROUTE = "route"
    WORDS = "words"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference on a line: for whom (``who``), when (``period``, empty where it is no matter of time), and what becomes of it."""

    part: Part
    line: str
    who: tuple[str, ...]
    period: str
    change: str

    @property
    def sentence(self) -> str:
        """``Children & Families Exeter 1, Friday 16:00–17:00: 01392 384590 becomes Emergency Duty Team (0345 600 0388).``"""
        head = ", ".join(text for text in (_names(self.who), self.period) if text)
        text = f"{head}: {self.change}." if head else f"{self.change}."
        return text[0].upper() + text[1:]


def differences(
    before: World, after: World, lines: Iterable[str], since: datetime, until: datetime
) -> tuple[Difference, ...]:
    """Every difference for callers of some lines; at most ``MOST_SENTENCES``, and how many more there are."""
    frame = Frame(since.astimezone(UTC), until.astimezone(UTC), after.calendar.holidays)
    found: list[Difference] = []
    for line in lines:
        one, other = before.plans.of_line(line), after.plans.of_line(line)
        if one and other:
            found += _of_line(side(before, one), side(after, other), frame)
        elif one or other:
            found.append(Difference(Part.LINE, line, (), "", _came_or_went(line, other)))
    return _readable(found)


def _came_or_went(line: str, plan: Plan | None) -> str:
    return f"the line {plan.name} is new" if plan else f"the line {line} has no plan any more"


def _readable(found: list[Difference]) -> tuple[Difference, ...]:
    ranked = sorted(found, key=lambda one: list(Part).index(one.part))
    more = len(ranked) - MOST_SENTENCES
    rest = Difference(Part.MORE, "", (), "", f"and {more} more {'difference' if more == 1 else 'differences'}")
    return (*ranked[:MOST_SENTENCES], *([rest] if more > 0 else []))


def _of_line(before: Side, after: Side, frame: Frame) -> Iterator[Difference]:
    found = compared(before, after, frame.since, frame.until)
    yield from _openings(found, frame)
    yield from _routes(found, frame)
    for words in plan_changes(before, after):
        yield Difference(Part.WORDS, after.plan.line, (), "", words)


def _openings(found: Comparison, frame: Frame) -> Iterator[Difference]:
    line, name = found.after.plan.line, found.after.plan.name
    for spans, words in ((found.opening(), "open instead of closed"), (found.closing(), "closed instead of open")):
        if spans:
            yield Difference(Part.OPENING, line, (name,), period(spans, frame), words)


def _routes(found: Comparison, frame: Frame) -> Iterator[Difference]:
    for (words, spans), teams in _alike(found.changes()).items():
        yield Difference(Part.ROUTE, found.after.plan.line, _who(found, teams), _when(found, spans, frame), words)


def _alike(changes: Iterator[Change]) -> dict[Told, list[str]]:
    """The wishes by what becomes of them, and when. Where many teams' own numbers become the same phone, or the same phone becomes
    these, they are told as one."""
    told: dict[Told, list[str]] = {}
    own: dict[Told, set[str]] = {}
    for change in changes:
        told.setdefault((change.words, change.spans), []).append(change.team)
        if words := _of_their_own(change):
            own.setdefault((words, change.spans), set()).add(change.words)
    for (words, spans), single in own.items():
        if len(single) > MOST_NAMED:
            told[words, spans] = [team for each in list(told) for team in _taken(told, each, single, spans)]
    return told


def _taken(told: dict[Told, list[str]], each: Told, words: set[str], spans: tuple[Span, ...]) -> list[str]:
    return told.pop(each) if each[0] in words and each[1] == spans else []


def _of_their_own(change: Change) -> str:
    """The change without the team's own number, where it has one before or after."""
    before, becomes, after = change.words.partition(" becomes ")
    if not becomes or change.before is None or change.after is None:
        return ""
    if change.before.step is Step.DUTY and change.before.shift is None:
        return f"their own numbers become {after}"
    return f"{before} becomes their own numbers" if change.after.step is Step.DUTY and not change.after.shift else ""


def _who(found: Comparison, teams: list[str]) -> tuple[str, ...]:
    """The teams by their names; a line's default destination by itself, or with the team that it is."""
    plan = found.after.plan
    if set(teams) >= set(found.wishes) and len(teams) > 1:
        return (f"whoever calls {plan.name}",)
    names = dict.fromkeys(named(found.after.world, plan, team) for team in teams if team != NOTHING_CHOSEN)
    return tuple(names) or (f"{plan.name}, when nothing is chosen",)


def _when(found: Comparison, spans: tuple[Span, ...], frame: Frame) -> str:
    """A period in words; by the line's own hours where it follows them."""
    plan = found.after.plan
    own = plan.open_by == plan.day_by
    day, night = found.where(Side.is_day), found.where(Side.is_night)
    for these, others, words in ((day, night, "open" if own else "day"), (night, day, "closed" if own else "night")):
        told = f"the line is {words}" if own else f"it is {words}"
        if spans == these:
            return f"whenever {told}"
        coarse = _across(spans, others) if not without(spans, these) else spans
        if len(coarse) * MOST_NAMED <= len(spans):
            return f"{period(coarse, frame)}, while {told}"
    return period(spans, frame)


def _across(spans: tuple[Span, ...], between: tuple[Span, ...]) -> tuple[Span, ...]:
    """The stretches, with those joined between which there is nothing but such time."""
    whole = (within(spans, piece) for piece in joined((*spans, *between)))
    return tuple((inside[0][0], inside[-1][1]) for inside in whole if inside)


def _names(who: tuple[str, ...]) -> str:
    shown = who if len(who) <= MOST_NAMED else who[: MOST_NAMED - 1]
    parts = [*shown, *([f"{len(who) - len(shown)} more teams"] if len(shown) < len(who) else [])]
    return " and ".join(text for text in (", ".join(parts[:-1]), parts[-1]) if text) if parts else ""
