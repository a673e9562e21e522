"""Do the pages and the file say what the API says, in words, to every role?"""

import pytest

from app import Application
from ivr.counting import Measure
from store.keys import Role
from store.report_counts import count_day
from store.tables_reports import report_count
from tests.admin.desk_client import CLOCK, holder
from tests.admin.visitor import signed_in
from tests.desk.test_page import reads
from tests.telling import at

LIST, MONTH = "/admin/reports", "/admin/reports/month"
TOLD = {Measure.PERSON: 12, Measure.CALLER_GONE: 4, Measure.CLOSED: 7, Measure.OPEN: 9}
RUNG = {Measure.CALLED: 12, Measure.TOOK: 6, Measure.CONNECTED: 6, Measure.NO_ANSWER: 6}


@pytest.fixture
def counted(application: Application) -> Application:
    """Sixteen calls to Devon, on a day of October and on one of November."""
    with application.database.write() as connection:
        for day in (at("2026-10-20T10:00").date(), at("2026-11-20T10:00").date()):
            count_day(connection, day, 0, CLOCK.now())
            head = {"day": day, "line": "devon", "hour": 9}
            rows = [
                {**head, "who": "", "measure": one.value, "value": 0, "count": count} for one, count in TOLD.items()
            ]
            rows += [
                {**head, "who": "=MASH", "measure": one.value, "value": 0, "count": count}
                for one, count in RUNG.items()
            ]
            connection.execute(report_count.insert(), rows)
    return application


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_the_counts_in_words_with_bars(counted: Application, role: Role) -> None:
    visitor = signed_in(counted, role)
    shown = reads(visitor, f"{LIST}?from=2026-11-01&until=2026-11-25&by=team")
    for words in ("=MASH 10 5 10 5 50 % 5", "Offered 15", "Answered by a person 10", "Answered, of those offered 67 %",
                  "Abandoned: the caller hung up before fewer than 5", "No target for answering is set"):  # fmt: skip
        assert words in shown, words
    page = visitor.opens(f"{LIST}?from=2026-11-01&until=2026-11-25").get_data(as_text=True)
    assert 'class="app-timeline__bar" width="67"' in page
    assert " style=" not in page


def test_a_month_is_compared_with_the_month_before(counted: Application) -> None:
    shown = reads(signed_in(counted, Role.VIEWER), f"{MONTH}?month=2026-11&authority=devon")
    assert "Compared with 1 October 2026 to 31 October 2026." in shown
    assert "Offered 15 15" in shown
    assert "Calls, 1 October 2026 to 31 October 2026" in reads(signed_in(counted, Role.AUDITOR), MONTH)


def test_the_file_is_harmless_and_says_what_is_left_out(counted: Application) -> None:
    wanted = "?from=2026-11-01&until=2026-11-25&by=team"
    reply = signed_in(counted, Role.VIEWER).opens(f"{LIST}.csv{wanted}")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="calls-2026-11-25.csv"'
    lines = reply.get_data(as_text=True).splitlines()
    assert "2026-11-01,2026-11-25,,,all,,All calls,total,abandoned,fewer than 5,fewer than 5" in lines
    assert "2026-11-01,2026-11-25,,,team,'=MASH,'=MASH,team,not_reached,5,5" in lines
    assert reply.get_data() == holder(counted, Role.VIEWER).asks(f"/reports.csv{wanted}").get_data()


@pytest.mark.parametrize("path", [LIST, f"{LIST}.csv"])
def test_days_the_wrong_way_round_are_refused_at_their_field_and_stay(counted: Application, path: str) -> None:
    reply = signed_in(counted, Role.VIEWER).opens(f"{path}?from=2026-11-02&until=2026-11-01")
    assert reply.status_code == 422
    text = reply.get_data(as_text=True)
    assert "Until: it comes before “from” (2026-11-02); give that day or a later one." in text
    assert 'value="2026-11-02"' in text


def test_a_month_that_is_none_or_to_come_is_refused(counted: Application) -> None:
    for month in ("November", "2026-13", "2026-12"):
        reply = signed_in(counted, Role.VIEWER, f"{month}@example.org").opens(f"{MONTH}?month={month}")
        assert reply.status_code == 422
        assert f"“{month}” is not a month that has begun" in reply.get_data(as_text=True)


def test_days_without_calls_say_so(application: Application) -> None:
    assert "No call of these days has been counted." in reads(signed_in(application, Role.VIEWER), LIST)
    assert "No call of this month has been counted." in reads(
        signed_in(application, Role.VIEWER, "v2@example.org"), MONTH
    )
