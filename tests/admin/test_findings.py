"""What does the API tell of findings, and to whom?"""

from typing import Any
from urllib.parse import quote

import pytest

from admin.listing import opened
from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder


def items(who: Holder, query: str = "") -> list[dict[str, Any]]:
    """Every page's findings."""
    found, cursor = [], ""
    while cursor is not None:
        page = who.asks(f"/findings?limit=40&cursor={quote(cursor)}&{query}").get_json()
        found += page["items"]
        cursor = page["next"]
    return found


def test_the_worst_comes_first_and_every_page_goes_on_where_the_last_one_ended(admin: Holder) -> None:
    found = items(admin)
    severities = [one["severity"] for one in found]
    assert severities == sorted(severities, key=["refuted", "serious", "doubtful", "note"].index)
    assert len({(one["code"], one["slug"], one["sentence"]) for one in found}) == len(found) > 40


def test_a_finding_says_where_it_is_and_where_it_was_read(admin: Holder) -> None:
    found = [{name: one[name] for name in one.keys() - {"id", "accepted"}} for one in items(admin, "code=team-twice")]
    assert found == [
        {
            "code": "team-twice", "severity": "doubtful", "kind": "team", "slug": "devon-cf-exeter-4", "authority": "devon",
            "sentence": "Children & Families Exeter 4 is printed 2 times, with 07812 106279 and 07581 156261; "
            "ask the team in which order they should ring.",
            "source": "Joint Agreement Protocol, CETR (Devon), lines 59 and 60", "points": ["X3"],
        }
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["severity=doubtful", "code=mobile-only", "authority=derby", "q=x44 mobile"])
def test_findings_are_chosen_by_severity_code_authority_and_words(admin: Holder, query: str) -> None:
    found = items(admin, query)
    assert ("mobile-only", "derby-consultation") in {(one["code"], one["slug"]) for one in found}
    assert len(found) < len(items(admin))


def test_a_change_settles_a_finding_at_once(admin: Holder) -> None:
    team = "/teams/devon-pt-north"
    assert [one["slug"] for one in items(admin, "code=mobile-only&q=north")] == ["devon-pt-north"]
    numbers = [{"number": "020 7946 0301"}, {"number": "07790 770713"}]
    assert admin.changes("PUT", f"{team}/duty-numbers", numbers, seen_at=team).status_code == 200
    assert items(admin, "code=mobile-only&q=north") == []


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_findings(application: Application, role: Role) -> None:
    assert holder(application, role).asks("/findings").status_code == 200


def test_a_viewer_reads_no_number_and_finds_nothing_by_one(viewer: Holder) -> None:
    told = " ".join(str(one["sentence"]) for one in items(viewer))
    assert "(a number) is the number of 2 teams: Children & Families Exeter 4" in told
    assert [text for text in ("07581", "384590", "155 1071", "6000 388", "641172") if text in told] == []
    assert items(viewer, "q=07581") == []


def test_a_cursor_holds_no_number(admin: Holder) -> None:
    page = admin.asks("/findings?code=mobile-only&limit=1").get_json()
    assert opened(page["next"]).startswith("2 derby mobile-only derby-consultation ")
    assert "812" not in opened(page["next"])
    assert codes(admin.asks("/findings?cursor=none of ours")) == {"cursor": "cursor"}


def test_an_unknown_severity_is_refused_in_words(admin: Holder) -> None:
    assert admin.asks("/findings?severity=terrible").status_code == 422
