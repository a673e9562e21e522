"""Is the process alive, and can it answer calls?"""

from dataclasses import replace

import pytest

from app import Application, Config, build
from tests.admin.desk_client import CLOCK


def test_a_service_in_order_is_alive_and_ready(application: Application) -> None:
    client = application.flask.test_client()
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json() == {"status": "ready", "because": []}


@pytest.mark.usefixtures("application")
def test_without_its_database_it_is_degraded_and_still_answers(config: Config) -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    cut_off = build(replace(config, database_url=nowhere), CLOCK)
    client = cut_off.flask.test_client()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["status"]) == (200, "degraded")
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/teams", headers={"Authorization": "Bearer dl_x"}).status_code == 503
    cut_off.close()
