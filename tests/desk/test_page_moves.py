"""Can a handler follow a family who moves in on pages, without any script, until it is known whose case it is? On both databases."""

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.admin.visitor import Visitor, path_of, signed_in
from tests.desk.test_moves import FORM, told
from tests.desk.test_page import reads, text
from tests.desk.test_page_papers import faults, key_of
from tests.desk.wall_clock import given, sent

NOTICE = {"authority": "cambridgeshire", "from_authority": "Another Council", "wants": "conference"}
ITS_FORM = {"form": "A plan since May.", "children.0.name": "Ann Example", "children.0.born": "2019-05-31"}
DECISION = {"stays": "temporary", "decided_by": "Tom Manager", "reasons": "Moving about."}
DEEDS = ("form", "decision", "conference", "escalate", "agreed")


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


def offered(browser: Visitor, path: str) -> list[str]:
    """The deeds for which the page has a form."""
    page = browser.opens(path).get_data(as_text=True)
    return [deed for deed in DEEDS if f'action="{path}/{deed}"' in page]


def disputed(by: Holder) -> str:
    """The id of a move of which it is open whose case it is."""
    key = told(by)
    sent(by, "POST", f"/moves/{key}/form", FORM)
    sent(by, "POST", f"/moves/{key}/decision", DECISION)
    return key


def test_nothing_of_a_family_is_taken_down_before_its_form_is_here(hana: Visitor) -> None:
    assert "No authority has told of a family." in reads(hana, "/desk/moves")
    page = hana.opens("/desk/moves/new").get_data(as_text=True)
    assert ("Take no details of the family" in page, 'name="children' in page) == (True, False)
    key = key_of(hana.sends("/desk/moves/new", NOTICE | {"children.0.name": "Ann Example"}))
    shown = reads(hana, f"/desk/moves/{key}")
    for words in (
        "Waiting for its form",
        "Take no details of the family",
        "Another Council",
        "A Transfer-In Conference, perhaps",
    ):
        assert words in shown, words
    assert "Ann" not in shown
    assert offered(hana, f"/desk/moves/{key}") == ["form"]


def test_a_family_that_stays_gets_a_record_and_a_conference_step_by_step(hana: Visitor, ida: Holder) -> None:
    path = f"/desk/moves/{key_of(hana.sends('/desk/moves/new', NOTICE))}"
    for deed, fields, then in (
        ("form", ITS_FORM, ["decision"]), ("decision", DECISION | {"stays": "permanent"}, ["conference"]),
        ("conference", {"conference": "accepted"}, []),
    ):  # fmt: skip
        assert path_of(hana.sends(f"{path}/{deed}", fields)) == path
        assert offered(hana, path) == then
    shown, record = reads(hana, path), given(ida, path.removeprefix("/desk"))["about"]
    for words in ("With the District", "Ann Example, born 31 May 2019", "A plan since May.", "Tom Manager", record,
                  "the District allocates the case (C:182)", "create its records on ICS"):  # fmt: skip
        assert words in shown, words
    listed = reads(hana, "/desk/moves?state=with-district")
    assert ("Another Council" in listed, "Ann" in listed) == (True, False)
    assert hana.sends(f"{path}/burn").status_code == 404


def test_a_dispute_climbs_to_the_top_and_each_rung_says_that_no_number_is_printed(hana: Visitor, tom: Holder) -> None:
    path = f"/desk/moves/{disputed(tom)}"
    assert offered(hana, path) == ["escalate", "agreed"]
    shown = reads(hana, path)
    assert shown.count("No number is printed (X31)") == 3
    assert "as the role “cambridgeshire-senior-manager”" in shown
    assert "First line managers Asked now" in shown
    hana.sends(f"{path}/escalate")
    assert "First line managers Could not agree" in reads(hana, path)
    hana.sends(f"{path}/escalate")
    shown = reads(hana, path)
    assert "More senior managers Asked now" in shown
    assert "there is nobody above them" in shown
    assert offered(hana, path) == ["agreed"]
    refused = hana.sends(f"{path}/escalate")
    assert (refused.status_code, "nobody above them" in " ".join(faults(refused))) == (409, True)
    assert path_of(hana.sends(f"{path}/agreed", {"whose": "theirs"})) == path
    assert "Whose case it is The other authority&#39;s" in reads(hana, path)
    assert offered(hana, path) == []


def test_a_number_that_was_entered_stands_at_its_rung(office: Application, hana: Visitor, tom: Holder) -> None:
    entered = holder(office, Role.EDITOR).changes(
        "PATCH", "/roles/cambridgeshire-senior-manager", {"numbers": ["020 7946 0655"]}
    )
    assert entered.status_code == 200
    shown = reads(hana, f"/desk/moves/{disputed(tom)}")
    assert "More senior managers Ours: 020 7946 0655" in shown
    assert shown.count("No number is printed") == 2


def test_everything_wrong_is_said_at_its_field_and_what_was_typed_stays(hana: Visitor, tom: Holder) -> None:
    reply = hana.sends("/desk/moves/new", {"from_authority": "x" * 121})
    assert reply.status_code == 422
    assert [words.partition(":")[0] for words in faults(reply)] == [
        "Authority", "The authority that the family comes from", "What it wants",
    ]  # fmt: skip
    assert "x" * 121 in reply.get_data(as_text=True)
    path = f"/desk/moves/{told(tom)}"
    reply = hana.sends(f"{path}/form", {"children.0.name": "Ann", "children.0.born": "May"})
    assert [words.partition(":")[0] for words in faults(reply)] == ["Child 1, date of birth", "What the form says"]
    assert 'value="Ann"' in reply.get_data(as_text=True)
    another = hana.sends(f"{path}/form", ITS_FORM | {"step": "another"}).get_data(as_text=True)
    assert ('name="children.1.name"' in another, "A plan since May." in another) == (True, True)
    sent(tom, "POST", f"{path.removeprefix('/desk')}/form", FORM)
    late = hana.sends(f"{path}/form", ITS_FORM)
    assert (late.status_code, "is not to be done any more" in text(late)) == (409, True)
    reply = hana.sends(f"{path}/decision", {"reasons": "A lease."})
    assert [words.partition(":")[0] for words in faults(reply)] == ["Whether the family stays", "Who decided it"]
    assert "A lease." in reply.get_data(as_text=True)
    path = f"/desk/moves/{disputed(tom)}"
    assert faults(hana.sends(f"{path}/agreed")) == ["Whose case it is: choose one."]
    hana.sends(f"{path}/agreed", {"whose": "ours"})
    assert faults(hana.sends(f"{path}/conference")) == ["The conference: choose one."]


def test_moves_are_for_handlers_and_their_forms_need_a_token(office: Application, hana: Visitor) -> None:
    for role in set(Role) - {Role.ADMIN, Role.HANDLER}:
        other = signed_in(office, role)
        assert [other.opens(f"/desk/moves{at}").status_code for at in ("", "/new", f"/{'a' * 16}")] == [403] * 3
    assert hana.sends_bare("/desk/moves/new", NOTICE).status_code == 400
    assert hana.opens("/desk/moves/none").status_code == 404
