"""What does the page of metrics tell, of whom, and what does it never tell?"""

import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from admin.metric_names import METRICS, Kind
from admin.metrics import OUTCOMES, quantile
from app import Application, Config, build
from ivr.alarms import Alarming, alarm
from ivr.answering import Answering
from store import alarms
from store.keys import Role
from tests.admin.desk_client import CLOCK, dials, holder
from tests.admin.measuring import samples, scraped, value
from tests.reliability.answered import soon
from tests.reliability.faults import FileLocked, TablesLocked

DERBY = "+442079460104"
OF_CALLS = {"dutyline_time_to_ringing_seconds", "dutyline_time_to_person_seconds", "dutyline_ladder_depth"}
"""Told of lines on which somebody rang in the last hour."""

HELD = {
    "line": {"other"}, "outcome": set(OUTCOMES), "window": {"1h", "24h"}, "quantile": {"0.5", "0.95", "1"},
    "how": {one.value for one in Answering}, "code": {one.value for one in Alarming}, "acknowledged": {"yes", "no"},
    "of": {"database", "state"},
}  # fmt: skip
"""Which values a label may have, beside the slugs of lines; ``le`` and ``version`` are Prometheus' and the package's."""


def test_a_page_in_order_tells_every_metric_of_its_table_and_no_other(application: Application) -> None:
    assert soon(lambda: value(scraped(application), "failover_age_seconds") is not None)
    told = {name for name, _ in samples(scraped(application))} | OF_CALLS
    parts = [
        (metric.name, ("_bucket", "_count", "_sum") if metric.kind is Kind.HISTOGRAM else ("",)) for metric in METRICS
    ]
    assert told == {f"{name}{part}" for name, ends in parts for part in ends}


def test_every_label_has_one_of_a_few_values(application: Application) -> None:
    dials(application, DERBY).hangs_up()
    lines = application.publication.current().plans.current
    for _, labels in samples(scraped(application)):
        for name, said in labels:
            assert name in ("le", "version") or said in HELD[name] or (name == "line" and said in lines)


def test_nobody_stands_in_it(application: Application) -> None:
    who, name, number, keyed = (
        holder(application, Role.ADMIN, "Zyxcanary Admin"),
        "Zyxcanary",
        "020 7946 0677",
        "739191",
    )
    person = {"name": name, "team": "devon-ir-north", "numbers": [number], "extension": "73919"}
    assert who.sends("POST", "/people", person).status_code == 201
    sid = dials(application, "+442079460101").presses("2").presses(keyed).sid
    unknown = dials(application, "+442079460677")
    page = scraped(application).replace(" ", "")
    assert [
        sign
        for sign in (name.casefold(), number[1:].replace(" ", ""), keyed, "73919", sid, unknown.sid, "7946")
        if sign in page.casefold()
    ] == []


def test_alarms_are_told_by_their_code_and_whether_somebody_knows(application: Application) -> None:
    with application.database.write() as connection:
        alarms.raised(connection, [alarm(Alarming.BALANCE_LOW, "", "3.20 GBP are left.")], CLOCK.now())
    application.flask.extensions["desk"].alarms.look(CLOCK.now())
    page = scraped(application)
    assert value(page, "alarms", code="balance-low", acknowledged="no") == 1
    assert value(page, "alarms", code="balance-low", acknowledged="yes") == 0
    assert value(page, "alarms", code="poison", acknowledged="no") == 0


def test_webhooks_are_counted_over_all_workers_by_how_they_were_answered(
    application: Application, config: Config
) -> None:
    with closing(build(config, CLOCK)) as other:
        dials(application, DERBY)
        dials(other, DERBY)
        dials(other, "+442079460677")
        other.flask.test_client().post("/webhooks/voice", data={"CallSid": "CA1"})
        scraped(other)
        page = scraped(application)
    count = {how: value(page, "webhook_seconds_count", how=how) for how in Answering}
    assert count == {"step": 2, "rescue": 1, "refused": 1, "leg": 0, "status": 1, "test": 0}
    assert value(page, "webhook_seconds_bucket", how="step", le="+Inf") == 2


def test_a_database_that_somebody_locks_hangs_no_scrape_and_is_told(application: Application, config: Config) -> None:
    url = make_url(config.database_url)
    scraped(application)
    lock = (
        TablesLocked(config.database_url)
        if url.get_backend_name() == "postgresql"
        else FileLocked(Path(url.database or ""))
    )
    with closing(lock):
        lock.begin()
        dials(application, DERBY)
        assert soon(lambda: value(scraped(application), "database_takes_writes") == 0)
        began = time.monotonic()
        for _ in range(3):
            scraped(application)
        assert time.monotonic() - began < 4
    assert soon(lambda: value(scraped(application), "database_takes_writes") == 1)


@pytest.mark.usefixtures("application")
def test_without_its_database_a_machine_tells_what_it_knows_itself(config: Config) -> None:
    away = replace(config, database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with closing(build(away, CLOCK)) as cut_off:
        page = scraped(cut_off)
    assert (value(page, "database_answers"), value(page, "database_takes_writes")) == (0, 0)
    assert value(page, "reading_age_seconds", of="database") == float("inf")
    assert value(page, "calls", line="derby", outcome="person", window="1h") is None
    assert value(page, "webhook_seconds_count", how="step") == 0


def test_a_quantile_is_a_value_that_was_there() -> None:
    values = [5.0, 1.0, 9.0, 3.0]
    assert [quantile(values, share) for share in (0.5, 0.95, 1.0)] == [3.0, 9.0, 9.0]
    assert quantile([4.0], 0.5) == 4.0
