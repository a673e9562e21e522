"""How does the API describe itself?"""

import json
import re
import sys
from subprocess import check_output

from flask.testing import FlaskClient

from admin.roles import MATRIX
from app import Application


def test_every_route_is_described_in_openapi_3_1(application: Application) -> None:
    described = application.flask.test_client().get("/api/v1/openapi.json").get_json()
    assert described["openapi"].startswith("3.1")
    there = {(method.upper(), path) for path, item in described["paths"].items() for method in item}
    routes = [(method, rule) for method, rule in MATRIX if rule.startswith("/api/")]
    assert there == {(method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)) for method, rule in routes}


DESCRIBED = """
from tempfile import TemporaryDirectory
from pathlib import Path
from app import build, prepare
from routing.clock import SystemClock
from tests.conftest import deployment
with TemporaryDirectory() as folder:
    config = deployment(f"sqlite:///{folder}/test.db", Path(folder) / "state")
    prepare(config, SystemClock())
    application = build(config, SystemClock())
    print(len(application.flask.paths), end=" ")
    application.flask.test_client().get("/api/v1/openapi.json")
    print(len(application.flask.paths) > 100)
    application.close()
"""


def test_nothing_is_described_before_somebody_asks() -> None:
    told = check_output([sys.executable, "-c", DESCRIBED], text=True)  # noqa: S603  # our own program
    assert told.split() == ["0", "True"]


def test_every_reference_of_the_description_leads_somewhere(application: Application) -> None:
    text = application.flask.test_client().get("/api/v1/openapi.json").get_data(as_text=True)
    schemas = json.loads(text)["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', text)) <= set(schemas)
    assert "#/$defs/" not in text


def test_the_documentation_loads_nothing_from_elsewhere(application: Application) -> None:
    client = application.flask.test_client()
    page = client.get("/api/v1/docs")
    addresses = re.findall(r'(?:src|href|data-description)="([^"]+)"', page.get_data(as_text=True))
    assert addresses
    assert [_status(client, address) for address in addresses] == [200] * len(addresses)
    assert "unsafe-eval" not in page.headers["Content-Security-Policy"]


def _status(client: FlaskClient, address: str) -> int:
    with client.get(address) as reply:
        return reply.status_code
