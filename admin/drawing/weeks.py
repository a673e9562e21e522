"""How is a weekly rule written for people? ``Mon–Thu 09:00–17:00; Fri 09:00–16:00``, days of the same hours together."""

from itertools import groupby

from routing.hours import DAYS, Hours, Span


def week_words(rule: Hours) -> str:
    """The open times of a week; a day that is not named is closed."""
    if all(day == (Span(0, 1440),) for day in rule.week):
        return "at all times"
    runs = [list(run) for _, run in groupby(range(len(DAYS)), key=lambda day: rule.week[day])]
    return "; ".join(f"{_days(run)} {_spans(rule.week[run[0]])}" for run in runs if rule.week[run[0]]) or "never"


def _days(run: list[int]) -> str:
    first, last = (DAYS[run[end]].capitalize() for end in (0, -1))
    return first if first == last else f"{first}–{last}"


def _spans(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{_clock(span.opens)}–{_clock(span.closes)}" for span in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
