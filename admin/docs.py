"""How does the API describe itself? OpenAPI 3.1 and a page to read it, without anything from outside."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Response, current_app, jsonify, render_template, send_from_directory

from admin.blueprints import Site
from admin.body import OTHER_TYPES
from admin.problems import API

SWAGGER = find_spec("flask_openapi3_swagger")
ASSETS = Path(SWAGGER.origin if SWAGGER and SWAGGER.origin else "").parent / "templates" / "swagger"

UNVERSIONED = tuple(f"{API}/{name}" for name in (
    "keys", "users", "bodies", "calls", "cases", "desk/me", "legal-holds", "findings", "report-mails",
    "contacts/{id}", "contacts/{id}/rating", "teams/{slug}/number-tests",
))  # fmt: skip
"""What is changed as a whole and at once, or, as a contact record is, in the order in which its fields were typed."""

DRY_RUN = "dry_run"
CHANGES = frozenset(("put", "patch", "delete"))
IF_MATCH = {
    "in": "header", "name": "If-Match", "required": True, "description": "The ETag that you have read.",
    "schema": {"type": "string", "examples": ['"v1"']},
}  # fmt: skip
IF_MATCH_TO_WRITE = {**IF_MATCH, "required": False, "description": "The ETag that you have read; a dry run needs none."}
IDEMPOTENCY = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "description": "The same request under the same key is done once, and answered for a day as it was the first time.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
}  # fmt: skip

blueprint = Blueprint("docs", __name__, url_prefix=API, template_folder="pages")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description for machines."""
    described = cast("Site", current_app).api_doc
    return jsonify({**described, "paths": {path: _guarded(path, item) for path, item in described["paths"].items()}})


def _guarded(path: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """A path with the headers and bodies that its changes need or take."""
    needs = frozenset() if _is_unversioned(path) else CHANGES
    headers = {**dict.fromkeys(needs, IF_MATCH), "post": IDEMPOTENCY}
    return {
        method: {**_with_files(path, operation), "parameters": _with_header(operation, headers[method])}
        if method in headers
        else operation
        for method, operation in item.items()
    }


def _is_unversioned(path: str) -> bool:
    """Whether it is one of these, or belongs to one that has no parts with a version."""
    return path in UNVERSIONED or path.startswith(tuple(f"{one}/" for one in UNVERSIONED if "{" not in one))


def _with_header(operation: Mapping[str, Any], header: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    given = operation.get("parameters", ())
    tries = header is IF_MATCH and any(one["name"] == DRY_RUN for one in given)
    return [*given, IF_MATCH_TO_WRITE if tries else header]


def _with_files(path: str, operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """An operation with the files that it takes beside JSON. A file has no schema: it is judged by what is in it."""
    others = sorted(OTHER_TYPES.get(path.replace("{", "<").replace("}", ">"), ()))
    body = operation.get("requestBody", {})
    content = {**{kind: {} for kind in others}, **body.get("content", {})}
    return {**operation, "requestBody": {**body, "content": content}} if others else operation


@blueprint.get("/docs")
def docs() -> str:
    """The description for people."""
    return render_template("docs.html")


@blueprint.get("/docs/assets/<path:filename>")
def assets(filename: str) -> Response:
    """Swagger UI's own files."""
    return send_from_directory(ASSETS, filename, max_age=86_400)
