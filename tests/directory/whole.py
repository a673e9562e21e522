"""Which whole directories does Hypothesis draw? Everything fits together, and every field of every kind is drawn.

A strategy names the fields of its dataclass, and ``built`` refuses one that leaves a field out: a field that is added to the model
must be drawn here, and so must come back from a file.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from directory.holiday_rows import DIVISION
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
from directory.rota import in_order
from directory.snapshot import Kind, Snapshot, written

T = TypeVar("T")
AUTHORITIES, LINES = ("devon", "derby"), ("devon", "derby", "derby-consultation")
TEAMS, PEOPLE = ("north", "south", "east"), ("w-1", "w-2", "w-3")
KEPT = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
TEXTS = st.text(KEPT, max_size=20).map(str.strip)
NAMES = TEXTS.filter(bool)
RUNG = ["+441392388481", "+442079460201", "+447790770713", "+443451551071", "+448081570000", "+441629532600"]
NUMBERS = st.sampled_from(RUNG).map(Number)
OURS = [Number(f"+4420794601{n:02d}") for n in range(6)]
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # Hypothesis adds the zone
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
LENGTHS = st.timedeltas(timedelta(microseconds=1), timedelta(days=400))


def built(kind: type[T], **drawn: SearchStrategy[Any]) -> SearchStrategy[T]:
    """Things of a dataclass all of whose fields are drawn."""
    assert set(drawn) == {field.name for field in fields(kind)}, kind  # type: ignore[arg-type]
    return st.builds(kind, **drawn)


def maybe(drawn: SearchStrategy[T]) -> SearchStrategy[T | None]:
    return st.none() | drawn


def several(drawn: SearchStrategy[T], most: int = 3, *, unique: bool = False) -> SearchStrategy[tuple[T, ...]]:
    return st.lists(drawn, max_size=most, unique=unique).map(tuple)


@st.composite
def spans(draw: DrawFn, /, kind: type[T], **drawn: SearchStrategy[Any]) -> T:
    """Things that have a beginning, and an end after it."""
    assert {*drawn, "since", "until"} == {field.name for field in fields(kind)}, kind  # type: ignore[arg-type]
    since = draw(MOMENTS)
    made: Callable[..., T] = kind
    return made(since=since, until=since + draw(LENGTHS), **{name: draw(one) for name, one in drawn.items()})


SOURCES = built(
    Source, document=NAMES, line=maybe(st.integers(0, 999)), read=maybe(DAYS), assumed=TEXTS, printed=TEXTS
)  # fmt: skip
ALWAYS = built(
    DutyNumber, number=NUMBERS, accept=st.sampled_from(Accept), since=maybe(MOMENTS), until=st.none(), note=TEXTS,
    caller_id=st.sampled_from(CallerId), at_once=maybe(st.integers(1, 99)), source=maybe(SOURCES),
)  # fmt: skip
DATED = spans(
    DutyNumber, number=NUMBERS, accept=st.sampled_from(Accept), note=TEXTS, caller_id=st.sampled_from(CallerId),
    at_once=maybe(st.integers(1, 99)), source=maybe(SOURCES),
)  # fmt: skip
TURNS = spans(Shift, who=NUMBERS | st.sampled_from(PEOPLE), note=TEXTS)
EXCEPTIONS = st.dictionaries(st.sampled_from(["+448444960000", "+448456000388"]), NAMES).map(
    lambda kept: tuple(kept.items())
)
RULES = built(ExtensionRule, digits=st.integers(2, 6), prefix=st.from_regex("0[1-9][0-9]{4}", fullmatch=True))


def authorities(slug: str) -> SearchStrategy[Authority]:
    pins = st.text("abcXYZ019-_=", max_size=20)
    return built(
        Authority, slug=st.just(slug), name=NAMES, extensions=maybe(RULES), exceptions=EXCEPTIONS, staff_pin=pins
    )


def teams(slug: str) -> SearchStrategy[Team]:
    return built(
        Team, slug=st.just(slug), name=NAMES, authority=st.sampled_from(AUTHORITIES), area=TEXTS, service=TEXTS,
        aliases=several(NAMES), duty_numbers=several(ALWAYS | DATED), source=maybe(SOURCES), rota=several(TURNS).map(in_order),
    )  # fmt: skip


def people(slug: str) -> SearchStrategy[Person]:
    """The extension is the person's own; the manager is the one before, so that nobody is their own."""
    at = PEOPLE.index(slug)
    extensions = maybe(st.sampled_from([f"{digit}{at}27" for digit in "0123"]))
    managers = maybe(st.sampled_from(PEOPLE[:at])) if at else st.none()
    absences = spans(Absence, cover=maybe(st.sampled_from([one for one in PEOPLE if one != slug])))
    return built(
        Person, slug=st.just(slug), name=NAMES, team=st.sampled_from(TEAMS), extension=extensions,
        numbers=several(NUMBERS, unique=True), accept=st.sampled_from(Accept), manager=managers, away=several(absences),
        listed=st.sampled_from(Listing),
    )  # fmt: skip


