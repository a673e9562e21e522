"""The log of enquiries over the API: matched, prompted, answered only to whom it may be, never readable at rest; on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from admin.ports import RecordRules
from app import Application, Config, build
from store.every_table import metadata
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.logging_enquiries import ANN, BEN, ENQUIRER, enquires, fired, hashes, readings
from tests.desk.wall_clock import WallClock, given, sent, tasks_of
from tests.telling import at

BOTH = {"any-second-enquiry": (2, True), "child-not-known": (2, True)}
NEITHER = {"any-second-enquiry": (1, False), "child-not-known": (1, False)}


@pytest.fixture
def by_child(config: Config, database: Any, wall: WallClock) -> Iterator[Application]:  # noqa: ARG001  # prepares it
    """A deployment that counts by child."""
    built = build(replace(config, records=RecordRules("child")), wall)
    yield built
    built.close()


def test_a_first_enquiry_prompts_nothing_and_is_no_referral(ida: Holder) -> None:
    first = enquires(ida, ANN)
    assert fired(first) == NEITHER
    assert (first["chronology"], first["refer"], first["state"]) == ([], "", "open")
    assert first["statement"].startswith("An enquiry is not a referral.")
    assert tasks_of(ida, first["id"]) == {}


def test_a_second_enquiry_prompts_under_both_readings_and_begins_the_custodians_task(ida: Holder) -> None:
    first = enquires(ida, ANN)
    second = enquires(ida, {"name": "ANN  Exämple", "born": "2019-05-31"}, agency="school")
    assert fired(second) == BOTH
    assert "X28" in second["refer"]
    task = tasks_of(ida, second["id"])["refer-to-area-team"]
    assert (task["role"], task["source"], task["named_role"]) == ("list-custodian", "S:45", "sheffield-list-custodian")
    assert [one["id"] for one in second["chronology"]] == [first["id"]]
    assert second["chronology"][0]["enquirer"] == ENQUIRER


def test_of_a_child_known_before_only_the_wider_reading_prompts(ida: Holder) -> None:
    enquires(ida, ANN)
    second = enquires(ida, ANN, known="yes")
    assert fired(second) == {"any-second-enquiry": (2, True), "child-not-known": (0, False)}
    heads = {one["id"]: one["fired"] for one in given(ida, "/enquiries")["items"]}
    assert heads[second["id"]] == ["any-second-enquiry"]


@pytest.mark.parametrize(
    ("first", "second", "prompted"),
    [
        ("2024-11-25T10:00", "2026-11-24T10:00", True),  # 1 year 364 days
        ("2024-11-25T10:00", "2026-11-25T10:00", True),
        ("2024-11-25T10:00", "2026-11-26T10:00", False),  # 2 years 1 day
        ("2024-02-29T10:00", "2026-02-28T23:59", True),
        ("2024-02-29T10:00", "2026-03-01T10:00", False),
        ("2026-02-28T10:00", "2028-02-28T09:59", True),
        ("2026-02-28T10:00", "2028-02-29T10:00", False),
    ],
)
def test_two_years_are_counted_to_the_day(
    ida: Holder, wall: WallClock, first: str, second: str, prompted: bool
) -> None:
    wall.at = at(first)
    enquires(ida, ANN)
    wall.at = at(second)
    again = enquires(ida, ANN)
    assert fired(again) == (BOTH if prompted else NEITHER)
    assert len(again["chronology"]) == prompted


def test_a_family_counts_as_one_however_many_children_it_has(ida: Holder) -> None:
    enquires(ida, ANN, family="F-17")
    assert fired(enquires(ida, BEN, family="f17")) == BOTH
    assert fired(enquires(ida, BEN))["any-second-enquiry"] == (2, True)


def test_a_deployment_may_count_by_child(by_child: Application) -> None:
    ida = holder(by_child, Role.HANDLER, "Ida Officer")
    enquires(ida, ANN, family="F-17")
    assert fired(enquires(ida, BEN, family="F-17")) == NEITHER
    assert fired(enquires(ida, ANN)) == BOTH


def test_another_authoritys_enquiry_is_not_counted(ida: Holder) -> None:
    enquires(ida, ANN, authority="derby")
    assert fired(enquires(ida, ANN)) == NEITHER


def test_a_child_without_a_date_of_birth_finds_nobody_and_that_is_said(ida: Holder) -> None:
    enquires(ida, {"name": "Ann Example", "born": ""})
    second = enquires(ida, {"name": "Ann Example", "born": ""}, ANN)
    assert (second["unmatched"], fired(second)) == (1, NEITHER)


def test_of_enquiries_at_the_same_moment_all_but_one_find_another(office: Application, ida: Holder) -> None:
    handlers = [holder(office, Role.HANDLER, f"Handler {number}") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda by: enquires(by, ANN), handlers))
    assert sorted(fired(one)["any-second-enquiry"][0] for one in made) == [1, 2, 3, 4]
    assert len(given(ida, f"/enquiries/{made[0]['id']}")["chronology"]) == 3


def test_nobody_is_answered_before_it_is_established_who_asks(ida: Holder, tom: Holder) -> None:
    path = f"/enquiries/{enquires(ida, ANN)['id']}"
    words = {"answer": "Subject of a plan since May."}
    refused = ida.sends("POST", f"{path}/answer", words)
    assert (refused.status_code, "who is asking" in refused.get_json()["detail"]) == (409, True)
    verified = sent(tom, "POST", f"{path}/verification", {"how": "Rang back on the switchboard."})
    assert (verified["verified"], verified["verified_how"]) == (True, "Rang back on the switchboard.")
    assert verified["verified_by"].startswith("Tom Manager (")
    answered = sent(ida, "POST", f"{path}/answer", words)
    assert (answered["state"], answered["answer"]) == ("answered", words["answer"])
    assert ida.sends("POST", f"{path}/answer", words).status_code == 409
    assert [step["state"] for step in given(ida, path)["history"]] == ["open", "verified", "answered"]


@pytest.mark.parametrize("agency", ["public", "family", "young-person"])
def test_the_list_is_confidential_to_professionals(ida: Holder, agency: str) -> None:
    path = f"/enquiries/{enquires(ida, ANN, agency=agency)['id']}"
    sent(ida, "POST", f"{path}/verification", {"how": "Known to us."})
    refused = ida.sends("POST", f"{path}/answer", {"answer": "No."})
    assert (refused.status_code, "confidential" in refused.get_json()["detail"]) == (409, True)


def test_a_referral_is_made_of_an_enquiry_with_what_it_holds(ida: Holder) -> None:
    enquiry = enquires(ida, ANN)
    made = sent(ida, "POST", f"/enquiries/{enquiry['id']}/referral", {}, 201)
    fields = given(ida, f"/contacts/{made['contact']}")["fields"]
    assert (fields["caller"], fields["referrer_name"], fields["concern"]) == (
        "nhs", "Hetty Visitor", "Bruises twice this month.",
    )  # fmt: skip
    assert fields["children"] == [ANN | {"gender": ""}]
    after = given(ida, f"/enquiries/{enquiry['id']}")
    assert (after["contact"], after["state"]) == (made["contact"], "referred")
    assert [step["state"] for step in after["history"]] == ["open", "referred"]
    assert ida.sends("POST", f"/enquiries/{enquiry['id']}/referral", {}).status_code == 409


def test_the_line_of_the_call_says_whose_enquiry_it_is(office: Application, ida: Holder) -> None:
    with office.database.write() as connection:
        connection.execute(metadata.tables["call"].insert().values(sid="CA1", line="sheffield-cpet"))
    made = enquires(ida, ANN, call="CA1", authority="derby")
    assert (made["line"], made["authority"], made["call"]) == ("sheffield-cpet", "sheffield", "CA1")


def test_every_fault_is_told_at_once_and_nothing_is_logged(ida: Holder) -> None:
    wrong = {
        "authority": "atlantis", "call": "a.b", "agency": "stranger", "reason": "curious", "known": "maybe",
        "children": [{"born": "yesterday"}], "concern": 7,
    }  # fmt: skip
    assert codes(ida.sends("POST", "/enquiries", wrong)) == {
        "authority": "unknown", "call": "sid", "agency": "choice", "reason": "choice", "known": "choice",
        "children.0.born": "date", "concern": "text",
    }  # fmt: skip
    about_nobody = {"authority": "sheffield", "agency": "nhs", "reason": "care-order"}
    assert codes(ida.sends("POST", "/enquiries", about_nobody)) == {"children": "missing"}
    assert given(ida, "/enquiries")["items"] == []


def test_nothing_personal_stands_unsealed_in_the_database(office: Application, ida: Holder) -> None:
    child = {"name": "Cora Canary", "born": "2014-03-02"}
    path = f"/enquiries/{enquires(ida, child, family='F-17')['id']}"
    sent(ida, "POST", f"{path}/verification", {"how": "Rang Hetty back."})
    sent(ida, "POST", f"{path}/answer", {"answer": "A plan since May."})
    with office.database.read() as connection:
        held = str([list(connection.execute(select(table))) for table in metadata.tables.values()])
    assert "child-protection-plan" in held
    for personal in ("Canary", "2014-03-02", "F-17", "Hetty", "946 0640", "Bruises", "since May"):
        assert personal not in held
    assert len(hashes(office)) == 2


def test_the_list_names_nobody_and_an_auditor_sees_no_more(office: Application, ida: Holder) -> None:
    made = enquires(ida, ANN)
    auditor, viewer = holder(office, Role.AUDITOR), holder(office, Role.VIEWER)
    shown = given(auditor, "/enquiries?q=nhs")["items"]
    assert [one["id"] for one in shown] == [made["id"]]
    assert not {"children", "enquirer", "concern", "answer", "family"} & set(shown[0])
    assert auditor.asks(f"/enquiries/{made['id']}").status_code == 403
    assert viewer.asks("/enquiries").status_code == 403


def test_every_reading_is_noted_also_in_a_chronology(office: Application, ida: Holder, tom: Holder) -> None:
    first, second = enquires(ida, ANN)["id"], enquires(ida, ANN)["id"]
    given(tom, f"/enquiries/{second}")
    assert readings(office, second) == ["read", "read"]
    assert readings(office, first) == ["read", "read in a chronology", "read in a chronology"]


def test_the_list_is_cut_into_pages_newest_first(ida: Holder, wall: WallClock) -> None:
    made = []
    for _ in range(3):
        made.append(enquires(ida, ANN)["id"])
        wall.passes(minutes=1)
    page = given(ida, "/enquiries?limit=2")
    assert [one["id"] for one in page["items"]] == made[:0:-1]
    assert [one["id"] for one in given(ida, f"/enquiries?limit=2&cursor={page['next']}")["items"]] == made[:1]
    assert given(ida, "/enquiries?state=answered")["items"] == []


def test_an_enquiry_that_is_not_there_is_404(ida: Holder) -> None:
    for key in ("0123456789abcdef", "none", "REPORT"):
        assert ida.asks(f"/enquiries/{key}").status_code == 404
    assert ida.sends("POST", "/enquiries/none/referral", {}).status_code == 404
