"""Does every name in the OpenAPI document mean one thing? Two shapes of the same name would overwrite each other there."""

import importlib
import inspect

from pydantic import BaseModel

from app import Application
from tests.house.tree import modules, place


def shapes(name: str) -> set[type[BaseModel]]:
    module = importlib.import_module(name)
    return {one for _, one in inspect.getmembers(module, inspect.isclass) if issubclass(one, BaseModel)}


def test_no_two_shapes_share_a_name_in_the_document(application: Application) -> None:
    known = application.flask.test_client().get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    names = [place(path).removesuffix(".py").replace("/", ".") for path in modules("admin", "desk")]
    every = {shape for name in names if not name.endswith("__init__") for shape in shapes(name)}
    titled = [(str(shape.model_config.get("title") or shape.__name__), shape.__module__) for shape in every]
    homes = {name: sorted(where for title, where in titled if title == name) for name in known}
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}
