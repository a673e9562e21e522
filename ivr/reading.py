"""Is this TOML a call plan? Either the plan, or every problem at once, each with its place and its remedy."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from ivr.depth import TangledError, most_keys
from ivr.plan import MOST_OPTIONS, Marked, Night, Node, Plan
from ivr.shape import HoursShape, PlanShape, Shape, targets
from ivr.tables import NESTED, NO_NUMBER, SIGNS, strange_places, tables_from
from routing.hours import Holidays, Hours, Week, week_from

DIGEST_LENGTH = 12
MOST_DEPTH = 4
LONGEST_SLUG = 24
MOST_KEPT = 64
"""Plans that need not be read again: a draft is read when it is written, checked and published."""


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """One fault of a plan: the field as a path (``nodes.welcome.options.2.go``) and one sentence with the remedy."""

    field: str
    sentence: str

    def __str__(self) -> str:
        """Place and sentence in one line."""
        return f"{self.field}: {self.sentence}" if self.field else self.sentence


@lru_cache(maxsize=MOST_KEPT)
def plan_from(text: str) -> Plan | tuple[PlanProblem, ...]:
    """The plan that a TOML text describes. Its digest does not change with comments and layout."""
    tables = tables_from(text)
    if isinstance(tables, str):
        return (PlanProblem("", tables),)
    try:
        return _read(tables)
    except RecursionError:
        return (PlanProblem("", NESTED),)
    except ValueError:  # a long number written in another base was read, and cannot be told
        return (PlanProblem("", NO_NUMBER),)


def _read(tables: Mapping[str, Any]) -> Plan | tuple[PlanProblem, ...]:
    strange = tuple(PlanProblem(place, SIGNS) for place in strange_places(tables))
    if strange:
        return strange
    try:
        shape = PlanShape.model_validate(tables)
    except ValidationError as error:
        return tuple(_from_pydantic(error))
    return tuple(_problems(shape)) or _plan(shape, digest_of(tables))


def digest_of(tables: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits that stand for the content of a plan."""
    canonical = json.dumps(tables, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:DIGEST_LENGTH]


def _from_pydantic(error: ValidationError) -> Iterator[PlanProblem]:
    for fault in error.errors(include_url=False):
        place = ".".join(str(part) for part in fault["loc"] if part not in _VERBS)
        given = "" if fault["type"] == "missing" else f" (given: {str(fault['input'])[:60]!r})"
        yield PlanProblem(place, f"{fault['msg']}{given}.")


_VERBS = frozenset(
    ("menu", "switch", "extension", "dial-by-name", "ring", "queue", "message", "deadline", "call-back", "hand-over", "safe",
     "goodbye", "staff-only")
)  # fmt: skip


def _problems(shape: PlanShape) -> Iterator[PlanProblem]:
    yield from _slug_problems(shape)
    yield from _hours_problems(shape)
    yield from _target_problems(shape)
    yield from _menu_problems(shape)
    yield from _night_problems(shape)


def _slug_problems(shape: PlanShape) -> Iterator[PlanProblem]:
    for slug in (shape.line, *shape.nodes):
        if len(slug) > LONGEST_SLUG:
            yield PlanProblem(
                slug, f"The name is longer than {LONGEST_SLUG} letters; shorten it, it stands in the URL."
            )


def _hours_problems(shape: PlanShape) -> Iterator[PlanProblem]:
    for name, hours in shape.hours.items():
        week = week_from(hours.week)
        if isinstance(week, str):
            yield PlanProblem(f"hours.{name}.week", f"“{week}” cannot be read; write it as Mon-Thu 09:00-17:00.")
    used = {"open_by": shape.open_by, "day_by": shape.day_by or shape.open_by}
    used |= {f"nodes.{slug}.hours": node.hours for slug, node in shape.nodes.items() if node.do == "switch"}
    for place, name in used.items():
        if name not in shape.hours:
            yield PlanProblem(place, f"There are no hours “{name}”; name one of {', '.join(shape.hours)}.")


