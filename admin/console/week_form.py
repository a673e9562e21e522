"""How are weekly hours shown as a table, a row for each day, and read back as the rule of a plan?"""

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from admin.console.forms import Wrong
from admin.console.step_fields import Field, fields_but
from admin.console.step_form import faults, flat, values
from admin.plan_text import Tables
from ivr.shape import HoursShape
from routing.hours import DAYS, WHOLE_DAY, Span, Week, week_from

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = ("opens", "closes", "again", "ends")
"""A day has at most two spans in the table; a rule with more is written as one text."""

PART_WORDS = {"opens": "Opens", "closes": "Closes", "again": "Opens again", "ends": "Closes again"}
ALWAYS = "always"
TIME = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")
UNREADABLE = "Weekly hours: “{part}” cannot be read; write it as Mon-Thu 09:00-17:00; Fri 09:00-16:00."
NO_TIME = "{day}: “{text}” is no time; write it as 09:00."
HALF = "{day}: give both when it opens and when it closes."


def table_of(rule: str) -> dict[str, str] | None:
    """The rule as the table's fields, ``mon-opens`` and so on; nothing where the table cannot show it."""
    week = week_from(rule)
    if isinstance(week, str) or rule.strip().lower() == ALWAYS or any(len(day) > 2 for day in week):
        return None
    return {name: value for day, spans in zip(DAYS, week, strict=True) for name, value in _day(day, spans).items()}


def _day(day: str, spans: tuple[Span, ...]) -> dict[str, str]:
    times = [_clock(minute) for span in spans for minute in (span.opens, span.closes)]
    return dict(zip((f"{day}-{part}" for part in PARTS), [*times, "", "", "", ""], strict=False))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def rule_in(form: Mapping[str, str], before: str) -> tuple[str, tuple[Wrong, ...]]:
    """The rule that a form means, and what is wrong with it. A rule that was typed outweighs the table."""
    if form.get("always"):
        return ALWAYS, ()
    typed = " ".join(form.get("week", "").split())
    if typed and (typed != before or not any(form.get(f"{day}-opens") for day in DAYS)):
        read = week_from(typed)
        return typed, (Wrong("week", UNREADABLE.format(part=read)),) if isinstance(read, str) else ()
    return _from_table(form, before)


def _from_table(form: Mapping[str, str], before: str) -> tuple[str, tuple[Wrong, ...]]:
    spans, wrong = [], []
    for day, name in zip(DAYS, NAMES, strict=True):
        times = [form.get(f"{day}-{part}", "") for part in PARTS]
        read = [_time(text) for text in times]
        if faults := _faults(day, name, times, read):
            wrong += faults
        spans.append(_spans([one for one in read if one]))
    rule = "; ".join(_grouped(spans))
    if not wrong and isinstance(read_back := week_from(rule), str):
        wrong.append(_order(read_back))
    return (before if week_from(rule) == week_from(before) else rule), tuple(wrong)


def _time(text: str) -> str | None:
    """``09:00`` of what was typed: ``9``, ``9:00``, ``9.00``; nothing where it is no time."""
    found = TIME.fullmatch(text.strip())
    if not found:
        return None if text.strip() else ""
    hour, minute = int(found[1]), int(found[2] or 0)
    return _clock(hour * 60 + minute) if minute < 60 and hour * 60 + minute <= WHOLE_DAY else None


def _faults(day: str, name: str, times: list[str], read: list[str | None]) -> list[Wrong]:
    pairs = list(zip(PARTS, times, read, strict=True))
    bad = [Wrong(f"{day}-{part}", NO_TIME.format(day=name, text=text)) for part, text, time in pairs if time is None]
    given = [bool(time) for time in read]
    half = given[0] != given[1] or given[2] != given[3] or (given[2] and not given[0])
    return bad or ([Wrong(f"{day}-opens", HALF.format(day=name))] if half else [])


def _spans(times: list[str]) -> str:
    return " ".join(f"{opens}-{closes}" for opens, closes in zip(times[::2], times[1::2], strict=False))


def _grouped(spans: list[str]) -> list[str]:
    """``Mon-Thu 09:00-17:00``: days in a row with the same hours are one part."""
    found = []
    for text, days in groupby(range(7), key=lambda day: spans[day]):
        first, *rest = days
        last = f"-{DAYS[rest[-1]].capitalize()}" if rest else ""
        found += [f"{DAYS[first].capitalize()}{last} {text}"] if text else []
    return found


def _order(part: str) -> Wrong:
    """What is left to be wrong in a table: no day is open, or a day closes before it opens."""
    if not part:
        return Wrong("mon-opens", "Monday: give at least one day on which it opens.")
    day = part.strip().lower()[:3]
    name = NAMES[DAYS.index(day)] if day in DAYS else NAMES[0]
    return Wrong(
        f"{day}-opens", f"{name}: each time must be later than the one before it; midnight at the end is 24:00."
    )


def told(week: Week) -> list[tuple[str, str]]:
    """Each day with its hours in words."""
    return [(name, " and ".join(f"{_clock(one.opens)} to {_clock(one.closes)}" for one in day) or "closed")
            for name, day in zip(NAMES, week, strict=True)]  # fmt: skip


def hours_fields() -> tuple[Field, ...]:
    """The fields of weekly hours beside the week itself."""
    return fields_but(HoursShape, ("week",))


def hours_flat(table: Tables) -> dict[str, str]:
    """Weekly hours as the form holds them: the rule, the table, and the rest."""
    rule = str(table.get("week", ""))
    days = table_of(rule) or {}
    return {
        "week": rule,
        "always": "yes" if rule.strip().lower() == ALWAYS else "",
        **days,
        **flat(hours_fields(), table),
    }


def hours_typed(form: Mapping[str, str]) -> dict[str, str]:
    """What was sent, trimmed."""
    days = [f"{day}-{part}" for day in DAYS for part in PARTS]
    names = ["week", "always", *days, *(one.name for one in hours_fields())]
    return {name: " ".join(form.get(name, "").split()) for name in names}


def hours_values(form: Mapping[str, str], before: Tables) -> tuple[dict[str, Any], tuple[Wrong, ...]]:
    """What the form says of each field, and what is wrong with the week."""
    rule, wrong = rule_in(form, str(before.get("week", "")))
    return {"week": rule, **values(hours_fields(), form, before)}, wrong


def hours_faults(given: Mapping[str, Any]) -> tuple[Wrong, ...]:
    """What is wrong with the rest."""
    return faults(HoursShape, given)
