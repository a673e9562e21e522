"""Can an administrator take away, hold and lift on pages, and an auditor read what is kept? On both databases, without any script."""

import re

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.admin.visitor import Visitor, path_of, signed_in
from tests.desk.logging_enquiries import ANN, BEN, enquires
from tests.desk.test_page import reads, text
from tests.desk.test_page_papers import faults, key_of
from tests.desk.wall_clock import WallClock, given
from tests.telling import at

HERE = "/desk/retention"
OF_ANN = {"child.name": ANN["name"], "child.born": ANN["born"], "why": "An inquest."}


@pytest.fixture
def ada(office: Application) -> Visitor:
    """An administrator with a browser."""
    return signed_in(office, Role.ADMIN, "ada@example.org")


def logged(by: Holder, wall: WallClock, when: str, child: dict[str, str]) -> str:
    """An enquiry of long ago; then it is Wednesday again."""
    wall.at = at(when)
    made = enquires(by, child)["id"]
    wall.is_set("Wed 10:00")
    return str(made)


def hidden(page: str) -> dict[str, str]:
    """What a form carries unseen."""
    return dict(re.findall(r'type="hidden" name="(until)" value="([^"]*)"', page))


def test_an_auditor_reads_what_is_kept_and_held_and_is_offered_no_deed(office: Application, ada: Visitor) -> None:
    assert "Nothing is held." in reads(ada, HERE)
    key = key_of(ada.sends(f"{HERE}/holds/new", OF_ANN))
    assert f'href="{HERE}/holds/{key}"' in ada.opens(HERE).get_data(as_text=True)
    auditor = signed_in(office, Role.AUDITOR)
    shown, page = reads(auditor, HERE), auditor.opens(HERE).get_data(as_text=True)
    for words in ("Enquiries enquiries 2 years (S:45)", "No period: it stays (no source prints a period)", "DUTYLINE_RETENTION",
                  "The audit trail audit Never taken away", "A child, since Wed 25 Nov 2026 10:00 Test Admin"):  # fmt: skip
        assert words in shown, words
    assert ("An inquest." in shown, "An inquest." in reads(ada, HERE)) == (False, True)
    assert f'href="{HERE}"' in auditor.opens("/admin").get_data(as_text=True)
    assert re.findall(rf'href="{HERE}/[^"]*"', page) == []
    assert [auditor.opens(f"{HERE}/{deed}").status_code for deed in ("purge", "holds/new", f"holds/{key}")] == [403] * 3
    assert auditor.sends(f"{HERE}/purge", {"why": "?"}).status_code == 403


def test_nobody_else_is_shown_the_way(office: Application, ada: Visitor) -> None:
    for role in (Role.HANDLER, Role.EDITOR, Role.VIEWER):
        other = signed_in(office, role)
        assert (other.opens(HERE).status_code, HERE in other.opens("/admin").get_data(as_text=True)) == (403, False)
    page = ada.opens(HERE).get_data(as_text=True)
    assert len(re.findall('aria-current="(?:true|page)"', page)) == 1
    assert ada.sends_bare(f"{HERE}/purge", {"why": "?"}).status_code == 400


def test_what_is_past_its_time_is_shown_taken_away_for_a_reason_and_reported(
    office: Application, ada: Visitor, wall: WallClock
) -> None:
    ida = holder(office, Role.HANDLER, "Ida Officer")
    old = logged(ida, wall, "2024-11-24T10:00", ANN)
    young = logged(ida, wall, "2024-11-25T12:00", BEN)
    page = ada.opens(f"{HERE}/purge").get_data(as_text=True)
    assert "Enquiries: 1 that is from before Mon 25 Nov 2024 10:00" in reads(ada, f"{HERE}/purge")
    wall.passes(hours=3)
    refused = ada.sends(f"{HERE}/purge", hidden(page))
    assert (refused.status_code, faults(refused)) == (422, ["Why: say why; it stands in the audit trail."])
    assert "Enquiries: 1 that is" in text(refused)
    done = ada.sends(f"{HERE}/purge", hidden(page) | {"why": "The yearly tidying."})
    assert "What was taken away Enquiries: 1 from before" in text(done)
    assert (ida.asks(f"/enquiries/{old}").status_code, given(ida, f"/enquiries/{young}")["id"]) == (404, young)
    again = ada.sends(f"{HERE}/purge", hidden(page) | {"why": "The yearly tidying."})
    assert "Nothing: it was taken away" in text(again)
    ada.sends(f"{HERE}/purge", {"why": "And the other."})
    assert "Nothing would go." in reads(ada, f"{HERE}/purge")


def test_a_hold_says_what_it_keeps_and_what_goes_when_it_is_lifted(
    office: Application, ada: Visitor, wall: WallClock
) -> None:
    ida = holder(office, Role.HANDLER, "Ida Officer")
    old = logged(ida, wall, "2024-11-24T10:00", ANN)
    made = ada.sends(f"{HERE}/holds/new", OF_ANN)
    assert "Ann" not in made.headers["Location"]
    path = path_of(made)
    shown = reads(ada, path)
    assert "Enquiries: 1, of which 1 would go with the next purge if it were lifted" in shown
    assert ("Why An inquest." in shown, "Ann" in shown) == (True, False)
    assert "kept by a legal hold: 1" in reads(ada, f"{HERE}/purge")
    second = path_of(ada.sends(f"{HERE}/holds/new", {"record": old, "why": "Asked for."}))
    assert "Enquiries: 1 Lift it Nothing that is past its time would go" in reads(ada, second)
    assert faults(ada.sends(f"{path}/lift")) == ["Why: say why; it stands in the audit trail."]
    assert path_of(ada.sends(f"{path}/lift", {"why": "It is over."})) == HERE
    assert [ada.opens(path).status_code, ada.sends(f"{path}/lift", {"why": "Again."}).status_code] == [404] * 2
    assert f"Record {old}, since" in reads(ada, HERE)


def test_what_is_wrong_with_a_hold_is_said_at_its_field_and_what_was_typed_stays(ada: Visitor) -> None:
    reply = ada.sends(f"{HERE}/holds/new", {"record": "nowhere"})
    assert [words.partition(":")[0] for words in faults(reply)] == ["Id of the record", "Why"]
    assert 'value="nowhere"' in reply.get_data(as_text=True)
    reply = ada.sends(f"{HERE}/holds/new", {"child.name": "Ann Example", "why": "?"})
    assert [words.partition(":")[0] for words in faults(reply)] == ["The child"]
    assert 'value="Ann Example"' in reply.get_data(as_text=True)
    reply = ada.sends(f"{HERE}/holds/new", OF_ANN | {"child.born": "May"})
    assert [words.partition(":")[0] for words in faults(reply)] == ["The child&#39;s date of birth"]
    assert "make sure of the spelling" in reads(ada, path_of(ada.sends(f"{HERE}/holds/new", OF_ANN)))
