"""Can a handler ask who works with a child, and enter what the systems say, on one page without any script? On both databases."""

import re

import pytest

from app import Application
from store import tables
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, signed_in
from tests.desk.test_case_look_up import ANN, WORKER, enters
from tests.desk.test_page import reads, text
from tests.desk.test_page_papers import faults

CASES, ENTRY = "/desk/cases", "/desk/cases/entry"


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


def test_a_child_who_is_open_is_shown_with_whom_to_consult_and_a_reply_to_copy(
    office: Application, hana: Visitor, ida: Holder
) -> None:
    assert ("What the systems say" in reads(hana, CASES), "Enter what" in reads(hana, CASES)) == (False, False)
    enters(ida, "eclipse", "open", worker=WORKER)
    reply = hana.sends(CASES, ANN)
    shown, page = text(reply), reply.get_data(as_text=True)
    for words in (
        "What the systems say Open",
        "Worker Fenella Sampling, 020 7946 0271",
        "Manager Harriet Mockingham",
        "by Ida Officer",
        "Nothing is entered of Right for Children yet.",
    ):
        assert words in shown, words
    copied = re.search(r'<pre class="app-copy" id="reply"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert copied
    assert "Allocated worker: Fenella Sampling" in copied[1]
    (onward,) = re.findall(r'href="(/desk\?q=Fenella[^"]*)"', page)
    assert "1 found. Callers can be passed on while you talk to one. Fenella Sampling" in reads(hana, onward)
    assert not re.search(r'(href|action|src)="[^"]*(Ann|2019-05-31)', page)
    with office.database.read() as connection:
        trail = connection.execute(tables.audit.select()).all()
    assert [row.what for row in trail if row.kind == "reading"] == ["look up"]


def test_what_both_systems_say_is_entered_on_the_page_until_not_open_is_answered(hana: Visitor) -> None:
    asked = hana.sends(CASES, ANN)
    assert "Nothing is entered of Eclipse and Right for Children yet." in text(asked)
    assert 'id="reply"' not in asked.get_data(as_text=True)
    half = hana.sends(ENTRY, {**ANN, "system": "eclipse", "state": "not-open"})
    assert (half.status_code, "“Not open” is answered only once both say so." in text(half)) == (200, True)
    whole = hana.sends(ENTRY, {**ANN, "system": "right-for-children", "state": "not-open"})
    assert "Right for Children: the child or young person is not open." in text(whole)
    assert 'id="worker" name="worker" type="text"' in whole.get_data(as_text=True)
    gone = hana.sends(ENTRY, {**ANN, "system": "eclipse", "state": "unknown"})
    assert "Nothing is entered of Eclipse yet." in text(gone)


def test_everything_wrong_is_said_at_its_field_and_what_was_typed_stays(hana: Visitor) -> None:
    half = hana.sends(CASES, {"name": "Ann"})
    assert faults(half) == [
        "The child&#39;s full name: a child is found by full name and date of birth together; give both."
    ]
    assert 'value="Ann"' in half.get_data(as_text=True)
    reply = hana.sends(ENTRY, {**ANN, "manager": "Nobody At All", "team": "Social"})
    said = faults(reply)
    assert [words.partition(":")[0] for words in said] == [
        "Which system",
        "What it says",
        "Their manager",
        "Their team",
    ]
    assert "Their manager: nothing is found by “Nobody At All”; type a name, an extension or a number." in said
    page = reply.get_data(as_text=True)
    assert ('value="Nobody At All"' in page, 'name="team-which"' in page, 'value="Ann Example"' in page) == (
        True,
        True,
        True,
    )
    nobody = faults(hana.sends(ENTRY, {**ANN, "system": "eclipse", "state": "open"}))
    assert nobody == ["Allocated worker: a child who is open has an allocated worker; name them, or a team."]


def test_one_of_several_whom_words_fit_is_chosen(hana: Visitor) -> None:
    entry = {**ANN, "system": "eclipse", "state": "open", "team": "Social"}
    page = hana.sends(ENTRY, entry).get_data(as_text=True)
    first = re.findall(r'name="team-which" type="radio" value="([^"]+)"', page)[0]
    chosen = hana.sends(ENTRY, {**entry, "team-which": first})
    assert (chosen.status_code, "What the systems say Open" in text(chosen)) == (200, True)


def test_it_is_for_handlers_and_needs_a_token(office: Application, hana: Visitor) -> None:
    for role in set(Role) - {Role.ADMIN, Role.HANDLER}:
        other = signed_in(office, role)
        assert [other.opens(CASES).status_code, other.sends(CASES, ANN).status_code] == [403, 403]
    assert [hana.sends_bare(path, ANN).status_code for path in (CASES, ENTRY)] == [400, 400]
