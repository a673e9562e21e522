"""Who may see what is amiss, and say that they see to it? (``admin.roles`` holds the whole table.)"""

from collections.abc import Mapping

from admin.who import ADMINS, EVERYBODY, Route
from store.keys import Role

WATCH_PAGES: Mapping[Route, frozenset[Role]] = {
    ("GET", "/admin/alarms"): EVERYBODY,
    ("GET", "/admin/alarms/<id>/acknowledge"): ADMINS,
    ("POST", "/admin/alarms/<id>/acknowledge"): ADMINS,
}
WATCH_API: Mapping[Route, frozenset[Role]] = {
    ("GET", "/api/v1/alarms"): EVERYBODY,
    ("POST", "/api/v1/alarms/<id>/acknowledge"): ADMINS,
}
