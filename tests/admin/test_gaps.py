"""The gap report: what the procedures name without a number, each with where it is named; closed by entering one."""

import csv
import io

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import signed_in

EXPECTED = [
    ("devon", "Early Help", "no-number", "line 75", "X15"),
    ("devon", "Permanency & Transition Exeter 2", "numbering-gap", "line 61", "X5"),
    ("devon", "Duty Manager", "vacant-role", "line 75", "X15"),
    ("sheffield", "Area Children's Social Care Team", "no-number", "line 45", "X28"),
    ("sheffield", "List Custodian", "vacant-role", "line 45", ""),
    ("cambridgeshire", "Emergency Duty Team", "no-number", "line 82", "X31"),
    ("cambridgeshire", "Legal Services", "no-number", "line 102", "X31"),
    ("cambridgeshire", "Data Protection Team", "no-number", "line 102", "X31"),
    ("cambridgeshire", "PQA", "no-number", "line 180", "X31"),
    ("cambridgeshire", "Team Manager", "vacant-role", "line 38", "X31"),
    ("cambridgeshire", "Head of Service", "vacant-role", "line 58", "X31"),
    ("cambridgeshire", "MASH Navigator", "vacant-role", "line 111", "X31"),
    ("cambridgeshire", "Early Help Area Manager", "vacant-role", "line 111", "X31"),
    ("derby", "Assessment Team 3", "no-number", "line 42", "X43"),
    ("derbyshire", "Escalation Process", "no-number", "line 45", "X54"),
    ("derbyshire", "Out of Hours Team Manager", "vacant-role", "line 61", ""),
]


def everything(caller: Holder, query: str = "") -> list[dict[str, object]]:
    items: list[dict[str, object]] = caller.asks(f"/gaps?limit=200{query}").get_json()["items"]
    return items


@pytest.fixture
def report(viewer: Holder) -> list[dict[str, object]]:
    return everything(viewer)


@pytest.mark.parametrize(("authority", "what", "gap", "line", "point"), EXPECTED)
def test_what_is_named_without_a_number_stands_with_its_line(
    report: list[dict[str, object]], authority: str, what: str, gap: str, line: str, point: str
) -> None:
    (found,) = [one for one in report if (one["authority"], one["what"], one["gap"]) == (authority, what, gap)]
    assert str(found["source"]).endswith(line)
    assert found["points"] == ([point] if point else [])


def test_every_gap_says_in_which_procedure_and_every_uncovered_night_is_one(report: list[dict[str, object]]) -> None:
    assert [one["what"] for one in report if not one["source"]] == []
    nights = {str(one["slug"]) for one in report if one["gap"] in ("no-night", "night-gap")}
    assert nights == {
        "cambridgeshire-ifd",
        "derby-consultation",
        "derbyshire-consultation",
        "sheffield-cpet",
        "call-derbyshire",
    }


def test_a_gap_closes_when_a_number_or_a_holder_is_entered(editor: Holder) -> None:
    before = {str(one["slug"]) for one in everything(editor)}
    editor.changes("PATCH", "/roles/sheffield-list-custodian", {"numbers": ["020 7946 0290"]})
    numbers = {"duty_numbers": [{"number": "020 7946 0291"}]}
    editor.changes("PUT", "/teams/devon-early-help/duty-numbers", numbers, seen_at="/teams/devon-early-help")
    after = {str(one["slug"]) for one in everything(editor)}
    assert before - after == {"sheffield-list-custodian", "devon-early-help"}


def test_the_report_is_chosen_by_authority_and_words_and_read_page_by_page(editor: Holder) -> None:
    assert {one["authority"] for one in everything(editor, "&authority=sheffield")} == {"sheffield"}
    assert [one["what"] for one in everything(editor, "&q=navigator")] == ["MASH Navigator"]
    whole, cursor, seen = everything(editor), "", []
    while True:
        part = editor.asks(f"/gaps?limit=7&cursor={cursor}").get_json()
        seen += part["items"]
        cursor = part["next"]
        if not cursor:
            break
    assert seen == whole


def test_the_report_is_a_file_for_a_spreadsheet(application: Application, editor: Holder) -> None:
    reply = editor.asks("/gaps.csv")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="gaps-2026-11-25.csv"'
    rows = list(csv.DictReader(io.StringIO(reply.get_data(as_text=True))))
    assert [row["what"] for row in rows] == [one["what"] for one in everything(editor)]
    page = signed_in(application, Role.VIEWER).opens("/admin/gaps.csv?authority=sheffield")
    assert {row["authority"] for row in csv.DictReader(io.StringIO(page.get_data(as_text=True)))} == {"sheffield"}


def test_a_formula_in_a_name_is_harmless_in_the_file(editor: Holder) -> None:
    editor.sends("POST", "/roles", {"authority": "derby", "name": "=1+1"})
    assert ",'=1+1," in editor.asks("/gaps.csv?authority=derby").get_data(as_text=True)


def test_the_page_tells_every_gap_and_leads_to_what_mends_it(application: Application) -> None:
    visitor = signed_in(application, Role.EDITOR)
    text = visitor.opens("/admin/gaps").get_data(as_text=True)
    assert "Cambridgeshire: " in text
    assert 'href="/admin/roles/cambridgeshire-mash-navigator"' in text
    assert 'href="/admin/teams/devon-early-help"' in text
    assert "Sheffield: " not in visitor.opens("/admin/gaps?authority=devon").get_data(as_text=True)
    assert "There is no gap" in visitor.opens("/admin/gaps?authority=nowhere").get_data(as_text=True)