@st.composite
def roles(draw: DrawFn, slug: str, directory: Snapshot) -> Role:
    team = draw(st.sampled_from(TEAMS))
    held = draw(several(st.sampled_from(PEOPLE), unique=True))
    return draw(
        built(
            Role,
            slug=st.just(slug),
            name=NAMES,
            authority=st.just(directory.teams[team].authority),
            team=maybe(st.just(team)),
            holder=st.just(held[0] if held else None),
            deputies=st.just(held[1:]),
            numbers=several(NUMBERS, unique=True),
            source=maybe(SOURCES),
        )
    )


def closures(slug: str) -> SearchStrategy[Closure]:
    return spans(
        Closure, slug=st.just(slug), effect=st.sampled_from(Effect), reason=NAMES, authority=maybe(st.sampled_from(AUTHORITIES)),
        line=maybe(st.sampled_from(LINES)), rrule=st.sampled_from(["", "FREQ=WEEKLY;BYDAY=WE;COUNT=3"]),
    )  # fmt: skip


@st.composite
def lines(draw: DrawFn) -> list[LineNumbers]:
    """No number is answered by two."""
    owners: Mapping[Number, str] = {
        number: draw(st.sampled_from(LINES)) for number in draw(several(st.sampled_from(OURS), 6))
    }
    made = {line: tuple(number for number, owner in owners.items() if owner == line) for line in LINES}
    return [draw(built(LineNumbers, slug=st.just(line), numbers=st.just(numbers))) for line, numbers in made.items()]


@st.composite
def holidays(draw: DrawFn) -> list[BankHolidays]:
    years = range(2026, 2026 + draw(st.integers(0, 2)))
    days = tuple((date(year, month, 1), draw(NAMES)) for year in years for month in range(1, 9))
    return [draw(built(BankHolidays, slug=st.just(DIVISION), days=st.just(days)))] if days else []


@st.composite
def directories(draw: DrawFn) -> Snapshot:
    """A directory in which everything that is named is there."""
    first: list[Entry] = [
        *map(draw, map(authorities, AUTHORITIES)),
        *map(draw, map(teams, TEAMS)),
        *map(draw, map(people, PEOPLE)),
    ]
    directory = Snapshot().changed(1, map(written, first))
    then: list[Entry] = [
        draw(roles("lead", directory)),
        draw(roles("navigator", directory)),
        *map(draw, map(closures, ("c-1", "c-2"))),
    ]
    return directory.changed(1, map(written, [*then, *draw(lines()), *draw(holidays())]))


def contents(directory: Snapshot) -> Mapping[Kind, Mapping[str, object]]:
    """Everything of a directory."""
    return {kind: dict(directory.of(kind)) for kind in Kind}
