"""How many keys may a caller need? The most menus on any way through a plan that comes to no step twice."""

from collections.abc import Mapping

MOST_WAYS = 20_000
"""So many ways are followed. A plan that has more is too tangled for its callers, too."""

Ways = Mapping[str, frozenset[str]]
"""Each step, and those it may lead to."""


class TangledError(ValueError):
    """There are more ways through a plan than are followed."""


def most_keys(ways: Ways, menus: frozenset[str], start: str) -> int:
    """The most menus on a way from ``start``. Raises TangledError."""
    return _Search(ways, menus).most(start, frozenset())


class _Search:
    """What lies below a step depends on those behind it only as far as it leads back to them: each such case is followed once."""

    def __init__(self, ways: Ways, menus: frozenset[str]) -> None:
        self._ways, self._menus = ways, menus
        self._ahead: dict[str, frozenset[str]] = {}
        self._known: dict[tuple[str, frozenset[str]], int] = {}
        self._followed = 0

    def most(self, step: str, behind: frozenset[str]) -> int:
        """The most menus from a step on."""
        if step in behind or step not in self._ways:
            return 0
        case = step, behind & self._reach(step)
        if case not in self._known:
            self._followed += 1
            if self._followed > MOST_WAYS:
                raise TangledError(step)
            below = (self.most(target, behind | {step}) for target in self._ways[step])
            self._known[case] = (step in self._menus) + max(below, default=0)
        return self._known[case]

    def _reach(self, step: str) -> frozenset[str]:
        """Every step that one may lead to."""
        if step not in self._ahead:
            found, ahead = set[str](), [step]
            while ahead:
                new = self._ways.get(ahead.pop(), frozenset()) - found
                found |= new
                ahead += new
            self._ahead[step] = frozenset(found)
        return self._ahead[step]
