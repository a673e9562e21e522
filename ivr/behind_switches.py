"""On which side of a plan's switches does a team stand: behind the open one alone, or the closed one alone?"""

from collections.abc import Iterator

from ivr.plan import Menu, Node, Plan, RingTeam, Switch
from routing.hours import Hours

ONWARD = ("go", "open", "closed", "otherwise", "by_name", "call_back")
"""The fields of a step that name another."""


def switches_of(plan: Plan, team: str) -> tuple[Hours, ...]:
    """The hours of every switch that lets callers through to the team while it is open, and not while it is closed."""
    return tuple(plan.hours[one.hours] for one in _switches(plan) if _sides(plan, one, team) == (True, False))


def is_by_night(plan: Plan, team: str) -> bool:
    """Whether a plan rings the team only while the line, or its day, is closed."""
    if team in plan.last_resort:
        return False
    whole = (plan.opens, plan.day)
    switches = (one for one in _switches(plan) if plan.hours[one.hours] in whole)
    return any(_sides(plan, one, team) == (False, True) for one in switches)


def _switches(plan: Plan) -> Iterator[Switch]:
    yield from (node for node in plan.nodes.values() if isinstance(node, Switch))


def _sides(plan: Plan, at: Switch, team: str) -> tuple[bool, bool]:
    """Whether the team is rung somewhere behind the open side, and behind the closed one. A way back through the switch does
    not count: it is the other side's."""
    return _rings(plan, at.open, at.slug, team), _rings(plan, at.closed, at.slug, team)


def _rings(plan: Plan, since: str, but: str, team: str) -> bool:
    seen, ahead = {but}, [since]
    while ahead:
        slug = ahead.pop()
        if slug in seen or slug not in plan.nodes:
            continue
        seen.add(slug)
        node = plan.nodes[slug]
        if isinstance(node, RingTeam) and node.team == team:
            return True
        ahead += _onward(node)
    return False


def _onward(node: Node) -> Iterator[str]:
    if isinstance(node, Menu):
        yield from (option.go for option in node.options)
    yield from filter(None, (getattr(node, field, "") for field in ONWARD))
