"""Are enquiries counted on a page in words, with bars that no policy stops, and in a file that no spreadsheet runs?"""

import re

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.admin.sending import sent_twice
from tests.admin.visitor import Visitor, signed_in
from tests.desk.logging_enquiries import ANN, enquires
from tests.desk.test_page import reads
from tests.desk.test_page_papers import faults
from tests.desk.wall_clock import WallClock
from tests.telling import at

REPORT = "/desk/enquiries/report"


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


@pytest.fixture
def counted(ida: Holder, wall: WallClock) -> None:
    """Five of the NHS in October, ten of the police in November, and two of schools."""
    for month, agency, count in (("10", "nhs", 5), ("11", "police", 10), ("11", "school", 2)):
        wall.at = at(f"2026-{month}-12T10:00")
        for _ in range(count):
            enquires(ida, ANN, agency=agency)


@pytest.mark.usefixtures("counted")
def test_handlers_and_auditors_read_the_counts_in_words_with_bars(office: Application, hana: Visitor) -> None:
    for reader in (hana, signed_in(office, Role.AUDITOR)):
        shown = reads(reader, REPORT)
        for words in ("In all: 15", "Police 10", "NHS trust, hospital or community health 5",
                      "School or nursery fewer than 5", "October 2026 5", "November 2026 10",
                      "Is the child the subject of a Child Protection Plan? 15"):  # fmt: skip
            assert words in shown, words
        assert "Example" not in shown
    page = hana.opens(REPORT).get_data(as_text=True)
    assert re.findall(r'<rect class="app-timeline__bar" width="(\d+)"', page) == ["100", "50", "100", "50", "100"]
    assert " style=" not in page
    assert f'href="{REPORT}"' in hana.opens("/desk/enquiries").get_data(as_text=True)
    assert signed_in(office, Role.VIEWER).opens(REPORT).status_code == 403


@pytest.mark.usefixtures("counted")
def test_months_and_authority_narrow_the_report_and_its_file(hana: Visitor) -> None:
    wanted = f"{REPORT}?from=2026-10&until=2026-10&authority=sheffield"
    page = hana.opens(wanted).get_data(as_text=True)
    assert ('value="2026-10"' in page, '<option value="sheffield" selected>' in page) == (True, True)
    assert "In all: 5" in reads(hana, wanted)
    (file,) = re.findall(r'href="(/desk/enquiries/report\.csv[^"]*)"', page)
    reply = hana.opens(file.replace("&amp;", "&"))
    assert reply.mimetype == "text/csv"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="enquiries-2026-11-12.csv"'
    assert reply.get_data(as_text=True).splitlines() == [
        "authority,from,until,counted by,what,enquiries",
        "Sheffield,2026-10,2026-10,all,All enquiries,5",
        'Sheffield,2026-10,2026-10,agency,"NHS trust, hospital or community health",5',
        "Sheffield,2026-10,2026-10,reason,Is the child the subject of a Child Protection Plan?,5",
        "Sheffield,2026-10,2026-10,month,October 2026,5",
    ]
    assert "No enquiry of these months is kept." in reads(hana, f"{REPORT}?authority=derby")


def test_a_small_total_is_left_out_too(hana: Visitor, ida: Holder) -> None:
    enquires(ida, ANN)
    shown = reads(hana, REPORT)
    assert "In all: fewer than 5" in shown
    assert "November 2026 fewer than 5" in shown
    assert "<rect" not in hana.opens(REPORT).get_data(as_text=True)


def test_a_formula_in_a_name_is_harmless_in_the_file(office: Application, hana: Visitor, ida: Holder) -> None:
    enquires(ida, ANN, authority="derby")
    named = sent_twice(holder(office, Role.ADMIN), "authority,name,exceptions\nderby,+1+1,\n")
    assert named.status_code == 200, named.get_json()
    file = hana.opens(f"{REPORT}.csv?authority=derby").get_data(as_text=True)
    assert "\n'+1+1,,,all,All enquiries,fewer than 5\n" in file


@pytest.mark.parametrize("path", [REPORT, f"{REPORT}.csv"])
def test_what_is_no_month_is_refused_at_its_field_and_stays(hana: Visitor, path: str) -> None:
    reply = hana.opens(f"{path}?from=November&until={'9' * 90}")
    assert reply.status_code == 422
    assert [words.partition(":")[0] for words in faults(reply)] == ["From month", "Until month"]
    assert 'value="November"' in reply.get_data(as_text=True)
    backwards = hana.opens(f"{path}?from=2026-11&until=2026-10")
    assert faults(backwards) == ["Until month: it comes before “from”; give a later month."]
