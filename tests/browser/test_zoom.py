"""Is every page usable at 320 pixels and at 200 %? Nothing is wider than the window, and every button is reached and seen.

The Tab key goes round twice, since the focus of some states begins in the middle of the page.
"""

import pytest

from tests.browser.conftest import NARROW, ZOOMED, Glass, Seat
from tests.browser.drawn import drawn
from tests.browser.hands import Hands
from tests.browser.looks import cut_off
from tests.browser.state import State
from tests.browser.states import STATES

BUTTONS = "[...document.querySelectorAll('main button')].map((one) => one.innerText.trim().split(/\\s+/).join(' ')).filter(Boolean)"
"""Those that are seen: what is folded away has no text. (A button without a name is axe's to find.)"""


@pytest.mark.parametrize("glass", [NARROW, ZOOMED], ids=["320 pixels", "200 %"])
@pytest.mark.parametrize("state", drawn(STATES, 2, "zoom"))
def test_nothing_is_cut_off(state: State, glass: Glass, gallery: Seat) -> None:
    page = gallery.shared(state.role, glass)
    page.goto(state.path)
    state.comes(page)
    assert cut_off(page) == []
    hands = Hands(page)
    reached = {stop.name for stop in (*hands.stops(), *hands.stops())}
    assert [name for name in page.evaluate(BUTTONS) if name not in reached] == []
    assert hands.faults == []


def test_what_is_too_wide_and_what_nobody_sees_is_noticed(gallery: Seat) -> None:
    page = gallery.window(NARROW)
    page.set_content(
        "<style>button:focus { outline: 0 }</style><main style='width: 400px'><button>Save</button></main>"
    )
    hands = Hands(page)
    assert [stop.name for stop in hands.stops()] == ["Save"]
    assert (cut_off(page), hands.faults) == (["wider than the window"], ["BUTTON “Save” has no visible focus"])
