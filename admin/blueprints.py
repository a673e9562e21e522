"""What is alike in every resource of the API?"""

from http import HTTPStatus

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.types import ResponseDict, SecuritySchemesDict

from admin.problems import API, MEDIA_TYPE, ProblemDocument

REFUSALS = (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500, 503)
SCHEME: SecuritySchemesDict = {"key": {"type": "http", "scheme": "bearer", "description": "dutyline key create"}}


def resource_api(name: str, about: str) -> APIBlueprint:
    """The blueprint of one resource: under the API's root, with a key, refusing in problem documents."""
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}}}
    refusals: ResponseDict = {
        status: {"description": HTTPStatus(status).phrase, "content": content} for status in REFUSALS
    }
    tag = Tag(name=name, description=about)
    return APIBlueprint(
        name, __name__, url_prefix=API, abp_tags=[tag], abp_security=[{"key": []}], abp_responses=refusals
    )
