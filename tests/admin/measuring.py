"""How does a test read the page of metrics? As Prometheus does, by the library's own parser."""

from collections.abc import Mapping

from prometheus_client.parser import text_string_to_metric_families

from app import Application

Sample = tuple[str, frozenset[tuple[str, str]]]


def scraped(application: Application) -> str:
    """The page, from a reading made for it."""
    readings = application.flask.extensions["desk"].readings
    readings.database.fresh = readings.machine.fresh = 0
    reply = application.flask.test_client().get("/metrics")
    assert (reply.status_code, reply.mimetype) == (200, "text/plain")
    return reply.get_data(as_text=True)


def samples(page: str) -> Mapping[Sample, float]:
    """Every value by its name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def value(page: str, name: str, **labels: str) -> float | None:
    """One value; nothing where the page does not tell it."""
    return samples(page).get((f"dutyline_{name}", frozenset(labels.items())))
