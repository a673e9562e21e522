"""What is told of one step, in its box and in the lists? What it is called, what it says, and whom it rings at a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from directory.model import Source
from directory.search import MOBILE
from ivr.moment import Moment
from ivr.plan import (
    CallBack,
    Closing,
    Deadline,
    DialByName,
    Extension,
    Goodbye,
    HandOver,
    Marked,
    Menu,
    Message,
    Node,
    Priority,
    Queue,
    RingTeam,
    Safe,
    StaffOnly,
    Switch,
)
from ivr.speech import moment as spoken
from routing.deadlines import class_due
from routing.hours import Hours, Verdict, until, verdict
from routing.ladder import Circumstances, Fallbacks, Rung, Step, Wanted, ladder
from routing.reasons import NeverCloses, OutsideHours, WithinHours, clock_time


class Kind(StrEnum):
    """What sort of step it is; each sort has its colour."""

    ASKS = "asks"
    TURNS = "turns"
    RINGS = "rings"
    WAITS = "waits"
    SAYS = "says"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Verb:
    """What a step does: its sort, its name in the file (and that of its icon), and in words."""

    kind: Kind
    icon: str
    words: str


VERBS: dict[type[Node], Verb] = {
    Menu: Verb(Kind.ASKS, "menu", "Menu"),
    Switch: Verb(Kind.TURNS, "switch", "Open or closed"),
    Extension: Verb(Kind.ASKS, "extension", "Asks for an extension"),
    DialByName: Verb(Kind.ASKS, "dial-by-name", "Asks for a name"),
    RingTeam: Verb(Kind.RINGS, "ring", "Rings a team"),
    Queue: Verb(Kind.WAITS, "queue", "Queue at the desk"),
    Message: Verb(Kind.SAYS, "message", "Says"),
    Deadline: Verb(Kind.SAYS, "deadline", "Says a deadline"),
    CallBack: Verb(Kind.ENDS, "call-back", "Books a call-back"),
    HandOver: Verb(Kind.ENDS, "hand-over", "Hands over"),
    Safe: Verb(Kind.ENDS, "safe", "Safe message"),
    Goodbye: Verb(Kind.ENDS, "goodbye", "Says goodbye"),
    StaffOnly: Verb(Kind.ASKS, "staff-only", "Staff only"),
}


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone that rings: whose it is, its number or what is said instead, and whether it is the team's that was asked for."""

    who: str
    number: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One step. ``rings`` are whom it rings, in order; ``nobody`` says that it would ring nobody; ``line`` is where it hands over to."""

    slug: str
    verb: Verb
    title: str
    says: str = ""
    facts: tuple[str, ...] = ()
    rings: tuple[Phone, ...] = ()
    nobody: bool = False
    source: str = ""
    assumed: str = ""
    line: str = ""


def told(node: Node, here: Moment) -> Told:
    """A step as it is at a moment."""
    rings = tuple(_rings(node, here)) if isinstance(node, RingTeam) else ()
    source, assumed = _marks(node, here)
    return Told(
        node.slug,
        VERBS[type(node)],
        title_of(node, here),
        _says(node, here),
        tuple(_facts(node, here)),
        rings,
        isinstance(node, RingTeam) and not rings,
        source,
        assumed,
        node.line if isinstance(node, HandOver) and here.world.plans.of_line(node.line) else "",
    )


def title_of(node: Node, here: Moment) -> str:
    """What a step is called: its team, or the line that it leads to, else its name in the file."""
    match node:
        case RingTeam():
            return _capital(node.named or here.team(node.team).name)
        case HandOver():
            other = here.world.plans.of_line(node.line)
            return f"To {other.name if other else node.line}"
        case _:
            return _capital(node.slug.replace("-", " "))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _says(node: Node, here: Moment) -> str:
    match node:
        case Switch():
            return ""
        case Deadline():
            due = class_due(node.reply, here.now, node.cut_off, here.plan.day, here.world.calendar)
            return node.say.replace("{due}", spoken(due.promise, here.now))
        case RingTeam():
            reached = any(duty.in_force(here.now) for duty in here.team(node.team).duty_numbers)
            return node.say if reached else node.without_number or node.say
        case _:
            return node.say


def _rings(node: RingTeam, here: Moment) -> Iterator[Phone]:
    teams = here.world.directory.teams
    last_resort = tuple(teams[slug] for slug in here.plan.last_resort if slug in teams)
    fallbacks = Fallbacks(last_resort, teams.get(here.plan.night_team))
    wanted, now = Wanted(here.team(node.team)), Circumstances(here.now, here.day.state)
    climbed = ladder(here.world.directory, wanted, fallbacks, now)
    return (Phone(rung.who, _number(rung), rung.step is Step.DUTY) for rung in climbed.rungs)


def _number(rung: Rung) -> str:
    """An office's number; somebody's own and a mobile are nobody's to read in a drawing."""
    if rung.is_personal:
        return "whoever holds duty"
    number = rung.number.number
    return "a mobile" if number.e164.startswith(MOBILE) else number.national


