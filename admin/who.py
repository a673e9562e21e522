"""Which groups of roles are there? The table of routes (``admin.roles``) is written in them."""

from store.keys import Role

Route = tuple[str, str]
"""Method and rule, as Flask writes them."""

EVERYBODY: frozenset[Role] = frozenset(Role)
ADMINS = frozenset({Role.ADMIN})
EDITORS = ADMINS | {Role.EDITOR}
TRACERS = frozenset({Role.ADMIN, Role.HANDLER, Role.AUDITOR, Role.VIEWER})
AUDITORS = ADMINS | {Role.AUDITOR}
HANDLERS = ADMINS | {Role.HANDLER}
