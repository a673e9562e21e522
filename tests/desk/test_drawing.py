"""Does the page show the table of the warm transfer as it is?"""

from desk.drawing import drawing, rows
from tests.house.pages import page


def test_the_page_shows_every_row() -> None:
    assert rows() in page("desk.md")


def test_the_page_draws_every_way_on() -> None:
    assert drawing() in page("desk.md")
