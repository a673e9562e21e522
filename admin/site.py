"""What does the web site consist of, beside the answering path?"""

from pathlib import Path

from flask_openapi3.models.info import Info

from admin import (
    acceptances,
    account,
    alarms,
    approvals,
    audit,
    auth,
    authorities,
    bank_holidays,
    body,
    calls,
    changes,
    closures,
    council,
    directory_versions,
    docs,
    drafts,
    explaining,
    exports,
    findings,
    forgery,
    gaps,
    headers,
    health,
    idempotency,
    imports,
    keys,
    limits,
    lines,
    metrics,
    named_roles,
    number_tests,
    people,
    plan_drafts,
    plans,
    problems,
    provider_pages,
    report_mails,
    reports,
    rota,
    route,
    sessions,
    shedding,
    sign_in,
    status_page,
    teams,
    undo,
    users,
)
from admin.addresses import Address
from admin.blueprints import SCHEME, Site
from admin.console import every as console
from admin.ports import EXTENSION, Desk

__all__ = ["Desk", "site"]

HERE = Path(__file__).parent
ABOUT = """Telephony and call routing for children's social care.

Send `Authorization: Bearer <key>`. A resource carries `version` and an `ETag`; PATCH, PUT and DELETE of lines, teams, people
and closures need `If-Match` (428 without it, 412 when somebody was quicker). `X-Reason`, or `why` in the body, goes into the
audit trail. Lists are `{"items": [...], "next": cursor or null}`. Refusals are `application/problem+json` (RFC 9457) and name
every fault at once. Numbers are accepted in any British form. A change rings on the very next call."""
INFO = Info(title="Dutyline", version="1", description=ABOUT)
RESOURCES = (
    lines, teams, people, named_roles, closures, route, changes, findings,
    acceptances, gaps, number_tests, calls, explaining, keys, users, audit, authorities, approvals, rota,
    bank_holidays, imports, exports, undo,
    plans, plan_drafts, drafts, directory_versions, alarms, reports, report_mails,
)  # fmt: skip

PEOPLES = (sign_in.blueprint, provider_pages.blueprint, account.blueprint)
"""The pages by which people come in and go."""


def site(desk: Desk) -> Site:
    """The Flask application: every request is admitted by its key, then read, then answered."""
    flask = Site(
        "dutyline",
        info=INFO,
        security_schemes=SCHEME,
        doc_ui=False,
        validation_error_model=problems.ProblemDocument,
        validation_error_callback=body.refuse_query,
        root_path=str(HERE),
        static_folder="static",
    )
    flask.url_rule_class = Address
    flask.extensions[EXTENSION] = desk
    for part in (problems, shedding, sessions, auth, forgery, body, headers):
        part.register(flask)
    limits.register(flask, desk.limits)
    idempotency.register(flask)
    for blueprint in (
        health.blueprint,
        metrics.blueprint,
        status_page.blueprint,
        council.blueprint,
        docs.blueprint,
        *PEOPLES,
    ):
        flask.register_blueprint(blueprint)
    console.register(flask)
    for resource in RESOURCES:
        flask.register_blueprint(resource.api)
    return flask
