"""What has a caller chosen on the way to where they are? The labels of the options, as the menus say them."""

from collections.abc import Iterator
from itertools import pairwise

from ivr.plan import Menu, Option, Plan
from ivr.position import Position


def chosen(plan: Plan, position: Position) -> tuple[str, ...]:
    """The labels from the first menu that the position remembers to its node. A menu that was left by 0 says nothing."""
    menus = [plan.order[index] for index in position.back if index < len(plan.order)]
    return tuple(label for menu, to in pairwise((*menus, position.node)) for label in _labels(plan, menu, to))


def _labels(plan: Plan, menu: str, to: str) -> list[str]:
    """The label of the first option that leads there without another menu between."""
    node = plan.nodes[menu]
    options: tuple[Option, ...] = node.options if isinstance(node, Menu) else ()
    return [option.label for option in options if to in _reached(plan, option.go)][:1]


def _reached(plan: Plan, node: str) -> frozenset[str]:
    found: set[str] = set()
    ahead = [node]
    while ahead:
        slug = ahead.pop()
        if slug in plan.nodes and slug not in found:
            found.add(slug)
            ahead += [] if isinstance(plan.nodes[slug], Menu) else _ways(plan, slug)
    return frozenset(found)


def _ways(plan: Plan, slug: str) -> Iterator[str]:
    fields = ("go", "open", "closed", "otherwise")
    return (way for way in (getattr(plan.nodes[slug], field, "") for field in fields) if way)
