"""How does a test lint a few entries? In one line, on a Wednesday of the tests' week."""

from datetime import date

from directory.findings import Finding
from directory.lint import lint
from directory.model import Authority, DutyNumber, Entry, Source, Team
from directory.numbers import ExtensionRule, Number
from directory.snapshot import Snapshot, written
from routing.clock import LONDON
from tests.telling import at

NOW = at("Wed 10:00").astimezone(LONDON)
DEVON = Authority("devon", "Devon", ExtensionRule(4, "0139238"))
LANDLINE, MOBILE, ANOTHER = Number("+441392388481"), Number("+447790770713"), Number("+441392386961")


def read_at(line: int, printed: str = "", assumed: str = "") -> Source:
    return Source("Protocol", line, date(2026, 11, 24), assumed, printed)


def team(slug: str, *duties: DutyNumber | Number, name: str = "") -> Team:
    numbers = tuple(duty if isinstance(duty, DutyNumber) else DutyNumber(duty) for duty in duties)
    return Team(slug, name or slug.title(), "devon", duty_numbers=numbers)


def linted(*entries: Entry) -> list[Finding]:
    return list(lint(Snapshot().changed(1, [written(entry) for entry in (DEVON, *entries)]), NOW))


def sentences(*entries: Entry) -> dict[str, str]:
    """Code to sentence, of entries that give each code once."""
    found = linted(*entries)
    assert len({finding.code for finding in found}) == len(found), found
    return {finding.code: finding.sentence for finding in found}


def codes(*entries: Entry) -> list[str]:
    return [finding.code for finding in linted(*entries)]