def _target_problems(shape: PlanShape) -> Iterator[PlanProblem]:
    wanted = {"start": shape.start, "otherwise": shape.otherwise, "safe": shape.safe}
    for slug, node in shape.nodes.items():
        wanted |= {f"nodes.{slug}.{place}": target for place, target in targets(node)}
    for place, target in wanted.items():
        if target not in shape.nodes:
            yield PlanProblem(place, f"There is no node “{target}”; add it or correct the name.")
    if shape.safe in shape.nodes and shape.nodes[shape.safe].do != "safe":
        yield PlanProblem("safe", "It must name a node that does “safe”.")
    for slug in sorted(shape.nodes.keys() - _reachable(shape)):
        yield PlanProblem(f"nodes.{slug}", "Nothing leads here; remove it or lead an option to it.")


def _reachable(shape: PlanShape) -> set[str]:
    found: set[str] = set()
    ahead = [shape.start, shape.otherwise, shape.safe]
    while ahead:
        slug = ahead.pop()
        if slug in shape.nodes and slug not in found:
            found.add(slug)
            ahead += [target for _, target in targets(shape.nodes[slug])]
    return found


def _menu_problems(shape: PlanShape) -> Iterator[PlanProblem]:
    for slug, node in shape.nodes.items():
        if node.do != "menu":
            continue
        keys = [option.key for option in node.options]
        if len(keys) > MOST_OPTIONS:
            yield PlanProblem(f"nodes.{slug}.options", f"A menu has at most {MOST_OPTIONS} choices; split it.")
        if len(set(keys)) < len(keys):
            yield PlanProblem(f"nodes.{slug}.options", "Two choices have the same key; give each its own.")
        labels = [option.label.strip().casefold() for option in node.options]
        if len(set(labels)) < len(labels):
            yield PlanProblem(f"nodes.{slug}.options", "Two choices say the same; give each its own words.")
    yield from _depth_problems(shape)


def _depth_problems(shape: PlanShape) -> Iterator[PlanProblem]:
    ways = {slug: frozenset(target for _, target in targets(node)) for slug, node in shape.nodes.items()}
    try:
        deepest = most_keys(
            ways, frozenset(slug for slug, node in shape.nodes.items() if node.do == "menu"), shape.start
        )
    except TangledError:
        yield PlanProblem("nodes", "The steps lead to one another in more ways than can be followed; make it simpler.")
        return
    if deepest > MOST_DEPTH:
        yield PlanProblem(
            "nodes", f"A caller may need {deepest} keys; at most {MOST_DEPTH} are allowed, flatten the menus."
        )


def _night_problems(shape: PlanShape) -> Iterator[PlanProblem]:
    if shape.night is not Night.NONE_PRINTED and not shape.night_team:
        yield PlanProblem("night_team", "The night is declared; name its team, or declare the night none-printed.")
    if shape.night is Night.NONE_PRINTED and shape.night_team:
        yield PlanProblem("night_team", "A night that is none-printed has no team; remove it or declare the night.")


def _plan(shape: PlanShape, digest: str) -> Plan:
    nodes: dict[str, Node] = {slug: node.node(slug) for slug, node in shape.nodes.items()}
    hours = {name: _hours(name, rule, shape) for name, rule in shape.hours.items()}
    return Plan(
        line=shape.line,
        name=shape.name,
        digest=digest,
        authority=shape.authority,
        opening=shape.opening,
        emergency=shape.emergency,
        start=shape.start,
        otherwise=shape.otherwise,
        safe=shape.safe,
        hours=MappingProxyType(hours),
        open_by=shape.open_by,
        day_by=shape.day_by or shape.open_by,
        night=shape.night,
        night_team=shape.night_team,
        last_resort=tuple(shape.last_resort),
        nodes=MappingProxyType(nodes),
        order=tuple(nodes),
        source=shape.source,
        reviewed=shape.reviewed,
        marked=tuple(_marked(shape)),
        budget=shape.budget.budget(),
    )


def _marked(shape: PlanShape) -> Iterator[Marked]:
    parts: dict[str, Shape] = {f"hours.{name}": rule for name, rule in shape.hours.items()}
    parts |= {f"nodes.{slug}": node for slug, node in shape.nodes.items()}
    for place, part in parts.items():
        assumed = getattr(part, "assumed", "")
        if assumed:
            yield Marked(place, getattr(part, "source", ""), assumed)


def _hours(name: str, rule: HoursShape, shape: PlanShape) -> Hours:
    week = week_from(rule.week)
    return Hours(
        name, week if not isinstance(week, str) else _NEVER, Holidays(rule.holidays), shape.authority, shape.line
    )


_NEVER: Week = ((),) * 7
