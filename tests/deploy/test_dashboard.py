"""Does the dashboard show every metric that there is, and none that there is not?"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from admin.metric_names import METRICS
from tests.deploy.shipped import TOLD, metrics_in, read

BOARD: dict[str, Any] = read("grafana/dutyline.json")
PANELS: list[dict[str, Any]] = BOARD["panels"]


def expressions() -> Iterator[str]:
    yield from (target["expr"] for panel in PANELS for target in panel["targets"])
    yield from (variable["definition"] for variable in BOARD["templating"]["list"])


@pytest.mark.parametrize("expression", list(expressions()))
def test_a_panel_asks_for_metrics_that_there_are(expression: str) -> None:
    named = metrics_in(expression)
    assert named
    assert named <= TOLD | {"up"}


def test_every_metric_is_shown() -> None:
    shown = {name for expression in expressions() for name in metrics_in(expression)}
    assert [metric.name for metric in METRICS if not any(name.startswith(metric.name) for name in shown)] == []


def test_no_two_panels_lie_on_each_other() -> None:
    places = [panel["gridPos"] for panel in PANELS]
    assert [
        (one, other)
        for one, other in combinations(places, 2)
        if one["x"] < other["x"] + other["w"] and other["x"] < one["x"] + one["w"]
        and one["y"] < other["y"] + other["h"] and other["y"] < one["y"] + one["h"]
    ] == []  # fmt: skip


def test_it_asks_the_source_that_the_deployment_sets_up() -> None:
    (source,) = read("grafana/provisioning/datasources/prometheus.yml")["datasources"]
    assert {panel["datasource"]["uid"] for panel in PANELS} == {source["uid"]}
    (provider,) = read("grafana/provisioning/dashboards/dutyline.yml")["providers"]
    mounts = read("compose.yml")["services"]["grafana"]["volumes"]
    assert any(mount.startswith(f"./grafana/dutyline.json:{provider['options']['path']}/") for mount in mounts)
