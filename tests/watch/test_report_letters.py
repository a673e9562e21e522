"""Does the letter of a report say what its page and its file say, with nothing that a reader of mail could stumble over?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import Application, Config, build
from carrier.smtp import Smtp
from ivr.counting import Measure
from ivr.moment import World
from routing.clock import FixedClock
from store.keys import Role
from store.report_counts import count_day
from store.tables_reports import report_count
from tests.admin.visitor import signed_in
from tests.carrier.mail_host import SENDER, mail_host
from tests.desk.test_page import reads
from tests.watch.test_report_mails import DUE, MONTHLY, mails, wanted


@pytest.fixture
def counted(config: Config) -> Iterator[Application]:
    """An application in November with calls of October and September."""
    built = build(config, FixedClock(DUE))
    told = {Measure.PERSON: 12, Measure.CALLER_GONE: 4, Measure.CLOSED: 7, Measure.OPEN: 9}
    with built.database.write() as connection:
        for day in (date(2026, 9, 10), date(2026, 10, 20)):
            count_day(connection, day, 0, DUE)
            head = {"day": day, "line": "devon", "hour": 9}
            mine = [
                {**head, "who": "", "measure": one.value, "value": 0, "count": count} for one, count in told.items()
            ]
            mine += [{**head, "who": "=MASH <b>", "measure": Measure.CALLED.value, "value": 0, "count": 12}]
            connection.execute(report_count.insert(), mine)
    yield built
    built.close()


def test_the_figures_of_the_letter_are_those_of_the_page_and_of_the_file(
    counted: Application, world: World, tmp_path: Path
) -> None:
    wanted(counted.database, replace(MONTHLY, authority="devon"))
    with mail_host(tmp_path) as host:
        mails(Smtp(host.server, SENDER, FixedClock(DUE), host.trust)).round(counted.database, world, DUE)
    (came,) = host.came
    text, html = came.part("text/plain"), came.part("text/html")
    page = reads(signed_in(counted, Role.VIEWER), "/admin/reports/month?month=2026-10&authority=devon")
    for line in ("Offered: 15 (before: 15)", "Abandoned: the caller hung up before: fewer than 5 (before: fewer than 5)",
                 "Devon social care: Offered 15; Answered 10;", "=MASH <b>: Calls 10;"):  # fmt: skip
        assert line in text, line
    for cells in (
        "Offered 15 15",
        "Abandoned: the caller hung up before fewer than 5 fewer than 5",
        "Devon social care 15 10",
    ):
        assert cells in page
        assert cells in _read(html), cells
    assert "=MASH &lt;b&gt;" in html
    assert "<img" not in html
    assert 'href="https://calls.example.org/admin/reports/month?month=2026-10&amp;authority=devon"' in html
    (file,) = came.message.iter_attachments()
    rest = "from=2026-10-01&until=2026-10-31&authority=devon"
    asked = signed_in(counted, Role.VIEWER, "v2@example.org").opens(f"/admin/reports.csv?{rest}&by=hour")
    kept = [row for row in asked.get_data(as_text=True).splitlines() if ",hour,09,09:00,calls,offered,15" in row]
    assert kept
    there = {row.rpartition(",")[0] for row in file.get_content().splitlines()}
    assert {row.rpartition(",")[0] for row in kept} <= there


def _read(html: str) -> str:
    """What a page says, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
