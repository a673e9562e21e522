"""Which days and whose calls does a report ask for? Read, or refused with every fault at its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from admin.lines import plans_in_force
from admin.problems import Faults, invalid
from admin.report_shapes import BY, CallReportQuery
from ivr.moment import World
from ivr.plan import Plan
from routing.days import Days

NO_DAY = "“{given}” is not a day; write it as 2026-11-02, or leave it out."
WRONG_WAY = "it comes before “from” ({first}); give that day or a later one."
TO_COME = "{given} is still to come; give today ({today}) or a day before it."
TOO_LONG = "from {first} on these are {length} days; give a day before {most}, for a report covers at most two years."
TOO_MANY_DAYS = "{length} days are too many to be told apart; give at most {most}, or tell them apart by hour or line."
NO_AUTHORITY = "there is no authority “{given}”; give one of {known}, or leave it out."
NO_LINE = "there is no line “{given}” here; give one of {known}, or leave it out."
NO_WAY = "“{given}” is no way to tell calls apart; give one of {known}."
YEARS = range(2000, 2101)
MOST_DAYS, MOST_BY_DAY = 731, 92
LONGEST_ECHO = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is about; ``lines`` and ``authorities`` none: no limit."""

    days: Days
    by: str
    authority: str = ""
    line: str = ""
    lines: tuple[str, ...] | None = None
    authorities: tuple[str, ...] | None = None


def asked_for(query: CallReportQuery, world: World, today: date) -> Asked:
    """What is asked for. 422."""
    faults = Faults()
    days = _days(query, today, faults)
    by = _one_of("by", query.by, BY, NO_WAY, faults)
    if days and by == "day" and days.length > MOST_BY_DAY:
        faults.say("by", "long", TOO_MANY_DAYS.format(length=days.length, most=MOST_BY_DAY))
    lines, authorities = whose(query.authority, query.line, world, faults)
    if faults.found or days is None:
        raise invalid(faults.found)
    return Asked(days, by, query.authority, query.line, lines, authorities)


def whose(
    authority: str, line: str, world: World, faults: Faults
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """The lines and authorities to which a report is limited. What is left out limits nothing."""
    plans = {plan.line: plan for plan in plans_in_force(world)}
    if authority:
        _one_of("authority", authority, world.directory.authorities, NO_AUTHORITY, faults)
        plans = {slug: plan for slug, plan in plans.items() if plan.authority == authority}
    if line:
        _one_of("line", line, plans, NO_LINE, faults)
        return (line,), _owners(plans, line)
    return (tuple(plans), (authority,)) if authority else (None, None)


def _owners(plans: Mapping[str, Plan], line: str) -> tuple[str, ...]:
    return (plans[line].authority,) if line in plans else ()


def _one_of(field: str, given: str, known: "Mapping[str, object] | tuple[str, ...]", words: str, faults: Faults) -> str:
    if given not in known:
        faults.say(field, "choice", words.format(given=given[:LONGEST_ECHO], known=", ".join(sorted(known))))
    return given


def _days(query: CallReportQuery, today: date, faults: Faults) -> Days | None:
    last = _day("until", query.until, today, faults) if query.until else today
    first = _day("from", query.since, today, faults) if query.since else last and last.replace(day=1)
    if first is None or last is None:
        return None
    found = Days(first, last)
    if last < first:
        faults.say("until", "order", WRONG_WAY.format(first=first))
    elif found.length > MOST_DAYS:
        most = first.fromordinal(first.toordinal() + MOST_DAYS)
        faults.say("until", "long", TOO_LONG.format(first=first, length=found.length, most=most))
    return found


def _day(field: str, given: str, today: date, faults: Faults) -> date | None:
    try:
        found = date.fromisoformat(given)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS or found.isoformat() != given:
        faults.say(field, "day", NO_DAY.format(given=given[:LONGEST_ECHO]))
        return None
    if found > today:
        faults.say(field, "to-come", TO_COME.format(given=found, today=today))
        return None
    return found
