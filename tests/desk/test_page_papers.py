"""Can a handler write down, read and answer the desk's papers on pages, without any script? On both databases."""

import re

import pytest
from werkzeug.test import TestResponse

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, path_of, signed_in
from tests.desk.logging_enquiries import ANN, enquires, readings
from tests.desk.test_page import reads, text
from tests.desk.wall_clock import given


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


def key_of(reply: TestResponse) -> str:
    """The id of the paper that a form leads to."""
    assert reply.status_code == 303, text(reply)
    return path_of(reply).rpartition("/")[2]


def faults(reply: TestResponse) -> list[str]:
    """The sentences of the error summary, each of which leads to an element that is there."""
    page = reply.get_data(as_text=True)
    assert "<title>Error: " in page
    found = re.findall(r'<a href="#([\w-]+)">([^<]*)</a>', page)
    assert [at for at, _ in found if f'id="{at}"' not in page] == []
    return [words for _, words in found]


ASKS = {
    "authority": "sheffield", "agency": "nhs", "reason": "welfare-concern", "known": "no", "enquirer.name": "Hetty Visitor",
    "enquirer.role": "health visitor", "enquirer.contact": "020 7946 0640", "children.0.name": ANN["name"],
    "children.0.born": ANN["born"], "concern": "Bruises twice.\r\nThis month.",
}  # fmt: skip


def test_no_enquiry_is_logged_at_first(hana: Visitor) -> None:
    assert "No enquiry is logged." in reads(hana, "/desk/enquiries")
    assert 'href="/desk/enquiries"' in hana.opens("/desk").get_data(as_text=True)
    assert "None is “answered”." in reads(hana, "/desk/enquiries?state=answered")


def test_an_enquiry_is_logged_read_and_listed_without_names(office: Application, hana: Visitor, ida: Holder) -> None:
    key = key_of(hana.sends("/desk/enquiries/new", ASKS))
    shown = reads(hana, f"/desk/enquiries/{key}")
    for words in ("Enquiry of Wed 25 Nov 2026 10:00 Open", "An enquiry is not a referral.", "Hetty Visitor", "health visitor",
                  "020 7946 0640", "NHS trust", "Ann Example, born 31 May 2019", "Bruises twice. This month.", "this enquiry"):  # fmt: skip
        assert words in shown, words
    assert "a referral is prompted" not in shown
    listed = reads(hana, "/desk/enquiries")
    assert ("NHS trust" in listed, "Hetty" in listed, "Ann" in listed) == (True, False, False)
    assert given(ida, f"/enquiries/{key}")["concern"] == "Bruises twice.\nThis month."
    assert readings(office, key) == ["read"] * 3


def test_everything_wrong_with_an_enquiry_is_said_at_its_field_and_what_was_typed_stays(hana: Visitor) -> None:
    wrong = {"concern": "A long text.", "enquirer.name": "x" * 121, "children.0.name": "Ann", "children.0.born": "May"}
    reply = hana.sends("/desk/enquiries/new", wrong)
    assert reply.status_code == 422
    assert [words.partition(":")[0] for words in faults(reply)] == [
        "Authority", "Which body they are from", "Full name of whoever asks", "Why they ask", "Child 1, date of birth",
        "Known to us before",
    ]  # fmt: skip
    assert "Which body they are from: choose one." in faults(reply)
    page = reply.get_data(as_text=True)
    assert all(typed in page for typed in ("A long text.", "x" * 121, 'value="Ann"'))
    assert "a child or a family" in text(hana.sends("/desk/enquiries/new", {"agency": "nhs"}))


def test_another_child_is_asked_for_without_sending_anything(hana: Visitor) -> None:
    page = hana.sends("/desk/enquiries/new", ASKS | {"step": "another"}).get_data(as_text=True)
    assert ('name="children.1.name"' in page, 'name="children.2.name"' in page) == (True, False)
    assert "There is a problem" not in page
    assert "No enquiry is logged." in reads(hana, "/desk/enquiries")


