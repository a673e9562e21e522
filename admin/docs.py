"""How does the API describe itself? OpenAPI 3.1 and a page to read it, without anything from outside."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Response, current_app, jsonify, render_template, send_from_directory
from flask_openapi3.openapi import OpenAPI

from admin.problems import API

SWAGGER = find_spec("flask_openapi3_swagger")
ASSETS = Path(SWAGGER.origin if SWAGGER and SWAGGER.origin else "").parent / "templates" / "swagger"

CHANGES = frozenset(("put", "patch", "delete"))
IF_MATCH = {
    "in": "header", "name": "If-Match", "required": True, "description": "The ETag that you have read.",
    "schema": {"type": "string", "examples": ['"v1"']},
}  # fmt: skip
IDEMPOTENCY = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "description": "The same request under the same key is done once, and answered for a day as it was the first time.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
}  # fmt: skip

blueprint = Blueprint("docs", __name__, url_prefix=API, template_folder="pages")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description for machines."""
    described = cast("OpenAPI", current_app).api_doc
    return jsonify({**described, "paths": {path: _guarded(path, item) for path, item in described["paths"].items()}})


def _guarded(path: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """A path with the headers that its changes need or take; keys have no version."""
    needs = frozenset() if path.startswith(f"{API}/keys") else CHANGES
    headers = {**dict.fromkeys(needs, IF_MATCH), "post": IDEMPOTENCY}
    return {
        method: {**operation, "parameters": [*operation.get("parameters", ()), headers[method]]}
        if method in headers
        else operation
        for method, operation in item.items()
    }


@blueprint.get("/docs")
def docs() -> str:
    """The description for people."""
    return render_template("docs.html")


@blueprint.get("/docs/assets/<path:filename>")
def assets(filename: str) -> Response:
    """Swagger UI's own files."""
    return send_from_directory(ASSETS, filename, max_age=86_400)
