"""What the form asks and what the desk says: each row has its source, its page and its trigger."""

from collections.abc import Mapping

import pytest

from desk.fields import BY_CODE, FIELDS, Kind, fields_of
from desk.hand_over import hand_over
from desk.prompts import RULES, prompts
from tests.house.pages import page

B_ITEMS = [f"B:{line}" for line in range(18, 33)]
RISKS = ("domestic_abuse", "mental_illness", "substance_misuse", "learning_difficulties")

CASES: list[tuple[str, str, Mapping[str, object]]] = [
    ("protect", "derby", {"protection_now": "yes"}),
    ("police", "devon", {"crime": "yes"}),
    ("anonymity", "cambridgeshire", {"anonymous": "yes"}),
    ("do-not-disclose", "derbyshire", {"caller": "public"}),
    ("full-details", "cambridgeshire", {"caller": "family"}),
    ("consultation", "cambridgeshire", {"purpose": "consultation"}),
    ("check", "cambridgeshire", {"purpose": "check"}),
    ("form-101", "cambridgeshire", {"caller": "police"}),
    ("dash", "cambridgeshire", {"caller": "police", "domestic_abuse": "yes"}),
    ("referral-form", "cambridgeshire", {"caller": "nhs"}),
    ("online-form", "derbyshire", {"caller": "school"}),
    ("safeguarding-lead", "derbyshire", {"caller": "nhs"}),
    ("may-not-be-told", "cambridgeshire", {"caller": "gp"}),
    ("domestic-abuse", "cambridgeshire", {"domestic_abuse": "yes"}),
    ("mash", "cambridgeshire", {"barnardo_scale": "3"}),
    ("head-of-service", "derby", {"staff_family": "yes"}),
    ("second-record", "cambridgeshire", {"parent_under_18": "yes"}),
    ("open-worker", "derbyshire", {"open_case": "yes"}),
    ("open-message", "cambridgeshire", {"open_case": "yes"}),
    ("who-attends", "devon", {"open_case": "no"}),
    ("enquiry", "sheffield", {"caller": "school"}),
    ("authorise", "derbyshire", {"without_parents": "yes", "authorised_by": "M. Manager"}),
    ("consent", "cambridgeshire", {"caller": "nhs", "consent": "refused"}),
    ("written-request", "cambridgeshire", {"written_request": "yes"}),
    ("urgent-advice", "cambridgeshire", {"protection_now": "yes", "purpose": "check"}),
    ("escalation", "derbyshire", {"disagrees": "yes"}),
    ("tell-professional", "derbyshire", {"caller": "police", "outcome": "signposting"}),
    ("tell-nobody", "cambridgeshire", {"caller": "public", "rating": "blue"}),
]


def said(values: Mapping[str, object], authority: str) -> set[str]:
    return {prompt.code for prompt in prompts(values, authority)}


def test_the_fifteen_items_and_the_four_risks_are_asked_everywhere() -> None:
    sources = [field.source for field in FIELDS]
    assert [line for line in B_ITEMS if sources.count(line) != 1] == []
    for authority in ("devon", "derbyshire", "derby", "sheffield", "cambridgeshire", ""):
        asked = {field.code for field in fields_of(authority)}
        assert asked >= {field.code for field in FIELDS if field.source in B_ITEMS}
        assert asked >= set(RISKS)


def test_only_choices_have_choices_and_no_field_stands_twice() -> None:
    assert len(BY_CODE) == len(FIELDS)
    assert [field.code for field in FIELDS if field.choices and field.kind is not Kind.CHOICE] == []
    assert [field.code for field in FIELDS if field.kind is Kind.CHOICE and not field.choices] == []


@pytest.mark.parametrize(("code", "authority", "values"), CASES, ids=[case[0] for case in CASES])
def test_each_sentence_is_said_when_it_is_due_and_not_before(
    code: str, authority: str, values: Mapping[str, object]
) -> None:
    assert code in said(values, authority)
    assert code not in said({}, authority)


def test_every_sentence_has_its_case() -> None:
    assert [rule.prompt.code for rule in RULES] == [case[0] for case in CASES]


def test_a_sentence_of_one_authority_is_not_said_in_another() -> None:
    everywhere = {rule.prompt.code for rule in RULES if not rule.authorities}
    assert {code for code, _, values in CASES if code in said(values, "elsewhere")} == everywhere


@pytest.mark.parametrize(
    ("scale", "caada", "due"), [("1", "", False), ("2", "no", False), ("4", "", True), ("1", "yes", True)]
)
def test_scale_three_and_four_or_a_high_checklist_go_to_mash(scale: str, caada: str, due: bool) -> None:
    assert ("mash" in said({"barnardo_scale": scale, "caada_high": caada}, "cambridgeshire")) is due


def test_an_authorised_talk_needs_the_managers_name_and_reasons() -> None:
    whole = {"without_parents": "yes", "authorised_by": "M. Manager", "authorised_why": "The child is at risk."}
    assert "authorise" not in said(whole, "derbyshire")


def test_the_hand_over_says_every_field_of_the_form_in_words() -> None:
    text = hand_over(
        {"caller": "gp", "concern": "one\ntwo", "household": [{"name": "A", "born": "", "gender": ""}]}, "devon", "r1"
    )
    assert [field.label for field in fields_of("devon") if f"{field.label}: " not in text] == []
    assert "from: GP\n" in text
    assert "one\n    two" in text
    assert text.count("not known") > 20


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.code)
def test_every_field_stands_on_the_page_with_its_source(field: object) -> None:
    one = next(each for each in FIELDS if each is field)
    whose = ", ".join(one.authorities) or "all"
    assert (
        f"| `{one.code}` | {one.label} | {one.kind.value} | {one.source} | {whose} |" in page("records.md").splitlines()
    )


def test_every_sentence_stands_on_the_page_and_no_row_is_left_over() -> None:
    rows = [
        f"| `{rule.prompt.code}` | {rule.prompt.words} | {rule.prompt.source} | {', '.join(rule.authorities) or 'all'} |"
        for rule in RULES
    ]
    told = page("records.md").partition("### What the desk says")[2].partition("\n## ")[0]
    assert [line for line in told.splitlines() if line.startswith("| `")] == rows