def test_a_second_enquiry_shows_the_first_and_prompts_a_referral(
    office: Application, hana: Visitor, ida: Holder
) -> None:
    first = enquires(ida, ANN)["id"]
    key = key_of(hana.sends("/desk/enquiries/new", ASKS))
    shown = reads(hana, f"/desk/enquiries/{key}")
    assert "Enquiry number 2 within two years: a referral is prompted." in shown
    assert shown.index("Bruises twice this month.") < shown.index("10:00, this enquiry")
    assert f'href="/desk/enquiries/{first}"' in hana.opens(f"/desk/enquiries/{key}").get_data(as_text=True)
    assert "read in a chronology" in readings(office, first)
    assert "Second enquiry" in reads(hana, "/desk/enquiries")
    made = hana.sends(f"/desk/enquiries/{key}/referral")
    assert key_of(made) == key
    record = given(ida, f"/enquiries/{key}")["contact"]
    assert f"contact record {record}" in reads(hana, f"/desk/enquiries/{key}")
    assert given(ida, f"/contacts/{record}")["fields"]["concern"] == "Bruises twice.\nThis month."
    again = hana.sends(f"/desk/enquiries/{key}/referral")
    assert (again.status_code, "A referral was made of this enquiry already" in text(again)) == (409, True)


def test_who_asks_is_established_before_they_are_told_anything(hana: Visitor) -> None:
    key = key_of(hana.sends("/desk/enquiries/new", ASKS))
    path = f"/desk/enquiries/{key}"
    assert "Note the answer" not in reads(hana, path)
    assert faults(hana.sends(f"{path}/verification")) == ["How it was established: nothing is given; fill it in."]
    assert key_of(hana.sends(f"{path}/verification", {"how": "Rang the ward."})) == key
    assert "Test Handler: Rang the ward." in reads(hana, path)
    assert faults(hana.sends(f"{path}/answer")) == ["What they were told: nothing is given; fill it in."]
    assert key_of(hana.sends(f"{path}/answer", {"answer": "Not on the list."})) == key
    shown = reads(hana, path)
    assert ("They were told Not on the list." in shown, "Note the answer" in shown) == (True, False)
    assert hana.sends(f"{path}/burn").status_code == 404


def test_the_public_is_told_nothing(hana: Visitor) -> None:
    key = key_of(hana.sends("/desk/enquiries/new", ASKS | {"agency": "public"}))
    path = f"/desk/enquiries/{key}"
    hana.sends(f"{path}/verification", {"how": "Known by voice."})
    shown = reads(hana, path)
    assert ("only professionals are told" in shown, "Note the answer" in shown) == (True, False)
    refused = hana.sends(f"{path}/answer", {"answer": "Nothing."})
    assert (refused.status_code, "only professionals" in text(refused)) == (409, True)


@pytest.mark.parametrize("kind", ["enquiries", "cetr", "checks", "consultations"])
def test_papers_are_for_handlers_and_their_forms_need_a_token(office: Application, hana: Visitor, kind: str) -> None:
    for role in set(Role) - {Role.ADMIN, Role.HANDLER}:
        other = signed_in(office, role)
        assert [other.opens(f"/desk/{kind}{at}").status_code for at in ("", "/new", f"/{'a' * 16}")] == [403] * 3
    assert hana.sends_bare(f"/desk/{kind}/new", {}).status_code == 400
    for key in ("a" * 16, "none"):
        reply = hana.opens(f"/desk/{kind}/{key}")
        assert (reply.status_code, "There is no" in text(reply)) == (404, True)
    bad = hana.opens(f"/desk/{kind}?cursor=bad!&state=nonsense")
    assert bad.status_code == 422


def test_a_list_goes_on_to_its_next_page(hana: Visitor, ida: Holder) -> None:
    for _ in range(51):
        enquires(ida, family="F1")
    page = hana.opens("/desk/enquiries?state=open").get_data(as_text=True)
    (onward,) = re.findall(r'href="(/desk/enquiries\?state=open&amp;cursor=[^"]+)"', page)
    assert "Next page" not in reads(hana, onward.replace("&amp;", "&"))


