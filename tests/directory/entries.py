"""Which entries does Hypothesis draw? Every kind, every field, at its default and away from it."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from directory.model import (
    Absence,
    Accept,
    Authority,
    BankHolidays,
    CallerId,
    Closure,
    DutyNumber,
    Effect,
    Entry,
    LineNumbers,
    Listing,
    Person,
    Role,
    Shift,
    Source,
    Team,
)
from directory.numbers import ExtensionRule, Number
from routing.clock import LONDON

SLUGS = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
WORDS = st.text(max_size=20)
NAMES = st.text(min_size=1, max_size=20)
NUMBERS = st.from_regex(r"\+4420794[0-9]{6}|\+447[0-9]{9}", fullmatch=True).map(Number)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # Hypothesis adds the zone
WALL_MOMENTS = MOMENTS | MOMENTS.map(lambda at: at.astimezone(LONDON))
DAYS = st.dates()
ACCEPTS = st.sampled_from(Accept)

SOURCES = st.builds(Source, WORDS, st.none() | st.integers(0, 999), st.none() | DAYS, WORDS, WORDS)
DUTY_NUMBERS = st.builds(
    DutyNumber,
    NUMBERS,
    ACCEPTS,
    st.none() | WALL_MOMENTS,
    st.none() | WALL_MOMENTS,
    WORDS,
    st.sampled_from(CallerId),
    st.none() | st.integers(0, 99),
    st.none() | SOURCES,
)
RULES = st.builds(ExtensionRule, st.integers(2, 6), st.from_regex(r"0[0-9]{6}", fullmatch=True))
EXCEPTIONS = st.lists(st.tuples(NUMBERS.map(lambda number: number.e164), WORDS), max_size=2).map(tuple)
AUTHORITIES = st.builds(
    Authority, SLUGS, NAMES, st.none() | RULES, EXCEPTIONS, st.from_regex(r"[0-9]{0,6}", fullmatch=True)
)
SHIFTS = st.builds(Shift, WALL_MOMENTS, WALL_MOMENTS, NUMBERS | SLUGS, WORDS)
TEAMS = st.builds(
    Team,
    SLUGS,
    NAMES,
    SLUGS,
    WORDS,
    WORDS,
    st.lists(NAMES, max_size=3).map(tuple),
    st.lists(DUTY_NUMBERS, max_size=3).map(tuple),
    st.none() | SOURCES,
    st.lists(SHIFTS, max_size=3).map(tuple),
)
ABSENCES = st.builds(Absence, WALL_MOMENTS, WALL_MOMENTS, st.none() | SLUGS)
PEOPLE = st.builds(
    Person,
    SLUGS,
    NAMES,
    SLUGS,
    st.none() | st.from_regex(r"[0-9]{2,6}", fullmatch=True),
    st.lists(NUMBERS, max_size=3).map(tuple),
    ACCEPTS,
    st.none() | SLUGS,
    st.lists(ABSENCES, max_size=2).map(tuple),
    st.sampled_from(Listing),
)
ROLES = st.builds(
    Role,
    SLUGS,
    NAMES,
    SLUGS,
    st.none() | SLUGS,
    st.none() | SLUGS,
    st.lists(SLUGS, max_size=3).map(tuple),
    st.lists(NUMBERS, max_size=2).map(tuple),
    st.none() | SOURCES,
)
LENGTHS = st.integers(1, 10_000).map(lambda minutes: timedelta(minutes=minutes))
CLOSURES = st.builds(
    lambda slug, effect, since, length, reason, authority, line, rrule: Closure(
        slug, effect, since, since + length, reason, authority, line, rrule
    ),
    SLUGS,
    st.sampled_from(Effect),
    MOMENTS,
    LENGTHS,
    NAMES,
    st.none() | SLUGS,
    st.none() | SLUGS,
    st.sampled_from(["", "FREQ=WEEKLY;COUNT=3"]),
)
LINES = st.builds(LineNumbers, SLUGS, st.lists(NUMBERS, max_size=3).map(tuple))
HOLIDAYS = st.builds(BankHolidays, SLUGS, st.lists(st.tuples(DAYS, NAMES), max_size=3).map(tuple))
ENTRIES: SearchStrategy[Entry] = st.one_of(AUTHORITIES, TEAMS, PEOPLE, ROLES, CLOSURES, LINES, HOLIDAYS)