def _facts(node: Node, here: Moment) -> Iterator[str]:  # noqa: C901  # one case per verb
    match node:
        case Switch():
            yield from _state(here.plan.hours[node.hours], here)
        case HandOver():
            yield _other_line(node, here)
        case Extension():
            yield f"{node.digits} digits. {_worker_rings(here)}"
        case DialByName():
            yield "Offered now." if here.offers(node.slug) else "Not offered now: by day only, once somebody is listed."
        case Queue():
            yield from _bounds(node)
        case CallBack():
            yield f"{node.about}. Within {node.within_hours} hours."
        case Deadline():
            yield f"A {node.reply} reply, cut-off {node.cut_off.minute // 60:02}:{node.cut_off.minute % 60:02}."
        case Safe():
            yield from _night_number(here)
        case StaffOnly():
            yield "Known by the number they call from, else by their PIN."
        case _:
            return


def _worker_rings(here: Moment) -> str:
    if here.day.is_open:
        return "Rings the worker, their manager, their team, then the last resort."
    return "Rings the night team alone." if here.plan.night_team else "Rings nobody at night."


def state_words(found: Verdict, rule: Hours, here: Moment) -> str:
    """``Open until Wed 25 Nov 2026 17:00``; nothing is said of an end that nobody sees."""
    changes = None if rule.always and not here.world.calendar.windows else until(rule, here.now, here.world.calendar)
    return f"{'Open' if found.is_open else 'Closed'}{f' until {clock_time(changes)}' if changes else ' at all times'}"


def _state(rule: Hours, here: Moment) -> Iterator[str]:
    found = verdict(rule, here.now, here.world.calendar)
    weekly = isinstance(found.because, WithinHours | OutsideHours | NeverCloses)
    because = "" if weekly else f" {found.because.sentence}"
    yield f"{state_words(found, rule, here)} by the hours “{rule.name}”.{because}"


def _other_line(node: HandOver, here: Moment) -> str:
    other = here.world.plans.of_line(node.line)
    if other is None:
        return f"The line “{node.line}” is not here."
    return f"That line is {'open' if verdict(other.opens, here.now, here.world.calendar).is_open else 'closed'} then."


def _bounds(node: Queue) -> Iterator[str]:
    yield "Answered before advice." if node.priority is Priority.RISK else "Answered after those at risk."
    yield f"At most {node.most_waiting} wait, at most {node.longest_seconds // 60} minutes each."
    if node.closing is Closing.HAND_OVER:
        yield "Whoever waits when the day ends goes on."


def _night_number(here: Moment) -> Iterator[str]:
    team = here.team(here.plan.night_team) if here.plan.night_team else None
    if team and any(duty.in_force(here.now) for duty in team.duty_numbers):
        yield f"Says the number of {team.name}."


def _marks(node: Node, here: Moment) -> tuple[str, str]:
    """Where a step was read and what had to be assumed; of a team without such a mark, where its number was read."""
    mark = mark_of(f"nodes.{node.slug}", here.plan.marked)
    if mark or not isinstance(node, RingTeam):
        return (mark.source, mark.assumed) if mark else ("", "")
    sources = (duty.source for duty in here.team(node.team).duty_numbers if duty.source)
    return next(((_read(source), source.assumed) for source in sources), ("", ""))


def mark_of(place: str, marked: tuple[Marked, ...]) -> Marked | None:
    """What had to be assumed of a part of a plan."""
    return next((mark for mark in marked if mark.place == place), None)


def _read(source: Source) -> str:
    return f"{source.document}, line {source.line}" if source.line else source.document
