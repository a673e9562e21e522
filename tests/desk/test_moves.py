"""Families who move in: nothing is taken down before the form is here, then the Team Manager; on both databases."""

from typing import Any

import pytest

from app import Application
from store import tables, tables_contacts, tables_papers
from tests.admin.desk_client import Holder, codes
from tests.desk.wall_clock import given, sent, tasks_of

FORM = {"form": "A plan since May.", "children": [{"name": "Ann Example", "born": "2019-05-31"}]}


def told(by: Holder, wants: str = "conference") -> str:
    body = {"authority": "cambridgeshire", "from_authority": "Another Council", "wants": wants}
    return str(sent(by, "POST", "/moves", body, 201)["id"])


def decides(by: Holder, key: str, stays: str) -> dict[str, Any]:
    sent(by, "POST", f"/moves/{key}/form", FORM)
    return sent(
        by, "POST", f"/moves/{key}/decision", {"stays": stays, "decided_by": "Tom Manager", "reasons": "A lease."}
    )


def test_no_details_are_taken_before_the_form_is_here(office: Application, ida: Holder) -> None:
    body = {"authority": "cambridgeshire", "from_authority": "Another Council", "children": FORM["children"]}
    assert codes(ida.sends("POST", "/moves", body)) == {"children": "unknown-field"}
    key = told(ida)
    assert (given(ida, f"/moves/{key}")["state"], set(tasks_of(ida, key))) == ("waiting-for-form", {"move-form"})
    decision = {"stays": "permanent", "decided_by": "Tom Manager", "reasons": "why"}
    assert ida.sends("POST", f"/moves/{key}/decision", decision).status_code == 409
    with office.database.read() as connection:
        assert connection.execute(tables_contacts.contact.select()).all() == []


def test_the_form_goes_to_the_team_manager(ida: Holder) -> None:
    key = told(ida)
    moved = sent(ida, "POST", f"/moves/{key}/form", FORM)
    assert (moved["state"], moved["form"]) == ("with-team-manager", "A plan since May.")
    assert {task["role"] for task in tasks_of(ida, key).values()} == {"team-manager"}
    assert ida.sends("POST", f"/moves/{key}/form", FORM).status_code == 409


def test_a_family_that_stays_gets_records_a_conference_and_a_district(ida: Holder, tom: Holder) -> None:
    key = told(ida)
    moved = decides(tom, key, "permanent")
    assert (moved["state"], set(tasks_of(ida, key))) == ("conference-asked", {"move-records", "move-conference"})
    fields = given(ida, f"/contacts/{moved['about']}")["fields"]
    assert (fields["caller"], fields["concern"]) == ("other-authority", "A plan since May.")
    done = sent(ida, "POST", f"/moves/{key}/conference", {"conference": "accepted"})
    assert (done["state"], tasks_of(ida, key)["move-allocation"]["role"]) == ("with-district", "district")


def test_a_record_that_another_authoritys_call_began_takes_what_its_form_asks(ida: Holder, tom: Holder) -> None:
    sent(ida, "PUT", "/calls/CA7/contact", {"fields": {"concern": "?"}, "authority": "derby"})
    body = {"authority": "cambridgeshire", "from_authority": "Another Council", "wants": "conference", "call": "CA7"}
    moved = decides(tom, sent(ida, "POST", "/moves", body, 201)["id"], "permanent")
    fields = given(ida, f"/contacts/{moved['about']}")["fields"]
    assert (fields["concern"], fields["caller"], "purpose" in fields) == ("?", "other-authority", False)


def test_a_conference_that_is_not_needed_ends_it(ida: Holder, tom: Holder) -> None:
    key = told(ida)
    decides(tom, key, "permanent")
    done = sent(ida, "POST", f"/moves/{key}/conference", {"conference": "not-needed"})
    assert (done["state"], set(tasks_of(ida, key))) == ("settled", {"move-records"})


def test_a_short_stay_for_information_is_settled_and_recorded(ida: Holder, tom: Holder) -> None:
    key = told(ida, "information")
    moved = decides(tom, key, "temporary")
    assert (moved["state"], set(tasks_of(ida, key))) == ("settled", {"move-records"})
    assert moved["about"]


def test_a_dispute_climbs_to_the_most_senior_managers_and_no_higher(ida: Holder, tom: Holder) -> None:
    key = told(ida)
    decides(tom, key, "temporary")
    roles = [role_asked(ida, key)]
    for _ in range(2):
        sent(tom, "POST", f"/moves/{key}/escalate", {})
        roles.append(role_asked(ida, key))
    assert roles == ["team-manager", "child-protection-manager", "senior-manager"]
    assert tom.sends("POST", f"/moves/{key}/escalate", {}).status_code == 409
    assert [one["kind"] for one in given(tom, "/alerts")["items"] if one["about"] == key] == ["responsibility-senior"]


def role_asked(by: Holder, key: str) -> str:
    found = [task["role"] for kind, task in tasks_of(by, key).items() if kind.startswith("responsibility")]
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize(("whose", "state"), [("ours", "conference-asked"), ("theirs", "settled")])
def test_once_it_is_agreed_whose_case_it_is_nobody_is_asked_any_more(
    ida: Holder, tom: Holder, whose: str, state: str
) -> None:
    key = told(ida)
    decides(tom, key, "temporary")
    sent(tom, "POST", f"/moves/{key}/escalate", {})
    done = sent(tom, "POST", f"/moves/{key}/agreed", {"whose": whose})
    assert (done["state"], done["whose"]) == (state, whose)
    assert not [kind for kind in tasks_of(ida, key) if kind.startswith("responsibility")]
    assert ("move-conference" in tasks_of(ida, key)) is (whose == "ours")


def test_every_fault_is_told_at_once(ida: Holder, tom: Holder) -> None:
    assert codes(ida.sends("POST", "/moves", {"wants": "tea"})) == {
        "authority": "missing", "from_authority": "missing", "wants": "choice",
    }  # fmt: skip
    key = told(ida)
    assert codes(ida.sends("POST", f"/moves/{key}/form", {})) == {"form": "missing"}
    assert codes(tom.sends("POST", f"/moves/{key}/decision", {})) == {
        "stays": "choice", "decided_by": "missing", "reasons": "missing",
    }  # fmt: skip
    assert ida.asks("/moves/none").status_code == 404


def test_the_familys_details_are_sealed_and_their_reading_noted(office: Application, ida: Holder, tom: Holder) -> None:
    key = told(ida)
    sent(ida, "POST", f"/moves/{key}/form", FORM)
    given(tom, f"/moves/{key}")
    assert "Example" not in str(given(tom, "/moves?state=with-team-manager"))
    with office.database.read() as connection:
        kept = connection.execute(tables_papers.move.select()).all()
        trail = connection.execute(tables.audit.select()).all()
    assert "Example" not in str([tuple(row) for row in (*kept, *trail)])
    assert "Tom Manager" in [row.who.split(" (")[0] for row in trail if (row.kind, row.slug) == ("reading", key)]
