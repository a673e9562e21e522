"""Which numbers ring on a line if nobody can look at a clock? The day's number, then the night's; and until when is that right?

A file that knows no clock rings standing numbers of offices. A number with an end, or the phone of whoever holds duty, stands in it
only where there is no other, and then the file says when it ends.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from directory.model import Accept
from directory.numbers import Number
from ivr.grid import Stretch
from routing.ladder import Step
from webhooks.ahead import Ahead, Phone, phones_of

USUAL = timedelta(days=7)
"""A week shows which number is the usual one of the day, and which of the night."""

UNSEEN, PHONE_ENDS, ROUTE_CHANGES = "nobody has looked further ahead", "a number in it ends", "another number is due"
STAND_IN = "a number that stands in begins or ends"


@dataclass(frozen=True, slots=True)
class GoodUntil:
    """A moment from which something may be wrong, and why."""

    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Unclocked:
    """The phones in order, the night's among them, and until when they are the right ones."""

    phones: tuple[Phone, ...]
    night: Phone | None
    good: GoodUntil


def unclocked(ahead: Ahead) -> Unclocked:
    """What a line's file without a clock rings."""
    day, night = (_usual(ahead, _of(ahead, is_day=is_day)) for is_day in (True, False))
    chosen = _once(phone for phone in (_stand_in(ahead), _holder(ahead, day, night), day, night) if phone)
    phones = tuple(replace(phone, accept=Accept.CONNECT) if phone is chosen[-1] else phone for phone in chosen)
    return Unclocked(phones, night, _good(ahead, chosen))


def _of(ahead: Ahead, *, is_day: bool) -> list[Stretch]:
    """The days, or the nights, of the next week; where that has none, of all the time ahead."""
    found = [stretch for stretch in ahead.stretches if ahead.is_day(stretch) is is_day]
    return [stretch for stretch in found if stretch.since < ahead.since + USUAL] or found


def _usual(ahead: Ahead, stretches: Iterable[Stretch]) -> Phone | None:
    """Of the team that is rung first, the standing phone; else the one that rings first. Of several, that with the most hours."""
    standing: Counter[Phone] = Counter()
    dated: Counter[Phone] = Counter()
    for stretch in stretches:
        phones = list(_phones(ahead, stretch))
        of_team = [phone for phone in phones if phone.who == phones[0].who]
        stands = next((phone for phone in of_team if phone.stands), None)
        for phone in [stands] if stands else of_team[:1]:
            (standing if stands else dated)[phone] += int((stretch.until - stretch.since).total_seconds())
    return next((phone for found in (standing, dated) for phone, _ in found.most_common(1)), None)


def _phones(ahead: Ahead, stretch: Stretch) -> Iterator[Phone]:
    """The phones of a stretch that may stand in the file now: neither those that stand in, nor those not in force yet."""
    climbed = ahead.route(stretch).ladder
    for rung, phone in zip(climbed.rungs, phones_of(climbed, ahead.world, ahead.plan), strict=True):
        begins = max((at for at in (rung.number.since, rung.shift.since if rung.shift else None) if at), default=None)
        if rung.step is not Step.STAND_IN and (begins is None or begins <= ahead.since):
            yield replace(phone, accept=rung.number.accept)


def _stand_in(ahead: Ahead) -> Phone | None:
    """The number that stands in for the line at this moment."""
    climbed = ahead.route(ahead.stretches[0]).ladder
    found = zip(climbed.rungs, phones_of(climbed, ahead.world, ahead.plan), strict=True)
    return next((phone for rung, phone in found if rung.step is Step.STAND_IN), None)


def _holder(ahead: Ahead, *usual: Phone | None) -> Phone | None:
    """Whoever holds duty at this moment for a team that has no usual phone: its rota has gaps, and others stand behind."""
    first = next(_phones(ahead, ahead.stretches[0]), None)
    known = {phone.who for phone in usual if phone}
    return first if first and not first.stands and first.who not in known else None


def _once(phones: Iterable[Phone]) -> list[Phone]:
    """Each number once, where it comes first."""
    found: dict[Number, Phone] = {}
    for phone in phones:
        found.setdefault(phone.number, phone)
    return list(found.values())


def _good(ahead: Ahead, chosen: Iterable[Phone]) -> GoodUntil:
    ends = [GoodUntil(phone.ends, PHONE_ENDS) for phone in chosen if phone.ends]
    stand_in = ahead.world.overrides.get(ahead.plan.line)
    bounds = (stand_in.since, stand_in.until) if stand_in else ()
    ends += [GoodUntil(at, STAND_IN) for at in bounds if at > ahead.since]
    other = _another(ahead)
    ends += [GoodUntil(other, ROUTE_CHANGES)] if other else []
    return min(ends, key=lambda end: end.at, default=GoodUntil(ahead.until, UNSEEN))


def _another(ahead: Ahead) -> datetime | None:
    """When a standing number comes first that does not in the next week."""
    week = {
        number
        for stretch in ahead.stretches
        if stretch.since < ahead.since + USUAL
        for number in _firsts(ahead, stretch)
    }
    later = (stretch for stretch in ahead.stretches if stretch.since >= ahead.since + USUAL)
    return next((stretch.since for stretch in later if set(_firsts(ahead, stretch)) - week), None)


def _firsts(ahead: Ahead, stretch: Stretch) -> tuple[str, ...]:
    """The first number of an office in a stretch, with whether it is by day."""
    climbed = ahead.route(stretch).ladder
    found = (rung for rung in climbed.rungs if rung.step is not Step.STAND_IN and not rung.shift)
    first = next(found, None)
    return (f"{ahead.is_day(stretch)} {first.number.number.e164}",) if first else ()
