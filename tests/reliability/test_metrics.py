"""Do two real workers tell the same numbers, and does a database that is frozen hang no scrape?"""

import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from telephone.signature import signature
from tests.admin.measuring import value
from tests.reliability.answered import soon
from tests.reliability.postgres import Cluster, cluster
from tests.reliability.service import Service, service
from tests.reliability.test_canaries import asks

CALLS = 12
LONGEST_SECONDS = 2.5
"""Two readings, each waited for a second, and the rest of the page."""


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Cluster]]:
    folder = tmp_path_factory.mktemp("metrics")
    with cluster(folder / "pg") as database, service(folder / "state", database.url, 2) as served:
        served.wait_for_workers()
        yield served, database


def rings(served: Service, call: int) -> None:
    fields = {"CallSid": f"CA{call:032x}", "From": "+442079460999", "To": "+442079460101", "CallStatus": "ringing"}
    signed = signature(served.token, f"{served.address}/webhooks/voice", fields.items())
    kind = "application/x-www-form-urlencoded"
    assert (
        asks(served, "POST", "/webhooks/voice", urlencode(fields), Content_Type=kind, X_Twilio_Signature=signed) == 200
    )


def scrapes(served: Service, many: int = 8) -> list[str]:
    """So many pages, of whichever worker answers; each in time."""
    pages = []
    for _ in range(many):
        began = time.monotonic()
        status, page = served.asks("/metrics", timeout=20)
        assert (status, time.monotonic() - began < LONGEST_SECONDS) == (200, True)
        pages.append(page)
    return pages


def test_whichever_worker_is_asked_tells_the_webhooks_of_both(machines: tuple[Service, Cluster]) -> None:
    served, _ = machines
    for call in range(CALLS):
        rings(served, call)
    assert soon(lambda: {value(page, "webhook_seconds_count", how="step") for page in scrapes(served)} == {CALLS})
    assert soon(lambda: value(scrapes(served, 1)[0], "calls", line="devon", outcome="under-way", window="1h") == CALLS)


def test_a_frozen_database_hangs_no_scrape_and_is_told(machines: tuple[Service, Cluster]) -> None:
    served, database = machines
    database.freeze()
    try:
        assert soon(lambda: {value(page, "database_answers") for page in scrapes(served)} == {0})
    finally:
        database.thaw()
    assert soon(lambda: {value(page, "database_answers") for page in scrapes(served)} == {1})
