"""Does every page have a task, a state and a picture, and every form a refusal? A new page without them fails here."""

from tests.browser.routes import FORMS, NO_PAGE, PAGES, route, untold
from tests.browser.screens import SCREENS
from tests.browser.states import NEVER_REFUSED, STATES
from tests.browser.tasks import TASKS
from tests.conftest import HOME

REACHED = {one for task in TASKS for one in task.reaches}
LED_TO = {"GET /admin/closures/<slug>/remove", "GET /admin/users/<slug>", "GET /admin/done/<int:sequence>",
          "GET /admin/findings/<id>/accept"}  # fmt: skip
"""Pages whose address a table cannot know; ``states.LED_TO`` goes there by a link."""

BY_OTHERS = {"GET /api/v1/docs"}
"""Swagger UI's page: test_docs_page.py looks at it."""


def test_every_page_and_every_form_has_a_task_for_the_keyboard() -> None:
    assert untold([*PAGES, *FORMS], REACHED) == []


def test_every_page_is_looked_at_by_axe_and_zoomed() -> None:
    assert untold(PAGES, {route("GET", state.path.partition("?")[0]) for state in STATES} | LED_TO | BY_OTHERS) == []


def test_every_form_is_looked_at_when_it_is_refused() -> None:
    assert untold(FORMS, {state.refused for state in STATES} | set(NEVER_REFUSED)) == []


def test_every_page_has_its_picture_in_the_documentation() -> None:
    drawn = {route("GET", screen.path.partition("?")[0]) for screen in SCREENS}
    assert untold(PAGES, drawn | LED_TO) == []
    told = "".join(page.read_text(encoding="utf-8") for page in (HOME / "docs").glob("*.md"))
    assert [screen.name for screen in SCREENS if f"(screens/{screen.name}.png)" not in told] == []
    assert {path.stem for path in (HOME / "docs" / "screens").glob("*.png")} == {screen.name for screen in SCREENS}


def test_the_tables_name_nothing_that_is_not_there() -> None:
    every = {*PAGES, *FORMS, *NO_PAGE}
    named = {*REACHED, *LED_TO, *BY_OTHERS, *NEVER_REFUSED, *(state.refused for state in STATES if state.refused)}
    assert untold(named, every) == []
    assert [
        names for names in ([one.name for one in table] for table in (TASKS, STATES)) if len(names) != len(set(names))
    ] == []
