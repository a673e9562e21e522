"""The console's pages of drafts: begun, changed by forms with the verdict beside them, and taken back."""

import tomllib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest

from app import Application
from store.drafts import one
from store.keys import Role
from tests.admin.form_of import form_of
from tests.admin.visitor import Visitor, path_of, signed_in

LINE = "/admin/plans/sheffield-cpet"
PARTS = ("header", "budget", "hours/office", "nodes/office", "nodes/shut", "nodes/welcome", "nodes/by-name", "nodes/cpet-queue",
         "nodes/cpet", "nodes/safe", "nodes/call-back")  # fmt: skip
OTHERS = (
    "",
    "/add",
    "/add/menu",
    "/add-hours",
    "/import",
    "/drop",
    "/publish",
    "/flow",
    "/nodes/shut/rename",
    "/nodes/shut/remove",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of a line's plan, and somebody before its pages."""

    application: Application
    visitor: Visitor
    path: str

    def reads(self, part: str = "") -> str:
        """A page of it."""
        return self.visitor.opens(f"{self.path}{part}").get_data(as_text=True)

    def sends(self, part: str, sent: dict[str, str] | None = None, /, **changed: str) -> tuple[int, str]:
        """A form, as it opens or as it was opened, but for some fields."""
        fields = {**(form_of(self.reads(part)) if sent is None else sent), **changed}
        reply = self.visitor.sends(f"{self.path}{part}", fields)
        return reply.status_code, reply.get_data(as_text=True)

    def types(self, part: str, fields: dict[str, str]) -> str:
        """What comes beside a form while somebody types."""
        sent = {**fields, "csrf_token": self.visitor.token()}
        reply = self.visitor.client.post(f"{self.path}{part}", data=sent, headers={"HX-Request": "true"})
        assert reply.status_code == 200, reply.get_data(as_text=True)
        return reply.get_data(as_text=True)

    def saves(self, part: str, **changed: str) -> None:
        """A form that is not refused."""
        status, page = self.sends(part, **changed)
        assert status == 303, page

    @property
    def text(self) -> str:
        """The draft's TOML."""
        with self.application.database.read() as connection:
            found = one(connection, self.path.rpartition("/")[2])
        assert found
        return found.text

    @property
    def plan(self) -> dict[str, Any]:
        """What it holds."""
        return tomllib.loads(self.text)


def begun(application: Application, role: Role = Role.EDITOR) -> Draft:
    """A draft that somebody begins."""
    visitor = signed_in(application, role)
    reply = visitor.sends(f"{LINE}/drafts/new", {"title": "Shorter menu"})
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return Draft(application, visitor, path_of(reply))


@pytest.fixture
def draft(application: Application) -> Draft:
    return begun(application)


def test_every_form_that_is_saved_as_it_opens_changes_nothing(application: Application) -> None:
    draft = begun(application, Role.ADMIN)
    before = draft.text
    for part in PARTS:
        draft.saves(f"/{part}")
    assert draft.text == before
    assert "Nothing yet: it is the plan in force." in draft.reads()
    assert [part for part in OTHERS if draft.visitor.opens(f"{draft.path}{part}").status_code != 200] == []


def test_a_prompt_is_changed_told_in_words_and_taken_back(draft: Draft) -> None:
    before = draft.text
    draft.saves("/nodes/shut", say="The enquiry team\r\nis at home.")
    assert draft.plan["nodes"]["shut"]["say"] == "The enquiry team is at home."
    assert "# No number and no team are printed for the night (X26).\n[nodes.shut]" in draft.text
    page = draft.reads()
    assert "The enquiry team is at home.” instead of “The enquiry team is closed now." in page
    draft.visitor.sends(f"{draft.path}/undo", form_of(page))
    assert draft.text == before
    assert "Undo the last change" not in draft.reads()


def test_choices_are_moved_added_and_removed_by_buttons_and_kept_by_saving(draft: Draft) -> None:
    _, page = draft.sends("/nodes/welcome", step="down-0")
    _, page = draft.sends("/nodes/welcome", form_of(page), step="remove-3")
    _, page = draft.sends("/nodes/welcome", form_of(page), step="add")
    sent = {**form_of(page), "options-3-label": "the safe message", "options-3-go": "safe"}
    assert draft.plan["nodes"]["welcome"]["options"][0]["key"] == "1"
    status, _ = draft.sends("/nodes/welcome", sent, step="save")
    options = draft.plan["nodes"]["welcome"]["options"]
    assert (status, [row["key"] for row in options], options[3]["go"]) == (303, ["2", "1", "3", "4"], "safe")


def test_what_is_wrong_with_a_form_is_told_at_its_fields_and_not_kept(draft: Draft) -> None:
    before = draft.text
    status, page = draft.sends("/nodes/welcome", **{"options-0-key": "0", "options-1-label": "", "options-2-key": "4"})
    assert (status, draft.text) == (422, before)
    assert "Choice 1, key: a key is a digit from 1 to 9" in page
    assert "Choice 2, choice: fill it in." in page
    status, page = draft.sends("/nodes/cpet-queue", most_waiting="1000", longest_seconds="soon")
    assert "Most callers who wait: at most 100." in page
    assert "Longest wait, in seconds: give a whole number" in page
    status, page = draft.sends("/nodes/welcome", **{"options-2-key": "4"})
    assert "Choice 4, key: 4 is taken already" in page


def test_the_verdict_follows_what_is_typed_and_nothing_is_kept(draft: Draft) -> None:
    before, opened = draft.text, {**form_of(draft.reads("/header")), "step": "check"}
    sound = draft.types("/header", opened)
    refuted = draft.types("/header", {**opened, "opening": "Sheffield Child Protection Enquiry Team."})
    wrong = draft.types("/header", {**opened, "name": ""})
    assert "Proved: it may be published." in sound
    assert "Refuted: 1 promise would not hold." in refuted
    assert "9 9 9" in refuted
    assert "Name of the line: fill it in." in wrong
    assert "<html" not in sound + refuted + wrong
    status, page = draft.sends("/header", opened, opening="Sheffield Child Protection Enquiry Team.")
    assert (status, "Refuted: 1 promise would not hold." in page) == (200, True)
    assert form_of(page)["opening"] == "Sheffield Child Protection Enquiry Team."
    assert draft.text == before


def test_a_step_comes_in_is_led_to_renamed_and_goes_again(draft: Draft) -> None:
    _, page = draft.sends("/add/message", slug="Hours", say="We are open from 9 to 5.", go="shut")
    assert "Name: small letters, digits and hyphens" in page
    draft.saves("/add/message", slug="opening-hours", say="We are open from 9 to 5.", go="shut")
    assert "Nothing leads here; remove it or lead an option to it." in draft.reads()
    draft.saves("/nodes/office", closed="opening-hours")
    assert "Proved" in draft.reads()
    draft.saves("/nodes/opening-hours/rename", slug="when-open")
    assert draft.plan["nodes"]["office"]["closed"] == "when-open"
    status, page = draft.sends("/nodes/when-open/remove", {})
    assert (status, "when-open" in draft.plan["nodes"]) == (409, True)
    assert "The step “office”, while they are closed" in page
    draft.saves("/nodes/office", closed="shut")
    draft.saves("/nodes/when-open/remove")
    assert "Nothing yet: it is the plan in force." in draft.reads()


def test_hours_are_changed_day_by_day_or_as_one_rule(draft: Draft) -> None:
    draft.saves("/hours/office", **{"fri-closes": "12.30", "fri-again": "13:30", "fri-ends": "16"})
    assert draft.plan["hours"]["office"]["week"] == "Mon-Thu 09:00-17:00; Fri 09:00-12:30 13:30-16:00"
    _, page = draft.sends("/hours/office", **{"mon-closes": "8", "tue-opens": "nine"})
    assert "Tuesday: “nine” is no time; write it as 09:00." in page
    _, page = draft.sends("/hours/office", **{"mon-closes": "8"})
    assert "Monday: each time must be later than the one before it" in page
    draft.saves("/hours/office", week="Mon 09:00-10:00 11:00-12:00 13:00-14:00")
    assert draft.plan["hours"]["office"]["week"].endswith("13:00-14:00")
    draft.saves("/hours/office")
    draft.saves("/hours/office", always="yes", holidays="as-usual")
    assert draft.plan["hours"]["office"]["week"] == "always"
    draft.saves("/add-hours", slug="evenings")
    status, _ = draft.sends("/hours/office/remove")
    draft.saves("/hours/evenings/remove")
    assert (status, list(draft.plan["hours"])) == (409, ["office"])


def test_header_and_budget_are_changed_and_a_budget_comes_in_where_there_is_none(draft: Draft) -> None:
    draft.saves("/header", **{"last_resort-1": "sheffield-area-team", "reviewed": "2026-11"})
    assert draft.plan["last_resort"] == ["sheffield-cpet", "sheffield-area-team"]
    draft.saves("/budget", prompt_words="40")
    assert draft.plan["budget"] == {"prompt_words": 40}
    assert "at most 40 words" in draft.reads("/nodes/safe")


def test_whoever_was_slower_sees_both_and_puts_their_own_change_on_top(draft: Draft) -> None:
    opened = form_of(draft.reads("/nodes/cpet"))
    draft.saves("/nodes/cpet", source="S:55")
    status, page = draft.sends("/nodes/cpet", {**opened, "named": "the enquiry team"})
    assert (status, draft.plan["nodes"]["cpet"]["named"]) == (412, "the Child Protection Enquiry Team")
    assert "Step “cpet”: where it is printed" in page
    again = form_of(page)
    assert (again["named"], again["source"], again["step"]) == ("the enquiry team", "S:55", "again")
    _, page = draft.sends("/nodes/cpet", again)
    status, _ = draft.sends("/nodes/cpet", form_of(page), step="save")
    cpet = draft.plan["nodes"]["cpet"]
    assert (status, cpet["named"], cpet["source"]) == (303, "the enquiry team", "S:55")


def test_a_file_takes_the_drafts_place_or_every_problem_of_it_is_told(draft: Draft) -> None:
    def sent(text: str) -> tuple[int, str]:
        fields: Any = {**form_of(draft.reads("/import")), "file": (BytesIO(text.encode()), "plan.toml")}
        reply = draft.visitor.sends(f"{draft.path}/import", fields)
        return reply.status_code, reply.get_data(as_text=True)

    good = draft.text
    assert draft.visitor.opens(f"{draft.path}.toml").get_data(as_text=True) == good
    status, page = sent(
        good.replace('go = "safe"', 'go = "nowhere"').replace('open_by = "office"', 'open_by = "never"')
    )
    assert (status, draft.text) == (422, good)
    assert "nodes.shut.go: There is no node “nowhere”" in page
    assert "open_by: There are no hours “never”" in page
    assert "this is the plan of “x”" in sent(good.replace('line = "sheffield-cpet"', 'line = "x"'))[1]
    assert sent(good.replace("closed now", "shut now"))[0] == 303
    assert draft.plan["nodes"]["shut"]["say"] == "The enquiry team is shut now."


def test_a_discarded_draft_is_left_as_it_is(draft: Draft) -> None:
    opened = form_of(draft.reads("/nodes/shut"))
    draft.saves("/drop")
    assert "No draft is under way." in draft.visitor.opens(f"{LINE}/drafts").get_data(as_text=True)
    assert "Discarded" in draft.reads()
    assert draft.sends("/nodes/shut", opened)[0] == 409


def test_viewers_look_and_editors_of_elsewhere_change_nothing(application: Application, draft: Draft) -> None:
    viewer = signed_in(application, Role.VIEWER)
    assert viewer.opens(draft.path).status_code == 200
    assert f"{draft.path}/nodes/" not in viewer.opens(draft.path).get_data(as_text=True)
    assert viewer.opens(f"{draft.path}/nodes/shut").status_code == 403
    elsewhere = signed_in(application, Role.EDITOR, "devon@example.org", authorities=("devon",))
    assert elsewhere.opens(f"{draft.path}/nodes/shut").status_code == 403
    assert elsewhere.sends(f"{LINE}/drafts/new", {"title": "Mine"}).status_code == 403
    assert draft.visitor.opens(f"{draft.path}/publish").status_code == 403


def test_what_is_no_draft_of_the_line_is_no_page(draft: Draft) -> None:
    for path in (
        f"{LINE}/drafts/nowhere",
        f"{draft.path}/nodes/nowhere",
        f"{draft.path}/add/dance",
        f"{draft.path}/hours/x",
    ):
        assert draft.visitor.opens(path).status_code == 404
    assert draft.visitor.opens(draft.path.replace("sheffield-cpet", "devon")).status_code == 404
