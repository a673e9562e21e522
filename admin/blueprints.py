"""What is alike in every resource of the API, and how do all of them become one document?"""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from threading import Lock
from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI
from flask_openapi3.types import ParametersTuple, ResponseDict, SecuritySchemesDict
from flask_openapi3.utils import parse_parameters

from admin.problems import API, MEDIA_TYPE, ProblemDocument
from admin.resting import rest

REFUSALS = (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500, 503)
SCHEME: SecuritySchemesDict = {"key": {"type": "http", "scheme": "bearer", "description": "dutyline key create"}}

_describing = Lock()
"""Resources are the process's, whichever application they are in."""


class Resource(APIBlueprint):
    """Operations that are described when somebody asks for the document: a start, and every command, goes without its schemas."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._undescribed: list[Callable[[], ParametersTuple]] = []

    def _collect_openapi_info(self, rule: str, func: Callable[..., Any], **about: Any) -> ParametersTuple:
        self._undescribed.append(partial(super()._collect_openapi_info, rule, func, **about))
        return parse_parameters(func, doc_ui=False)

    def describe(self) -> None:
        """Put what its operations take and answer into words, in parts: the worker that is asked also answers calls."""
        while self._undescribed:
            self._undescribed.pop(0)()
            rest()


class Site(OpenAPI):
    """An application that can describe its resources."""

    @property
    def api_doc(self) -> dict[str, Any]:
        """The OpenAPI document, which is made when it is first asked for."""
        with _describing:
            return super().api_doc

    def generate_spec_json(self) -> None:
        """Gather what the resources say of themselves."""
        for resource in self.blueprints.values():
            if isinstance(resource, Resource):
                resource.describe()
                self.tags.extend(resource.tags)
                self.paths.update(resource.paths)
                self.components_schemas.update(resource.components_schemas)
        super().generate_spec_json()  # type: ignore[no-untyped-call]  # its author gave it no types


def resource_api(name: str, about: str) -> Resource:
    """The blueprint of one resource: under the API's root, with a key, refusing in problem documents."""
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}}}
    refusals: ResponseDict = {
        status: {"description": HTTPStatus(status).phrase, "content": content} for status in REFUSALS
    }
    tag = Tag(name=name, description=about)
    return Resource(name, __name__, url_prefix=API, abp_tags=[tag], abp_security=[{"key": []}], abp_responses=refusals)
