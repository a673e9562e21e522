"""Does every seeded defect still have its place in the code, and is one of them found?"""

import shutil
from pathlib import Path

import pytest

from tests.conftest import HOME
from tests.reliability.figures.defects import fails
from tests.reliability.seeded import DEFECTS, Defect

CHEAP = Defect(
    "a line is still open in its closing minute",
    "routing/hours.py",
    "span.opens <= minute < span.closes",
    "span.opens <= minute <= span.closes",
    ("tests/routing/test_hours_edges.py",),
)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.what)
def test_a_defect_has_its_place_in_the_code(defect: Defect, tmp_path: Path) -> None:
    there = tmp_path / defect.at
    there.parent.mkdir(parents=True)
    shutil.copy(HOME / defect.at, there)
    defect.put_into(tmp_path)
    assert compile(there.read_text(encoding="utf-8"), defect.at, "exec")
    assert all((HOME / name).exists() for name in defect.tests)


@pytest.mark.long
def test_a_defect_in_a_copy_turns_its_part_of_the_suite_red_and_the_untouched_copy_stays_green() -> None:
    assert fails(CHEAP.tests, CHEAP)
    assert not fails(CHEAP.tests)
