"""What differs between two texts of a plan, part by part, in words? And what does a step do, in one line?"""

from collections.abc import Iterator, Mapping
from typing import Any

from admin.console.step_fields import choice_words, label_of, verb_words
from admin.console.told import NOTHING, Told
from admin.plan_text import Tables, rows_of, table_at
from ivr.speech import choice

HEADER_LABELS = {
    "name": "Name of the line", "opening": "First words of every call", "emergency": "Emergency sentence",
    "start": "A call begins at", "otherwise": "Default destination", "safe": "Safe message", "open_by": "Hours of the line",
    "day_by": "Hours of the day’s ladder", "night": "Night", "night_team": "Night team", "last_resort": "Last resort",
    "source": "Read in", "reviewed": "Last reviewed", "read": "Read on", "line": "Line", "authority": "Authority",
}  # fmt: skip
HOURS_LABELS = {"week": "weekly hours", "holidays": "bank holidays"}
AFTER = {
    "go": "then to",
    "otherwise": "otherwise to",
    "open": "open: to",
    "closed": "closed: to",
    "call_back": "call-back at",
}
CHOSEN = ("night", "holidays", "priority", "closing", "reply")
MOST_WORDS = 90


def differing(before: Tables, after: Tables) -> list[Told]:
    """Every field that differs: the header's, then the hours’, then the steps’ in the order of the new text."""
    budget = _of_fields("Budget", *(table_at(tables, ("budget",)) for tables in (before, after)))
    return [*_of_header(before, after), *budget, *_of_parts(before, after, "hours"), *_of_parts(before, after, "nodes")]


def _of_header(before: Tables, after: Tables) -> Iterator[Told]:
    for name in dict.fromkeys((*HEADER_LABELS, *before, *after)):
        old, new = before.get(name), after.get(name)
        if name not in ("budget", "hours", "nodes") and old != new:
            yield Told(HEADER_LABELS.get(name, label_of(name)), value_words(old, name), value_words(new, name))


def _of_parts(before: Tables, after: Tables, kind: str) -> Iterator[Told]:
    olds, news = table_at(before, (kind,)), table_at(after, (kind,))
    for slug in dict.fromkeys((*news, *olds)):
        old, new = olds.get(slug), news.get(slug)
        what = f"Step “{slug}”" if kind == "nodes" else f"Hours “{slug}”"
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _of_fields(what, old, new)
        elif old != new:
            yield Told(what, _whole(old, kind), _whole(new, kind))


def _of_fields(what: str, old: Tables, new: Tables) -> Iterator[Told]:
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name):
            label = HOURS_LABELS.get(name) or label_of(name).lower().replace(", go to", " to")
            yield Told(f"{what}: {label}", value_words(old.get(name), name), value_words(new.get(name), name))


def _whole(part: Any, kind: str) -> str:
    if not isinstance(part, dict):
        return NOTHING
    return step_words(part, {}) if kind == "nodes" else str(part.get("week", ""))


def value_words(value: Any, name: str = "") -> str:
    """A value of a plan in words; choices as they are said, each with where it leads."""
    if name in CHOSEN and isinstance(value, str):
        return choice_words(value)
    match value:
        case None | "" | []:
            return NOTHING
        case [{}, *_]:
            return " ".join(f"{_choice(row)} To {row.get('go', '?')}." for row in value if isinstance(row, dict))
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _choice(row: Mapping[str, Any]) -> str:
    return choice(str(row.get("label", "?")), str(row.get("key", "?")))


def step_words(node: Tables, teams: Mapping[str, str]) -> str:
    """What a step does, in one line."""
    verb = str(node.get("do", ""))
    said = [str(node.get("say", "")), *(_choice(row) for row in rows_of(node))]
    rung = [f"{teams.get(str(node['team']), node['team'])}."] if "team" in node else []
    ways = [f"{words} {node[field]}" for field, words in AFTER.items() if field in node]
    text = " ".join(filter(None, (*rung, *said)))
    short = text if len(text) <= MOST_WORDS else f"{text[:MOST_WORDS].rpartition(' ')[0]}\N{NO-BREAK SPACE}…"
    return " ".join(
        filter(
            None, (f"{verb_words(verb)}:" if short else verb_words(verb), short, f"({', '.join(ways)})" if ways else "")
        )
    )
