"""Does every alert ask for metrics that there are, fire as it is meant to, and stand in the runbook?"""

import re
from typing import Any

import pytest

from tests.deploy.shipped import DEPLOY, TOLD, metrics_in, read, said_by
from tests.house.pages import headings, page, section

RULES: list[dict[str, Any]] = [rule for group in read("prometheus/alerts.yml")["groups"] for rule in group["rules"]]
TRIED = [test for case in read("prometheus/alerts_test.yml")["tests"] for test in case["alert_rule_test"]]
PARTS = ("**Means:**", "**Callers**", "**Do first:**", "**Over when**")
by_name = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])


@by_name
def test_an_alert_names_metrics_that_there_are(rule: dict[str, Any]) -> None:
    named = metrics_in(rule["expr"])
    assert named
    assert named <= TOLD | {"up"}


@by_name
def test_an_alert_is_of_a_known_severity_and_leads_to_its_section(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"


@by_name
def test_the_runbook_says_what_it_means_what_callers_experience_what_to_do_and_when_it_is_over(
    rule: dict[str, Any],
) -> None:
    told = section(page("runbook.md"), rule["alert"])
    assert [part for part in PARTS if part not in told] == []


def test_the_runbook_has_no_section_of_an_alert_that_is_not_there() -> None:
    assert [one for one in headings(page("runbook.md"), 2) if one.startswith("Dutyline")] == [
        rule["alert"] for rule in RULES
    ]


@by_name
def test_an_alert_is_tried_silent_and_firing(rule: dict[str, Any]) -> None:
    fires = {bool(test["exp_alerts"]) for test in TRIED if test["alertname"] == rule["alert"]}
    assert fires == {True, False}


@pytest.mark.promtool
def test_prometheus_takes_the_rules_and_the_settings() -> None:
    assert f"{len(RULES)} rules found" in said_by("promtool", "check", "rules", "prometheus/alerts.yml")
    said_by("promtool", "check", "config", "prometheus/prometheus.yml")


@pytest.mark.promtool
def test_every_alert_fires_on_what_it_is_for_and_says_it() -> None:
    assert "SUCCESS" in said_by("promtool", "test", "rules", "alerts_test.yml", within=DEPLOY / "prometheus")


def test_the_service_is_asked_where_the_deployment_has_it() -> None:
    (job,) = read("prometheus/prometheus.yml")["scrape_configs"]
    (target,) = job["static_configs"][0]["targets"]
    host, port = re.fullmatch(r"([a-z]+):(\d+)", target or "").groups()  # type: ignore[union-attr]  # else it fails, as it should
    assert host in read("compose.yml")["services"]
    assert f"{job['job_name']}:{port}" == "dutyline:8000"
