"""Who may let reports come by e-mail? (``admin.roles`` holds the whole table.)"""

from collections.abc import Mapping

from admin.who import ADMINS, Route
from store.keys import Role

MAIL_PAGES: Mapping[Route, frozenset[Role]] = {
    ("GET", "/admin/reports/mail"): ADMINS,
    ("POST", "/admin/reports/mail"): ADMINS,
    ("GET", "/admin/reports/mail/<id>/send"): ADMINS,
    ("POST", "/admin/reports/mail/<id>/send"): ADMINS,
    ("GET", "/admin/reports/mail/<id>/remove"): ADMINS,
    ("POST", "/admin/reports/mail/<id>/remove"): ADMINS,
}
MAIL_API: Mapping[Route, frozenset[Role]] = {
    ("GET", "/api/v1/report-mails"): ADMINS,
    ("POST", "/api/v1/report-mails"): ADMINS,
    ("GET", "/api/v1/report-mails/<id>"): ADMINS,
    ("DELETE", "/api/v1/report-mails/<id>"): ADMINS,
    ("POST", "/api/v1/report-mails/<id>/send"): ADMINS,
}
