"""Does axe find a violation in any state of any page, wide or narrow? Errors, empty lists and refusals are states too."""

import pytest

from tests.browser.conftest import NARROW, WIDE, Seat
from tests.browser.drawn import drawn
from tests.browser.looks import violations
from tests.browser.state import ERROR, State
from tests.browser.states import STATES


@pytest.mark.parametrize("state", drawn(STATES, 4, "axe"))
def test_axe_finds_nothing(state: State, gallery: Seat) -> None:
    page = gallery.shared(state.role, WIDE)
    page.goto(state.path)
    state.comes(page)
    assert (page.locator(ERROR).count() > 0) == bool(state.refused)
    assert violations(page) == []
    page.set_viewport_size({"width": NARROW.width, "height": NARROW.height})
    narrow = violations(page)
    page.set_viewport_size({"width": WIDE.width, "height": WIDE.height})
    assert narrow == []


def test_axe_is_awake(gallery: Seat) -> None:
    page = gallery.window()
    page.set_content("<main><input></main>")
    assert any(one.startswith("label: <input>") for one in violations(page))
