"""How are the pages looked at that show drafts of plans, the forms of their parts, and the history?"""

from playwright.sync_api import Page

from store.keys import Role
from tests.browser.areas.draft_tasks import TASKS
from tests.browser.areas.furnished_drafts import (
    DANGLING,
    DRAFT,
    LINE,
    MOVED,
    REFUTED,
    ROUTE,
    SOUND,
    WAITING,
    at,
    digest,
    furnish,
)
from tests.browser.state import State, filled, shown

__all__ = ["NEVER_REFUSED", "NO_PAGE", "SCREENS", "STATES", "TASKS", "furnish"]


def typing(page: Page) -> None:
    """The verdict as it follows what is typed."""
    page.get_by_label("First words of every call").fill("Sheffield enquiries.")
    page.get_by_text("Refuted:").wait_for()


def behind(page: Page) -> None:
    """A form that was opened before somebody else wrote."""
    page.evaluate("document.querySelector('[name=seen]').value = 'v0'")
    page.get_by_label("What is said").fill("An enquiry is no referral.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Somebody has changed it").wait_for()


def one_choice_more(page: Page) -> None:
    """A menu's form after a button."""
    page.get_by_role("button", name="Add a choice").click()
    page.get_by_label("Key of choice 5").wait_for()


STATES: list[State] = [
    *shown(Role.EDITOR, f"{LINE}/drafts", f"{LINE}/drafts/new", f"{LINE}/drafts/new?from={digest()}", f"{LINE}/history",
           f"{LINE}/compare?before={digest()}&after={digest()}",
           *map(at, ("", "/flow", "/header", "/budget", "/hours/office", "/hours/office/remove", "/nodes/welcome", "/nodes/cpet-queue",
                     "/nodes/shut/rename", "/nodes/shut/remove", "/add", "/add/menu", "/add/queue", "/add-hours", "/import", "/drop")),
           *(at("", key) for key in (REFUTED, DANGLING, WAITING)), at("/nodes/when-open", DANGLING),
           at("/nodes/when-open/remove", DANGLING), at("/header", REFUTED)),
    *shown(Role.ADMIN, f"{LINE}/versions/{digest()}/restore", *(at("/publish", key) for key in (SOUND, REFUTED, DANGLING, MOVED, WAITING))),
    *shown(Role.VIEWER, at(), f"{LINE}/drafts", f"{LINE}/history"),
    State("a verdict that follows what is typed", Role.EDITOR, at("/header"), typing),
    State("a menu with one choice more", Role.EDITOR, at("/nodes/welcome"), one_choice_more),
    State("a draft that somebody else changed", Role.EDITOR, at("/nodes/welcome"), behind),
    State("a draft begun wrongly", Role.EDITOR, f"{LINE}/drafts/new", filled("Begin", title="x" * 121), f"POST {ROUTE}/drafts/new"),
    State("a step emptied", Role.EDITOR, at("/nodes/welcome"), filled("Save"), f"POST {DRAFT}/nodes/<node>"),
    State("a step renamed wrongly", Role.EDITOR, at("/nodes/shut/rename"), filled("Rename"), f"POST {DRAFT}/nodes/<node>/rename"),
    State("a step added empty", Role.EDITOR, at("/add/menu"), filled("Add this step"), f"POST {DRAFT}/add/<verb>"),
    State("hours emptied", Role.EDITOR, at("/hours/office"), filled("Save"), f"POST {DRAFT}/hours/<name>"),
    State("hours without a name", Role.EDITOR, at("/add-hours"), filled("Add"), f"POST {DRAFT}/add-hours"),
    State("a header emptied", Role.EDITOR, at("/header"), filled("Save"), f"POST {DRAFT}/header"),
    State("a budget in words", Role.EDITOR, at("/budget"), filled("Save", steps="many"), f"POST {DRAFT}/budget"),
    State("no file to import", Role.EDITOR, at("/import"), filled("Import"), f"POST {DRAFT}/import"),
    State("published without a reason", Role.ADMIN, at("/publish"), filled("Publish"), f"POST {DRAFT}/publish"),
    State("back without a reason", Role.ADMIN, f"{LINE}/versions/{digest()}/restore", filled("Go back to it"),
          f"POST {ROUTE}/versions/<digest>/restore"),
]  # fmt: skip

SCREENS: list[State] = [
    State("drafts", Role.EDITOR, f"{LINE}/drafts"),
    State("draft-new", Role.EDITOR, f"{LINE}/drafts/new"),
    State("draft", Role.ADMIN, at()),
    State("draft-flow", Role.EDITOR, at("/flow")),
    State("draft-step", Role.EDITOR, at("/nodes/welcome")),
    State("draft-step-rename", Role.EDITOR, at("/nodes/shut/rename")),
    State("draft-step-remove", Role.EDITOR, at("/nodes/shut/remove")),
    State("draft-add", Role.EDITOR, at("/add")),
    State("draft-add-step", Role.EDITOR, at("/add/ring")),
    State("draft-header", Role.EDITOR, at("/header"), typing),
    State("draft-budget", Role.EDITOR, at("/budget")),
    State("draft-hours", Role.EDITOR, at("/hours/office")),
    State("draft-hours-remove", Role.EDITOR, at("/hours/office/remove")),
    State("draft-add-hours", Role.EDITOR, at("/add-hours")),
    State("draft-import", Role.EDITOR, at("/import")),
    State("draft-drop", Role.EDITOR, at("/drop")),
    State("draft-publish", Role.ADMIN, at("/publish")),
    State("plan-history", Role.ADMIN, f"{LINE}/history"),
    State("plan-compare", Role.EDITOR, f"{LINE}/compare?before={digest()}&after={digest()}"),
    State("plan-restore", Role.ADMIN, f"{LINE}/versions/{digest()}/restore"),
]

NEVER_REFUSED: dict[str, str] = {
    f"POST {DRAFT}/undo": "a refusal is a page of its own",
    f"POST {DRAFT}/drop": "whoever is slower is told; nothing else is refused",
    f"POST {DRAFT}/rebase": "a button; whoever is slower is told",
    f"POST {DRAFT}/unschedule": "a button; whoever is slower is told",
    f"POST {DRAFT}/nodes/<node>/remove": "what is still used has no button (tests/admin/test_console_drafts.py)",
    f"POST {DRAFT}/hours/<name>/remove": "what is still used has no button (tests/admin/test_console_drafts.py)",
}
NO_PAGE: dict[str, str] = {
    f"GET {ROUTE}.toml": "a file",
    f"GET {DRAFT}.toml": "a file",
    f"GET {ROUTE}/versions/<digest>.toml": "a file",
}
