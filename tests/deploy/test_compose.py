"""Is the deployment of containers whole: files that are there, settings that there are, and one door to the outside?"""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.deploy.shipped import DEPLOY, read
from tests.house.pages import headings, page
from tests.house.tree import HOME

COMPOSE: dict[str, Any] = read("compose.yml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
TRACES: dict[str, dict[str, Any]] = read("traces.yml")["services"]
by_name = pytest.mark.parametrize("name", SERVICES)


@by_name
def test_every_file_that_is_lent_to_a_container_is_there(name: str) -> None:
    lent = [volume.split(":")[0] for volume in SERVICES[name].get("volumes", ())]
    assert [path for path in lent if path.startswith("./") and not (DEPLOY / path).exists()] == []
    assert [volume for volume in lent if not volume.startswith("./") and volume not in COMPOSE["volumes"]] == []


@by_name
def test_every_secret_and_network_is_declared(name: str) -> None:
    assert set(SERVICES[name].get("secrets", ())) <= set(COMPOSE["secrets"])
    assert set(SERVICES[name]["networks"]) <= set(COMPOSE["networks"])
    assert set(SERVICES[name].get("depends_on", ())) <= set(SERVICES)


def test_the_proxy_alone_is_reached_from_outside() -> None:
    open_to_all = [
        name for name, one in SERVICES.items() for port in one.get("ports", ()) if not port.startswith("127.0.0.1:")
    ]
    assert set(open_to_all) == {"proxy"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["database"]["networks"] == SERVICES["prometheus"]["networks"] == ["inside"]


def test_every_setting_is_one_of_ours() -> None:
    given = [name.removesuffix("_FILE") for name in SERVICES["dutyline"]["environment"]]
    assert [name for name in given if name not in headings(page("settings.md"), 3)] == []
    assert SERVICES["dutyline"]["environment"]["DUTYLINE_WORKERS"] == "2"


def test_every_secret_stands_in_a_file_of_its_own_that_is_nowhere_in_the_project() -> None:
    wanted = {name.removeprefix("./secrets/") for name in (one["file"] for one in COMPOSE["secrets"].values())}
    assert wanted == set(COMPOSE["secrets"])
    assert [name for name in wanted if f"`{name}`" not in page("deployment.md")] == []
    words = [str(value) for one in SERVICES.values() for value in one.get("environment", {}).values()]
    assert [word for word in words if re.search(r"://[^/]*:[^/]*@", word)] == []


def test_the_proxy_shows_no_numbers_to_strangers_and_asks_the_service() -> None:
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "path /metrics" in caddy
    assert "respond @watched 404" in caddy
    assert "reverse_proxy dutyline:8000" in caddy


def test_traces_go_to_a_collector_in_the_same_network_which_is_reached_from_this_machine_alone() -> None:
    ours, theirs = TRACES["dutyline"], TRACES["jaeger"]
    assert urlsplit(ours["environment"]["DUTYLINE_TRACES_TO"]).hostname == "jaeger"
    assert set(theirs["networks"]) & set(SERVICES["dutyline"]["networks"])
    assert set(theirs["networks"]) <= set(COMPOSE["networks"])
    assert all(port.startswith("127.0.0.1:") for port in theirs["ports"])
    assert [name for name in ours["environment"] if name not in headings(page("settings.md"), 3)] == []


def test_the_image_is_built_from_a_lock_that_is_there_and_holds_what_traces_need() -> None:
    lock = TRACES["dutyline"]["build"]["args"]["LOCK"]
    assert "opentelemetry-sdk==" in (HOME / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