REQUEST = {
    "class": "same-day", "received": "2026-11-24T15:59", "requester.name": "Cara Commissioner", "requester.organisation": "CCG",
    "requester.contact": "cara@example.org", "child.name": ANN["name"], "child.born": ANN["born"], "details": "A review.",
}  # fmt: skip
OPEN = {
    "open": "yes", "system": "eclipse", "worker.name": "Wanda Worker", "worker.office_number": "8481",
    "worker.mobile": "07790 770713", "manager.name": "Max Manager", "team": "Children & Families North 1",
}  # fmt: skip


def test_a_cetr_request_is_taken_down_and_shows_its_clock(office: Application, hana: Visitor) -> None:
    assert "No CETR request is waiting" in reads(hana, "/desk/cetr")
    key = key_of(hana.sends("/desk/cetr/new", REQUEST))
    shown = reads(hana, f"/desk/cetr/{key}")
    for words in ("CETR request of Tue 24 Nov 2026 15:59 Late Open", "Answer by Tue 24 Nov 2026 17:00", "The same day",
                  "Cara Commissioner", "Ann Example", "31 May 2019", "A review."):  # fmt: skip
        assert words in shown, words
    listed = reads(hana, "/desk/cetr?state=open")
    assert ("Tue 24 Nov 2026 17:00" in listed, "Late" in listed, "Ann" in listed) == (True, True, False)
    assert readings(office, key) == ["read cetr"]


def test_a_mailed_in_request_is_read_by_its_header(hana: Visitor) -> None:
    key = key_of(hana.sends("/desk/cetr/mail", {"text": "Subject: a child\r\n\r\nWho works with Ann?"}))
    shown = reads(hana, f"/desk/cetr/{key}")
    for words in (
        "taken since the mail does not say",
        "names no class in its header",
        "The mail Subject: a child",
        "Mailed in",
    ):
        assert words in shown, words
    other = key_of(hana.sends("/desk/cetr/mail", {"text": "CETR next day response"}))
    assert "Class The next day" in reads(hana, f"/desk/cetr/{other}")
    refused = faults(hana.sends("/desk/cetr/mail", {"received": "2026-11-26T09:00"}))
    assert [words.partition(":")[0] for words in refused] == ["The mail", "When it was received"]


def test_a_request_is_answered_by_the_template_which_can_be_copied(hana: Visitor) -> None:
    path = f"/desk/cetr/{key_of(hana.sends('/desk/cetr/new', REQUEST))}"
    assert hana.sends(f"{path}/answer", OPEN).status_code == 303
    page = hana.opens(path).get_data(as_text=True)
    copied = re.search(r'<pre class="app-copy" id="reply"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert copied
    for words in ("Eclipse: the child or young person is open.", "01392 388481", "07790 770713", "Max Manager"):
        assert words in copied[1], words
    assert ("Answer by template" in page, "Answered Wed 25 Nov 2026 10:00 by Test Handler" in page) == (False, True)
    again = hana.sends(f"{path}/answer", OPEN)
    assert (again.status_code, "is answered already" in text(again)) == (409, True)


def test_everything_wrong_with_a_request_or_an_answer_is_said_and_kept(hana: Visitor) -> None:
    reply = hana.sends("/desk/cetr/new", {"child.name": "Ann", "child.born": "May", "received": "2026-11-26T09:00"})
    assert [words.partition(":")[0] for words in faults(reply)] == [
        "By when it is answered", "When it was received", "The child&#39;s date of birth",
    ]  # fmt: skip
    assert 'value="2026-11-26T09:00"' in reply.get_data(as_text=True)
    path = f"/desk/cetr/{key_of(hana.sends('/desk/cetr/new', REQUEST))}/answer"
    assert faults(hana.sends(path)) == ["Whether the child is open: nothing is given; fill it in."]
    reply = hana.sends(path, OPEN | {"worker.mobile": "999", "team": "", "system": ""})
    assert [words.partition(":")[0] for words in faults(reply)] == ["The system", "Worker&#39;s mobile", "Team"]
    assert 'value="Max Manager"' in reply.get_data(as_text=True)
    assert hana.sends(path, {"open": "no", "team": "North"}).status_code == 422
    assert hana.sends(path, {"open": "no"}).status_code == 303
