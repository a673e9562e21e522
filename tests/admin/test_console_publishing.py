"""The console's pages by which a draft comes into force: refused with a call, published, at a moment, and back again."""

import pytest

from app import Application
from store.keys import Role
from tests.admin.form_of import form_of
from tests.admin.test_console_drafts import LINE, Draft, begun

SHUT = "The enquiry team is at home."


def in_force(application: Application) -> str:
    """What is said out of hours now."""
    plan = application.publication.current().plans.of_line("sheffield-cpet")
    assert plan
    return getattr(plan.nodes["shut"], "say", "")


@pytest.fixture
def draft(application: Application) -> Draft:
    """A draft of an admin, with another sentence."""
    made = begun(application, Role.ADMIN)
    made.saves("/nodes/shut", say=SHUT)
    return made


def test_what_is_published_with_a_reason_is_in_force_and_in_the_history(application: Application, draft: Draft) -> None:
    status, page = draft.sends("/publish")
    assert (status, in_force(application)) == (422, "The enquiry team is closed now.")
    assert "Why: say why; the reason stands in the history" in page
    draft.saves("/publish", why="It is friendlier")
    assert in_force(application) == SHUT
    assert "Published" in draft.reads()
    history = draft.visitor.opens(f"{LINE}/history").get_data(as_text=True)
    assert "It is friendlier" in history
    compared = draft.visitor.opens(f"{LINE}/compare").status_code
    two = form_of(history)
    page = draft.visitor.opens(f"{LINE}/compare?before={two['before']}&after={two['after']}").get_data(as_text=True)
    assert compared == 404
    assert f"“{SHUT}” instead of “The enquiry team is closed now.”" in page


def test_an_earlier_plan_returns_with_a_reason_and_is_shown_before(application: Application, draft: Draft) -> None:
    first = form_of(draft.visitor.opens(f"{LINE}/history").get_data(as_text=True))["after"]
    draft.saves("/publish", why="It is friendlier")
    path = f"{LINE}/versions/{first}/restore"
    page = draft.visitor.opens(path).get_data(as_text=True)
    assert f"“The enquiry team is closed now.” instead of “{SHUT}”" in page
    assert draft.visitor.sends(path, form_of(page)).status_code == 422
    assert draft.visitor.sends(path, {**form_of(page), "why": "It was not"}).status_code == 303
    assert in_force(application) == "The enquiry team is closed now."
    assert draft.visitor.opens(f"{LINE}/versions/{first}.toml").get_data(as_text=True).startswith("# Sheffield")
    assert draft.visitor.opens(f"/admin/plans/devon/versions/{first}.toml").status_code == 404
    assert draft.visitor.opens(f"{LINE}/versions/nothing/restore").status_code == 404


def test_what_the_check_refutes_is_not_published_and_the_call_is_shown(application: Application, draft: Draft) -> None:
    opened = form_of(draft.reads("/publish"))
    draft.saves("/header", opening="Sheffield Child Protection Enquiry Team.")
    page = draft.reads("/publish")
    assert "It can be published once the check proves it." in page
    assert 'class="app-call"' in page
    status, page = draft.sends("/publish", {**opened, "seen": form_of(page).get("seen", "v3")}, why="It is shorter")
    assert status == 422
    assert "Why it was refused" in page
    assert 'class="app-call"' in page
    assert in_force(application) == "The enquiry team is closed now."


def test_a_draft_waits_for_its_moment_and_is_taken_back(application: Application, draft: Draft) -> None:
    _, page = draft.sends("/publish", why="It is friendlier", at="one day")
    assert "When: " in page
    _, page = draft.sends("/publish", why="It is friendlier", at="2020-01-01T09:00")
    assert "When: “Wed 1 Jan 2020 09:00” is over" in page
    draft.saves("/publish", why="It is friendlier", at="Mon 07:00")
    assert "It comes into force by itself: Mon 30 Nov 2026 07:00." in draft.reads()
    page = draft.reads("/publish")
    assert draft.visitor.sends(f"{draft.path}/unschedule", form_of(page)).status_code == 303
    assert "comes into force by itself" not in draft.reads()
    assert in_force(application) == "The enquiry team is closed now."


def test_a_draft_made_on_an_older_plan_is_published_only_after_a_look(application: Application, draft: Draft) -> None:
    other = Draft(application, draft.visitor, begun_beside(draft))
    other.saves("/nodes/enquiry", say="We write down who you are.")
    other.saves("/publish", why="It is shorter")
    page = draft.reads("/publish")
    assert "Another plan came into force since" in page
    assert "We write down who you are." in page
    assert draft.sends("/publish", why="It is friendlier")[0] == 409
    assert draft.visitor.sends(f"{draft.path}/rebase", form_of(page)).status_code == 303
    draft.saves("/publish", why="It is friendlier")
    assert in_force(application) == SHUT


def begun_beside(draft: Draft) -> str:
    """A second draft by the same person."""
    reply = draft.visitor.sends(f"{LINE}/drafts/new", {"title": "Another"})
    return str(reply.headers["Location"])


def test_a_draft_that_somebody_changed_meanwhile_is_looked_at_again(application: Application, draft: Draft) -> None:
    opened = form_of(draft.reads("/publish"))
    draft.saves("/nodes/enquiry", say="We write down who you are.")
    status, page = draft.sends("/publish", opened, why="It is friendlier")
    assert status == 412
    assert "Somebody has changed this draft since you opened the page." in page
    assert in_force(application) == "The enquiry team is closed now."
