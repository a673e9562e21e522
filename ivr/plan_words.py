"""What would callers hear that they do not hear now? The menus, prompts and names of two plans, told node by node."""

from collections.abc import Iterator
from dataclasses import fields

from ivr.compared import Side
from ivr.period_words import rule_words
from ivr.plan import (
    CallBack,
    Deadline,
    DialByName,
    Extension,
    Goodbye,
    HandOver,
    Menu,
    Message,
    Node,
    Option,
    Plan,
    Queue,
    RingTeam,
    Safe,
    StaffOnly,
    Switch,
)
from routing.deadlines import CutOff

VERBS: dict[type[Node], str] = {
    Menu: "menu", Switch: "switch", Extension: "extension", DialByName: "look-up by name", RingTeam: "ring", Queue: "queue",
    Message: "message", Deadline: "deadline", CallBack: "call-back", HandOver: "hand-over", Safe: "safe message",
    Goodbye: "goodbye", StaffOnly: "staff only",
}  # fmt: skip
LABELS = {
    "say": "the words", "named": "the name that is said", "without_number": "the words without a number", "go": "the way on",
    "open": "the way while open", "closed": "the way while closed", "otherwise": "the other way", "by_name": "the way by name",
    "call_back": "the way to a call-back", "most_waiting": "the most who wait", "longest_seconds": "the longest wait in seconds",
    "comfort": "the words while waiting", "within_hours": "the hours until it is due", "cut_off": "the cut-off",
}  # fmt: skip
WHOLE = {
    "name": "the line's name", "opening": "the first words of a call", "emergency": "the words about 9 9 9",
    "start": "where calls begin", "otherwise": "where 0 and silence lead", "safe": "the safe message", "open_by": "the hours",
    "day_by": "the hours of the day's ladders", "night": "the night", "night_team": "the night team",
    "last_resort": "the last resort",
}  # fmt: skip


def plan_changes(before: Side, after: Side) -> Iterator[str]:
    """Every change of words and ways, without a full stop: what concerns the whole line first, then the nodes in their order."""
    one, other = before.plan, after.plan
    yield from (words for field, label in WHOLE.items() for words in _becomes(label, one, other, field))
    for name in dict.fromkeys((*one.hours, *other.hours)):
        old, new = _rule(one, name), _rule(other, name)
        if old != new:
            yield f"the hours “{name}”: {new} instead of {old}"
    for slug in dict.fromkeys((*other.order, *one.order)):
        yield from _of_node(slug, one.nodes.get(slug), other.nodes.get(slug))


def _rule(plan: Plan, name: str) -> str:
    rule = plan.hours.get(name)
    if rule is None:
        return "none"
    return f"{rule_words(rule.week)} (bank holidays {rule.holidays.value})"


def _of_node(slug: str, one: Node | None, other: Node | None) -> Iterator[str]:
    if one is None or other is None:
        node, how = (other, "is new") if other else (one, "is gone")
        yield f"{_titled(slug, node)} {how}{_told(node) if other else ''}"
    elif type(one) is not type(other):
        yield f"{_titled(slug, one)} becomes a {VERBS[type(other)]}{_told(other)}"
    elif one != other:
        yield from (f"{_titled(slug, other)}{words}" for words in _in_node(one, other))


def _titled(slug: str, node: Node | None) -> str:
    return f"{VERBS[type(node)]} “{slug}”" if node else f"“{slug}”"


def _told(node: Node | None) -> str:
    """What a new node says, where it speaks."""
    say = getattr(node, "say", "")
    return f", and says “{say}”" if say else ""


def _in_node(one: Node, other: Node) -> Iterator[str]:
    if isinstance(one, Menu) and isinstance(other, Menu):
        yield from (f": {words}" for words in _options(one, other))
    for field in (field.name for field in fields(other) if field.name not in ("slug", "options")):
        yield from (f", {words}" for words in _becomes(LABELS.get(field, f"the {field}"), one, other, field))


def _becomes(label: str, one: object, other: object, field: str) -> Iterator[str]:
    old, new = getattr(one, field), getattr(other, field)
    if old != new:
        yield f"{label}: {_shown(new)} instead of {_shown(old)}"


def _shown(value: object) -> str:
    if isinstance(value, CutOff):
        return f"{value.minute // 60:02}:{value.minute % 60:02}"
    if isinstance(value, tuple):
        return f"“{', '.join(map(str, value))}”"
    return f"“{value}”" if value != "" else "nothing"


def _options(one: Menu, other: Menu) -> Iterator[str]:
    old, new = ({option.key: option for option in menu.options} for menu in (one, other))
    yield from (f"choice {key}, “{new[key].label}”, is new" for key in new if key not in old)
    yield from (f"choice {key}, “{old[key].label}”, is gone" for key in old if key not in new)
    for key in (key for key in new if key in old):
        yield from _option(old[key], new[key])
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        yield f"the choices are said in another order, {', '.join(new)}"


def _option(old: Option, new: Option) -> Iterator[str]:
    if old.label != new.label:
        yield f"choice {new.key}, “{old.label}”, is called “{new.label}”"
    if old.go != new.go:
        yield f"choice {new.key}, “{new.label}”, leads to “{new.go}” instead of “{old.go}”"
