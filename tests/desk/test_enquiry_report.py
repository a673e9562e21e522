"""Enquiries counted without anybody in them: small numbers are left out, and no two reports tell them by their difference."""

import pytest

from admin.small_numbers import rounded
from app import Application
from desk.enquiry_report import tallies
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.logging_enquiries import ANN, enquires
from tests.desk.wall_clock import WallClock, given
from tests.telling import at


def told(found: list[dict[str, object]]) -> dict[object, object]:
    return {one["code"]: one["count"] for one in found}


def test_enquiries_are_counted_by_agency_reason_and_month(office: Application, ida: Holder, wall: WallClock) -> None:
    for month, agency, count in (("10", "nhs", 5), ("11", "police", 6)):
        wall.at = at(f"2026-{month}-12T10:00")
        for _ in range(count):
            enquires(ida, ANN, agency=agency)
    report = given(holder(office, Role.AUDITOR), "/enquiries/report")
    assert (report["total"], told(report["by_agency"])) == (10, {"police": 5, "nhs": 5})
    assert told(report["by_month"]) == {"2026-10": 5, "2026-11": 5}
    assert told(report["by_reason"]) == {"child-protection-plan": 10}
    assert "Example" not in str(report)
    october = given(ida, "/enquiries/report?from=2026-10&until=2026-10")
    assert (october["total"], told(october["by_agency"])) == (5, {"nhs": 5})
    assert given(ida, "/enquiries/report?authority=derby")["total"] is None


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("aaaaa", {"a": 5}),
        ("aaaa", {"a": None}),
        ("aaaaaabbbbbbbbcc", {"a": 5, "b": 10, "c": None}),
        ("", {}),
    ],
)
def test_a_number_is_rounded_and_a_small_one_left_out(found: str, shown: dict[str, int | None]) -> None:
    assert {one.code: one.count for one in tallies("abc", list(found))} == shown


def test_what_is_no_month_is_refused_in_words(ida: Holder) -> None:
    reply = ida.asks("/enquiries/report?from=November&until=2026-13")
    assert codes(reply) == {"from": "month", "until": "month"}
    assert codes(ida.asks("/enquiries/report?from=2026-11&until=2026-10")) == {"until": "order"}


def test_one_enquiry_more_cannot_be_worked_out_of_two_reports() -> None:
    told = [rounded(count) for count in range(10, 13)]
    assert told == [10, 10, 10]
