"""What does somebody do with drafts of plans, and with the plans of before?"""

from pathlib import Path

from store.keys import Role
from tests.browser.areas.furnished_drafts import (
    DRAFT,
    FILE,
    LINE,
    MOVED,
    ROUTE,
    WAITING,
    at,
    one_behind,
    one_draft,
    published,
    waiting,
)
from tests.browser.hands import Hands
from tests.browser.task import Task


def publishes_a_change(hands: Hands) -> None:
    """A draft begun, a prompt changed with the verdict beside it, published with a reason, and found in the history."""
    hands.opens(f"{LINE}/drafts")
    hands.leaves_by("Begin a draft", "Begin a draft")
    hands.fills("What it is for", "Say who is closed")
    hands.leaves_by("Begin", "Say who is closed")
    hands.reads("Nothing yet")
    hands.leaves_by("Change the step shut", "Message “shut”")
    hands.fills("What is said", "The Child Protection Enquiry Team is closed now.")
    hands.leaves_by("Check only", "Message “shut”")
    hands.reads("Proved: it may be published.")
    hands.leaves_by("Save", "Message “shut”")
    hands.leaves_by("Back to the draft", "Say who is closed")
    hands.leaves_by("Publish …", "Publish this draft")
    hands.fills("Why", "Callers asked")
    hands.leaves_by("Publish", "Say who is closed Published")
    hands.opens(f"{LINE}/history")
    hands.leaves_by("Compare", "Two plans compared")
    hands.reads("Callers asked")


def adds_a_step(hands: Hands) -> None:
    """Added, led to, renamed; then removed again, and that taken back."""
    hands.opens(at())
    hands.leaves_by("Add a step", "Add a step")
    hands.leaves_by("Goodbye", "Add a step: goodbye")
    hands.fills("Name", "farewell")
    hands.fills("What is said", "If a child is in danger now, dial 9 9 9. Goodbye.")
    hands.leaves_by("Add this step", "Tell callers about 0")
    hands.reads("Nothing leads here")
    hands.leaves_by("Change the step farewell", "Goodbye “farewell”")
    hands.leaves_by("Rename this step", "Rename “farewell”")
    hands.fills("Name", "the-end")
    hands.leaves_by("Rename", "Goodbye “the-end”")
    hands.leaves_by("Remove this step", "Remove the step “the-end”")
    hands.leaves_by("Remove", "Tell callers about 0")
    hands.leaves_by("Undo the last change", "Tell callers about 0")
    hands.reads("the-end")


def changes_hours(hands: Hands) -> None:
    """A shorter Friday, more hours that are removed again, and what holds for the whole line."""
    hands.opens(at())
    hands.leaves_by("Hours “office”", "Hours “office”")
    hands.fills("Friday, closes", "16:00")
    hands.leaves_by("Save", "Hours “office”")
    hands.leaves_by("Back to the draft", "Tell callers about 0")
    hands.leaves_by("Add hours", "Add hours")
    hands.fills("Name", "evenings")
    hands.leaves_by("Add", "Hours “evenings”")
    hands.leaves_by("Remove these hours", "Remove the hours “evenings”")
    hands.leaves_by("Remove", "Tell callers about 0")
    hands.leaves_by("What holds for the whole line", "What holds for the whole line")
    hands.fills("Last reviewed", "2026-11")
    hands.leaves_by("Save", "What holds for the whole line")
    hands.leaves_by("Back to the draft", "Tell callers about 0")
    hands.leaves_by("How long a caller may have to wait", "How long a caller may have to wait")
    hands.fills("Words in one go, at most", "100")
    hands.leaves_by("Save", "How long a caller may have to wait")


def imports_a_file(hands: Hands) -> None:
    """Another text in the draft's place; then the call flow, and the draft is discarded."""
    hands.opens(at())
    hands.leaves_by("Import a file", "Import a file")
    hands.hands_over("File", Path(FILE))
    hands.leaves_by("Import", "Tell callers about 0")
    hands.reads("Nothing yet")
    hands.leaves_by("The call flow, drawn", "Call flow")
    hands.leaves_by("The draft", "Tell callers about 0")
    hands.leaves_by("Discard this draft", "Discard “Tell callers about 0”")
    hands.leaves_by("Remove", "Drafts")


def goes_back(hands: Hands) -> None:
    """To the plan of before."""
    hands.opens(f"{LINE}/history")
    stops = [stop.name for stop in hands.stops() if stop.name.startswith("Go back to it")]
    hands.opens(f"{LINE}/history")
    hands.leaves_by(stops[0], "Go back to an earlier plan")
    hands.fills("Why", "It was clearer")
    hands.leaves_by("Go back to it", "History")
    hands.reads("It was clearer")


def takes_it_back(hands: Hands) -> None:
    """From its date."""
    hands.opens(at("/publish", WAITING))
    hands.reads("It comes into force by itself")
    hands.leaves_by("Take it back", "Publish this draft")


def looks_first(hands: Hands) -> None:
    """At what came into force since, before the draft replaces it."""
    hands.opens(at("/publish", MOVED))
    hands.leaves_by("I have looked: this draft replaces it", "Publish this draft")
    hands.reads("It stands in the history")


TASKS: tuple[Task, ...] = (
    Task("publish a change of a plan", Role.ADMIN, publishes_a_change,
         (f"GET {ROUTE}/drafts", f"GET {ROUTE}/drafts/new", f"POST {ROUTE}/drafts/new", f"GET {DRAFT}", f"GET {DRAFT}/nodes/<node>",
          f"POST {DRAFT}/nodes/<node>", f"GET {DRAFT}/publish", f"POST {DRAFT}/publish", f"GET {ROUTE}/history",
          f"GET {ROUTE}/compare")),
    Task("add a step to a plan", Role.EDITOR, adds_a_step,
         (f"GET {DRAFT}/add", f"GET {DRAFT}/add/<verb>", f"POST {DRAFT}/add/<verb>", f"GET {DRAFT}/nodes/<node>/rename",
          f"POST {DRAFT}/nodes/<node>/rename", f"GET {DRAFT}/nodes/<node>/remove", f"POST {DRAFT}/nodes/<node>/remove",
          f"POST {DRAFT}/undo"), one_draft),
    Task("change the hours of a plan", Role.EDITOR, changes_hours,
         (f"GET {DRAFT}/hours/<name>", f"POST {DRAFT}/hours/<name>", f"GET {DRAFT}/add-hours", f"POST {DRAFT}/add-hours",
          f"GET {DRAFT}/hours/<name>/remove", f"POST {DRAFT}/hours/<name>/remove", f"GET {DRAFT}/header", f"POST {DRAFT}/header",
          f"GET {DRAFT}/budget", f"POST {DRAFT}/budget"), one_draft),
    Task("import a plan into a draft", Role.EDITOR, imports_a_file,
         (f"GET {DRAFT}/import", f"POST {DRAFT}/import", f"GET {DRAFT}/flow", f"GET {DRAFT}/drop", f"POST {DRAFT}/drop"), one_draft),
    Task("go back to an earlier plan", Role.ADMIN, goes_back,
         (f"GET {ROUTE}/versions/<digest>/restore", f"POST {ROUTE}/versions/<digest>/restore"), published),
    Task("take a scheduled draft back", Role.ADMIN, takes_it_back, (f"POST {DRAFT}/unschedule",), waiting),
    Task("replace what came into force since", Role.ADMIN, looks_first, (f"POST {DRAFT}/rebase",), one_behind),
)  # fmt: skip
