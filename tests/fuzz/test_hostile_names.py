"""Whatever somebody is called: no fault of ours, and a page of the same elements as with plain names. 100,000 by ``make fuzz``."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

import pytest

from app import Application, Config
from tests.fuzz.figures import MANY, PARTS, kind_of, tell
from tests.fuzz.hostile_pages import ROWS, Reader, reader
from tests.fuzz.mutating import HOSTILE, names
from tests.fuzz.page_shapes import Element, Shape

SEED = 20261125
PLAIN = [f"Plain name {at}" for at in range(ROWS)]
OTHER = [f"Other name {at}" for at in range(ROWS - 1)]
FAULTY = [*OTHER, "=1"]


def known_elements(here: Reader) -> tuple[set[Element], Counter[Element]]:
    """Every element that pages have with plain names, entered, changed and refused; and how many the lists have of each."""
    shapes = [shape for plain in (PLAIN, FAULTY, PLAIN) for shape in here.sent(plain)]
    lists = list(here.lists())
    assert sum(shape.many("tr") for shape in lists) > 2 * ROWS
    pages = [page for name in ("Plain", "Nobody") for page in here.others(name, 0)]
    bundled = here.lists("/admin/teams", "/admin/search?q=d", "/admin/search?q=0")
    return {element for shape in (*shapes, *lists, *pages, *bundled) for element in shape.elements}, counted(lists)


def counted(shapes: Sequence[Shape]) -> Counter[Element]:
    return sum((shape.elements for shape in shapes), Counter())


def shows(here: Reader, batch: Sequence[str], known: set[Element], listed: Counter[Element]) -> None:
    """Writes the names and reads every page that has them."""
    previews, lists = list(here.sent(batch)), list(here.lists())
    at = sum(map(len, batch)) % ROWS
    for shape in (*previews, *lists, *here.others(batch[at % len(batch)], at)):
        assert shape.elements.keys() <= known, sorted(shape.elements.keys() - known)
    assert counted(lists) == listed
    told = "".join(shape.text for shape in lists)
    assert [name for name in here.names() if name not in told] == []


def show_many(application: Application, seed: int, many: int) -> Reader:
    here, given = reader(application), iter((*HOSTILE, *names(seed, many - len(HOSTILE))))
    known, listed = known_elements(here)
    while batch := list(islice(given, ROWS)):
        shows(here, batch, known, listed)
    assert here.written > 0 < here.refused
    return here


def test_hostile_names_are_words_on_every_page(application: Application) -> None:
    show_many(application, SEED, 200)


@pytest.mark.fuzz
@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", PARTS)
def test_a_hundred_thousand_hostile_names_are_words_on_every_page(
    application: Application, config: Config, part: int
) -> None:
    here = show_many(application, SEED + part, MANY[kind_of(config)])
    came = {"rows written": here.written, "rows refused": here.refused, "pages read": here.pages}
    tell("hostile names", kind_of(config), came)
