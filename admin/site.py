"""What does the web site consist of, beside the answering path?"""

from pathlib import Path

from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from admin import (
    audit,
    auth,
    body,
    calls,
    closures,
    docs,
    headers,
    health,
    keys,
    lines,
    people,
    problems,
    route,
    status_page,
    teams,
)
from admin.blueprints import SCHEME
from admin.ports import EXTENSION, Desk

__all__ = ["Desk", "site"]

HERE = Path(__file__).parent
ABOUT = """Telephony and call routing for children's social care.

Send `Authorization: Bearer <key>`. A resource carries `version` and an `ETag`; PATCH, PUT and DELETE of lines, teams, people
and closures need `If-Match` (428 without it, 412 when somebody was quicker). `X-Reason`, or `why` in the body, goes into the
audit trail. Lists are `{"items": [...], "next": cursor or null}`. Refusals are `application/problem+json` (RFC 9457) and name
every fault at once. Numbers are accepted in any British form. A change rings on the very next call."""
INFO = Info(title="Dutyline", version="1", description=ABOUT)
RESOURCES = (lines, teams, people, closures, route, calls, keys, audit)


def site(desk: Desk) -> OpenAPI:
    """The Flask application: every request is admitted by its key, then read, then answered."""
    flask = OpenAPI(
        "dutyline",
        info=INFO,
        security_schemes=SCHEME,
        doc_ui=False,
        validation_error_model=problems.ProblemDocument,
        validation_error_callback=body.refuse_query,
        root_path=str(HERE),
        static_folder="static",
    )
    flask.extensions[EXTENSION] = desk
    for part in (problems, auth, body, headers):
        part.register(flask)
    for blueprint in (health.blueprint, status_page.blueprint, docs.blueprint):
        flask.register_blueprint(blueprint)
    for resource in RESOURCES:
        flask.register_api(resource.api)
    return flask
