"""What does each page look like? `make screens` draws the pictures of docs/screens; nobody is rung by a number in them."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import WIDE, Seat, serving
from tests.browser.drama import FULL, drama_plans
from tests.browser.furnished import furnish
from tests.browser.looks import TOO_WIDE
from tests.browser.screens import SCREENS
from tests.browser.state import State
from tests.conftest import HOME

pytestmark = pytest.mark.screens
TALLEST = 1500
HEIGHT = "document.documentElement.scrollHeight"
GEOGRAPHIC = re.compile(r"\b01\d{3} \d{6}\b")


@pytest.fixture(scope="module")
def stage(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    """A furnished application without anybody's real number."""
    folder = tmp_path_factory.mktemp("stage")
    with serving(folder, drama_plans(folder)) as here:
        furnish(here[0])
        seat = Seat(browser, here)
        yield seat
        seat.end()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_picture_is_drawn(screen: State, stage: Seat) -> None:
    page = stage.shared(screen.role, WIDE)
    page.goto(screen.path)
    screen.comes(page)
    page.wait_for_load_state("networkidle")
    shown = page.inner_text("main")
    assert FULL.findall(shown.replace("0844 496 0000", "")) + GEOGRAPHIC.findall(shown) == []
    assert not page.evaluate(TOO_WIDE)
    tall = min(int(page.evaluate(HEIGHT)), TALLEST)
    clip = {"x": 0, "y": 0, "width": WIDE.width, "height": max(tall, 500)}
    page.screenshot(path=HOME / "docs" / "screens" / f"{screen.name}.png", full_page=True, clip=clip)  # type: ignore[arg-type]  # floats
