"""What is a finding: what it is about, how much it matters, where it was read, and in which words it is said?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import ClassVar

from directory.model import Source
from directory.numbers import Number
from directory.policy import Denial
from directory.problems import sentence as refusal

OPEN_POINT = re.compile(r"\bX\d+\b")


class Severity(StrEnum):
    """How much a finding matters, the worst first."""

    REFUTED = "refuted"
    SERIOUS = "serious"
    DOUBTFUL = "doubtful"
    NOTE = "note"


SEVERITIES: tuple[Severity, ...] = tuple(Severity)


class Subject(StrEnum):
    """What a finding is about."""

    AUTHORITY = "authority"
    TEAM = "team"
    PERSON = "person"
    ROLE = "role"
    LINE = "line"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: the entry by kind and slug, its authority (empty: all of them), and what people call it."""

    kind: Subject
    slug: str
    authority: str
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the value was read (``document, lines 24 and 79``; empty: nowhere), and the open points of the sources (``X1``)."""

    source: str = ""
    points: tuple[str, ...] = ()


def evidence(sources: Iterable[Source | None], texts: Iterable[str], among: frozenset[str] = frozenset()) -> Evidence:
    """The sources in words, and the open points that the texts name; only those ``among`` where any are given."""
    read: dict[str, list[int]] = {}
    for source in sources:
        if source and source.document:
            read.setdefault(source.document, []).extend([source.line] if source.line else [])
    named = dict.fromkeys(point for text in texts for point in OPEN_POINT.findall(text))
    cited = "; ".join(_cited(document, sorted(set(lines))) for document, lines in read.items())
    return Evidence(cited, tuple(point for point in named if not among or point in among))


def _cited(document: str, lines: list[int]) -> str:
    one_or_more = "line" if len(lines) == 1 else "lines"
    return f"{document}, {one_or_more} {listed([str(line) for line in lines])}" if lines else document


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: ``code`` for machines, ``words`` in which the fields stand in braces, ``points`` it was made for."""

    code: ClassVar[str]
    severity: ClassVar[Severity]
    words: ClassVar[str]
    made_for: ClassVar[frozenset[str]] = frozenset()

    at: Place
    evidence: Evidence

    @property
    def sentence(self) -> str:
        """The finding in words. It may hold a team's numbers, never a worker's name or number."""
        shown = {field.name: _shown(getattr(self, field.name)) for field in fields(self)}
        text = self.words.format(**{**shown, "name": self.at.name})
        return text[0].upper() + text[1:]

    @property
    def rank(self) -> tuple[int, str, str, str]:
        """The order in which findings are told: the worst first, then by authority, code and entry."""
        return (SEVERITIES.index(self.severity), self.at.authority, self.code, self.at.slug)


def _shown(value: object) -> object:
    match value:
        case Number():
            return value.national
        case Denial():
            return refusal(value, "it").removesuffix(".").replace("“it”", "it", 1)
        case date():
            return f"{value:%-d %B %Y}"
        case tuple():
            return listed([str(_shown(one)) for one in value])
        case _:
            return value


MOST_LISTED = 5


def listed(words: list[str]) -> str:
    """``a, b and c``; of a long list the first ones and how many more."""
    if len(words) > MOST_LISTED:
        words = [*words[: MOST_LISTED - 1], f"{len(words) - MOST_LISTED + 1} more"]
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last
