"""Does any body of the API set what is not its to set? Fields that a body does not have are refused, over the whole OpenAPI document."""

from collections.abc import Iterator, Mapping
from typing import Any

from app import Application
from store.every_table import metadata
from tests.admin.desk_client import Holder, codes
from tests.store.recording import rows

PREFIX = "/api/v1"
SMUGGLED: Mapping[str, object] = {
    "role": "admin", "is_admin": True, "id": "k-1", "approved_by": "Sam Second", "version": 99, "created_at": "2020-01-01T00:00:00Z",
    "asked_by": "somebody else", "authorities": [], "excepted": ["+448450000000"], "made_by": "somebody else", "state": "approved",
    "owner": "somebody else", "epoch": 7, "__proto__": {"role": "admin"}, "_faults": [],
}  # fmt: skip
THERE: Mapping[str, str] = {
    "/teams/{slug}": "devon-ir-north", "/people/{slug}": "w-3f9a2c", "/lines/{slug}": "devon", "/authorities/{slug}": "devon",
    "/roles/{slug}": "derby-team-manager", "/plans/{line}": "devon", "/bodies/{code}": "cafcass", "/audit/{sequence}": "1",
}  # fmt: skip
FREE = frozenset({"fields", "body"})
"""Objects whose fields are another body's: those of a contact record, and of a change in a draft."""

SHAPED = ("put /api/v1/bank-holidays", "put /api/v1/teams/{slug}/duty-numbers", "put /api/v1/teams/{slug}/rota")
"""The official file of bank holidays is taken as it is published, and two lists stand either alone or in an object, which the document
cannot say as well; what they refuse is tried below like all the rest."""

KEPT = [table for table in metadata.sorted_tables if table.name != "chore"]
"""What comes round by itself is entered meanwhile by the desk's own thread."""

Operation = tuple[str, str, frozenset[str]]


def document(application: Application) -> Any:
    return application.flask.test_client().get(f"{PREFIX}/openapi.json").get_json()


def operations(whole: Any) -> Iterator[Operation]:
    """Method, path and the fields of each JSON body."""
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            if schema:
                yield method.upper(), path.removeprefix(PREFIX), frozenset(_fields(schema, whole))


def _resolved(schema: Any, whole: Any) -> Any:
    while "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _fields(schema: Any, whole: Any) -> Iterator[str]:
    schema = _resolved(schema, whole)
    yield from schema.get("properties", {})
    for one in schema.get("anyOf", ()):
        yield from _fields(one, whole)


def _open_objects(schema: Any, whole: Any, at: str, seen: frozenset[str]) -> Iterator[str]:
    """Where an object of a body takes fields that it does not name."""
    name = schema.get("$ref", "")
    if name in seen:
        return
    schema, seen = _resolved(schema, whole), seen | ({name} if name else set())
    named = at.rsplit(".", 1)[-1]
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False and named not in FREE:
        yield at
    for field, inner in schema.get("properties", {}).items():
        yield from _open_objects(inner, whole, f"{at}.{field}", seen)
    for inner in (
        *schema.get("anyOf", ()),
        *schema.get("allOf", ()),
        *([schema["items"]] if "items" in schema else ()),
    ):
        yield from _open_objects(inner, whole, at, seen)


def test_every_object_of_every_body_says_that_it_takes_no_other_fields(application: Application) -> None:
    whole = document(application)
    found: list[str] = []
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            found += _open_objects(schema, whole, f"{method} {path}", frozenset()) if schema else ()
    assert [at for at in found if not at.startswith(SHAPED)] == []


def _path(path: str) -> str:
    for known, value in THERE.items():
        if path.startswith(known):
            return path.replace(known[known.index("{") :], value, 1)
    return path


def test_no_body_takes_a_field_that_it_does_not_have_and_nothing_is_written(
    application: Application, admin: Holder
) -> None:
    made, reached, refused = list(operations(document(application))), set(), 0
    before = {table.name: len(rows(application.database, table)) for table in KEPT}
    for method, path, fields in made:
        extra = {name: value for name, value in SMUGGLED.items() if name not in fields}
        reply = admin.sends(method, _path(path), extra, If_Match='"v1"')
        assert 400 <= reply.status_code < 500, (method, path, reply.get_data(as_text=True))
        told = {error["field"]: error["code"] for error in reply.get_json().get("errors", ())}
        if reply.status_code == 422 and "{" not in _path(path):
            assert {name: told.get(name) for name in extra} == dict.fromkeys(extra, "unknown-field"), (method, path)
            reached.add((method, path))
        refused += len(extra)
    after = {table.name: len(rows(application.database, table)) for table in KEPT}
    assert after == before
    assert refused > 1000
    assert len(reached) > 30, sorted(reached)


def test_a_sound_body_with_such_a_field_is_refused_whole(admin: Holder) -> None:
    for field, value in SMUGGLED.items():
        reply = admin.sends("POST", "/teams", {"name": "Night Desk", "authority": "devon", field: value})
        assert codes(reply) == {field: "unknown-field"}
    assert admin.asks("/teams/devon-night-desk").status_code == 404
