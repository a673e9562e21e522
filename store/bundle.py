"""What do the authorities' folders hold? Read at the first start, and by rehearsals that need no database."""

import secrets
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from govuk_bank_holidays.bank_holidays import BankHolidays

from directory.importing import Border, read_csv
from directory.model import Authority, LineNumbers
from directory.numbers import ExtensionRule, Number, number_from
from directory.problems import Fault, Problem
from directory.snapshot import Change, Snapshot, written
from ivr.moment import World
from ivr.plan import HandOver, Plan, Plans
from ivr.reading import plan_from
from routing.calendar import calendar
from routing.clock import LONDON

T = TypeVar("T")


class BundleError(ValueError):
    """Folders that cannot be read; the message lists every problem, one a line."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that the folders hold: directory entries, and plans with their TOML."""

    directory: Snapshot
    plans: tuple[tuple[Plan, str], ...]

    def changes(self) -> tuple[Change, ...]:
        """The directory as changes of an empty one."""
        return tuple(written(entry) for entry in self.directory.entries())


def bundle(folders: tuple[Path, ...]) -> Bundle:
    """Read plans and samples; every problem of every file at once."""
    problems: list[str] = []
    directory = Snapshot()
    for path in _files(folders, "authority.toml"):
        directory = directory.changed(0, _read(path, problems, lambda path: list(_authority(path, problems)), ()))
    for name in ("teams.csv", "people.csv", "roles.csv"):
        for path in _files(folders, name):
            directory = directory.changed(0, _rows(path, directory, problems))
    plans = tuple(_plans(folders, directory, problems))
    problems += _crossing(directory, tuple(plan for plan, _ in plans))
    if problems:
        raise BundleError("\n".join(problems))
    return Bundle(directory, plans)


def world_of(found: Bundle, folders: tuple[Path, ...], keyed: Callable[[str], str]) -> World:
    """The world as the folders describe it."""
    plans = Plans().with_current(*(plan for plan, _ in found.plans))
    closures = found.directory.closures.values()
    return World(found.directory, plans, calendar(bank_holidays(folders), closures), keyed)


def bank_holidays(folders: tuple[Path, ...]) -> Mapping[date, str]:
    """England and Wales: the official file that the library bundles, and what was proclaimed since (plans/calendars)."""
    return {**_official(), **proclaimed(folders)}


@cache
def _official() -> Mapping[date, str]:
    official = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {holiday["date"]: holiday["title"] for holiday in official}


def proclaimed(folders: tuple[Path, ...]) -> Mapping[date, str]:
    """What was proclaimed at short notice, before the official list knows it (plans/calendars)."""
    known: dict[date, str] = {}
    for folder in folders:
        path = folder / "calendars" / "england-and-wales.toml"
        holidays = _toml(path).get("proclaimed", []) if path.exists() else []
        known |= {holiday["date"]: holiday["name"] for holiday in holidays}
    return known


def _files(folders: tuple[Path, ...], name: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.glob(f"*/{name}"))


def _toml(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _authority(path: Path, problems: list[str]) -> Iterator[Change]:
    table = _toml(path)
    rule = table.get("extensions")
    extensions = ExtensionRule(rule["digits"], rule["prefix"]) if rule else None
    yield written(Authority(table["slug"], table["name"], extensions))
    for line, texts in table.get("lines", {}).items():
        numbers = [number_from(text) for text in texts]
        problems += [f"{path}: lines.{line}: {text} is not a number" for text, number in zip(texts, numbers, strict=True)
                     if not isinstance(number, Number)]  # fmt: skip
        yield written(LineNumbers(line, tuple(number for number in numbers if isinstance(number, Number))))


def _read(path: Path, problems: list[str], read: Callable[[Path], T], otherwise: T) -> T:
    """What a file holds; one that is damaged or lacks a field is a problem with its name, never a traceback."""
    try:
        return read(path)
    except KeyError as fault:
        problems.append(f"{path}: {fault} is missing; add it.")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        problems.append(f"{path}: it cannot be read ({fault}).")
    return otherwise


def _crossing(directory: Snapshot, plans: tuple[Plan, ...]) -> Iterator[str]:
    """What no single file can know: lines, numbers and plans must fit together."""
    lines = [plan.line for plan in plans]
    yield from (f"line {line}: two plans are for it; keep one." for line in sorted(set(lines)) if lines.count(line) > 1)
    answered = [number.national for entry in directory.lines.values() for number in entry.numbers]
    twice = sorted({number for number in answered if answered.count(number) > 1})
    yield from (f"{number}: two lines answer it; leave it to one." for number in twice)
    planless = sorted(slug for slug, entry in directory.lines.items() if entry.numbers and slug not in lines)
    yield from (f"line {slug}: it has a number and no plan; add one." for slug in planless)
    for plan in plans:
        targets = {node.line for node in plan.nodes.values() if isinstance(node, HandOver)}
        yield from (
            f"plan {plan.line}: there is no line “{slug}” to hand over to." for slug in sorted(targets - set(lines))
        )


def _rows(path: Path, directory: Snapshot, problems: list[str]) -> tuple[Change, ...]:
    border = Border(LONDON, lambda: f"w-{secrets.token_hex(4)}")
    found = read_csv(_read(path, problems, lambda path: path.read_text(encoding="utf-8"), ""), directory, border)
    told = found.problems if _teams_are_read(path, problems) else _own(found.problems)
    problems += [f"{path}: {problem.sentence}" for problem in told]
    return found.changes


def _teams_are_read(path: Path, problems: list[str]) -> bool:
    """Whether the teams beside a file could be read: where not, it is not the file's fault that a team is unknown."""
    teams = path.with_name("teams.csv")
    return path == teams or not any(problem.startswith(f"{teams}:") for problem in problems)


def _own(problems: Iterable[Problem]) -> Iterator[Problem]:
    return (problem for problem in problems if problem.code is not Fault.UNKNOWN)


def _plans(folders: tuple[Path, ...], directory: Snapshot, problems: list[str]) -> Iterator[tuple[Plan, str]]:
    for path in (path for folder in folders for path in sorted(folder.glob("*/*.toml"))):
        if path.name == "authority.toml" or path.parent.name == "calendars":
            continue
        text = _read(path, problems, lambda path: path.read_text(encoding="utf-8"), "")
        plan = plan_from(text)
        if not isinstance(plan, Plan):
            problems += [f"{path}: {problem}" for problem in plan]
            continue
        unknown = sorted(plan.teams - directory.teams.keys()) if _teams_are_read(path, problems) else ()
        problems += [
            f"{path}: there is no team “{slug}” in the directory; add it or correct the name." for slug in unknown
        ]
        yield plan, text
