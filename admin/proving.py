"""Who may use what proves, rehearses, publishes and explains? (``admin.roles`` holds the whole table.)"""

from collections.abc import Mapping

from admin.who import Route
from store.keys import Role

PROVING_PAGES: Mapping[Route, frozenset[Role]] = {}
"""Plans and their drafts, routes and what changes soon, the browser telephone, calls and their explanation, the paper pack."""

PROVING_API: Mapping[Route, frozenset[Role]] = {}
"""The same for programs."""
