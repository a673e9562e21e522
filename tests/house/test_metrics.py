"""Does every metric stand in the documentation, as the code has it, and no other?"""

import re

import pytest

from admin.metric_names import METRICS, Metric
from tests.house.pages import page, section

ROW = re.compile(r"^\| `(dutyline_\w+)` \|", re.MULTILINE)
UNITS = {"seconds": "seconds", "bytes": "bytes"}


def row(metric: Metric) -> str:
    """A metric as the page has it."""
    labels = ", ".join(f"`{label}`" for label in metric.labels) or "–"
    unit = UNITS.get(metric.name.rpartition("_")[2], "–")
    return f"| `{metric.name}` | {metric.kind} | {labels} | {unit} | {metric.meaning} |"


def test_the_table_of_the_page_is_that_of_the_code() -> None:
    assert ROW.findall(page("metrics.md")) == [metric.name for metric in METRICS]


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_every_metric_stands_with_its_kind_labels_unit_and_meaning(metric: Metric) -> None:
    assert row(metric) in page("metrics.md").splitlines()


def test_every_label_is_told() -> None:
    told = section(page("metrics.md"), "Labels")
    assert [label for metric in METRICS for label in metric.labels if f"`{label}`" not in told] == []


def test_no_metric_is_named_after_what_is_personal() -> None:
    labels = {label for metric in METRICS for label in metric.labels}
    assert labels & {"caller", "number", "call", "person", "handler", "team", "phone", "sid"} == set()
